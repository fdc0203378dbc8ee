//! J-1 … J-4: registering, verifying, renaming and revoking terminals.

use std::sync::Arc;

use server::{
    secret::Keys,
    services::terminals::seal_anew,
    storage::registry::{self, RegisteredTerminal},
};

use super::{
    browser::{Browser, Page},
    cards::TerminalKey,
    service::{Service, on_both_engines},
};

/// The password of every account in the tests' registry.
pub(super) const PASSWORD: &str = "Terminal-Password-Marker";

/// Puts accounts into the registry: one for any terminal, one for a terminal that nobody has.
pub(super) async fn accounts(service: &Service) {
    let core = &service.core;
    let password_hash = core.passwords.hash(&core.ambient, PASSWORD.into()).await.unwrap();
    let mut tx = core.db.write().await.unwrap();
    for (user_id, terminal_id) in [("KJ0001", ""), ("other", "1DSM-HYG3-H5RC-93P0-FKBE")] {
        let (user_id, terminal_id) = (user_id.to_owned(), terminal_id.to_owned());
        let account = RegisteredTerminal { user_id, password_hash: password_hash.clone(), terminal_id };
        registry::put_terminal(&mut tx, &account).await.unwrap();
    }
    tx.commit().await.unwrap();
}

pub(super) const J2: &str = "/terminals/new";

/// Posts J-2.
pub(super) async fn enter(browser: &mut Browser, user: &str, password: &str, terminal: &str, name: &str) -> Page {
    let fields =
        [("terminal_user", user), ("terminal_password", password), ("terminal_id", terminal), ("terminal_name", name)];
    browser.post_form(J2, "register_terminal", &fields).await
}

/// Registers a terminal that the platform accepts and answers its ID.
pub(super) async fn register(service: &Service, browser: &mut Browser, key: &TerminalKey) -> String {
    accounts(service).await;
    assert_eq!(enter(browser, "KJ0001", PASSWORD, &key.id(), "受付のパソコン").await.screen(), "J-1");
    let sql = format!("SELECT id FROM terminals WHERE terminal_id = '{}' AND revoked_at IS NULL", key.id());
    service.database.id(&sql).await.to_string()
}

const ADMINISTRATOR: &str = "NursingUserA000";

