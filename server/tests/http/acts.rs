//! D-5, D-10, D-15, D-19: acts on an account, what its owner is told, and what happens to open sessions.

use server::demo::data::{MEMBER_PASSWORD, OFFICES, PHONE_ONLY, email_of, phone_of};
use uuid::Uuid;

use super::{
    accounts::{KINDS, register},
    browser::{Browser, Page},
    service::{Mail, Service, on_both_engines},
};

pub(super) const STAFF: &str = "NursingStaffB000";
const GOOD: &str = "雨上がりの坂道をゆく kuroneko 7";
const SET: &str = "アカウント利用設定変更のお知らせ";
const REISSUED: &str = "パスワード再発行のお知らせ";

/// The page of an act on a member of the first office's staff, by its button.
async fn act(browser: &mut Browser, id: &str, act: &str, typed: &[(&str, &str)]) -> Page {
    browser.confirm(&format!("/staff/{id}/{act}"), "act_on_member", typed).await
}

/// What was told last to a member.
async fn told(service: &Service, login_id: &str) -> Mail {
    service.mails_to(&email_of(login_id)).await.pop().unwrap()
}

/// The initial password in a message.
pub(super) fn initial_password(mail: &Mail) -> String {
    let words = mail.text.split_whitespace();
    words.into_iter().find(|word| word.len() == 19 && word.matches('-').count() == 3).unwrap().to_owned()
}

/// From A-4 to B-12 and beyond, in a browser of the first office.
pub(super) async fn sign_in_with(service: &Service, login_id: &str, password: &str) -> Page {
    let mut browser = service.browser(0);
    let fields = [("login_id", login_id), ("password", password)];
    assert_eq!(browser.post_form("/sign-in/member", "start_member", &fields).await.screen(), "B-11");
    browser.post_form("/sign-in/member/send-code", "send_code", &[("channel", "mail")]).await;
    let code = service.newest_code_to(&email_of(login_id)).await;
    browser.post_form("/sign-in/member/code", "redeem_code", &[("one_time_code", &code)]).await
}

async fn last_row(service: &Service, id: &str) -> String {
    let row = service.database.audit().await.pop().unwrap();
    assert_eq!(row.target, Some(id.parse::<Uuid>().unwrap()));
    for mark in ["鈴木", "すずき", "member.example.jp", "argon2", "0700000"] {
        assert!(!row.detail.contains(mark), "{mark} in {}", row.detail);
    }
    row.line()
}

async fn end_reason(service: &Service, id: &str, reason: &str) -> i64 {
    let account = match service.database.engine {
        crate::support::Engine::Sqlite => format!("X'{}'", id.replace('-', "")),
        crate::support::Engine::Postgres => format!("'{id}'"),
    };
    let sql = format!("SELECT COUNT(*) FROM sessions WHERE account_id = {account} AND end_reason = '{reason}'");
    service.database.count(&sql).await
}

