//! Locks, one-time codes and sessions: what runs out, when, and what it is bound to. Time is moved, never waited for.

use server::demo::data::OFFICES;

use super::{
    browser::{Browser, Page},
    service::{Service, on_both_engines},
};

const A2: &str = "/sign-in/office";
const A3: &str = "/sign-in/office/security-code";
const B2: &str = "/sign-in/office/code";

async fn password(browser: &mut Browser, password: &str) -> Page {
    browser.post_form(A2, "start_office", &[("login_id", OFFICES[0].login_id), ("password", password)]).await
}

async fn redeem(browser: &mut Browser, code: &str) -> Page {
    browser.post_form(B2, "redeem_code", &[("one_time_code", code)]).await
}

/// Six digits that none of `codes` is.
fn none_of(codes: &[String]) -> String {
    (0..1_000_000).map(|n| format!("{n:06}")).find(|code| !codes.contains(code)).unwrap()
}

on_both_engines! {
    async fn three_wrong_passwords_lock_for_thirty_minutes(service: &Service) {
        let mut browser = service.browser(0);
        for _ in 0..3 {
            assert_eq!(password(&mut browser, "wrong").await.screen(), "A-2");
        }
        let mails = service.mails().await;
        assert_eq!(mails.len(), 1, "the owner hears of the lock, once");
        assert_eq!(mails[0].to, OFFICES[0].email);
        assert!(mails[0].subject.contains("ロック"), "{}", mails[0].subject);
        service.clock.advance_seconds(30 * 60 - 1);
        assert_eq!(password(&mut browser, OFFICES[0].password).await.screen(), "A-2", "still locked");
        service.clock.advance_seconds(1);
        assert_eq!(password(&mut browser, OFFICES[0].password).await.screen(), "A-3");
        let expected = ["refused", "refused", "refused_and_locked", "locked", "ok"];
        assert_eq!(service.audit_lines().await, expected.map(|result| format!("A-2 sign_in.password {result}")));
        assert_eq!(service.mails().await.len(), 1);
    }

    async fn wrong_security_codes_count_towards_the_same_lock(service: &Service) {
        let mut browser = service.browser(0);
        password(&mut browser, "wrong").await;
        password(&mut browser, OFFICES[0].password).await;
        let wrong = [("security_code", "wrong")];
        assert_eq!(browser.post_form(A3, "confirm_security_code", &wrong).await.screen(), "A-3");
        let page = browser.post_form(A3, "confirm_security_code", &wrong).await;
        assert_eq!(page.screen(), "Z-7");
        let right = [("security_code", "sakura77")];
        assert_eq!(browser.call("confirm_security_code", &right).await.body, "\"sign_in_over\"", "it ended the sign-in");
        assert_eq!(password(&mut browser, OFFICES[0].password).await.screen(), "A-2", "locked");
        let lines = service.audit_lines().await;
        assert_eq!(lines[2..4], ["A-3 sign_in.security_code refused", "A-3 sign_in.security_code refused_and_locked"]);
    }

    async fn a_success_forgets_earlier_failures(service: &Service) {
        for _ in 0..2 {
            let mut browser = service.browser(0);
            password(&mut browser, "wrong").await;
            password(&mut browser, "wrong").await;
            let code = service.to_code(&mut browser, 0).await;
            assert_eq!(redeem(&mut browser, &code).await.screen(), "C-1");
        }
    }

    async fn five_wrong_codes_end_the_sign_in_and_a_resend_gives_none_back(service: &Service) {
        let mut browser = service.browser(0);
        service.to_code(&mut browser, 0).await;
        for left in [4, 3, 2, 1] {
            service.clock.advance_seconds(60);
            browser.call("resend_code", &[]).await;
            let wrong = none_of(&service.codes(0).await);
            let answer = browser.call("redeem_code", &[("one_time_code", &wrong)]).await;
            assert_eq!((answer.status.as_u16(), answer.body), (422, format!("{{\"wrong_code\":{{\"left\":{left}}}}}")));
        }
        let codes = service.codes(0).await;
        let page = redeem(&mut browser, &none_of(&codes)).await;
        assert_eq!(page.screen(), "A-2", "back to the beginning");
        assert!(page.body.contains("ログインの手続きが終了しました"));
        let answer = browser.call("redeem_code", &[("one_time_code", codes.last().unwrap())]).await;
        assert_eq!(answer.body, "\"sign_in_over\"", "the right code comes too late");
        let last = service.audit_lines().await.pop().unwrap();
        assert_eq!(last, "B-2 sign_in.code refused_and_ended");
    }

    async fn sign_ins_that_wrong_codes_ended_lock_the_account(service: &Service) {
        for round in 0..3 {
            let mut browser = service.browser(0);
            service.to_code(&mut browser, 0).await;
            let wrong = none_of(&service.codes(0).await);
            for _ in 0..5 {
                redeem(&mut browser, &wrong).await;
            }
            let locked = service.mails().await.iter().filter(|mail| mail.subject == "アカウントロックのお知らせ").count();
            assert_eq!(locked, usize::from(round == 2), "round {round}");
        }
        let page = password(&mut service.browser(0), OFFICES[0].password).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("A-2", 401), "the right password comes too early");
        service.clock.advance_minutes(30);
        let mut browser = service.browser(0);
        let code = service.to_code(&mut browser, 0).await;
        assert_eq!(redeem(&mut browser, &code).await.screen(), "C-1");
    }

    async fn a_resend_waits_leaves_earlier_codes_valid_and_is_limited(service: &Service) {
        let mut browser = service.browser(0);
        let first = service.to_code(&mut browser, 0).await;
        let answer = browser.call("resend_code", &[]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (429, "{\"resend_too_soon\":{\"seconds\":60}}"));
        for sent in 2..=5 {
            service.clock.advance_seconds(60);
            let page = browser.post_form(B2, "resend_code", &[]).await;
            assert!(page.body.contains("ワンタイム認証コードを再送しました"));
            for _ in 0..3 {
                browser.visit(B2).await;
            }
            assert_eq!(service.codes(0).await.len(), sent, "a reload sends nothing");
        }
        service.clock.advance_seconds(60);
        let answer = browser.call("resend_code", &[]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (429, "\"resend_limit\""));
        assert_eq!(service.codes(0).await.len(), 5);
        assert_eq!(redeem(&mut browser, &first).await.screen(), "C-1", "the first code still fits");
    }

    async fn a_code_expires_and_is_used_once(service: &Service) {
        let mut browser = service.browser(0);
        let code = service.to_code(&mut browser, 0).await;
        let mut other = browser.clone();
        service.clock.advance_seconds(30 * 60);
        let answer = browser.call("redeem_code", &[("one_time_code", &code)]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (422, "{\"invalid\":[[\"one_time_code\",\"expired\"]]}"));
        browser.call("resend_code", &[]).await;
        let code = service.newest_code(0).await;
        assert_eq!(redeem(&mut browser, &code).await.screen(), "C-1");
        assert_eq!(other.call("redeem_code", &[("one_time_code", &code)]).await.body, "\"sign_in_over\"");
        let lines = service.audit_lines().await;
        assert!(lines.contains(&"B-2 sign_in.code expired".to_owned()), "{lines:?}");
    }

    async fn a_sign_in_belongs_to_its_browser_and_its_certificate(service: &Service) {
        let mut browser = service.browser(0);
        let code = service.to_code(&mut browser, 0).await;
        let fields = [("one_time_code", code.as_str())];
        assert_eq!(service.browser(0).call("redeem_code", &fields).await.body, "\"sign_in_over\"", "another browser");
        let mut thief = browser.clone().with_chain(super::service::chain(
            server::demo::pki::DemoCertificateKind::Valid,
            OFFICES[1].number,
        ));
        assert_eq!(thief.call("redeem_code", &fields).await.body, "\"sign_in_over\"", "another certificate");
        let mut second = service.browser(0);
        let other = service.to_code(&mut second, 0).await;
        if other != code {
            let answer = browser.call("redeem_code", &[("one_time_code", &other)]).await;
            assert_eq!(answer.status, 422, "another sign-in's code");
        }
        assert_eq!(redeem(&mut browser, &code).await.screen(), "C-1");
    }

    async fn a_sign_in_under_way_ends_after_an_hour(service: &Service) {
        let mut browser = service.browser(0);
        service.to_code(&mut browser, 0).await;
        service.clock.advance_minutes(59);
        assert_eq!(browser.visit(B2).await.screen(), "B-2");
        service.clock.advance_minutes(1);
        assert_eq!(browser.visit(B2).await.screen(), "Z-3");
    }

    async fn an_idle_session_ends_after_thirty_minutes(service: &Service) {
        let mut browser = service.signed_in(0).await;
        for _ in 0..3 {
            service.clock.advance_minutes(29);
            assert_eq!(browser.visit("/office").await.screen(), "C-1", "each page starts the time anew");
        }
        service.clock.advance_minutes(29);
        assert_eq!(browser.call("extend_session", &[]).await.body, "1800");
        service.clock.advance_minutes(30);
        let page = browser.visit("/office").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("Z-3", 401));
        assert_eq!(service.audit_lines().await.pop().unwrap(), "Z-3 session.end timed_out");
        assert_eq!(browser.call("extend_session", &[]).await.body, "\"session_timed_out\"");
    }

    async fn a_session_ends_after_eight_hours_whatever_happens(service: &Service) {
        let mut browser = service.signed_in(0).await;
        for _ in 0..(8 * 60 / 20 - 1) {
            service.clock.advance_minutes(20);
            assert_eq!(browser.visit("/office").await.screen(), "C-1");
        }
        service.clock.advance_minutes(20);
        assert_eq!(browser.visit("/office").await.screen(), "Z-3");
    }

    async fn signing_out_ends_the_session_on_the_server_too(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let mut copy = browser.clone();
        let page = browser.post_form("/office", "sign_out", &[]).await;
        assert_eq!(page.screen(), "A-9");
        assert_eq!(browser.cookies.keys().collect::<Vec<_>>(), ["__Host-device"], "that a browser is known is kept");
        assert_eq!(copy.visit("/office").await.screen(), "Z-3", "a copied cookie is worth nothing");
        assert_eq!(service.audit_lines().await.pop().unwrap(), "A-9 session.end ok");
        assert_eq!(browser.post_form("/office", "sign_out", &[]).await.screen(), "A-9", "twice does no harm");
    }

    async fn a_session_belongs_to_its_certificate(service: &Service) {
        let browser = service.signed_in(0).await;
        let chosen = super::service::chain(server::demo::pki::DemoCertificateKind::Valid, OFFICES[1].number);
        assert_eq!(browser.clone().with_chain(chosen).visit("/office").await.screen(), "Z-3");
        assert_eq!(browser.clone().with_chain(Vec::new()).visit("/office").await.screen(), "Z-2");
    }

    async fn every_sign_in_opens_a_new_session_and_ends_the_one_before(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let mut old = browser.clone();
        let code = service.to_code(&mut browser, 0).await;
        assert_eq!(redeem(&mut browser, &code).await.screen(), "C-1");
        assert_ne!(browser.cookies["__Host-session"], old.cookies["__Host-session"]);
        assert_eq!(old.visit("/office").await.screen(), "Z-3");
        assert_eq!(browser.visit("/office").await.screen(), "C-1");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await, 1);
    }

    async fn a_suspended_account_loses_its_session_at_once(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let sql = format!("UPDATE accounts SET suspended_at = 1 WHERE login_id = '{}'", OFFICES[0].login_id);
        service.database.execute(&sql).await;
        assert_eq!(browser.visit("/office").await.screen(), "Z-3");
        assert_eq!(browser.call("extend_session", &[]).await.body, "\"session_timed_out\"");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_fails_too_often_must_wait() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.browser(0);
    for n in 0..50 {
        let login_id = format!("KJ9{n:011}");
        browser.call("start_office", &[("login_id", &login_id), ("password", "wrong")]).await;
    }
    let fields = [("login_id", OFFICES[0].login_id), ("password", OFFICES[0].password)];
    let answer = browser.call("start_office", &fields).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (429, "{\"too_many_requests\":{\"seconds\":900}}"));
    service.clock.advance_minutes(16);
    assert_eq!(browser.call("start_office", &fields).await.location(), A3);
}
