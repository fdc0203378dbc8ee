//! D-9 権限変更, and deleted accounts that come back: what only a 事業所ユーザ may do.

use server::demo::data::{DELETED, MEMBER_PASSWORD, PHONE_ONLY, email_of};

use super::{
    acts::{STAFF, initial_password, sign_in_with},
    secrets::logged,
    service::{Service, on_both_engines},
};

on_both_engines! {
    async fn a_change_of_rights_ends_the_sessions_and_shows_the_other_list(service: &Service) {
        let mut staff = service.signed_in_member(STAFF).await;
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        let asked = office.visit(&format!("/staff/{id}/kind")).await;
        assert_eq!(asked.screen(), "D-9");
        assert!(asked.body.contains(STAFF) && asked.body.contains("管理者ユーザに変更する"));
        let page = office.press(&asked, "change_member_kind", &[]).await;
        assert_eq!((page.screen(), page.path.as_str()), ("D-1", format!("/administrators?moved={id}").as_str()));
        assert!(page.body.contains("鈴木 一郎さんを管理者ユーザに変更しました"));
        assert_eq!(office.press(&asked, "change_member_kind", &[]).await.path, page.path, "pressed twice");

        let row = service.database.audit().await.pop().unwrap();
        assert_eq!((row.line().as_str(), row.target), ("D-9 account.change_kind ok", Some(id.parse().unwrap())));
        let mails = service.mails_to(&email_of(STAFF)).await;
        let mail = mails.last().unwrap();
        assert_eq!(mail.subject, "登録内容変更のお知らせ");
        assert!(mail.text.contains("権限(一般ユーザから管理者ユーザへ)"), "{}", mail.text);
        assert_eq!(mails.iter().filter(|mail| mail.subject == "登録内容変更のお知らせ").count(), 1);

        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert_eq!(office.visit(&format!("/staff/{id}")).await.screen(), "Z-5");
        assert_eq!(office.visit(&format!("/administrators/{id}")).await.screen(), "D-5");
        assert_eq!(sign_in_with(service, STAFF, MEMBER_PASSWORD).await.screen(), "C-11", "the same password");

        let page = office.confirm(&format!("/administrators/{id}/kind"), "change_member_kind", &[]).await;
        assert_eq!((page.screen(), page.path.as_str()), ("D-11", format!("/staff?moved={id}").as_str()));
    }

    async fn an_administrator_needs_a_mail_address(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(PHONE_ONLY).await;
        let page = office.visit(&format!("/staff/{id}/kind")).await;
        assert!(page.body.contains("メールアドレスの登録が必要です") && page.hidden().is_empty(), "{}", page.body);
        let fields = [("members", "staff"), ("id", id.as_str()), ("version", "1")];
        let answer = office.call("change_member_kind", &fields).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (422, r#"{"invalid":[["email","missing"]]}"#));
        assert_eq!(office.visit(&format!("/staff/{id}")).await.screen(), "D-15");
    }

    async fn a_change_of_rights_is_refused_on_a_stale_screen(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        let stale = office.visit(&format!("/staff/{id}/kind")).await;
        office.confirm(&format!("/staff/{id}/suspend"), "act_on_member", &[]).await;
        let page = office.press(&stale, "change_member_kind", &[]).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("D-9", 409));
    }

    async fn an_administrator_neither_changes_rights_nor_sees_deleted_accounts(service: &Service) {
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let id = service.account(STAFF).await;
        let detail = administrator.visit(&format!("/staff/{id}")).await;
        assert_eq!(detail.screen(), "D-15");
        assert!(!detail.body.contains("権限を変更する"));
        assert_eq!(administrator.visit(&format!("/staff/{id}/kind")).await.screen(), "Z-4");
        let list = administrator.visit("/staff").await;
        assert_eq!(list.screen(), "D-11");
        assert!(!list.body.contains("削除済み"));
        let page = administrator.visit("/staff?state=deleted").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("Z-4", 403));
        let page = administrator.confirm(&format!("/staff/{id}/delete"), "delete_member", &[]).await;
        assert_eq!(page.screen(), "D-17");
        assert!(page.body.contains("一般ユーザ一覧に戻る") && !page.body.contains("アカウントを復元する"));
        let page = administrator.visit(&format!("/staff/{id}/restore")).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("Z-4", 403));
        let fields = [("members", "staff"), ("id", id.as_str()), ("act", "restore"), ("seen", "2")];
        assert_eq!(administrator.call("act_on_member", &fields).await.body, "\"not_permitted\"");
    }

    async fn a_deleted_account_comes_back_with_another_password(service: &Service) {
        let mut staff = service.signed_in_member(STAFF).await;
        let mut office = service.signed_in(0).await;
        let id = service.account(STAFF).await;
        let page = office.confirm(&format!("/staff/{id}/delete"), "delete_member", &[]).await;
        assert_eq!(page.screen(), "D-17");
        assert!(page.body.contains("アカウントを復元する") && page.body.contains("2025/03/09 10:00"), "{}", page.body);
        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await);
        assert!(!office.visit("/staff").await.body.contains(STAFF));
        let list = office.visit("/staff?state=deleted").await;
        assert!(list.body.contains(STAFF) && list.body.contains(&format!("/staff/{id}/deleted")), "{}", list.body);

        let asked = office.visit(&format!("/staff/{id}/restore")).await;
        assert_eq!(asked.screen(), "D-19");
        let done = office.press(&asked, "act_on_member", &[]).await;
        assert!(done.body.contains("アカウントを復元しました"), "{}", done.body);
        let mails = service.mails_to(&email_of(STAFF)).await;
        let with = |subject: &str| mails.iter().find(|mail| mail.subject == subject).unwrap();
        let (reissued, restored) = (with("パスワード再発行のお知らせ"), with("アカウント利用設定変更のお知らせ"));
        assert!(restored.text.contains("削除したアカウントの復元"), "{}", restored.text);
        let lines = service.audit_lines().await;
        assert_eq!(lines.last().unwrap(), "D-19 account.restore ok");
        assert!(lines.contains(&"D-16 account.delete ok".to_owned()), "the trail is kept");
        assert_eq!(office.press(&asked, "act_on_member", &[]).await.path, done.path, "pressed twice");
        assert_eq!(service.mails_to(&email_of(STAFF)).await.len(), mails.len());

        assert_eq!(staff.visit("/home").await.screen(), "Z-3");
        assert!(!service.takes_password(STAFF, MEMBER_PASSWORD).await, "the old password stays lost");
        assert_eq!(sign_in_with(service, STAFF, &initial_password(reissued)).await.screen(), "G-3");
        assert_eq!(office.visit(&format!("/staff/{id}")).await.screen(), "D-15");
    }

    async fn asking_for_what_one_may_not_do_is_written_down(service: &Service) {
        logged();
        let mut staff = service.signed_in_member(STAFF).await;
        let id = service.account(STAFF).await;
        let before = service.audit_lines().await.len();
        assert_eq!(staff.visit("/staff?name=himitsu").await.screen(), "Z-4");
        assert_eq!(staff.call("delete_member", &[("members", "staff"), ("id", &id)]).await.status, 403);
        let fields = [("members", "staff"), ("id", id.as_str())];
        assert_eq!(staff.post_form("/home", "delete_member", &fields).await.screen(), "Z-4");
        assert_eq!(staff.visit("/staff/export.csv").await.screen(), "Z-4");
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let ready = service.audit_lines().await.len();
        let restore = format!("/staff/{id}/restore");
        assert_eq!(administrator.visit(&restore).await.screen(), "Z-4", "found out while the page is made");
        let rows = service.database.audit().await;
        let denied: Vec<_> = rows.iter().filter(|row| row.action == "access.denied").collect();
        let asked: Vec<String> = denied.iter().map(|row| row.detail.replace(' ', "")).collect();
        let expected = ["/staff", "/api/delete_member", "/api/delete_member", "/staff/export.csv", &restore];
        assert_eq!(asked, expected.map(|path| format!("{{\"asked\":\"{path}\"}}")));
        assert!(denied.iter().all(|row| row.line() == "Z-4 access.denied denied" && row.address == "127.0.0.1"));
        assert!(denied[..4].iter().all(|row| row.login_id == STAFF && row.account_id.unwrap().to_string() == id));
        assert_eq!(service.audit_lines().await[before..before + 4], ["Z-4 access.denied denied"; 4], "and nothing else");
        assert_eq!(service.audit_lines().await.len(), ready + 1);
        let lines = logged();
        let ours = lines.lines().filter(|line| line.contains("an account asked for what it may not do"));
        let ours: Vec<&str> = ours.filter(|line| line.contains(&id)).collect();
        assert_eq!(ours.len(), 4 + 1, "with its id, and the id that the last one asked for: {ours:#?}");
        assert!(ours.iter().all(|line| !line.contains(STAFF) && !line.contains("himitsu") && line.contains("http.id")));
        // Who is not signed in, or may do it, leaves no such row.
        service.browser(0).call("delete_member", &fields).await;
        assert_eq!(administrator.visit(&format!("/staff/{id}")).await.screen(), "D-15");
        assert_eq!(service.audit_lines().await.len(), ready + 1);
        let page = administrator.visit("/history?group=access").await;
        assert!(page.body.contains("権限のない画面や操作の要求"), "{}", page.body);
    }

    async fn after_thirty_days_a_deletion_is_final(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = service.account(DELETED.0).await;
        assert!(office.visit("/administrators?state=deleted").await.body.contains(DELETED.0), "five days ago");
        assert_eq!(office.visit(&format!("/administrators/{id}/restore")).await.screen(), "D-10");
        service.clock.advance_minutes(25 * 24 * 60);
        let mut office = service.signed_in(0).await;
        assert!(!office.visit("/administrators?state=deleted").await.body.contains(DELETED.0));
        for rest in ["deleted", "restore"] {
            assert_eq!(office.visit(&format!("/administrators/{id}/{rest}")).await.screen(), "Z-5", "{rest}");
        }
        let answer = |id: String| {
            let mut office = office.clone();
            async move {
                let fields = [("members", "administrators"), ("id", id.as_str()), ("act", "restore"), ("seen", "2")];
                let page = office.call("act_on_member", &fields).await;
                (page.status, page.body)
            }
        };
        assert_eq!(answer(id).await, answer(crate::support::ambient().id().to_string()).await);
        assert!(!service.takes_password(DELETED.0, MEMBER_PASSWORD).await);
    }
}
