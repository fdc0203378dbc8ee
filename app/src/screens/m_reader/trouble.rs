//! M-12: what went wrong, why, and what to do about it.

use protocol::failure::Failure;

use crate::error::ApiError;

/// Why no card can be read at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The browser is about to ask whether this site may reach programs on this computer.
    AskNetwork,
    /// The browser was told no.
    NetworkDenied,
    /// Nothing answers at reader-bridge's port.
    NotRunning,
    /// The connection broke off.
    Lost,
    /// reader-bridge says why.
    Bridge(Failure),
    /// The server says why.
    Server(ApiError),
    /// 目視: the member of staff saw somebody else.
    Different,
}

/// What M-12 shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remedy {
    /// What happened, in one line.
    pub(super) title: &'static str,
    /// What to do.
    pub(super) steps: Vec<String>,
    /// What the button says; `None`: nothing that can be done here.
    pub(super) again: Option<&'static str>,
}

impl Trouble {
    /// A new connection is tried from time to time.
    pub(super) fn reconnects(&self) -> bool {
        matches!(self, Self::NotRunning | Self::Lost)
    }

    /// It may be over as soon as readers and cards are as they should be.
    pub(super) fn ends_by_itself(&self) -> bool {
        matches!(self, Self::Bridge(Failure::ServiceStopped | Failure::NoReader))
    }

    /// In words.
    pub(super) fn remedy(&self) -> Remedy {
        let say = |title, steps: &[&str], again| Remedy {
            title,
            steps: steps.iter().map(|step| (*step).to_owned()).collect(),
            again,
        };
        match self {
            Self::AskNetwork => say(
                "ブラウザの確認画面で「許可」を選んでください",
                &[
                    "カードを読み取るため、この画面は、このパソコンで動いている reader-bridge に接続します。",
                    "「接続する」を押すと、ブラウザが「このデバイス上の他のアプリやサービスへのアクセス」を許可するか確認します。「許可する」を選んでください。",
                    "接続先は、このパソコンの中だけです。ほかの機器やインターネットには接続しません。",
                ],
                Some("接続する"),
            ),
            Self::NetworkDenied => say(
                "ブラウザが reader-bridge への接続を止めています",
                &[
                    "アドレスバーの左端のアイコンを押し、「ローカルネットワークへのアクセス」または「このデバイス上のアプリ」を「許可」に変更してください。",
                    "変更したら、「もう一度接続する」を押してください。",
                    "設定を変更できない場合は、システム管理者へ連絡してください。",
                ],
                Some("もう一度接続する"),
            ),
            Self::NotRunning => say(
                "reader-bridge が起動していません",
                &[
                    "このパソコンで reader-bridge を起動してください。Windowsでは、スタートメニューの「reader-bridge」を選びます。",
                    "起動すると、この画面は自動で切り替わります。",
                    "インストールしていない場合は、管理者に依頼してください。カードを使わない本人確認もできます。",
                ],
                Some("もう一度接続する"),
            ),
            Self::Lost => say(
                "reader-bridge との接続が切れました",
                &["reader-bridge が起動しているか確認してください。接続できると、この画面は自動で切り替わります。"],
                Some("もう一度接続する"),
            ),
            Self::Bridge(failure) => Remedy {
                title: title_of(*failure),
                steps: vec![failure.remedy().to_owned()],
                again: failure.retriable().then_some("もう一度試す"),
            },
            Self::Server(error) => Remedy {
                title: "読み取りを受け付けられませんでした",
                steps: vec![server_advice(error)],
                again: Some("最初からやり直す"),
            },
            Self::Different => say(
                "本人と確認できませんでした",
                &[
                    "読み取った内容は消去しました。",
                    "別の方のカードでないか確認し、もう一度読み取るか、カードを使わない本人確認を行ってください。",
                ],
                Some("最初からやり直す"),
            ),
        }
    }
}

fn server_advice(error: &ApiError) -> String {
    crate::screens::text::general(error).unwrap_or_else(|| match error {
        ApiError::SessionTimedOut => "ログインの有効時間が過ぎました。もう一度ログインしてください。".to_owned(),
        ApiError::NotFound => "時間がたったため、読み取りの内容を消去しました。もう一度読み取ってください。".to_owned(),
        _ => "時間をおいて、もう一度お試しください。解消しない場合は、システム管理者へ連絡してください。".to_owned(),
    })
}

/// The failure in one line; the remedy says the rest.
const fn title_of(failure: Failure) -> &'static str {
    match failure {
        Failure::BridgeTooOld | Failure::UnknownMethod => "reader-bridge の更新が必要です",
        Failure::PageTooOld => "画面の再読み込みが必要です",
        Failure::NotPaired => "このサイトの利用が許可されていません",
        Failure::NotSetUp => "初期設定が完了していません",
        Failure::Locked | Failure::WrongPasscode { .. } | Failure::PasscodeDelayed { .. } => {
            "パスコードの入力が必要です"
        }
        Failure::ServiceStopped => "スマートカードサービスが停止しています",
        Failure::NoReader => "カードリーダーが見つかりません",
        Failure::ReaderFault => "カードリーダーと通信できません",
        Failure::Busy => "カードリーダーは使用中です",
        Failure::NoCard => "カードが置かれていません",
        Failure::CardPulled => "読み取り中にカードが離れました",
        Failure::NotMyNumberCard => "マイナンバーカードではありません",
        Failure::CardExpired => "カードの有効期限が切れています",
        Failure::Cancelled => "読み取りを中止しました",
        Failure::TimedOut => "時間内に読み取れませんでした",
        Failure::WrongPin { .. } | Failure::PinLastTry { .. } => "暗証番号を確認してください",
        Failure::PinBlocked => "暗証番号がロックされています",
        Failure::WrongNumberB { .. } | Failure::NumberBLastTry { .. } => "照合番号Bを確認してください",
        Failure::NumberBBlocked => "照合番号Bがロックされています",
        Failure::TooMany { .. } => "操作の回数が多すぎます",
        Failure::NotJson
        | Failure::InvalidRequest
        | Failure::InvalidParams
        | Failure::Internal
        | Failure::HelloFirst
        | Failure::TooLarge => "reader-bridge で問題が発生しました",
    }
}

#[cfg(test)]
mod tests {
    use domain::reading::Refusal;

    use super::*;

    #[test]
    fn every_trouble_says_what_to_do() {
        use Trouble::*;
        let own = [AskNetwork, NetworkDenied, NotRunning, Lost, Different];
        let bridge = Failure::EXAMPLES.iter().map(|failure| Bridge(*failure));
        let server = Refusal::ALL.iter().map(|refusal| Server(ApiError::Reading(*refusal)));
        let others = [ApiError::SessionTimedOut, ApiError::NotFound, ApiError::Internal].map(Server);
        for trouble in own.into_iter().chain(bridge).chain(server).chain(others) {
            let Remedy { title, steps, .. } = trouble.remedy();
            assert!(!title.is_empty() && !title.ends_with('。'), "{title}");
            assert!(!steps.is_empty() && steps.iter().all(|step| step.ends_with('。')), "{trouble:?}: {steps:?}");
        }
    }
}
