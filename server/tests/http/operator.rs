//! `server user` and `server bootstrap`: what the operator may do, and what is written down of it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use domain::account::AccountState;
use server::{
    demo::data::{MEMBER_PASSWORD, OFFICES, email_of, phone_of},
    services::operator::{self, Operator, OperatorError, Wanted},
};

use super::{
    import_office::{fails, succeeds},
    service::{Service, on_both_engines},
};

fn tanaka() -> Operator {
    Operator("tanaka (sudo: tanaka)".to_owned())
}

async fn listed(service: &Service, wanted: Wanted) -> Vec<String> {
    let found = operator::list(&service.core, &tanaka(), &wanted).await.unwrap();
    found.into_iter().map(|account| account.login_id).collect()
}

/// Locks a member out.
async fn lock(service: &Service, login_id: &str) {
    for _ in 0..5 {
        let fields = [("login_id", login_id), ("password", "wrong-password")];
        service.browser(0).post_form("/sign-in/member", "start_member", &fields).await;
    }
}

/// The screen that the sign-in leads to.
async fn sign_in(service: &Service, login_id: &str, password: &str) -> String {
    let fields = [("login_id", login_id), ("password", password)];
    service.browser(0).post_form("/sign-in/member", "start_member", &fields).await.screen().to_owned()
}

