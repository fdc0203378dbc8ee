//! Passkeys on A-4 and P-1.

use server::demo::data::{MEMBER_PASSWORD, email_of};

use super::{
    browser::{Browser, Page},
    passkey_device::{Challenge, Device, challenge, post_answer},
    service::{Service, on_both_engines},
};

const STAFF: &str = "NursingStaffB000";
const NEW: &str = "/account/passkeys/new";

/// A device with a passkey of [`STAFF`], and the browser in which it was added.
async fn with_passkey(service: &Service) -> (Browser, Device) {
    let (mut browser, mut device) = (service.signed_in_member(STAFF).await, Device::new());
    let page = device.add_to(&mut browser, "事務室のパソコン").await;
    assert_eq!((page.screen(), page.status.as_u16()), ("P-1", 200), "{}", page.body);
    (browser, device)
}

/// Refused on A-4, and nobody is signed in.
async fn assert_refused(browser: &mut Browser, page: &Page, case: &str) {
    assert_eq!((page.screen(), page.status.as_u16()), ("A-4", 422), "{case}");
    assert!(page.body.contains("パスキーを確認できませんでした"), "{case}");
    assert_eq!(browser.visit("/home").await.screen(), "A-4", "{case}");
}

async fn passkey_id(service: &Service) -> String {
    service.database.id("SELECT id FROM passkeys").await.to_string()
}

