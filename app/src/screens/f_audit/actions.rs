//! What the trail's codes are called. A test of the server holds the table complete; a code of a newer version is shown as
//! it is.

/// Actions, group by group in the order of the filter.
static ACTIONS: &[(&str, &str)] = &[
    ("sign_in.password", "ログイン（パスワードの入力）"),
    ("sign_in.security_code", "ログイン（セキュリティコードの入力）"),
    ("sign_in.send_code", "ログイン（ワンタイム認証コードの送信）"),
    ("sign_in.code", "ログイン（ワンタイム認証コードの入力）"),
    ("sign_in.passkey", "ログイン（パスキー）"),
    ("session.end", "ログアウト"),
    ("session.revoke", "ほかの端末のログインの終了"),
    ("password.change", "パスワードの変更"),
    ("password.forgotten", "パスワード再設定の申し込み"),
    ("passkey.add", "パスキーの追加"),
    ("passkey.remove", "パスキーの削除"),
    ("authenticator.add", "認証アプリの追加"),
    ("authenticator.remove", "認証アプリの削除"),
    ("recovery_codes.renew", "リカバリーコードの発行"),
    ("account.register", "アカウントの登録"),
    ("account.change", "アカウントの編集"),
    ("account.delete", "アカウントの削除"),
    ("account.restore", "アカウントの復元"),
    ("account.lock", "アカウントのロック"),
    ("account.unlock", "アカウントのロックの解除"),
    ("account.suspend", "アカウントの停止"),
    ("account.resume", "アカウントの再開"),
    ("account.set_expiry", "アカウントの期限の設定"),
    ("account.remove_expiry", "アカウントの期限の取り消し"),
    ("account.reissue_password", "パスワードの再発行"),
    ("account.end_sessions", "アカウントのログインの終了"),
    ("account.change_kind", "権限の変更"),
    ("account.confirm", "本人であることの再確認"),
    ("account.export", "ユーザ一覧の書き出し"),
    ("terminal.register", "端末の登録"),
    ("terminal.rename", "端末名の変更"),
    ("terminal.test", "端末の接続テスト"),
    ("terminal.revoke", "端末の登録の取り消し"),
    ("terminal.delete", "端末の削除"),
    ("care.look_up", "利用者の照会"),
    ("care.identify", "本人確認"),
    ("care.compare", "顔写真による本人の確認"),
    ("care.list", "利用者一覧の閲覧"),
    ("care.take_charge", "本人確認と担当の開始"),
    ("care.end_charge", "担当の終了"),
    ("care.consent", "同意の登録"),
    ("care.withdraw_consent", "同意の取り消し"),
    ("care.view", "介護情報の閲覧"),
    ("care.print", "介護情報の印刷"),
    ("care.begin_batch", "一括資格確認"),
    ("care.continue_batch", "一括資格確認の再開"),
    ("care.export_batch", "一括資格確認の結果の書き出し"),
    ("care.break_glass", "災害時の閲覧の開始"),
    ("care.review_emergency", "災害時の閲覧の確認"),
    ("audit.export", "履歴の書き出し"),
    ("access.denied", "権限のない画面や操作の要求"),
    ("operator.import_office", "事業所の取り込み"),
    ("operator.import_registry", "利用者情報の取り込み"),
    ("operator.set_view_matrix", "閲覧できる項目の設定"),
    ("operator.list_users", "運用者によるユーザの確認"),
    ("operator.reset_user", "運用者によるパスワードの再発行"),
    ("operator.unlock_user", "運用者によるロックの解除"),
    ("operator.publish_news", "お知らせの掲載"),
    ("operator.remove_news", "お知らせの取り下げ"),
    ("operator.plan_maintenance", "メンテナンスの予定"),
    ("operator.cancel_maintenance", "メンテナンスの取り消し"),
    ("operator.start_emergency", "災害時の閲覧を有効にした"),
    ("operator.end_emergency", "災害時の閲覧を終了した"),
];