on_both_engines! {
    async fn a_lock_by_hand_holds_until_somebody_unlocks(service: &Service) {
        let mut staff = service.signed_in_member(STAFF).await;
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let id = service.account(STAFF).await;
        let page = administrator.visit(&format!("/staff/{id}/lock")).await;
        assert_eq!(page.screen(), "D-19");
        assert!(page.body.contains(STAFF) && page.body.contains("鈴木 一郎（すずき いちろう）"), "whom it locks");
        let page = act(&mut administrator, &id, "lock", &[]).await;
        assert_eq!((page.screen(), page.path.as_str()), ("D-19", format!("/staff/{id}/lock/done").as_str()));
        assert!(page.body.contains("アカウントをロックしました"));
        assert_eq!(last_row(service, &id).await, "D-19 account.lock ok");
        let mail = told(service, STAFF).await;
        assert_eq!(mail.subject, SET);
        for said in [STAFF, "アカウントのロック", "管理者ユーザ", "2025/02/07"] {
            assert!(mail.text.contains(said), "{said}: {}", mail.text);
        }

        assert_eq!(staff.visit("/home").await.screen(), "Z-3", "an open tab's next request");
        assert_eq!(end_reason(service, &id, "account_locked").await, 1);
        service.clock.advance_minutes(60 * 24);
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await, "no lock by time");
        let fields = [("login_id", STAFF), ("contact", &email_of(STAFF))];
        service.browser(0).post_form("/password/forgotten", "forgot_password", &fields).await;
        assert_eq!(told(service, STAFF).await.subject, SET, "no link either");

        let mut office = service.signed_in(0).await;
        let page = office.visit(&format!("/staff/{id}")).await;
        assert!(page.body.contains("ロック中") && page.body.contains("（管理者による）"));
        let list = office.visit("/staff?state=locked").await;
        assert!(list.body.contains(STAFF) && !list.body.contains(PHONE_ONLY));
        act(&mut office, &id, "unlock", &[]).await;
        assert_eq!(last_row(service, &id).await, "D-19 account.unlock ok");
        assert!(told(service, STAFF).await.text.contains("ロックの解除"));
        assert!(service.takes_password(STAFF, MEMBER_PASSWORD).await);
        assert_eq!(staff.visit("/home").await.screen(), "Z-3", "what was ended stays ended");
    }

    async fn unlocking_forgets_the_failures(service: &Service) {
        let fail = async || { service.takes_password(STAFF, "wrong").await; };
        for _ in 0..5 {
            fail().await;
        }
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await);
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        let page = office.visit(&format!("/staff/{id}")).await;
        assert!(page.body.contains("2025/02/07 10:30まで（ログインの失敗による）"), "{}", page.body);
        act(&mut office, &id, "unlock", &[]).await;
        for _ in 0..4 {
            fail().await;
        }
        assert!(service.takes_password(STAFF, MEMBER_PASSWORD).await, "counted from nought");
        fail().await;
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await);
        let again = service.mails_to(&email_of(STAFF)).await.pop().unwrap();
        assert!(again.text.contains("10:30"), "and the next lock is a first one: {}", again.text);
    }

    async fn a_suspended_account_is_signed_out_and_cannot_come_back(service: &Service) {
        let mut staff = service.signed_in_member(STAFF).await;
        // Another browser stands at B-12.
        let mut waiting = service.browser(0);
        let fields = [("login_id", STAFF), ("password", MEMBER_PASSWORD)];
        waiting.post_form("/sign-in/member", "start_member", &fields).await;
        waiting.post_form("/sign-in/member/send-code", "send_code", &[("channel", "mail")]).await;
        let code = service.newest_code_to(&email_of(STAFF)).await;

        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        assert!(act(&mut office, &id, "suspend", &[]).await.body.contains("利用を停止しました"));
        assert_eq!(last_row(service, &id).await, "D-19 account.suspend ok");
        assert!(told(service, STAFF).await.text.contains("利用の停止"));
        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert_eq!(staff.call("extend_session", &[]).await.body, "\"session_timed_out\"");
        assert_eq!(end_reason(service, &id, "account_suspended").await, 1);
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await);
        act(&mut office, &id, "resume", &[]).await;
        assert_eq!(last_row(service, &id).await, "D-19 account.resume ok");
        let page = waiting.post_form("/sign-in/member/code", "redeem_code", &[("one_time_code", &code)]).await;
        assert_eq!(page.screen(), "A-4", "the sign-in from before is over");
        assert_eq!(sign_in_with(service, STAFF, MEMBER_PASSWORD).await.screen(), "C-21");
    }

    async fn the_last_day_ends_at_midnight(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        for (typed, said) in [
            ("", "有効期限を入力してください"),
            ("2025-02-06", "有効期限は今日以降の日付を入力してください"),
            ("2025-02-30", "有効期限は年月日を正しく入力してください"),
        ] {
            let page = act(&mut office, &id, "set-expiry", &[("expires_on", typed)]).await;
            assert_eq!((page.screen(), page.status.as_u16()), ("D-19", 422), "{typed}");
            assert!(page.body.contains(said) && page.body.contains(&format!("value=\"{typed}\"")), "{typed}: {}", page.body);
        }
        let page = act(&mut office, &id, "set-expiry", &[("expires_on", "2025-02-07")]).await;
        assert!(page.body.contains("2025/02/07まで"), "{}", page.body);
        assert_eq!(last_row(service, &id).await, "D-19 account.set_expiry ok");
        assert!(told(service, STAFF).await.text.contains("有効期限の設定(2025/02/07まで)"));
        let mut staff = service.signed_in_member(STAFF).await;
        // To one second before midnight in Japan, in steps that keep the session open.
        for _ in 0..41 {
            service.clock.advance_minutes(20);
            if staff.visit("/home").await.screen() != "C-21" {
                staff = service.signed_in_member(STAFF).await;
            }
        }
        service.clock.advance_seconds(20 * 60 - 1);
        assert_eq!(staff.visit("/home").await.screen(), "C-21");
        service.clock.advance_seconds(1);
        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert_eq!(end_reason(service, &id, "account_expired").await, 1);
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await);
        let mut office = service.signed_in(0).await;
        assert!(office.visit("/staff?state=expired").await.body.contains(STAFF));
        act(&mut office, &id, "remove-expiry", &[]).await;
        assert_eq!(last_row(service, &id).await, "D-19 account.remove_expiry ok");
        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert!(service.takes_password(STAFF, MEMBER_PASSWORD).await);
    }

    async fn a_session_that_nobody_used_at_midnight_does_not_come_back_with_a_later_day(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        act(&mut office, &id, "set-expiry", &[("expires_on", "2025-02-07")]).await;
        service.clock.advance_minutes(14 * 60 - 10);
        let mut staff = service.signed_in_member(STAFF).await;
        service.clock.advance_minutes(11);
        let mut office = service.signed_in(0).await;
        act(&mut office, &id, "set-expiry", &[("expires_on", "2025-12-31")]).await;
        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert_eq!(end_reason(service, &id, "account_expired").await, 1);
    }

    async fn a_reissued_password_takes_the_place_of_the_old_one_at_once(service: &Service) {
        let mut staff = service.signed_in_member(STAFF).await;
        let fields = [("login_id", STAFF), ("contact", &email_of(STAFF))];
        service.browser(0).post_form("/password/forgotten", "forgot_password", &fields).await;
        let link = told(service, STAFF).await;
        let token = link.text.split_once("?token=").unwrap().1.split_whitespace().next().unwrap().to_owned();

        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        let asked = office.visit(&format!("/staff/{id}/reissue-password")).await;
        let done = office.press(&asked, "act_on_member", &[]).await;
        assert!(done.body.contains("パスワードを再発行しました"));
        assert_eq!(last_row(service, &id).await, "D-19 account.reissue_password ok");
        let mail = told(service, STAFF).await;
        assert_eq!(mail.subject, REISSUED);
        for said in [OFFICES[0].name, STAFF, "一般ユーザ", "https://care.example.jp/", "2025/02/14"] {
            assert!(mail.text.contains(said), "{said}: {}", mail.text);
        }
        let password = initial_password(&mail);
        let audit = service.database.audit().await;
        assert!(audit.iter().all(|row| !row.detail.contains(&password)));
        assert!(!done.body.contains(&password) && !office.visit(&format!("/staff/{id}")).await.body.contains(&password));

        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert_eq!(end_reason(service, &id, "password_changed").await, 1);
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await);
        assert_eq!(service.browser(0).visit(&format!("/password/new?token={token}")).await.screen(), "Z-3", "the link");
        let count = service.mails().await.len();
        assert_eq!(office.press(&asked, "act_on_member", &[]).await.path, done.path, "pressed twice");
        assert_eq!(service.mails().await.len(), count, "and sent once");

        assert_eq!(sign_in_with(service, STAFF, &password).await.screen(), "G-3");
        service.clock.advance_minutes(7 * 24 * 60);
        assert!(!service.takes_password(STAFF, &password).await, "worthless after seven days");
        let mut office = service.signed_in(0).await;
        assert!(office.visit(&format!("/staff/{id}")).await.body.contains("に期限切れ）"));
    }

    async fn an_initial_password_is_used_once(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        act(&mut office, &id, "reissue-password", &[]).await;
        let password = initial_password(&told(service, STAFF).await);
        let mut staff = service.browser(0);
        let fields = [("login_id", STAFF), ("password", password.as_str())];
        staff.post_form("/sign-in/member", "start_member", &fields).await;
        staff.post_form("/sign-in/member/send-code", "send_code", &[("channel", "mail")]).await;
        let code = service.newest_code_to(&email_of(STAFF)).await;
        staff.post_form("/sign-in/member/code", "redeem_code", &[("one_time_code", &code)]).await;
        let fields = [("token", ""), ("new_password", GOOD), ("password_again", GOOD)];
        assert_eq!(staff.post_form("/password/new", "set_password", &fields).await.screen(), "G-4");
        assert!(!service.takes_password(STAFF, &password).await && service.takes_password(STAFF, GOOD).await);
        let page = office.visit(&format!("/staff/{id}")).await;
        assert!(page.body.contains("本人が設定"), "{}", page.body);
    }

    async fn by_sms_when_there_is_no_mail_address(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(PHONE_ONLY).await;
        act(&mut office, &id, "reissue-password", &[]).await;
        act(&mut office, &id, "suspend", &[]).await;
        let messages = service.mails_to(&phone_of(PHONE_ONLY)).await;
        assert_eq!(messages.len(), 2);
        assert!(messages[0].text.contains("パスワード再発行") && initial_password(&messages[0]).len() == 19);
        assert!(messages[1].text.contains("利用の停止") && messages[1].text.contains(PHONE_ONLY), "{}", messages[1].text);
    }

    async fn sessions_end_without_anything_else_changing(service: &Service) {
        let mut staff = service.signed_in_member(STAFF).await;
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        assert!(office.visit(&format!("/staff/{id}")).await.body.contains("1台"));
        let page = act(&mut office, &id, "end-sessions", &[]).await;
        assert!(page.body.contains("すべての端末からログアウトさせました"));
        assert_eq!(last_row(service, &id).await, "D-19 account.end_sessions ok");
        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert_eq!(end_reason(service, &id, "revoked").await, 1);
        let (rows, mails) = (service.audit_lines().await.len(), service.mails().await.len());
        act(&mut office, &id, "end-sessions", &[]).await;
        assert_eq!((service.audit_lines().await.len(), service.mails().await.len()), (rows, mails), "nothing to end");
        assert_eq!(sign_in_with(service, STAFF, MEMBER_PASSWORD).await.screen(), "C-21");
    }

    async fn pressed_twice_an_act_happens_once(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        for (name, typed) in [
            ("suspend", vec![]),
            ("resume", vec![]),
            ("lock", vec![]),
            ("unlock", vec![]),
            ("set-expiry", vec![("expires_on", "2025-03-31")]),
            ("remove-expiry", vec![]),
        ] {
            let asked = office.visit(&format!("/staff/{id}/{name}")).await;
            let done = office.press(&asked, "act_on_member", &typed).await;
            assert_eq!(done.path, format!("/staff/{id}/{name}/done"));
            let (rows, mails) = (service.audit_lines().await.len(), service.mails().await.len());
            assert_eq!(office.press(&asked, "act_on_member", &typed).await.path, done.path, "{name}");
            assert_eq!((service.audit_lines().await.len(), service.mails().await.len()), (rows, mails), "{name}");
            assert_eq!(office.visit(&done.path).await.screen(), "D-19", "reload");
            let back = office.visit(&asked.path).await;
            assert_eq!(back.screen(), "D-19");
            assert!(name == "set-expiry" || back.hidden().is_empty(), "{name}: back finds nothing to press");
        }
    }

    async fn what_another_administrator_did_meanwhile_is_not_overrun(service: &Service) {
        let mut one = service.signed_in(0).await;
        let mut other = service.signed_in_member("NursingUserA000").await;
        let id = service.account(STAFF).await;
        let stale = one.visit(&format!("/staff/{id}/suspend")).await;
        act(&mut other, &id, "set-expiry", &[("expires_on", "2025-03-31")]).await;
        let page = one.press(&stale, "act_on_member", &[]).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("D-19", 409));
        assert!(page.body.contains("登録内容が変更されました"), "{}", page.body);
        assert!(service.takes_password(STAFF, MEMBER_PASSWORD).await, "nothing was done");
        // And an edit that was begun before an act does not pass over it.
        let draft = super::accounts::open_draft(&mut other, &format!("/staff/{id}/edit")).await;
        let form = super::accounts::person("");
        super::accounts::submit_of(KINDS[1], &mut other, &draft, Some(&id), &form).await;
        act(&mut one, &id, "lock", &[]).await;
        let fields = [("members", "staff"), ("draft", draft.as_str())];
        assert_eq!(other.call("change_member", &fields).await.body, "\"conflict\"");
    }

    async fn an_account_that_was_deleted_meanwhile_takes_no_act(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        let acts = ["suspend", "lock", "set-expiry", "reissue-password", "end-sessions"];
        let mut open = Vec::new();
        for name in acts {
            open.push(office.visit(&format!("/staff/{id}/{name}")).await);
        }
        let kind = office.visit(&format!("/staff/{id}/kind")).await;
        office.confirm(&format!("/staff/{id}/delete"), "delete_member", &[]).await;
        let (rows, mails) = (service.audit_lines().await.len(), service.mails().await.len());
        for page in &open {
            let answer = office.press(page, "act_on_member", &[("expires_on", "2025-03-31")]).await;
            assert_eq!((answer.screen(), answer.status.as_u16()), ("Z-5", 404), "{}", page.path);
            assert_eq!(office.visit(&page.path).await.screen(), "Z-5");
        }
        assert_eq!(office.press(&kind, "change_member_kind", &[]).await.screen(), "Z-5");
        assert_eq!((service.audit_lines().await.len(), service.mails().await.len()), (rows, mails));
    }

    async fn administrators_of_either_kind_are_handled_by_their_own_screens(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = register(&mut office, "Takashima01").await;
        let page = office.confirm(&format!("/administrators/{id}/lock"), "act_on_member", &[]).await;
        assert_eq!(page.screen(), "D-10");
        assert_eq!(last_row(service, &id).await, "D-10 account.lock ok");
        assert_eq!(office.visit(&format!("/staff/{id}/lock")).await.screen(), "Z-5", "it is no 一般ユーザ");
        assert_eq!(office.visit(&format!("/administrators/{id}/edit/lock")).await.screen(), "Z-5");
    }
}
