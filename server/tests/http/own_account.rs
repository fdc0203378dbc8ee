//! P-1: one's own account, its sessions and sign-ins, and the notice of a new browser.

use server::demo::data::{OFFICES, email_of};

use super::{
    browser::{Browser, Page},
    service::{Service, on_both_engines},
};

const STAFF: &str = "NursingStaffB000";
const NEW_SIGN_IN: &str = "新しい端末からのログインのお知らせ";

/// The ids of the sessions that a page offers to end.
fn endable(page: &Page) -> Vec<String> {
    let forms = page.body.split("action=\"/api/end_session\"").skip(1);
    forms.map(|form| form.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

async fn end(browser: &mut Browser, id: &str) -> Page {
    browser.post_form("/account", "end_session", &[("id", id)]).await
}

async fn notices(service: &Service) -> Vec<String> {
    let mails = service.mails().await;
    mails.into_iter().filter(|mail| mail.subject == NEW_SIGN_IN).map(|mail| mail.to).collect()
}

on_both_engines! {
    async fn sessions_are_shown_and_end_at_once(service: &Service) {
        let mut here = service.signed_in_member(STAFF).await;
        service.clock.advance_minutes(1);
        let mut there = service.signed_in_member(STAFF).await;
        service.clock.advance_minutes(1);
        let mut third = service.signed_in_member(STAFF).await;
        let mut stranger = service.signed_in_member("NursingUserA000").await;
        let page = here.visit("/account").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("P-1", 200));
        assert!(page.body.contains("127.0.0.*") && page.body.contains("この端末"), "{}", page.body);
        assert!(page.body.contains("nu***@member.example.jp") && !page.body.contains(&email_of(STAFF)));
        let ids = endable(&page);
        assert_eq!(ids.len(), 2);
        let mut seen_there = endable(&there.visit("/account").await);
        seen_there.retain(|id| !ids.contains(id));
        for (browser, id) in [(&mut here, &seen_there[0]), (&mut stranger, &ids[0])] {
            let answer = browser.call("end_session", &[("id", id)]).await;
            assert_eq!((answer.status.as_u16(), answer.body.as_str()), (404, "\"not_found\""), "one's own; another's");
        }
        // The one that was used last stands first.
        let page = end(&mut here, &ids[1]).await;
        assert!(page.body.contains("選択した端末をログアウトさせました"), "{}", page.body);
        assert_eq!(there.visit("/home").await.screen(), "Z-3");
        assert_eq!(third.visit("/home").await.screen(), "C-21");
        let page = here.post_form("/account", "end_other_sessions", &[]).await;
        assert!(endable(&page).is_empty());
        assert_eq!(third.visit("/home").await.screen(), "Z-3");
        assert_eq!(here.visit("/home").await.screen(), "C-21");
        assert_eq!(stranger.visit("/administrator").await.screen(), "C-11");
        let lines = service.audit_lines().await;
        assert_eq!(lines.iter().filter(|line| *line == "P-1 session.revoke ok").count(), 2);
    }

    async fn sessions_whose_time_is_over_are_not_shown(service: &Service) {
        service.signed_in_member(STAFF).await;
        service.clock.advance_minutes(31);
        let mut here = service.signed_in_member(STAFF).await;
        assert!(endable(&here.visit("/account").await).is_empty());
    }

    async fn sign_ins_and_failed_ones_are_shown_with_what_failed(service: &Service) {
        let fields = [("login_id", STAFF), ("password", "wrong")];
        service.browser(0).post_form("/sign-in/member", "start_member", &fields).await;
        let mut browser = service.signed_in_member(STAFF).await;
        let page = browser.visit("/account").await;
        let history = page.body.split_once("最近のログイン").unwrap().1;
        assert!(history.contains("ワンタイム認証コード（メール）") && history.contains("成功"), "{history}");
        assert!(history.contains("パスワード") && history.contains("失敗"), "{history}");
        let mut other = service.signed_in_member("NursingUserA000").await;
        let page = other.visit("/account").await;
        assert!(!page.body.split_once("最近のログイン").unwrap().1.contains("失敗"), "one's own only");
    }

    async fn an_office_user_sees_sessions_and_sign_ins_only(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let page = browser.visit("/account").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("P-1", 200));
        assert!(page.body.contains("電子請求受付システムで変更してください"), "{}", page.body);
        for absent in ["パスキー", "認証アプリ", "パスワードを変更する"] {
            assert!(!page.body.contains(absent), "{absent}");
        }
        let answer = browser.call("confirm_password", &[("current_password", OFFICES[0].password), ("next", "/account/passkeys/new")]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (403, "\"not_permitted\""));
    }

    async fn a_browser_that_the_account_has_not_used_before_is_told_to_its_owner(service: &Service) {
        let mut own = service.signed_in_member(STAFF).await;
        assert!(notices(service).await.is_empty(), "the first of all");
        own.post_form("/account", "sign_out", &[]).await;
        assert!(own.cookies.contains_key("__Host-device"), "it outlives the session");
        let mut again = service.browser(0);
        again.cookies.clone_from(&own.cookies);
        sign_in_again(service, &mut again).await;
        assert!(notices(service).await.is_empty(), "a browser that is known");
        service.signed_in_member(STAFF).await;
        assert_eq!(notices(service).await, [email_of(STAFF)]);
        service.signed_in_member("NursingUserA000").await;
        assert_eq!(notices(service).await.len(), 1, "the first of another account");
    }

    async fn a_sign_in_changes_the_sessions_secret(service: &Service) {
        let mut browser = service.signed_in_member(STAFF).await;
        let before = browser.cookies["__Host-session"].clone();
        let mut thief = browser.clone();
        sign_in_again(service, &mut browser).await;
        assert_ne!(browser.cookies["__Host-session"], before);
        assert_eq!(browser.visit("/home").await.screen(), "C-21");
        assert_eq!(thief.visit("/home").await.screen(), "Z-3", "the old secret is worth nothing");
    }
}

async fn sign_in_again(service: &Service, browser: &mut Browser) {
    let fields = [("login_id", STAFF), ("password", server::demo::data::MEMBER_PASSWORD)];
    browser.post_form("/sign-in/member", "start_member", &fields).await;
    browser.post_form("/sign-in/member/send-code", "send_code", &[("channel", "mail")]).await;
    let code = service.newest_code_to(&email_of(STAFF)).await;
    let page = browser.post_form("/sign-in/member/code", "redeem_code", &[("one_time_code", &code)]).await;
    assert_eq!(page.screen(), "C-21");
}
