//! The words of the acts on an account: what each does, asks and says when it is done.

use domain::{
    account::{MemberAct, Standing, last_day},
    time::slashed,
};

/// One act in words.
pub(super) struct ActWords {
    /// Its button, and the link that leads to it.
    pub(super) button: &'static str,
    /// What it does to the account, in one line.
    pub(super) effect: &'static str,
    /// What else happens.
    pub(super) more: &'static str,
    /// It is done.
    pub(super) done: &'static str,
    /// There is nothing for it to do.
    pub(super) idle: &'static str,
    /// It takes something away: its button is red.
    pub(super) grave: bool,
}

pub(super) const fn act_words(act: MemberAct) -> ActWords {
    match act {
        MemberAct::Lock => ActWords {
            button: "アカウントをロックする",
            effect: "ロックを解除するまで、このユーザはログインできなくなります",
            more: "ログイン中の場合は、すぐにログアウトします。",
            done: "アカウントをロックしました",
            idle: "このアカウントは、すでにロックされています",
            grave: true,
        },
        MemberAct::Unlock => ActWords {
            button: "ロックを解除する",
            effect: "このユーザは、すぐにログインできるようになります",
            more: "ログインに失敗した回数も、0回に戻します。",
            done: "ロックを解除しました",
            idle: "このアカウントは、ロックされていません",
            grave: false,
        },
        MemberAct::Suspend => ActWords {
            button: "利用を停止する",
            effect: "利用を再開するまで、このユーザはログインできなくなります",
            more: "ログイン中の場合は、すぐにログアウトします。登録した内容は残ります。",
            done: "利用を停止しました",
            idle: "このアカウントの利用は、すでに停止されています",
            grave: true,
        },
        MemberAct::Resume => ActWords {
            button: "利用を再開する",
            effect: "このユーザは、ふたたびログインできるようになります",
            more: "パスワードは、停止する前のものを使えます。",
            done: "利用を再開しました",
            idle: "このアカウントの利用は、停止されていません",
            grave: false,
        },
        MemberAct::SetExpiry => ActWords {
            button: "有効期限を設定する",
            effect: "有効期限を過ぎると、このユーザはログインできなくなります",
            more: "そのときにログイン中の場合は、すぐにログアウトします。登録した内容は残ります。",
            done: "有効期限を設定しました",
            idle: "このアカウントには、有効期限が設定されていません",
            grave: false,
        },
        MemberAct::RemoveExpiry => ActWords {
            button: "有効期限を取り消す",
            effect: "このユーザは、期限なくログインできるようになります",
            more: "",
            done: "有効期限を取り消しました",
            idle: "このアカウントには、有効期限が設定されていません",
            grave: false,
        },
        MemberAct::ReissuePassword => ActWords {
            button: "パスワードを再発行する",
            effect: "これまでのパスワードは、すぐに使えなくなります",
            more: "本人に、新しい初期パスワードを送信します。ログイン中の場合は、すぐにログアウトします。\
                   初期パスワードの有効期限は7日間です。",
            done: "パスワードを再発行しました",
            idle: "このアカウントのパスワードは、本人が設定しています",
            grave: true,
        },
        MemberAct::EndSessions => ActWords {
            button: "ログアウトさせる",
            effect: "このユーザは、ログイン中のすべての端末からログアウトします",
            more: "保存していない入力内容は失われることがあります。本人は、すぐにログインし直すことができます。",
            done: "すべての端末からログアウトさせました",
            idle: "このユーザは、どの端末からもログインしていません",
            grave: true,
        },
        MemberAct::Restore => ActWords {
            button: "アカウントを復元する",
            effect: "このユーザは、ふたたびログインできるようになります",
            more: "これまでのパスワードは使えません。本人に、新しい初期パスワードを送信します。",
            done: "アカウントを復元しました",
            idle: "このアカウントは、削除されていません",
            grave: false,
        },
    }
}

/// 有効期限 in words.
pub(super) fn expiry_text(standing: &Standing) -> String {
    standing.expires_at.map_or("なし".to_owned(), |end| format!("{}まで", slashed(last_day(end))))
}

/// ロック in words: since when and why, or until when.
pub(super) fn lock_text(standing: &Standing, now: domain::Timestamp) -> String {
    match (standing.locked_at, standing.locked_until) {
        (Some(since), _) => format!("{}から（管理者による）", since.minute_text()),
        (None, Some(until)) if now < until => format!("{}まで（ログインの失敗による）", until.minute_text()),
        _ => "なし".to_owned(),
    }
}
