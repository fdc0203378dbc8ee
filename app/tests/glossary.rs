//! One term for one thing, in everything that people read: the pages as they were approved, the messages, and the texts in
//! the sources that no page of the album shows.

use std::{fs, path::Path};

/// The word for a thing, and what is not written for it.
const TERMS: &[(&str, &[&str])] = &[
    ("ログイン", &["ログオン", "サインイン", "サインオン", "ログ・イン"]),
    ("ログアウト", &["ログオフ", "サインアウト", "サインオフ"]),
    ("ユーザ", &["ユーザー"]),
    ("ユーザID", &["ログインID", "ログイン名", "利用者ID", "ユーザ名ID"]),
    ("管理者ユーザ", &["管理ユーザ", "管理者アカウント"]),
    ("メールアドレス", &["Eメール", "eメール", "E-mail", "e-mail", "電子メール", "メルアド", "メアド"]),
    ("携帯電話番号", &["携帯番号", "携帯の番号"]),
    ("SMS", &["ショートメール", "ショートメッセージ"]),
    ("ワンタイム認証コード", &["ワンタイムパスワード", "ワンタイムコード", "認証コード", "確認コード", "認証番号"]),
    ("暗証番号", &["PIN番号", "PINコード", "ピンコード"]),
    ("パスコード", &["パスコード番号", "暗証コード"]),
    ("リカバリーコード", &["リカバリコード", "回復コード", "復旧コード", "バックアップコード"]),
    ("認証アプリ", &["認証アプリケーション", "オーセンティケーター", "ワンタイムパスワードアプリ"]),
    ("クライアント証明書", &["端末証明書", "クライアント電子証明書"]),
    ("マイナンバーカード", &["マイナカード", "個人番号カード"]),
    ("カードリーダー", &["カードリーダ", "カード読取機", "カード読み取り機"]),
    ("端末固有ID", &["端末ID", "固有ID"]),
    ("事業所番号", &["事業者番号", "事業所コード"]),
    ("被保険者番号", &["被保険者証番号", "被保険者コード"]),
    ("サービス種類", &["サービス種別", "サービスの種別"]),
    ("職種区分", &["職種種別", "職種の区分"]),
    ("利用者", &["ご利用者様", "クライエント", "入居者"]),
    ("職員", &["スタッフ", "従業員"]),
    ("閲覧期限", &["閲覧期間", "閲覧有効期限"]),
    ("取り消す", &["撤回", "取りやめ", "取消"]),
    ("書き出す", &["エクスポート"]),
    ("取り込む", &["インポート"]),
    ("ひな形", &["雛形", "ひな型", "テンプレート"]),
    ("ふりがな", &["フリガナ", "ふり仮名", "ルビ"]),
    ("ブラウザ", &["ブラウザー"]),
    ("フォルダ", &["フォルダー"]),
    ("サーバー", &["サーバ"]),
    ("パソコン", &["コンピュータ", "ＰＣ"]),
    ("スマートフォン", &["スマホ"]),
    ("トップ画面", &["トップページ", "メイン画面"]),
    ("本サービス", &["当サービス", "当システム", "本システム", "当サイト"]),
    ("押す", &["クリック", "タップ", "押下"]),
    ("問い合わせ", &["問合せ", "問合わせ", "問い合せ"]),
    ("ください", &["下さい"]),
    ("すべて", &["全て"]),
    ("すでに", &["既に"]),
    ("あらかじめ", &["予め"]),
    ("できる", &["出来る", "出来ま"]),
    ("いただく", &["頂"]),
    ("行う", &["行なう", "行なわ", "行なっ", "行ない"]),
    ("および", &["及び"]),
    ("ID", &["ＩＤ"]),
];

