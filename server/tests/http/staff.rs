//! D-11 to D-18: 一般ユーザ, looked after by a 事業所ユーザ and by a 管理者ユーザ.

use server::demo::data::{MEMBER_PASSWORD, OFFICES};

use super::{
    accounts::{KINDS, complete_of, open_draft, person, submit_of},
    acts::initial_password,
    browser::Browser,
    service::{Service, on_both_engines},
};

/// A form of somebody who has a phone only.
fn phone_only(login_id: &str) -> Vec<(&'static str, String)> {
    let form = person(login_id).into_iter();
    form.map(|(name, value)| (name, if name == "form[email]" { String::new() } else { value })).collect()
}

async fn both(service: &Service) -> [(Browser, &'static str); 2] {
    [(service.signed_in(0).await, "/office"), (service.signed_in_member("NursingUserA000").await, "/administrator")]
}

on_both_engines! {
    async fn both_register_change_and_delete(service: &Service) {
        for (n, (mut browser, home)) in both(service).await.into_iter().enumerate() {
            assert!(browser.visit(home).await.body.contains("一般ユーザ新規登録"));
            let login_id = format!("Takashima0{n}");
            let draft = open_draft(&mut browser, "/staff/new").await;
            let form = browser.visit(&format!("/staff/new?draft={draft}")).await;
            assert_eq!(form.screen(), "D-12");
            assert!(form.body.contains(&format!("href=\"{home}\"")), "the crumbs lead to one's own menu");
            let check = submit_of(KINDS[1], &mut browser, &draft, None, &phone_only(&login_id)).await;
            assert_eq!(check.screen(), "D-13");
            assert!(check.body.contains("一般ユーザ登録を完了する"));
            let done = complete_of(KINDS[1], &mut browser, "register_member", &draft).await;
            assert_eq!(done.screen(), "D-14");
            assert!(done.body.contains("090-****-5678") && done.body.contains("一般ユーザ一覧に戻る"), "{}", done.body);
            assert_eq!(complete_of(KINDS[1], &mut browser, "register_member", &draft).await.path, done.path);
            let id = done.path.split_once("id=").unwrap().1.to_owned();
            assert_eq!(service.database.audit().await.pop().unwrap().line(), "D-13 account.register ok");
            let notices = service.mails_to("09012345678").await;
            let notice = notices.last().unwrap();
            // The one before got a second message when a mail address took this number's place.
            assert_eq!(notices.len(), 1 + n * 2, "by SMS, once");
            assert!(notice.text.contains(&login_id) && initial_password(notice).len() == 19, "{}", notice.text);

            let draft = open_draft(&mut browser, &format!("/staff/{id}/edit")).await;
            let check = submit_of(KINDS[1], &mut browser, &draft, Some(&id), &person("")).await;
            assert_eq!(check.screen(), "D-18");
            complete_of(KINDS[1], &mut browser, "change_member", &draft).await;
            assert_eq!(service.database.audit().await.pop().unwrap().line(), "D-18 account.change ok");
            let page = browser.confirm(&format!("/staff/{id}/delete"), "delete_member", &[]).await;
            assert_eq!(page.screen(), "D-17");
            assert_eq!(service.database.audit().await.pop().unwrap().line(), "D-16 account.delete ok");
            assert!(page.body.contains(&format!("href=\"{home}\"")));
            assert_eq!(service.mails_to("takashima@member.example.jp").await.pop().unwrap().subject, "アカウント削除のお知らせ");
        }
    }

    async fn one_contact_of_the_two_is_enough_and_none_is_not(service: &Service) {
        let mut browser = service.signed_in_member("NursingUserA000").await;
        let draft = open_draft(&mut browser, "/staff/new").await;
        let none: Vec<_> = phone_only("Takashima01").into_iter()
            .map(|(name, value)| (name, if name == "form[phone]" { String::new() } else { value })).collect();
        let page = submit_of(KINDS[1], &mut browser, &draft, None, &none).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("D-12", 422));
        assert!(page.body.contains("メールアドレスと携帯電話番号のどちらかを入力してください"));
    }

    async fn staff_manage_nobody(service: &Service) {
        let mut staff = service.signed_in_member("NursingStaffB000").await;
        let other = service.account("NursingStaffB002").await;
        for path in ["/staff", "/staff/new", &format!("/staff/{other}"), &format!("/staff/{other}/suspend")] {
            assert_eq!(staff.visit(path).await.screen(), "Z-4", "{path}");
        }
    }

    async fn one_signs_in_with_what_the_message_says(service: &Service) {
        let mut browser = service.signed_in_member("NursingUserA000").await;
        super::accounts::register_of(KINDS[1], &mut browser, "Takashima01").await;
        let notice = service.mails_to("takashima@member.example.jp").await.pop().unwrap();
        assert_eq!(notice.subject, "アカウント発行のお知らせ");
        assert!(notice.text.contains(OFFICES[0].name) && notice.text.contains("一般ユーザ"));
        assert!(service.takes_password("Takashima01", &initial_password(&notice)).await);
        assert!(!service.takes_password("Takashima01", MEMBER_PASSWORD).await);
    }
}