on_both_engines! {
    async fn accounts_are_listed_by_office_and_state_without_names(service: &Service) {
        let everybody = listed(service, Wanted::default()).await;
        assert_eq!(everybody.len(), 4 + 23 + 5 + 2 + 1);
        let office = Some(OFFICES[1].number.to_owned());
        let of_office = listed(service, Wanted { office, ..Wanted::default() }).await;
        assert_eq!(of_office, ["AozoraNursingStaffB000", "AozoraNursingUserA000", "AozoraNursingUserA001", "KJ200000000001"]);
        // Besides the one whom the demo has locked by hand.
        lock(service, "NursingUserA004").await;
        let locked = Wanted { state: Some(AccountState::Locked), ..Wanted::default() };
        assert_eq!(listed(service, locked).await, ["NursingUserA004", "NursingUserA014"]);
        service.database.execute("UPDATE accounts SET deleted_at = 1 WHERE login_id = 'NursingUserA005'").await;
        assert_eq!(listed(service, Wanted { deleted: true, ..Wanted::default() }).await, ["NursingUserA005", "NursingUserA023"]);
        let unknown = Wanted { office: Some("9999999999".to_owned()), ..Wanted::default() };
        let refused = operator::list(&service.core, &tanaka(), &unknown).await;
        assert!(matches!(refused, Err(OperatorError::UnknownOffice(_))));
        let row = service.database.audit().await.pop().unwrap();
        assert_eq!(row.line(), " operator.list_users ok");
        assert!(row.detail.contains("tanaka (sudo: tanaka)"), "{}", row.detail);
    }

    async fn a_lock_is_taken_away(service: &Service) {
        lock(service, "NursingUserA004").await;
        assert_eq!(sign_in(service, "NursingUserA004", MEMBER_PASSWORD).await, "A-4");
        operator::unlock(&service.core, &tanaka(), "nursingusera004").await.unwrap();
        assert_eq!(sign_in(service, "NursingUserA004", MEMBER_PASSWORD).await, "B-11");
        let id = service.account("NursingUserA004").await;
        let rows = service.database.audit().await;
        let row = rows.iter().find(|row| row.action == "operator.unlock_user").unwrap();
        assert_eq!(row.target.unwrap().to_string(), id);
        assert!(row.detail.contains("NursingUserA004") && row.detail.contains("tanaka"), "{}", row.detail);
        let of_office = format!(
            "SELECT COUNT(*) FROM audit JOIN offices ON offices.id = office_id
             WHERE action = 'operator.unlock_user' AND number = '{}'", OFFICES[0].number);
        assert_eq!(service.database.count(&of_office).await, 1, "the office can see it");

        let again = operator::unlock(&service.core, &tanaka(), "NursingUserA004").await;
        assert!(matches!(again, Err(OperatorError::NotLocked(_))));
        for nobody in ["Nobody00001", "x", "' OR 1=1"] {
            let refused = operator::unlock(&service.core, &tanaka(), nobody).await;
            assert!(matches!(refused, Err(OperatorError::Unknown(_))), "{nobody}");
        }
    }

    async fn a_new_initial_password_goes_to_its_owner_alone(service: &Service) {
        let mut browser = service.signed_in_member("NursingUserA000").await;
        lock(service, "NursingStaffB001").await;
        operator::reset(&service.core, &tanaka(), "NursingUserA000").await.unwrap();
        assert_eq!(browser.visit("/administrator").await.screen(), "Z-3", "its sessions end at once");
        let to = email_of("NursingUserA000");
        let mails = service.mails().await;
        let mail = mails.iter().rfind(|mail| mail.to == to).unwrap();
        assert_eq!(mail.subject, "パスワード再発行のお知らせ");
        let password = mail.text.lines().find(|line| line.len() == 19 && line.matches('-').count() == 3).unwrap();
        assert_eq!(sign_in(service, "NursingUserA000", MEMBER_PASSWORD).await, "A-4", "the old one is worthless");
        assert_eq!(sign_in(service, "NursingUserA000", password).await, "B-11");
        let initial = "SELECT COUNT(*) FROM accounts WHERE login_id = 'NursingUserA000' AND password_expires_at > 0";
        assert_eq!(service.database.count(initial).await, 1, "it has to be replaced");

        operator::reset(&service.core, &tanaka(), "NursingStaffB001").await.unwrap();
        let phone = phone_of("NursingStaffB001");
        let mails = service.mails().await;
        let sms = mails.iter().rfind(|mail| mail.to == phone).unwrap();
        let password = sms.text.split_whitespace().find(|word| word.len() == 19 && word.matches('-').count() == 3);
        let password = password.or_else(|| sms.text.split(['：', '、', '。', ' ']).find(|word| word.len() == 19));
        assert_eq!(sign_in(service, "NursingStaffB001", password.unwrap_or_else(|| panic!("{}", sms.text))).await, "B-12");

        let rows = service.database.audit().await;
        let rows: Vec<_> = rows.iter().filter(|row| row.action == "operator.reset_user").collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[0].detail.replace(' ', "").contains("\"sessions_ended\":1"), "{}", rows[0].detail);
        assert!(rows.iter().all(|row| mails.iter().all(|mail| !mail.text.contains(&row.detail))));
    }

    async fn what_cannot_be_reset_says_what_to_do(service: &Service) {
        let before = service.database.dump().await;
        let reset = async |login_id: &str| {
            operator::reset(&service.core, &tanaka(), login_id).await.unwrap_err().to_string()
        };
        assert!(reset(OFFICES[0].login_id).await.contains("import-office"));
        assert!(reset("Nobody00001").await.contains("server user list"));
        assert_eq!(service.database.dump().await, before);
        service.database.execute("UPDATE accounts SET email = NULL, phone = NULL WHERE login_id = 'NursingUserA001'").await;
        assert!(reset("NursingUserA001").await.contains("neither mail address nor phone"));
        service.database.execute("UPDATE accounts SET deleted_at = 1 WHERE login_id = 'NursingUserA001'").await;
        assert!(reset("NursingUserA001").await.contains("was deleted"));
        assert_eq!(service.mails().await.len(), 0);
    }
}

const BOOTSTRAP: [&str; 15] = [
    "bootstrap",
    "--dir",
    "care",
    "--database-url",
    "sqlite:care.db",
    "--origin",
    "https://care.example.jp",
    "--sign-in-origin",
    "https://care.example.jp:8443",
    "--mail-host",
    "mail.example.jp",
    "--mail-from",
    "no-reply@care.example.jp",
    "--support-phone",
    "0120-111-222",
];

