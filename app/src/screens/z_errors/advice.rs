//! What each error screen says.

use super::kind_of;
use crate::{
    error::{ApiError, CertificateProblem},
    parts::BannerKind,
};

/// The texts of one error screen.
pub(super) struct Advice {
    pub(super) title: &'static str,
    pub(super) happened: String,
    /// What was not lost; empty when there was nothing to lose.
    pub(super) kept: &'static str,
    pub(super) next: &'static [&'static str],
    pub(super) kind: BannerKind,
}

pub(super) fn advice(error: &ApiError) -> Advice {
    let kind = kind_of(error);
    let new = |title, happened: &str, kept, next| Advice { title, happened: happened.to_owned(), kept, next, kind };
    match error {
        ApiError::Certificate(problem) => certificate(*problem, kind),
        ApiError::SessionTimedOut | ApiError::SignInOver | ApiError::SignInRefused => new(
            "ログインの有効時間が過ぎました",
            "一定時間操作がなかったか、ほかの画面でログアウトしたため、安全のためログアウトしました。",
            "入力していた内容は保存されています。同じユーザでログインすると、続きから操作できます（パスワードなどは除きます）。",
            &["「もう一度ログインする」を押し、ログインしてください。"],
        ),
        ApiError::NotPermitted => new(
            "この操作を行う権限がありません",
            "ログインしているユーザの種類では、この画面を利用できません。",
            "",
            &[
                "メニューに戻り、利用できる操作を選んでください。",
                "権限が必要な場合は、事業所の管理者に相談してください。",
            ],
        ),
        ApiError::NotFound | ApiError::Malformed => new(
            "ページが見つかりません",
            "お探しのページまたは登録内容は、削除されたか、アドレスが正しくない可能性があります。",
            "",
            &["アドレスに間違いがないか確認してください。", "一覧やメニューから選び直してください。"],
        ),
        ApiError::Conflict => new(
            "登録内容が変更されています",
            "この画面を開いたあとに、登録内容が変更されました。",
            "変更は保存されていません。",
            &["一覧から開き直し、最新の内容を確認してから、もう一度操作してください。"],
        ),
        ApiError::Locked { minutes } => Advice {
            title: "アカウントをロックしました",
            happened: format!(
                "パスワードまたはセキュリティコードを続けて誤ったため、アカウントをロックしました。あと約{minutes}分でロックが解除されます。"
            ),
            kept: "登録内容に影響はありません。",
            next: &[
                "ロックが解除されてから、もう一度ログインしてください。",
                "心当たりがない場合は、すぐに事業所の管理者に連絡してください。",
            ],
            kind,
        },
        ApiError::TooManyRequests { .. } => new(
            "操作の回数が多すぎます",
            "短い時間に多くの操作が行われたため、しばらくの間、受け付けを停止しています。",
            "",
            &["15分ほど待ってから、もう一度お試しください。"],
        ),
        ApiError::PlatformUnavailable => new(
            "ただいま介護情報を確認できません",
            "介護情報の提供元と通信できないか、提供元が停止しています。この事業所の設定や端末の問題ではありません。",
            "担当の登録と同意の記録に影響はありません。",
            &["数分待ってから、もう一度お試しください。", "お急ぎの場合は、ご本人の被保険者証を直接確認してください。"],
        ),
        ApiError::Maintenance => new(
            "メンテナンス中です",
            "ただいまメンテナンスを行っています。ご不便をおかけします。",
            "",
            &["時間をおいて、もう一度お試しください。", "終了の予定は、トップ画面のお知らせをご覧ください。"],
        ),
        _ => new(
            "システムエラーが発生しました",
            "処理中に問題が発生しました。ご迷惑をおかけして申し訳ありません。",
            "完了の画面が表示されていない操作は、行われていません。",
            &[
                "時間をおいて、もう一度お試しください。",
                "繰り返し表示される場合は、下の情報をコピーしてお問い合わせください。",
            ],
        ),
    }
}

fn certificate(problem: CertificateProblem, kind: BannerKind) -> Advice {
    const REOPEN: &str = "ブラウザをすべて閉じてから開き直し、証明書の選択画面で正しい証明書を選んでください。";
    let (title, happened, next): (_, _, &'static [&'static str]) = match problem {
        CertificateProblem::Missing => (
            "クライアント証明書が選択されていません",
            "ログインには、介護DX証明書（クライアント証明書）が必要です。",
            &["この端末に証明書をインストールしているか確認してください。", REOPEN],
        ),
        CertificateProblem::Expired => (
            "クライアント証明書の有効期限が切れています",
            "選択した証明書は、有効期間の外にあります。",
            &["証明書の更新（再発行）を申請し、新しい証明書をインストールしてください。", REOPEN],
        ),
        CertificateProblem::Revoked => (
            "失効したクライアント証明書です",
            "選択した証明書は、失効の手続きを受けています。",
            &[
                "事業所の管理者に、証明書の状況を確認してください。",
                "引き続き利用するには、証明書の発行を申請してください。",
            ],
        ),
        CertificateProblem::UnknownIssuer => (
            "本サービス用のクライアント証明書ではありません",
            "選択した証明書は、本サービスで使用できる発行元のものではありません。",
            &["本サービス用の介護DX証明書をインストールしているか確認してください。", REOPEN],
        ),
        CertificateProblem::WrongOffice => (
            "クライアント証明書とユーザIDの事業所が一致しません",
            "選択した証明書は、入力したユーザIDの事業所のものではありません。",
            &["ログインする事業所の証明書を確認してください。", REOPEN],
        ),
    };
    Advice { title, happened: happened.to_owned(), kept: "", next, kind }
}
