//! G-1 … G-5: setting one's own password.

use server::demo::data::{FIRST_SIGN_IN, MEMBER_PASSWORD, email_of};

use super::{
    browser::{Browser, Page},
    service::{SIGN_IN, Service, on_both_engines},
};

const G1: &str = "/password/forgotten";
const G3: &str = "/password/new";
const G5: &str = "/account/password";
const STAFF: &str = "NursingStaffB000";
const GOOD: &str = "雨上がりの坂道をゆく kuroneko 7";
const OTHER: &str = "夕暮れの図書館で会う shirayuki 3";

async fn forget(browser: &mut Browser, login_id: &str, contact: &str) -> Page {
    browser.post_form(G1, "forgot_password", &[("login_id", login_id), ("contact", contact)]).await
}

async fn set(browser: &mut Browser, token: &str, password: &str, again: &str) -> Page {
    let from = if token.is_empty() { G3.to_owned() } else { format!("{G3}?token={token}") };
    let fields = [("token", token), ("new_password", password), ("password_again", again)];
    browser.post_form(&from, "set_password", &fields).await
}

async fn change(browser: &mut Browser, current: &str, password: &str) -> Page {
    let fields = [("current_password", current), ("new_password", password), ("password_again", password)];
    browser.post_form(G5, "change_password", &fields).await
}