on_both_engines! {
    async fn a_terminal_is_registered_with_the_platforms_verdict(service: &Service) {
        let mut browser = service.signed_in_member(ADMINISTRATOR).await;
        let key = TerminalKey::new(1);
        let empty = browser.visit("/terminals").await;
        assert!(empty.screen() == "J-1" && empty.body.contains("登録されている端末はありません"));
        let page = enter(&mut browser, "KJ0001", "wrong", &key.id().to_lowercase(), "受付").await;
        assert_eq!(page.screen(), "J-1");
        assert!(page.body.contains("失敗") && page.body.contains("ユーザIDまたはパスワードが正しくありません"));
        let id = register(service, &mut browser, &key).await;
        let page = browser.visit("/terminals").await;
        assert!(page.body.contains("成功") && page.body.contains(&key.id()) && page.body.contains("受付のパソコン"));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM terminals").await, 1, "entered anew, not twice");
        let again = enter(&mut browser, "KJ0001", PASSWORD, &key.id(), "").await;
        assert_eq!((again.screen(), again.status.as_u16()), ("J-2", 422));
        assert!(again.body.contains("この端末はすでに登録されています") && again.body.contains("KJ0001"));
        assert!(!again.body.contains(PASSWORD), "a password does not come back");
        let audit = service.database.audit().await;
        let rows: Vec<_> = audit.iter().filter(|row| row.action.starts_with("terminal.")).collect();
        assert_eq!(rows.iter().map(|row| row.line()).collect::<Vec<_>>(), [
            "J-2 terminal.register wrong_account",
            "J-2 terminal.register ok",
        ]);
        assert!(rows.iter().all(|row| row.login_id == ADMINISTRATOR && row.target.is_some_and(|t| t.to_string() == id)));
        for place in [service.database.dump().await, String::from_utf8_lossy(&service.database.files()).into_owned()] {
            assert!(!place.contains(PASSWORD), "the password is sealed");
        }
    }

    async fn what_is_typed_wrong_is_said_beside_its_field(service: &Service) {
        let mut browser = service.signed_in_member(ADMINISTRATOR).await;
        let page = enter(&mut browser, "", "", "", "").await;
        for said in ["オンライン資格確認ユーザIDを入力", "パスワードを入力", "端末固有IDを入力"] {
            assert!(page.body.contains(said), "{said}");
        }
        let mut mistyped = TerminalKey::new(1).id();
        let last = if mistyped.pop() == Some('0') { '1' } else { '0' };
        mistyped.push(last);
        let page = enter(&mut browser, "KJ0001", "x", &mistyped, &"長".repeat(41)).await;
        assert!(page.body.contains("端末固有IDに入力の誤りがあります") && page.body.contains("端末の名称が長すぎます"));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM terminals").await, 0);
    }

    async fn the_platform_is_asked_again_and_may_be_away(service: &Service) {
        let mut browser = service.signed_in_member(ADMINISTRATOR).await;
        let id = register(service, &mut browser, &TerminalKey::new(1)).await;
        let detail = format!("/terminals/{id}");
        service.clock.advance_minutes(5);
        let page = browser.post_form(&detail, "test_terminal", &[("id", &id)]).await;
        assert!(page.screen() == "J-3" && page.body.contains("2025/02/07 10:05"), "{}", page.body);
        service.database.execute("ALTER TABLE registry_terminals RENAME TO lost").await;
        let page = browser.post_form(&detail, "test_terminal", &[("id", &id)]).await;
        assert_eq!(page.status.as_u16(), 503, "the platform is away");
        let kept = "SELECT COUNT(*) FROM terminals WHERE verdict = 'accepted'";
        assert_eq!(service.database.count(kept).await, 1, "which says nothing against the terminal");
        service.database.execute("ALTER TABLE lost RENAME TO registry_terminals").await;
        service.database.execute("UPDATE terminals SET platform_user = 'other'").await;
        let page = browser.post_form(&detail, "test_terminal", &[("id", &id)]).await;
        assert!(page.screen() == "J-3" && page.body.contains("別の端末に発行されたもの"));
        let lines = service.audit_lines().await;
        let ends = ["J-3 terminal.test ok", "J-3 terminal.test unavailable", "J-3 terminal.test other_terminal"];
        assert_eq!(lines[lines.len() - 3..], ends);
    }

    async fn a_terminal_is_renamed_and_revoked(service: &Service) {
        let mut browser = service.signed_in_member(ADMINISTRATOR).await;
        let key = TerminalKey::new(1);
        let id = register(service, &mut browser, &key).await;
        let detail = format!("/terminals/{id}");
        let fields = [("id", id.as_str()), ("terminal_name", "訪問用")];
        assert!(browser.post_form(&detail, "rename_terminal", &fields).await.body.contains("訪問用"));
        let page = browser.post_form(&format!("{detail}/delete"), "delete_terminal", &[("id", &id)]).await;
        assert!(page.screen() == "J-1" && !page.body.contains(&key.id()));
        assert_eq!(browser.visit(&detail).await.status.as_u16(), 404);
        assert_eq!(browser.call("delete_terminal", &[("id", &id)]).await.status.as_u16(), 404);
        let lines = service.audit_lines().await;
        assert_eq!(lines[lines.len() - 2..], ["J-3 terminal.rename ok", "J-4 terminal.revoke ok"]);
        assert_ne!(register(service, &mut browser, &key).await, id, "registered anew");
    }

    async fn only_administrators_register_terminals(service: &Service) {
        let mut office = service.signed_in(0).await;
        let mut staff = service.signed_in_member("NursingStaffB000").await;
        for browser in [&mut office, &mut staff] {
            for path in ["/terminals", J2] {
                let page = browser.visit(path).await;
                assert_eq!((page.screen(), page.status.as_u16()), ("Z-4", 403), "{path}");
            }
            assert_eq!(browser.call("list_terminals", &[]).await.status.as_u16(), 403);
        }
    }

    async fn passwords_follow_a_new_key(service: &Service) {
        let mut browser = service.signed_in_member(ADMINISTRATOR).await;
        register(service, &mut browser, &TerminalKey::new(1)).await;
        let mut core = service.core.clone();
        let changed = Keys::from_master(&[8; 32]).with_previous(&[7; 32]);
        let old = core.keys.id().to_owned();
        core.keys = Arc::new(changed);
        let mut tx = core.db.write().await.unwrap();
        seal_anew(&core, &mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let by = |id: &str| format!("SELECT COUNT(*) FROM terminals WHERE password_key = '{id}'");
        assert_eq!(service.database.count(&by(&old)).await, 0);
        assert_eq!(service.database.count(&by(core.keys.id())).await, 1);
    }

    async fn another_offices_terminal_does_not_exist(service: &Service) {
        let mut browser = service.signed_in_member(ADMINISTRATOR).await;
        let key = TerminalKey::new(1);
        let id = register(service, &mut browser, &key).await;
        let other = "SELECT id FROM offices WHERE number = '1370200030'";
        service.database.execute(&format!("UPDATE terminals SET office_id = ({other})")).await;
        let before = service.database.dump().await;
        let nothing = uuid::Uuid::from_u128(1).to_string();
        for function in ["terminal_detail", "test_terminal", "rename_terminal", "delete_terminal"] {
            let ask = async |id: &str| {
                let answer = browser.clone().call(function, &[("id", id), ("terminal_name", "x")]).await;
                (answer.status.as_u16(), answer.body.clone(), answer.location().to_owned())
            };
            let got = ask(&id).await;
            assert_eq!(got.0, 404, "{function}");
            assert_eq!(got, ask(&nothing).await, "{function}");
        }
        for rest in ["", "/delete"] {
            assert_eq!(browser.visit(&format!("/terminals/{id}{rest}")).await.screen(), "Z-5");
        }
        assert!(!browser.visit("/terminals").await.body.contains(&key.id()));
        assert_eq!(before, service.database.dump().await);
        register(service, &mut browser, &key).await;
        let both = "SELECT COUNT(*) FROM terminals WHERE revoked_at IS NULL";
        assert_eq!(service.database.count(both).await, 2, "a terminal may serve two offices");
    }
}