on_both_engines! {
    async fn a_passkey_is_added_and_stands_in_for_password_and_code(service: &Service) {
        let (mut browser, mut device) = with_passkey(service).await;
        let page = browser.visit("/account").await;
        assert!(page.body.contains("事務室のパソコン") && page.body.contains("まだ使っていません"), "{}", page.body);
        let mails = service.mails().await;
        let notice = mails.last().unwrap();
        assert_eq!((notice.to.as_str(), notice.subject.as_str()), (email_of(STAFF).as_str(), "パスキー追加のお知らせ"));
        assert!(notice.text.contains("事務室のパソコン"), "{}", notice.text);
        assert!(service.audit_lines().await.contains(&"P-1 passkey.add ok".to_owned()));

        let mut elsewhere = service.browser(0);
        let page = device.sign_in(&mut elsewhere).await;
        assert_eq!((page.path.as_str(), page.screen()), ("/home", "C-21"));
        assert_eq!(service.audit_lines().await.last().unwrap(), "A-4 sign_in.passkey ok");
        let codes = |mails: &[super::service::Mail]| mails.iter().filter(|m| m.subject.contains("コード発行")).count();
        assert_eq!(codes(&service.mails().await), codes(&mails), "no code was sent");
        let page = elsewhere.visit("/account").await;
        assert!(!page.body.contains("まだ使っていません"), "the use was noted");
        assert_eq!(device.sign_in(&mut service.browser(0)).await.screen(), "C-21", "and once more");
    }

    async fn an_answer_that_is_wrong_in_any_way_signs_nobody_in(service: &Service) {
        let (_, mut device) = with_passkey(service).await;
        let right = (device.origin.clone(), device.relying_party.clone(), device.user.clone());
        type Spoil = fn(&mut Device);
        let cases: [(&str, Spoil); 5] = [
            ("origin", |device| "https://evil.example".clone_into(&mut device.origin)),
            ("origin", |device| "https://care.example.jp".clone_into(&mut device.origin)),
            ("relying_party", |device| "evil.example".clone_into(&mut device.relying_party)),
            ("not_verified", |device| device.verifies = false),
            ("unknown", |device| device.user = vec![7; 16]),
        ];
        for (result, spoil) in cases {
            spoil(&mut device);
            let mut browser = service.browser(0);
            let page = device.sign_in(&mut browser).await;
            assert_refused(&mut browser, &page, result).await;
            assert_eq!(service.audit_lines().await.last().unwrap(), &format!("A-4 sign_in.passkey {result}"));
            (device.origin, device.relying_party, device.user) = right.clone();
            device.verifies = true;
        }
        // A passkey that was never added, and one whose signature is another's.
        let mut stranger = Device::new();
        stranger.user.clone_from(&device.user);
        let mut browser = service.browser(0);
        let page = stranger.sign_in(&mut browser).await;
        assert_refused(&mut browser, &page, "never added").await;
        let Challenge { token, options } = challenge(&mut browser, "start_passkey_sign_in").await;
        let forged = stranger.answer(&options).replace(&id_of(&stranger.answer(&options)), &id_of(&device.answer(&options)));
        let page = post_answer(&mut browser, &token, &forged).await;
        assert_refused(&mut browser, &page, "signature").await;
        assert_eq!(service.audit_lines().await.last().unwrap(), "A-4 sign_in.passkey signature");
        assert_eq!(device.sign_in(&mut browser).await.screen(), "C-21", "nothing of this hurt the passkey");
    }

    async fn a_challenge_is_answered_once_in_time_and_for_what_it_was_made(service: &Service) {
        let (mut signed_in, mut device) = with_passkey(service).await;
        let mut browser = service.browser(0);
        let Challenge { token, options } = challenge(&mut browser, "start_passkey_sign_in").await;
        let answer = device.answer(&options);
        assert_eq!(post_answer(&mut browser, &token, &answer).await.screen(), "C-21");
        let mut thief = service.browser(0);
        let page = post_answer(&mut thief, &token, &answer).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("A-4", 422), "replayed");
        // The old answer to a new challenge.
        let again = challenge(&mut thief, "start_passkey_sign_in").await;
        let page = post_answer(&mut thief, &again.token, &answer).await;
        assert_refused(&mut thief, &page, "another challenge").await;
        assert_eq!(service.audit_lines().await.last().unwrap(), "A-4 sign_in.passkey challenge");
        // Made for something else.
        let confirming = challenge(&mut signed_in, "start_passkey_confirmation").await;
        let answer = device.answer(&confirming.options);
        let page = post_answer(&mut thief, &confirming.token, &answer).await;
        assert_refused(&mut thief, &page, "made for confirming").await;
        // Given to the browser of another office.
        let given = challenge(&mut service.browser(1), "start_passkey_sign_in").await;
        let page = post_answer(&mut thief, &given.token, &device.answer(&given.options)).await;
        assert_refused(&mut thief, &page, "given to another certificate").await;
        let late = challenge(&mut thief, "start_passkey_sign_in").await;
        service.clock.advance_minutes(10);
        let page = post_answer(&mut thief, &late.token, &device.answer(&late.options)).await;
        assert!(page.body.contains("有効時間を過ぎました"), "{}", page.body);
        server::jobs::purge(&service.core).await.unwrap();
        assert_eq!(service.database.count("SELECT COUNT(*) FROM passkey_challenges").await, 0);
    }

    async fn a_counter_that_does_not_grow_is_a_copy(service: &Service) {
        let (_, mut device) = with_passkey(service).await;
        device.counter = 9;
        assert_eq!(device.sign_in(&mut service.browser(0)).await.screen(), "C-21", "its tenth use");
        // The tenth use once more, and an earlier one.
        for before in [9, 3] {
            device.counter = before;
            let mut browser = service.browser(0);
            let page = device.sign_in(&mut browser).await;
            assert_refused(&mut browser, &page, "counter").await;
            assert_eq!(service.audit_lines().await.last().unwrap(), "A-4 sign_in.passkey counter");
        }
        device.counter = 10;
        assert_eq!(device.sign_in(&mut service.browser(0)).await.screen(), "C-21");
    }

    async fn the_certificate_and_the_accounts_state_count_as_ever(service: &Service) {
        let (mut here, mut device) = with_passkey(service).await;
        let page = device.sign_in(&mut service.browser(1)).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("Z-2", 403), "another office's certificate");
        assert_eq!(service.audit_lines().await.last().unwrap(), "A-4 sign_in.passkey wrong_office");
        assert_eq!(service.stranger().call("start_passkey_sign_in", &[]).await.status, 403, "no certificate at all");
        for (set, unset) in [("suspended_at = 1", "suspended_at = NULL"), ("deleted_at = 1", "deleted_at = NULL"), ("expires_at = 1", "expires_at = NULL")] {
            let update = |what: &str| format!("UPDATE accounts SET {what} WHERE login_id = '{STAFF}'");
            service.database.execute(&update(set)).await;
            let mut browser = service.browser(0);
            let page = device.sign_in(&mut browser).await;
            assert_refused(&mut browser, &page, set).await;
            assert_ne!(here.visit("/home").await.screen(), "C-21", "{set}");
            service.database.execute(&update(unset)).await;
        }
        for _ in 0..5 {
            let fields = [("login_id", STAFF), ("password", "wrong")];
            service.browser(0).post_form("/sign-in/member", "start_member", &fields).await;
        }
        let mut browser = service.browser(0);
        let page = device.sign_in(&mut browser).await;
        assert_refused(&mut browser, &page, "locked").await;
        service.clock.advance_minutes(30);
        assert_eq!(device.sign_in(&mut browser).await.screen(), "C-21");
        service.database.execute(&format!("UPDATE accounts SET password_initial = TRUE WHERE login_id = '{STAFF}'")).await;
        let mut browser = service.browser(0);
        assert_eq!(device.sign_in(&mut browser).await.screen(), "G-3", "an initial password must be replaced first");
        assert_eq!(browser.visit("/home").await.screen(), "A-4");
    }

    async fn a_removed_passkey_signs_nobody_in(service: &Service) {
        let (mut browser, mut device) = with_passkey(service).await;
        let id = passkey_id(service).await;
        let other = service.signed_in_member("NursingUserA000").await.call("remove_passkey", &[("id", &id)]).await;
        assert_eq!((other.status.as_u16(), other.body.as_str()), (404, "\"not_found\""), "somebody else's");
        let from = format!("/account/passkeys/{id}/remove");
        assert!(browser.visit(&from).await.body.contains("事務室のパソコン"));
        let page = browser.post_form(&from, "remove_passkey", &[("id", &id)]).await;
        assert!(page.body.contains("パスキーを削除しました") && page.body.contains("パスキーは登録されていません"));
        let mails = service.mails().await;
        assert_eq!(mails.last().unwrap().subject, "パスキー削除のお知らせ");
        assert_eq!(service.audit_lines().await.last().unwrap(), "P-1 passkey.remove ok");
        let mut elsewhere = service.browser(0);
        let page = device.sign_in(&mut elsewhere).await;
        assert_refused(&mut elsewhere, &page, "removed").await;
    }

    async fn changing_ones_credentials_asks_who_one_is_after_some_minutes(service: &Service) {
        let (mut browser, mut device) = with_passkey(service).await;
        assert_eq!(browser.visit(NEW).await.path, NEW, "just signed in");
        service.clock.advance_minutes(5);
        let id = passkey_id(service).await;
        for (function, fields) in [
            ("start_adding_passkey", vec![]),
            ("add_passkey", vec![("challenge", "x"), ("credential", "x"), ("passkey_name", "x")]),
            ("remove_passkey", vec![("id", id.as_str())]),
            ("register_authenticator", vec![("one_time_code", "000000")]),
            ("remove_authenticator", vec![]),
            ("renew_recovery_codes", vec![]),
        ] {
            let answer = browser.call(function, &fields).await;
            assert_eq!((answer.status.as_u16(), answer.body.as_str()), (403, "\"not_confirmed\""), "{function}");
        }
        let asked = format!("/account/confirm?next={NEW}");
        assert_eq!(browser.visit(NEW).await.path, asked);
        let confirm = |password| [("current_password", password), ("next", NEW)];
        let page = browser.post_form(&asked, "confirm_password", &confirm("wrong")).await;
        assert_eq!((page.path.as_str(), page.status.as_u16()), (asked.as_str(), 422));
        assert_eq!(browser.post_form(&asked, "confirm_password", &confirm(MEMBER_PASSWORD)).await.path, NEW);
        service.clock.advance_minutes(5);
        assert_eq!(browser.visit(NEW).await.path, asked, "it does not last");
        let Challenge { token, options } = challenge(&mut browser, "start_passkey_confirmation").await;
        assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 1, "one's own only");
        let answer = device.answer(&options);
        let fields = [("challenge", token.as_str()), ("credential", &answer), ("next", NEW)];
        assert_eq!(browser.post_form(&asked, "confirm_with_passkey", &fields).await.path, NEW);
        let elsewhere = [("current_password", MEMBER_PASSWORD), ("next", "https://evil.example/")];
        assert_eq!(browser.call("confirm_password", &elsewhere).await.status, 400, "leads to own pages only");
        let lines = service.audit_lines().await;
        let confirmed = lines.iter().filter(|line| *line == "P-1 account.confirm ok").count();
        assert_eq!((confirmed, lines.iter().filter(|line| *line == "P-1 account.confirm refused").count()), (2, 1));
    }

    async fn a_fresh_proof_changes_the_sessions_secret_and_nothing_else_of_it(service: &Service) {
        let (mut browser, mut device) = with_passkey(service).await;
        let times = "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL AND created_at = ";
        let session = service.database.id("SELECT id FROM sessions").await;
        let began = service.clock_micros();
        let asked = format!("/account/confirm?next={NEW}");
        for by in ["password", "passkey"] {
            service.clock.advance_minutes(5);
            let mut thief = browser.clone();
            let before = browser.cookies["__Host-session"].clone();
            let wrong = [("current_password", "wrong"), ("next", NEW)];
            browser.post_form(&asked, "confirm_password", &wrong).await;
            assert_eq!(browser.cookies["__Host-session"], before, "{by}: a wrong one changes nothing");
            let page = if by == "password" {
                let fields = [("current_password", MEMBER_PASSWORD), ("next", NEW)];
                browser.post_form(&asked, "confirm_password", &fields).await
            } else {
                let Challenge { token, options } = challenge(&mut browser, "start_passkey_confirmation").await;
                let answer = device.answer(&options);
                let fields = [("challenge", token.as_str()), ("credential", &answer), ("next", NEW)];
                browser.post_form(&asked, "confirm_with_passkey", &fields).await
            };
            assert_eq!((page.path.as_str(), page.status.as_u16()), (NEW, 200), "{by}");
            assert_ne!(browser.cookies["__Host-session"], before, "{by}");
            assert_eq!(thief.visit("/home").await.screen(), "Z-3", "{by}: the old secret is worth nothing");
            assert_eq!(thief.call("end_other_sessions", &[]).await.status, 401, "{by}");
            assert_eq!(browser.visit("/home").await.screen(), "C-21", "{by}");
            assert_eq!(service.database.id("SELECT id FROM sessions").await, session, "{by}: the same session");
            assert_eq!(service.database.count(&format!("{times}{began}")).await, 1, "{by}: as old as before");
            let rows = service.database.audit().await;
            let row = rows.iter().rfind(|row| row.action == "account.confirm").unwrap();
            assert!(row.result == "ok" && row.detail.contains(by), "{}", row.detail);
        }
        service.clock.advance_minutes(30);
        assert_eq!(browser.visit("/home").await.screen(), "Z-3", "it idles as ever");
    }

    async fn a_fresh_proof_makes_no_session_last_longer(service: &Service) {
        let (mut browser, _) = with_passkey(service).await;
        let asked = format!("/account/confirm?next={NEW}");
        for _ in 0..23 {
            service.clock.advance_minutes(20);
            let fields = [("current_password", MEMBER_PASSWORD), ("next", NEW)];
            assert_eq!(browser.post_form(&asked, "confirm_password", &fields).await.path, NEW);
        }
        service.clock.advance_minutes(20);
        assert_eq!(browser.visit("/home").await.screen(), "Z-3", "eight hours after the sign-in");
    }

    async fn somebody_elses_passkey_confirms_nothing(service: &Service) {
        let (_, mut device) = with_passkey(service).await;
        let mut other = service.signed_in_member("NursingUserA000").await;
        service.clock.advance_minutes(5);
        let asked = format!("/account/confirm?next={NEW}");
        let Challenge { token, options } = challenge(&mut other, "start_passkey_confirmation").await;
        let answer = device.answer(&options);
        let fields = [("challenge", token.as_str()), ("credential", &answer), ("next", NEW)];
        let page = other.post_form(&asked, "confirm_with_passkey", &fields).await;
        assert_eq!((page.path.as_str(), page.status.as_u16()), (asked.as_str(), 422));
        assert_eq!(other.visit(NEW).await.path, asked);
    }

    async fn what_is_added_must_fit(service: &Service) {
        let mut browser = service.signed_in_member(STAFF).await;
        let mut device = Device::new();
        device.verifies = false;
        let page = device.add_to(&mut browser, "机の上").await;
        assert_eq!((page.path.as_str(), page.status.as_u16()), (NEW, 422), "not verified");
        assert!(page.body.contains("机の上"), "the name is kept");
        device.verifies = true;
        "https://evil.example".clone_into(&mut device.origin);
        assert_eq!(device.add_to(&mut browser, "机の上").await.status, 422);
        super::service::SIGN_IN.clone_into(&mut device.origin);
        assert!(device.add_to(&mut browser, "").await.body.contains("パスキーの名前を入力してください"));
        assert!(device.add_to(&mut browser, &"長".repeat(41)).await.body.contains("パスキーの名前が長すぎます"));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM passkeys").await, 0);
        assert_eq!(device.add_to(&mut browser, "机の上").await.status, 200);
        let mut other = service.signed_in_member("NursingUserA000").await;
        let page = device.add_to(&mut other, "同じもの").await;
        assert!(page.body.contains("このパスキーはすでに登録されています"), "{}", page.body);
        let Challenge { options, .. } = challenge(&mut browser, "start_adding_passkey").await;
        assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        let refused = service.audit_lines().await.into_iter().filter(|line| line.starts_with("P-1 passkey.add ") && !line.ends_with("ok")).count();
        assert_eq!(refused, 2);
    }
}

/// The credential's own name for itself.
fn id_of(credential: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(credential).unwrap();
    value["rawId"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_users_account_has_none() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut office = service.signed_in(0).await;
    for function in ["start_adding_passkey", "start_passkey_confirmation", "new_passkey_name", "authenticator_setup"] {
        let answer = office.call(function, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (403, "\"not_permitted\""), "{function}");
    }
    assert_eq!(office.visit(NEW).await.screen(), "Z-4");
}
