//! Tests of the templates; the operator's directory is a real one.

use std::fs;

use super::*;

fn with_files(files: &[(&str, &[u8])]) -> Result<Templates, TemplateError> {
    let directory = tempfile::tempdir().unwrap();
    for folder in ["mail", "sms"] {
        fs::create_dir(directory.path().join(folder)).unwrap();
    }
    for (name, bytes) in files {
        fs::write(directory.path().join(name), bytes).unwrap();
    }
    Templates::load(Site::default(), Some(directory.path()))
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    with_files(&[(name, bytes)]).unwrap_err().to_string()
}

#[test]
fn every_built_in_text_is_as_it_was_last_read_and_approved() {
    let templates = Templates::load(Site::default(), None).unwrap();
    let show = |message: &Message| {
        let (mail, sms) = (templates.mail(message).unwrap(), templates.sms(message).unwrap());
        let (kind, subject) = (message.kind(), mail.subject);
        format!("=== {kind} ===\n件名: {subject}\n\n{}\n--- SMS ---\n{}\n", mail.text, sms.text)
    };
    let all: Vec<String> = Message::samples().iter().map(show).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn the_manuals_subjects_are_exact() {
    let templates = Templates::load(Site::default(), None).unwrap();
    let subjects: Vec<String> =
        Message::samples()[..4].iter().map(|message| templates.mail(message).unwrap().subject).collect();
    assert_eq!(
        subjects,
        [
            "ワンタイムパスワード発行通知(介護保険資格確認等WEBサービス)",
            "介護保険資格確認等WEBサービス ワンタイム認証コード発行",
            "アカウント発行のお知らせ",
            "パスワード再発行のお知らせ",
        ]
    );
}

#[test]
fn an_sms_is_short() {
    let templates = Templates::load(Site::default(), None).unwrap();
    for message in Message::samples() {
        let text = templates.sms(&message).unwrap().text;
        // Two parts of 67 characters, as long messages in Japanese are split.
        assert!(text.chars().count() <= 134 && !text.contains('\n'), "{text}");
    }
}

#[test]
fn an_operators_file_replaces_the_built_in_one() {
    let own =
        "\u{feff}コード {{ code }}\r\n\r\n{{ code }}です。{{ minutes }}分\r\n{% include \"mail/footer.txt\" %}\r\n";
    let templates = with_files(&[("mail/office_code.txt", own.as_bytes()), ("mail/x.txt.bak", b"{{")]).unwrap();
    let mail = templates.mail(&Message::samples()[0]).unwrap();
    assert_eq!(mail.subject, "コード 851025");
    assert!(mail.text.starts_with("851025です。30分\n[問い合わせ先]\n"), "{}", mail.text);
    assert!(!mail.text.contains('\r'));
}

#[test]
fn a_slip_is_told_with_file_and_line() {
    let broken = refusal("mail/member_code.txt", "件名\n\n{{ code }}\n{{ minutse }}\n".as_bytes());
    assert!(broken.contains("mail/member_code.txt, line 4: undefined value"), "{broken}");
    let syntax = refusal("sms/member_code.txt", b"{{ code }}\n\n{% if %}\n");
    assert!(syntax.contains("sms/member_code.txt, line 3: syntax error"), "{syntax}");
    let included = refusal("mail/footer.txt", b"a\n{{ code }}\n");
    assert!(included.contains("mail/footer.txt, line 2: undefined value"), "{included}");
}

#[test]
fn a_template_that_would_lock_people_out_is_refused() {
    let silent = refusal("sms/member_code.txt", "コードを送りました".as_bytes());
    assert!(silent.ends_with("sms/member_code.txt does not mention {{ code }}"), "{silent}");
    let untitled = refusal("mail/account_locked.txt", b"\n{{ until }}\n");
    assert!(untitled.contains("account_locked.txt, line 1: the first line must be the subject"), "{untitled}");
}

#[test]
fn files_that_would_be_ignored_or_misread_are_refused() {
    let typo = refusal("mail/acount_issued.txt", b"x");
    assert!(typo.contains("acount_issued.txt replaces no template"), "{typo}");
    let shift_jis = refusal("mail/footer.txt", b"\x96\xe2\x82\xa2");
    assert!(shift_jis.contains("footer.txt is not UTF-8"), "{shift_jis}");
    let nowhere = Templates::load(Site::default(), Some(Path::new("/does/not/exist"))).unwrap_err().to_string();
    assert!(nowhere.contains("cannot read /does/not/exist"), "{nowhere}");
}
