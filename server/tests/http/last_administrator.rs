//! The last 管理者ユーザ of an office goes only after a warning (`rules.md`).

use super::service::{Service, on_both_engines};

on_both_engines! {
    async fn the_last_administrator_goes_only_after_a_warning(service: &Service) {
        let mut office = service.signed_in(1).await;
        let first = service.account("AozoraNursingUserA000").await;
        let last = service.account("AozoraNursingUserA001").await;
        let warning = "最後の管理者ユーザです";
        let mut unwarned = Vec::new();
        for path in ["delete", "suspend", "lock", "set-expiry", "kind"] {
            let page = office.visit(&format!("/administrators/{last}/{path}")).await;
            assert!(!page.body.contains(warning), "{path}: there is another one");
            unwarned.push(page);
        }
        office.confirm(&format!("/administrators/{first}/suspend"), "act_on_member", &[]).await;
        for page in &unwarned {
            let function = match page.path.rsplit('/').next().unwrap() {
                "delete" => "delete_member",
                "kind" => "change_member_kind",
                _ => "act_on_member",
            };
            let answer = office.press(page, function, &[("expires_on", "2025-03-31")]).await;
            assert_eq!(answer.status.as_u16(), 409, "{}: nobody said that it is the last", page.path);
            assert!(answer.body.contains(warning), "{}: now it is said", page.path);
        }
        let page = office.confirm(&format!("/administrators/{last}/delete"), "delete_member", &[]).await;
        assert_eq!(page.screen(), "D-7", "after the warning it is the office's own decision");
    }

    async fn of_the_last_two_administrators_gone_at_once_one_stays_unless_warned(service: &Service) {
        let mut office = service.signed_in(1).await;
        let ids = [service.account("AozoraNursingUserA000").await, service.account("AozoraNursingUserA001").await];
        for _ in 0..10 {
            let mut pages = Vec::new();
            for id in &ids {
                pages.push(office.visit(&format!("/administrators/{id}/suspend")).await);
            }
            let (mut one, mut two) = (office.clone(), office.clone());
            let answers = tokio::join!(
                one.press(&pages[0], "act_on_member", &[]),
                two.press(&pages[1], "act_on_member", &[]),
            );
            let mut answers = [answers.0.status.as_u16(), answers.1.status.as_u16()];
            answers.sort_unstable();
            assert_eq!(answers, [200, 409], "the second hears that it is the last");
            let gone = service.database.count("SELECT COUNT(*) FROM accounts WHERE suspended_at IS NOT NULL AND login_id LIKE 'AozoraNursingUserA%'").await;
            assert_eq!(gone, 1);
            for id in &ids {
                if office.visit(&format!("/administrators/{id}")).await.body.contains("/resume") {
                    office.confirm(&format!("/administrators/{id}/resume"), "act_on_member", &[]).await;
                }
            }
        }
    }
}
