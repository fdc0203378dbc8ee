//! `server import-office`: 事業所 and 事業所ユーザ from another system's CSV, all rows or none.

use std::{fs, path::Path, process::Output};

use argon2::{Argon2, PasswordHasher};
use secrecy::ExposeSecret;
use server::{
    demo::data::{DemoOffice, OFFICES},
    services::office_import::{ImportError, Imported, import, read_csv},
};

use super::service::{Service, chain, on_both_engines, pki};

const HEADER: &str = "office_number,office_name,login_id,email,password,password_hash,security_code,security_code_hash";

async fn take(service: &Service, lines: &[&str]) -> Result<Imported, ImportError> {
    let text = format!("\u{feff}{HEADER}\r\n{}\r\n", lines.join("\r\n"));
    import(&service.core, &read_csv(text.as_bytes())?).await
}

async fn signs_in(service: &Service, login_id: &str, password: &str) -> bool {
    let certificate = chain(server::demo::pki::DemoCertificateKind::Valid, OFFICES[0].number);
    let mut browser = service.stranger().with_chain(certificate);
    let answer = browser.call("start_office", &[("login_id", login_id), ("password", password)]).await;
    !answer.location().is_empty()
}

on_both_engines! {
    async fn an_imported_office_signs_in_with_its_password_or_hash(service: &Service) {
        let hash = Argon2::default().hash_password_with_salt(b"Hashed123", &[7; 16]).unwrap();
        let hashed = format!("2372101440,ひまわり,KJ500000000002,,,\"{hash}\",,");
        let clear = "2372101440,ひまわり,KJ500000000001,a@office.example.jp,Clear1234,,code1,";
        let new = "4170101011,新しい事業所,KJ500000000003,,Clear1234,,,";
        let done = take(service, &[clear, &hashed, new]).await.unwrap();
        assert_eq!(done, Imported { offices: 1, created: 3, updated: 0 });
        assert!(signs_in(service, "KJ500000000001", "Clear1234").await);
        assert!(signs_in(service, "KJ500000000002", "Hashed123").await);
        let rows = service.database.audit().await;
        let imports: Vec<_> = rows.iter().filter(|row| row.action == "operator.import_office").collect();
        assert_eq!(imports.len(), 2, "the demo's and this one");
        assert!(imports[1].detail.replace(' ', "").contains("\"created\":3"), "{}", imports[1].detail);
    }

    async fn another_import_updates_what_is_there(service: &Service) {
        let line = |name: &str, password: &str| format!("2372101440,{name},KJ500000000001,a@office.example.jp,{password},,,");
        take(service, &[&line("ひまわり", "Clear1234")]).await.unwrap();
        let done = take(service, &[&line("ひまわり新館", "Other5678")]).await.unwrap();
        assert_eq!(done, Imported { offices: 0, created: 0, updated: 1 });
        assert!(!signs_in(service, "KJ500000000001", "Clear1234").await);
        assert!(signs_in(service, "KJ500000000001", "Other5678").await);
        assert_eq!(service.database.count("SELECT COUNT(*) FROM offices WHERE name = 'ひまわり新館'").await, 1);
    }

    async fn a_new_password_ends_sessions_and_the_same_one_does_not(service: &Service) {
        let mut browser = service.signed_in(2).await;
        let DemoOffice { number, name, login_id, email, password, .. } = &OFFICES[2];
        let line = |password: &str| format!("{number},{name},{login_id},{email},{password},,,");
        take(service, &[&line(password)]).await.unwrap();
        assert_eq!(browser.visit("/office").await.screen(), "C-1");
        take(service, &[&line("Minato2026")]).await.unwrap();
        assert_eq!(browser.visit("/office").await.screen(), "Z-3");
    }

    async fn an_office_is_told_at_its_old_and_new_address_of_what_changed(service: &Service) {
        let (old, new) = ("a@office.example.jp", "b@office.example.jp");
        let line = |rest: &str| format!("2372101440,ひまわり,KJ500000000001,{rest}");
        let told = async || {
            let mails = service.mails().await;
            let ours = mails.into_iter().filter(|mail| mail.to == old || mail.to == new);
            ours.map(|mail| (mail.to, mail.subject, mail.text)).collect::<Vec<_>>()
        };
        take(service, &[&line(&format!("{old},Clear1234,,code1,"))]).await.unwrap();
        take(service, &[&line(&format!("{old},Clear1234,,code1,"))]).await.unwrap();
        assert_eq!(told().await, [], "a new account, and the same values once more");
        take(service, &[&line(&format!("{old},Other5678,,code2,"))]).await.unwrap();
        let first = told().await;
        assert_eq!(first.len(), 1);
        let (to, subject, text) = &first[0];
        assert_eq!((to.as_str(), subject.as_str()), (old, "登録内容変更のお知らせ"));
        assert!(text.contains("パスワード、セキュリティコード") && text.contains("サービスの運営者"), "{text}");
        take(service, &[&line(&format!("{new},Other5678,,code2,"))]).await.unwrap();
        let mut both = told().await.split_off(1);
        both.sort();
        let expected = [(old, "連絡先変更のお知らせ"), (new, "登録内容変更のお知らせ")];
        assert_eq!(both.iter().map(|(to, subject, _)| (to.as_str(), subject.as_str())).collect::<Vec<_>>(), expected);
        assert!(both[1].2.contains("メールアドレス") && !both[1].2.contains("パスワード"), "{}", both[1].2);
        take(service, &[&line(",Other5678,,code2,")]).await.unwrap();
        let all = told().await;
        assert_eq!((all.len(), all[3].0.as_str()), (4, new), "an address that was taken away");
        for (_, _, text) in all {
            for secret in ["Clear1234", "Other5678", "code1", "code2", "$argon2id$", old, new] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
        // A file that is refused tells nobody.
        let faulty = "2372101440,ひまわり,KJ5,,Clear1234,,,";
        take(service, &[&line(&format!("{old},Third9999,,,")), faulty]).await.unwrap_err();
        assert_eq!(told().await.len(), 4);
    }

    async fn one_faulty_row_and_nothing_is_taken(service: &Service) {
        let before = service.database.dump().await;
        let good = "2372101440,ひまわり,KJ500000000001,,Clear1234,,,";
        // The tests' own parameters are far too cheap for anybody else.
        let cheap = service.core.passwords.hash(&service.core.ambient, "Hashed123".into()).await.unwrap();
        let cheap = format!("2372101440,x,KJ500000000002,,,\"{}\",,", cheap.expose_secret());
        let faults = [
            ("237210144,x,KJ500000000002,,Clear1234,,,", "office_number"),
            ("2372101440,,KJ500000000002,,Clear1234,,,", "office_name"),
            ("2372101440,x,NursingUserA000,,Clear1234,,,", "login_id"),
            ("2372101440,x,KJ500000000001,,Clear1234,,,", "twice"),
            ("2372101440,x,KJ500000000002,a@,Clear1234,,,", "email"),
            ("2372101440,x,KJ500000000002,,short,,,", "password"),
            ("2372101440,x,KJ500000000002,,,,,", "password"),
            ("2372101440,x,KJ500000000002,,Clear1234,$argon2id$x,,", "not both"),
            ("2372101440,x,KJ500000000002,,,$2b$12$bcrypt,,", "argon2id"),
            ("2372101440,x,KJ500000000002,,,$argon2id$nonsense,,", "password_hash"),
            (&cheap, "password_hash"),
        ];
        for (line, what) in faults {
            let error = take(service, &[good, line]).await.unwrap_err().to_string();
            assert!(error.contains("line 3") && error.contains(what), "{line}: {error}");
            assert!(!error.contains("Clear1234") && !error.contains("bcrypt"), "no secret in {error}");
        }
        let both = take(service, &["x,x,x,,x,,,", "y,y,y,,y,,,"]).await.unwrap_err().to_string();
        assert!(both.contains("line 2") && both.contains("line 3"), "every fault is named: {both}");
        assert!(take(service, &["2372101440,ひまわり"]).await.is_err(), "a row too short");
        assert!(read_csv(b"name,value\n1,2\n").is_err(), "other columns");
        assert_eq!(service.database.dump().await, before);
    }

    async fn an_id_of_another_office_is_not_taken_over(service: &Service) {
        let before = service.database.dump().await;
        let error = take(service, &["1370200038,あおぞら,KJ123456789012,,Clear1234,,,"]).await.unwrap_err();
        assert!(!error.to_string().is_empty());
        assert_eq!(service.database.dump().await, before);
    }
}

/// A configuration for commands that open no listener.
pub(super) fn configuration(folder: &Path) -> String {
    let (pki, database) = (pki(), folder.join("care.db"));
    format!(
        r#"
site_dir = "{site}"
database.url = "sqlite:{database}"
public = {{ listen = "127.0.0.1:0", origin = "https://care.example.jp" }}
sign_in = {{ listen = "127.0.0.1:0", origin = "https://care.example.jp:8443" }}
tls = {{ certificate = "{certificate}", key = "{key}" }}
client_ca.certificates = ["{ca}"]
keys.master = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
mail = {{ host = "mail.example.jp", from = "no-reply@care.example.jp" }}
support.phone = "0120-000-000"
"#,
        site = folder.display(),
        database = database.display(),
        certificate = pki.server_certificate.display(),
        key = pki.server_key.display(),
        ca = pki.ca.display(),
    )
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_server"))
        .args(arguments)
        .env("CARE_CONFIG", folder.join("care.toml"))
        .env_remove("DATABASE_URL")
        .current_dir(folder)
        .output()
        .unwrap()
}

pub(super) fn succeeds(folder: &Path, arguments: &[&str], says: &str) {
    let output = run(folder, arguments);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains(says), "{arguments:?}: {out} {err}");
}