/// Groups of actions: the part of the code before its point. What the operator does belongs to no office and is not
/// offered.
pub(super) static GROUPS: &[(&str, &str)] = &[
    ("sign_in", "ログイン"),
    ("session", "ログアウト"),
    ("password", "パスワード"),
    ("passkey", "パスキー"),
    ("authenticator", "認証アプリ"),
    ("recovery_codes", "リカバリーコード"),
    ("account", "アカウント管理"),
    ("terminal", "端末"),
    ("care", "介護情報"),
    ("audit", "履歴の書き出し"),
    ("access", "権限のない要求"),
];

/// What came of it.
static RESULTS: &[(&str, &str)] = &[
    ("ok", "成功"),
    ("refused", "失敗（入力の誤り）"),
    ("refused_and_locked", "失敗（続けて誤ったためロック）"),
    ("refused_and_ended", "失敗（続けて誤ったため手続きを終了）"),
    ("locked", "失敗（ロック中）"),
    ("wrong_office", "失敗（証明書の事業所が不一致）"),
    ("used", "失敗（使用済みのコード）"),
    ("expired", "失敗（期限切れ）"),
    ("timed_out", "有効時間切れ"),
    ("denied", "拒否（権限なし）"),
    ("no_match", "失敗（該当者なし）"),
    ("several", "失敗（1人に絞り込めない）"),
    ("not_joined", "失敗（市町村未対応）"),
    ("too_many", "失敗（回数が多すぎる）"),
    ("not_in_charge", "表示なし（担当していない）"),
    ("not_permitted", "表示なし（権限なし）"),
    ("no_consent", "表示なし（同意なし）"),
    ("nothing", "表示なし（情報なし）"),
    ("different", "失敗（本人と一致しない）"),
    ("challenge", "失敗（この画面で始めた読み取りではない）"),
    ("replayed", "失敗（使用済みの読み取り）"),
    ("stale", "失敗（読み取りの時間切れ）"),
    ("terminal", "失敗（登録されていない端末）"),
    ("terminal_revoked", "失敗（登録を削除した端末）"),
    ("terminal_unverified", "失敗（認証されていない端末）"),
    ("terminal_signature", "失敗（端末の署名が不正）"),
    ("card_issuer", "失敗（発行元を確認できないカード）"),
    ("card_expired", "失敗（有効期限切れのカード）"),
    ("card_revoked", "失敗（失効したカード）"),
    ("card_key", "失敗（対応していない種類のカード）"),
    ("card_signature", "失敗（カードの署名が不正）"),
];

/// The action in words; `None`: not in the table.
pub fn known_action(code: &str) -> Option<&'static str> {
    found(ACTIONS, code)
}

/// The result in words; `None`: not in the table.
pub fn known_result(code: &str) -> Option<&'static str> {
    found(RESULTS, code)
}

/// The action in words, or its code.
pub fn action(code: &str) -> String {
    known_action(code).unwrap_or(code).to_owned()
}

/// The result in words, or its code.
pub fn result(code: &str) -> String {
    known_result(code).map_or_else(|| format!("失敗（{code}）"), str::to_owned)
}

/// The group in words, or its code.
pub fn group(code: &str) -> String {
    found(GROUPS, code).unwrap_or(code).to_owned()
}

fn found(table: &'static [(&str, &str)], code: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_of_an_office_is_in_a_group_and_every_word_stands_once() {
        for (code, _) in ACTIONS {
            let (group, _) = code.split_once('.').unwrap();
            assert!(group == "operator" || found(GROUPS, group).is_some(), "{code}");
        }
        for table in [ACTIONS, GROUPS, RESULTS] {
            let mut words: Vec<&str> = table.iter().flat_map(|(code, words)| [*code, *words]).collect();
            words.sort_unstable();
            let all = words.len();
            words.dedup();
            assert_eq!(words.len(), all, "{words:?}");
        }
    }

    #[test]
    fn what_a_newer_version_writes_is_shown_by_its_code() {
        assert_eq!(action("account.teleport"), "account.teleport");
        assert_eq!(result("gone_missing"), "失敗（gone_missing）");
    }
}
