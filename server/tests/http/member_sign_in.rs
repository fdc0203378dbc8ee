//! A-4, B-11, B-12, C-11, C-21: 管理者 and 一般ユーザ.

use server::demo::data::{MEMBER_PASSWORD, OFFICES, PHONE_ONLY, email_of, phone_of};

use super::{
    browser::{Browser, Page},
    service::{Service, on_both_engines},
};

const A4: &str = "/sign-in/member";
const B11: &str = "/sign-in/member/send-code";
const B12: &str = "/sign-in/member/code";
const ADMINISTRATOR: &str = "NursingUserA000";
const STAFF: &str = "NursingStaffB000";

async fn start(browser: &mut Browser, login_id: &str, password: &str) -> Page {
    browser.post_form(A4, "start_member", &[("login_id", login_id), ("password", password)]).await
}

async fn send(browser: &mut Browser, way: &str) -> Page {
    browser.post_form(B11, "send_code", &[("channel", way)]).await
}

async fn redeem(browser: &mut Browser, code: &str) -> Page {
    browser.post_form(B12, "redeem_code", &[("one_time_code", code)]).await
}

on_both_engines! {
    async fn an_administrator_signs_in_by_mail(service: &Service) {
        let mut browser = service.browser(0);
        assert_eq!(browser.visit(A4).await.screen(), "A-4");
        let page = start(&mut browser, &ADMINISTRATOR.to_lowercase(), MEMBER_PASSWORD).await;
        assert_eq!((page.path.as_str(), page.screen()), (B11, "B-11"));
        assert!(page.body.contains("nu***@member.example.jp") && page.body.contains("070-****-"), "{}", page.body);
        assert!(service.mails().await.is_empty(), "nothing is sent before a way was chosen");
        assert_eq!(send(&mut browser, "mail").await.screen(), "B-12");
        let mails = service.mails().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, email_of(ADMINISTRATOR).as_str()));
        assert_eq!(mails[0].subject, "介護保険資格確認等WEBサービス ワンタイム認証コード発行");
        let code = service.newest_code_to(&email_of(ADMINISTRATOR)).await;
        let page = redeem(&mut browser, &code).await;
        assert_eq!((page.path.as_str(), page.screen()), ("/administrator", "C-11"));
        let steps = ["A-4 sign_in.password ok", "B-11 sign_in.send_code ok", "B-12 sign_in.code ok"];
        assert_eq!(service.audit_lines().await, steps);
        assert_eq!(browser.visit("/office").await.screen(), "Z-4", "the office's menu is not theirs");
        assert_eq!(browser.visit("/administrators").await.screen(), "Z-4");
        assert_eq!(browser.visit("/home").await.screen(), "Z-4");
    }

    async fn whoever_has_one_contact_gets_the_code_with_the_right_password(service: &Service) {
        let mut browser = service.browser(0);
        let page = start(&mut browser, PHONE_ONLY, "wrong").await;
        assert_eq!((page.screen(), service.mails().await.len()), ("A-4", 0), "a wrong password sends nothing");
        let page = start(&mut browser, PHONE_ONLY, MEMBER_PASSWORD).await;
        assert_eq!((page.path.as_str(), page.screen()), (B12, "B-12"));
        assert!(page.body.contains("070-****-") && page.body.contains("携帯電話番号あてに"), "{}", page.body);
        assert!(!page.body.contains(&phone_of(PHONE_ONLY)) && !page.body.contains("ほかの方法で送信する"));
        let sent = service.audit_lines().await.split_off(1);
        assert_eq!(sent, ["A-4 sign_in.password ok", "A-4 sign_in.send_code ok"]);
        let messages = service.mails().await;
        assert_eq!((messages.len(), messages[0].to.as_str()), (1, phone_of(PHONE_ONLY).as_str()));
        let code = service.newest_code_to(&phone_of(PHONE_ONLY)).await;
        let page = redeem(&mut browser, &code).await;
        assert_eq!((page.path.as_str(), page.screen()), ("/home", "C-21"));
        assert_eq!(browser.visit("/administrator").await.screen(), "Z-4");
    }

    async fn the_only_way_is_sent_again_on_request_alone(service: &Service) {
        let mut browser = service.browser(0);
        start(&mut browser, PHONE_ONLY, MEMBER_PASSWORD).await;
        assert_eq!(browser.visit(B11).await.path, B12, "there is nothing to choose");
        assert_eq!(browser.visit(B12).await.screen(), "B-12");
        assert_eq!(send(&mut browser, "sms").await.screen(), "B-12", "an old form of B-11");
        assert_eq!(service.mails().await.len(), 1);
        for no_way in ["mail", "app", "recovery"] {
            let answer = browser.call("send_code", &[("channel", no_way)]).await;
            assert_ne!(answer.status.as_u16(), 200, "{no_way}");
            assert_eq!(service.mails().await.len(), 1, "{no_way}");
        }
        let page = browser.post_form(B12, "resend_code", &[]).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("B-12", 429));
        for sent in 2..=5 {
            service.clock.advance_minutes(1);
            let page = browser.post_form(B12, "resend_code", &[]).await;
            assert_eq!((page.screen(), service.mails().await.len()), ("B-12", sent));
        }
        service.clock.advance_minutes(1);
        assert_eq!(browser.post_form(B12, "resend_code", &[]).await.status, 429, "the first one counts as well");
        let code = service.newest_code_to(&phone_of(PHONE_ONLY)).await;
        assert_eq!(redeem(&mut browser, &code).await.screen(), "C-21");
    }

    async fn a_contact_that_changes_on_the_way_leads_back_to_the_choice(service: &Service) {
        let mut browser = service.browser(0);
        start(&mut browser, PHONE_ONLY, MEMBER_PASSWORD).await;
        let moved = format!("UPDATE accounts SET email = 'new@member.example.jp', phone = NULL WHERE login_id = '{PHONE_ONLY}'");
        service.database.execute(&moved).await;
        service.clock.advance_minutes(1);
        assert!(browser.visit(B12).await.body.contains("ほかの方法で送信する"));
        assert_eq!(browser.visit(B11).await.screen(), "B-11");
        assert_eq!(send(&mut browser, "mail").await.screen(), "B-12");
        let code = service.newest_code_to("new@member.example.jp").await;
        assert_eq!(redeem(&mut browser, &code).await.screen(), "C-21");
    }

    async fn another_way_can_be_chosen_later_under_the_same_limits(service: &Service) {
        let mut browser = service.browser(0);
        start(&mut browser, STAFF, MEMBER_PASSWORD).await;
        send(&mut browser, "mail").await;
        assert_eq!(browser.visit(B11).await.screen(), "B-11", "one can go back and choose again");
        assert_eq!(send(&mut browser, "mail").await.screen(), "B-12", "the same way again sends nothing");
        assert_eq!(service.mails().await.len(), 1);
        let page = send(&mut browser, "sms").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("B-11", 429));
        service.clock.advance_minutes(1);
        assert_eq!(send(&mut browser, "sms").await.screen(), "B-12");
        let code = service.newest_code_to(&phone_of(STAFF)).await;
        assert_eq!(redeem(&mut browser, &code).await.screen(), "C-21");
    }

    async fn five_wrong_passwords_lock_longer_each_time_and_tell_the_owner(service: &Service) {
        for (tries, minutes) in [(5, 30), (5, 60)] {
            for _ in 0..tries {
                let page = start(&mut service.browser(0), STAFF, "wrong").await;
                assert_eq!((page.screen(), page.status.as_u16()), ("A-4", 401));
            }
            let locked = start(&mut service.browser(0), STAFF, MEMBER_PASSWORD).await;
            assert_eq!(locked.screen(), "A-4", "locked");
            let mails = service.mails().await;
            let mail = mails.last().unwrap();
            assert_eq!((mail.to.as_str(), mail.subject.as_str()), (email_of(STAFF).as_str(), "アカウントロックのお知らせ"));
            service.clock.advance_minutes(minutes - 1);
            assert_eq!(start(&mut service.browser(0), STAFF, MEMBER_PASSWORD).await.screen(), "A-4");
            service.clock.advance_minutes(1);
        }
        assert_eq!(start(&mut service.browser(0), STAFF, MEMBER_PASSWORD).await.screen(), "B-11");
    }

    async fn each_door_takes_its_own_kind_only(service: &Service) {
        let office = [("login_id", OFFICES[0].login_id), ("password", OFFICES[0].password)];
        let member = [("login_id", ADMINISTRATOR), ("password", MEMBER_PASSWORD)];
        for (function, fields) in [("start_member", office), ("start_office", member)] {
            let answer = service.browser(0).call(function, &fields).await;
            assert!(answer.location().is_empty() && answer.set_cookies().is_empty(), "{function}");
        }
        let mut browser = service.browser(1);
        assert_eq!(start(&mut browser, ADMINISTRATOR, MEMBER_PASSWORD).await.screen(), "Z-2", "another office's certificate");
        assert_eq!(start(&mut browser, ADMINISTRATOR, "wrong").await.screen(), "A-4", "told only after a right password");
    }

    async fn a_sign_in_that_ended_leads_back_to_its_own_start(service: &Service) {
        let mut browser = service.browser(0);
        start(&mut browser, STAFF, MEMBER_PASSWORD).await;
        send(&mut browser, "mail").await;
        service.clock.advance_minutes(61);
        let page = redeem(&mut browser, "000000").await;
        assert_eq!((page.path.as_str(), page.screen()), (A4, "A-4"));
        assert!(page.body.contains("ログインの手続きが終了しました"), "{}", page.body);
    }

    async fn the_screens_of_one_kind_do_not_take_the_other_along(service: &Service) {
        let mut browser = service.browser(0);
        start(&mut browser, STAFF, MEMBER_PASSWORD).await;
        assert_eq!(browser.visit("/sign-in/office/send-code").await.path, B11);
        assert_eq!(browser.visit("/sign-in/office/code").await.path, B11);
        assert_eq!(browser.visit(B12).await.path, B11);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_initial_password_that_was_not_used_in_time_is_none() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let set = "UPDATE accounts SET password_initial = 1, password_expires_at = ";
    let at = service.core.ambient.now().plus_minutes(10).micros();
    service.database.execute(&format!("{set}{at} WHERE login_id = '{STAFF}'")).await;
    assert_eq!(start(&mut service.browser(0), STAFF, MEMBER_PASSWORD).await.screen(), "B-11");
    service.clock.advance_minutes(10);
    assert_eq!(start(&mut service.browser(0), STAFF, MEMBER_PASSWORD).await.screen(), "A-4");
}