pub(super) fn fails(folder: &Path, arguments: &[&str], says: &str) {
    let output = run(folder, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && error.contains(says), "{arguments:?}: {error}");
}

#[test]
fn an_operator_sets_a_database_up_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("care.toml"), configuration(folder)).unwrap();
    fails(folder, &["doctor"], "run `migrate` first");
    succeeds(folder, &["migrate"], "up to date");
    succeeds(folder, &["migrate"], "up to date");
    succeeds(folder, &["doctor"], "in order");
    let file = folder.join("offices.csv");
    let file = file.to_str().unwrap();
    fs::write(file, format!("{HEADER}\n2372101440,ひまわり,KJ500000000001,,Clear1234,,,\n")).unwrap();
    succeeds(folder, &["import-office", file], "1 new offices, 1 new accounts, 0 updated accounts");
    succeeds(folder, &["import-office", file], "0 new offices, 0 new accounts, 1 updated accounts");
    fs::write(file, format!("{HEADER}\n2372101440,ひまわり,KJ5,,Clear1234,,,\n")).unwrap();
    fails(folder, &["import-office", file], "line 2: login_id");
    fails(folder, &["import-office", "missing.csv"], "missing.csv");
    succeeds(folder, &["verify-audit"], "2 audit rows: the chain is unbroken");
    fails(folder, &["verify-audit", "--known", "2"], "as an earlier run printed it");
    fails(folder, &["verify-audit", "--known", &format!("2:{}", "0".repeat(64))], "broken at row 2");
    let plan = ["maintenance", "plan", "--from", "2099-02-01T22:00", "--to", "2099-02-02T02:00", "--text", "更新"];
    succeeds(folder, &plan, "2099/02/01 22:00 - 2099/02/02 02:00");
    succeeds(folder, &["maintenance", "show"], "更新");
    fails(folder, &["maintenance", "plan", "--from", "2099-02-02T02:00", "--to", "2099-02-01T22:00"], "later than");
    fails(folder, &["maintenance", "plan", "--from", "2001-02-01T22:00", "--to", "2001-02-02T02:00"], "past already");
    fails(folder, &["maintenance", "plan", "--from", "tomorrow", "--to", "2099-02-02T02:00"], "2025-02-07T22:00");
    succeeds(folder, &["maintenance", "cancel"], "");
    fails(folder, &["maintenance", "cancel"], "nothing is planned");
    succeeds(folder, &["verify-audit"], "4 audit rows: the chain is unbroken");
}