/// Where another word has to stand.
const FIXED: &[&str] = &[
    // The manual prints the office's message so, and the FAQ says that it is the same thing.
    "ワンタイムパスワード発行通知(介護保険資格確認等WEBサービス)",
    "介護保険資格確認等WEBサービスのワンタイムパスワードが発行されました。",
    "[ワンタイムパスワード]",
    "ワンタイムパスワードの有効期間は",
    "「ワンタイムパスワード」と書かれていることがあります",
    "予めご了承くださいますようお願い申し上げます。",
    // Names of services.
    "特定施設入居者生活介護",
    // What people do on their own desktop.
    "ダブルクリック",
];

/// Each wrong word in a text.
fn wrong_words(text: &str) -> Vec<String> {
    let text = FIXED.iter().fold(text.to_owned(), |text, fixed| text.replace(fixed, ""));
    let mut found = Vec::new();
    for (term, variants) in TERMS {
        // 「サーバ」 is part of 「サーバー」; the other way round 「ユーザー」 is longer than 「ユーザ」.
        for variant in *variants {
            let text = if term.contains(variant) { text.replace(term, "") } else { text.clone() };
            if let Some((before, after)) = text.split_once(variant) {
                let before: String = before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
                let after: String = after.chars().take(12).collect();
                found.push(format!("「{variant}」, not 「{term}」: …{before}{variant}{after}…"));
            }
        }
    }
    found
}

/// The string literals of a source, tests and comments left out.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let source = lines.collect::<Vec<_>>().join("\n").replace("\\\"", "”").replace("'\"'", "");
    source.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Those of a file of questions, without the words that people may look for: they are never shown.
fn shown_of_questions(source: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for question in source.split("Q::new(").skip(1) {
        shown.extend(literals(question).into_iter().enumerate().filter(|(at, _)| *at != 2).map(|(_, it)| it));
    }
    shown
}

/// Every file under a folder of the repository that ends so, with its text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            found.extend(files(&name, ending));
        } else if name.ends_with(ending) {
            found.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
    found
}

fn assert_one_term(file: &str, text: &str, wrong: &mut Vec<String>) {
    wrong.extend(wrong_words(text).into_iter().map(|found| format!("{file}: {found}")));
}

#[test]
fn every_text_says_one_word_for_one_thing() {
    let mut wrong = Vec::new();
    let pages = files("server/tests/snapshots", ".snap");
    assert!(pages.len() > 100);
    for (file, text) in pages.iter().chain(&files("server/templates", ".txt")) {
        assert_one_term(file, text, &mut wrong);
    }
    for folder in ["app/src", "app/domain/src", "server/src", "reader-bridge/src", "reader-bridge/protocol/src"] {
        for (file, source) in files(folder, ".rs") {
            if file.ends_with("tests.rs") {
                continue;
            }
            let texts = if file.contains("/questions/") { shown_of_questions(&source) } else { literals(&source) };
            assert_one_term(&file, &texts.join("\n"), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_planted_word_is_found() {
    for planted in
        ["サインインしてください", "ユーザーを登録", "サーバに接続", "認証コードを入力", "Eメール", "全て選択"]
    {
        assert_eq!(wrong_words(planted).len(), 1, "{planted}: {:?}", wrong_words(planted));
    }
    for right in
        ["ワンタイム認証コード", "サーバーに接続", "ユーザIDとユーザ名", "カードリーダー", "ダブルクリックします"]
    {
        assert!(wrong_words(right).is_empty(), "{right}: {:?}", wrong_words(right));
    }
}

#[test]
fn comments_tests_and_words_to_look_for_are_not_read() {
    let source =
        "// サインイン\nfn f() { g(\"ログイン\", '\"', \"a \\\" b\") }\n#[cfg(test)]\nmod tests { \"ユーザー\" }";
    assert_eq!(literals(source), ["ログイン", "a ” b"]);
    let questions = "Q::new(\n\"slug\", \"asked\", \"words スマホ\", &[\"answer\"])";
    assert_eq!(shown_of_questions(questions), ["slug", "asked", "answer"]);
}
