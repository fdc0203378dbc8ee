//! What the trail's codes are called. A test of the server holds the table complete; a code of a newer version is shown as
//! it is.

/// Actions, group by group in the order of the filter.
static ACTIONS: &[(&str, &str)] = &[
    ("sign_in.password", "ログイン（パスワードの入力）"),
    ("sign_in.security_code", "ログイン（セキュリティコードの入力）"),
    ("sign_in.send_code", "ログイン（ワンタイム認証コードの送信）"),
    ("sign_in.code", "ログイン（ワンタイム認証コードの入力）"),
    ("session.end", "ログアウト"),
    ("password.change", "パスワードの変更"),
    ("password.forgotten", "パスワード再設定の申し込み"),
    ("account.register", "アカウントの登録"),
    ("account.change", "アカウントの編集"),
    ("account.delete", "アカウントの削除"),
    ("terminal.register", "端末の登録"),
    ("care.identify", "本人確認"),
    ("audit.export", "履歴の書き出し"),
    ("operator.import_office", "事業所の取り込み"),
    ("operator.publish_news", "お知らせの掲載"),
    ("operator.remove_news", "お知らせの取り下げ"),
    ("operator.plan_maintenance", "メンテナンスの予定"),
    ("operator.cancel_maintenance", "メンテナンスの取りやめ"),
];

/// Groups of actions: the part of the code before its point. What the operator does belongs to no office and is not
/// offered.
pub(super) static GROUPS: &[(&str, &str)] = &[
    ("sign_in", "ログイン"),
    ("session", "ログアウト"),
    ("password", "パスワード"),
    ("account", "アカウント管理"),
    ("terminal", "端末"),
    ("care", "介護情報"),
    ("audit", "履歴の書き出し"),
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
    ("expired", "失敗（有効時間切れのコード）"),
    ("timed_out", "有効時間切れ"),
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