const OFFICE: [&str; 10] = [
    "--office-number",
    "2372101440",
    "--office-name",
    "デモ介護センター",
    "--login-id",
    "KJ500000000001",
    "--email",
    "office@example.jp",
    "--password-file",
    "password",
];

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_deployment_is_made_once_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let with = |more: &[&'static str]| [BOOTSTRAP.as_slice(), more].concat();
    fails(folder, &with(&[]), "--office-number");
    fails(folder, &with(&OFFICE), "password");
    fs::write(folder.join("password"), "x\n").unwrap();
    fails(folder, &with(&OFFICE), "8 to 16 letters and digits");
    assert!(!folder.join("care/care.toml").exists() && !folder.join("care/master.key").exists(), "nothing is left");
    fs::write(folder.join("password"), "Himawari2025\n").unwrap();
    succeeds(folder, &with(&OFFICE), "1 office(s) and 1 account(s)");

    let (settings, key) = (folder.join("care/care.toml"), folder.join("care/master.key"));
    assert_eq!((mode(&settings), mode(&key)), (0o600, 0o600));
    let text = fs::read_to_string(&settings).unwrap();
    for line in ["origin = \"https://care.example.jp:8443\"", "phone = \"0120-111-222\"", "url = \"sqlite:care.db\""] {
        assert!(text.contains(line), "{line}");
    }
    assert!(!text.contains("Himawari2025") && text.contains("# "), "the comments stay, the password does not");
    fails(folder, &with(&OFFICE), "is there already; nothing was changed");
    assert_eq!(fs::read_to_string(&settings).unwrap(), text);
    let other: Vec<&str> = with(&OFFICE).into_iter().map(|word| if word == "care" { "other" } else { word }).collect();
    fails(folder, &other, "the database has offices already");
    assert!(!folder.join("other/care.toml").exists());

    // What it printed as next: put the files there, then everything is in order.
    let arguments = ["doctor", "--config", settings.to_str().unwrap()];
    fails(folder, &arguments, "tls.certificate");
    let pki = super::service::pki();
    for (from, to) in [
        (&pki.server_certificate, "tls/server.pem"),
        (&pki.server_key, "tls/server.key"),
        (&pki.ca, "client-ca/ca.pem"),
        (&pki.crl, "client-ca/ca.crl"),
    ] {
        let to = folder.join("care").join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
    let text = text.replace("\"/opt/care/site\"", &format!("{:?}", folder.display().to_string()));
    fs::write(&settings, text).unwrap();
    succeeds(folder, &arguments, "in order");
    let list = ["user", "--config", "care/care.toml", "list", "--office", "2372101440"];
    succeeds(folder, &list, "2372101440\tKJ500000000001\t事業所ユーザ\t未ログイン");
    fails(folder, &["user", "--config", "care/care.toml", "unlock", "KJ500000000001"], "is not locked");
    fails(folder, &["user", "--config", "care/care.toml", "reset", "KJ500000000001"], "import-office");
    succeeds(folder, &["verify-audit", "--config", "care/care.toml"], "the chain is unbroken");
}

#[test]
fn the_first_offices_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let head = "office_number,office_name,login_id,email,password";
    let with = |file: &'static str| [BOOTSTRAP.as_slice(), &["--offices", file]].concat();
    fails(folder, &with("missing.csv"), "missing.csv");
    fs::write(folder.join("offices.csv"), format!("{head}\n")).unwrap();
    fails(folder, &with("offices.csv"), "names no office");
    let row = |number, id| format!("{number},事業所,{id},a@example.jp,Clear1234\n");
    let two = row("2372101440", "KJ500000000001") + &row("1370200030", "KJ500000000002");
    fs::write(folder.join("offices.csv"), format!("{head}\n{two}")).unwrap();
    succeeds(folder, &with("offices.csv"), "2 office(s) and 2 account(s)");
}