/// What a script asks about a password that is being typed, on G-3 after a first sign-in or on G-5.
fn advised(by_leave: bool, password: &str) -> [(&'static str, &str); 3] {
    [("by_leave", if by_leave { "true" } else { "false" }), ("token", ""), ("password", password)]
}

/// The token of the newest link that was sent.
async fn token(service: &Service) -> String {
    let mails = service.mails().await;
    let link = mails.iter().rev().find_map(|mail| mail.text.split_once("/password/new?token=")).unwrap();
    link.1.split_whitespace().next().unwrap().to_owned()
}

async fn starts(service: &Service, password: &str) -> bool {
    let fields = [("login_id", STAFF), ("password", password)];
    service.browser(0).post_form("/sign-in/member", "start_member", &fields).await.screen() == "B-11"
}

async fn to_new_password(service: &Service, login_id: &str) -> Browser {
    let mut browser = service.browser(0);
    let fields = [("login_id", login_id), ("password", MEMBER_PASSWORD)];
    browser.post_form("/sign-in/member", "start_member", &fields).await;
    browser.post_form("/sign-in/member/send-code", "send_code", &[("channel", "mail")]).await;
    let code = service.newest_code_to(&email_of(login_id)).await;
    let page = browser.post_form("/sign-in/member/code", "redeem_code", &[("one_time_code", &code)]).await;
    assert_eq!((page.path.as_str(), page.screen()), (G3, "G-3"));
    browser
}

on_both_engines! {
    async fn the_first_sign_in_asks_for_a_password_of_ones_own(service: &Service) {
        let login_id = FIRST_SIGN_IN[0];
        let mut browser = to_new_password(service, login_id).await;
        for path in ["/administrator", "/account/password"] {
            assert_ne!(browser.visit(path).await.screen(), "C-11", "{path}: not signed in before");
        }
        let advice = browser.call("advise_password", &advised(true, GOOD)).await;
        assert_eq!((advice.status.as_u16(), advice.body.as_str()), (200, "{\"problem\":null}"));
        let page = set(&mut browser, "", GOOD, "something else").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("G-3", 422));
        assert!(page.body.contains("一致していません") && !page.body.contains("kuroneko"), "{}", page.body);
        let page = set(&mut browser, "", MEMBER_PASSWORD, MEMBER_PASSWORD).await;
        assert!(page.body.contains("最近使ったパスワードです"), "{}", page.body);
        let page = set(&mut browser, "", GOOD, GOOD).await;
        assert_eq!((page.path.as_str(), page.screen()), ("/password/done", "G-4"));
        assert_eq!(browser.visit("/administrator").await.screen(), "C-11");
        let mails = service.mails().await;
        assert_eq!(mails.last().unwrap().subject, "パスワード変更のお知らせ");
        assert!(service.audit_lines().await.contains(&"G-3 password.change ok".to_owned()));
        assert_eq!(set(&mut browser, "", OTHER, OTHER).await.screen(), "A-4", "the leave is used up");
    }

    async fn a_forgotten_password_is_set_by_a_link_that_works_once(service: &Service) {
        let mut signed_in = service.signed_in_member(STAFF).await;
        let mut browser = service.browser(0);
        let page = forget(&mut browser, STAFF, &email_of(STAFF)).await;
        assert_eq!(page.screen(), "G-2");
        let mails = service.mails().await;
        let mail = mails.last().unwrap();
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), (email_of(STAFF).as_str(), "パスワード再発行のお知らせ"));
        assert!(mail.text.contains(&format!("{SIGN_IN}{G3}?token=")), "{}", mail.text);
        let token = token(service).await;
        // Opening the link, as mail scanners do, uses nothing up; another office's certificate does not open it.
        assert_eq!(service.browser(0).visit(&format!("{G3}?token={token}")).await.screen(), "G-3");
        assert_eq!(service.browser(1).visit(&format!("{G3}?token={token}")).await.screen(), "Z-2");
        assert!(starts(service, MEMBER_PASSWORD).await, "the old one works until then");
        assert_eq!(set(&mut browser, &token, GOOD, GOOD).await.screen(), "G-4");
        assert_eq!(browser.visit("/home").await.screen(), "A-4", "a link alone signs nobody in");
        assert_eq!(signed_in.visit("/home").await.screen(), "Z-3", "every session ended");
        assert!(!starts(service, MEMBER_PASSWORD).await && starts(service, GOOD).await);
        assert_eq!(set(&mut service.browser(0), &token, OTHER, OTHER).await.screen(), "A-4");
        assert!(!starts(service, OTHER).await);
    }

    async fn what_does_not_belong_together_gets_the_same_answer_and_no_mail(service: &Service) {
        let mut seen = Vec::new();
        let cases = [
            (STAFF, "somebody@example.jp"),
            ("NobodyAtAll1", "nursingstaffb000@member.example.jp"),
            ("KJ123456789012", "himawari@office.example.jp"),
            ("AozoraNursingStaffB000", "aozoranursingstaffb000@member.example.jp"),
        ];
        for (login_id, contact) in cases {
            let answer = service.browser(0).call("forgot_password", &[("login_id", login_id), ("contact", contact)]).await;
            seen.push((answer.status, answer.body.clone(), answer.location().to_owned()));
        }
        assert!(service.mails().await.is_empty());
        let fitting = [("login_id", STAFF), ("contact", "nursingstaffb000@member.example.jp")];
        let answer = service.browser(0).call("forgot_password", &fitting).await;
        seen.push((answer.status, answer.body.clone(), answer.location().to_owned()));
        assert_eq!(service.mails().await.len(), 1);
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
        for _ in 0..5 {
            service.browser(0).call("forgot_password", &fitting).await;
        }
        assert_eq!(service.mails().await.len(), 3, "a stranger cannot fill a mailbox");
    }

    async fn a_link_expires(service: &Service) {
        let mut browser = service.browser(0);
        forget(&mut browser, STAFF, &email_of(STAFF)).await;
        let token = token(service).await;
        service.clock.advance_minutes(30);
        assert_eq!(browser.visit(&format!("{G3}?token={token}")).await.screen(), "Z-3");
        assert_eq!(set(&mut browser, &token, GOOD, GOOD).await.screen(), "A-4");
        assert!(starts(service, MEMBER_PASSWORD).await);
    }

    async fn changing_it_ends_the_other_sessions_and_keeps_this_one(service: &Service) {
        let mut here = service.signed_in_member(STAFF).await;
        service.clock.advance_minutes(1);
        let mut elsewhere = service.signed_in_member(STAFF).await;
        assert_eq!(here.visit(G5).await.screen(), "G-5");
        let page = change(&mut here, "wrong", GOOD).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("G-5", 422));
        assert!(page.body.contains("現在のパスワードが正しくありません"));
        assert_eq!(change(&mut here, MEMBER_PASSWORD, GOOD).await.screen(), "G-4");
        assert_eq!(here.visit("/home").await.screen(), "C-21");
        assert_eq!(elsewhere.visit("/home").await.screen(), "Z-3");
        // The last three are refused, the fourth last is not.
        let passwords = [GOOD, OTHER, "川沿いの桜並木まで futari 5", "冬の朝に飲む珈琲 yonhai 8"];
        for pair in passwords.windows(2) {
            service.clock.advance_minutes(1);
            assert_eq!(change(&mut here, pair[0], pair[1]).await.screen(), "G-4");
        }
        for again in &passwords[1..] {
            assert_eq!(change(&mut here, passwords[3], again).await.screen(), "G-5", "{again}");
        }
        assert_eq!(change(&mut here, passwords[3], GOOD).await.screen(), "G-4");
    }

    async fn guessing_the_present_password_locks(service: &Service) {
        let mut browser = service.signed_in_member(STAFF).await;
        for _ in 0..5 {
            assert_eq!(change(&mut browser, "wrong", GOOD).await.screen(), "G-5");
        }
        assert_eq!(change(&mut browser, MEMBER_PASSWORD, GOOD).await.screen(), "Z-7");
        assert!(!starts(service, MEMBER_PASSWORD).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn easily_guessed_passwords_are_refused_with_a_reason() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.signed_in_member(STAFF).await;
    let cases = [
        ("", "新しいパスワードを入力してください"),
        ("short", "12文字以上"),
        ("password1234", "推測されやすい"),
        ("aaaaaaaaaaaaaaaa", "推測されやすい"),
        ("kaigohoken2025", "推測されやすい"),
        ("x-nursingstaffb000-x", "ユーザIDや氏名を含まない"),
        ("わたしは鈴木一郎といいます", "ユーザIDや氏名を含まない"),
        ("スズキのひみつのことば7", "ユーザIDや氏名を含まない"),
    ];
    for (password, reason) in cases {
        let page = change(&mut browser, MEMBER_PASSWORD, password).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("G-5", 422), "{password}");
        assert!(page.body.contains(reason), "{password}: {}", page.body);
        let advice = browser.call("advise_password", &advised(false, password)).await;
        assert!(!advice.body.contains("null"), "{password}: {}", advice.body);
    }
    let advice = browser.call("advise_password", &advised(false, GOOD)).await;
    assert_eq!(advice.body, "{\"problem\":null}");
    let mut office = service.signed_in(0).await;
    let answer = office.call("advise_password", &advised(false, GOOD)).await;
    assert_eq!(answer.status, 403, "an office's password comes from another system");
}
