//! ご利用までの準備 on C-1 and C-11: what is done, what is next; and planned maintenance on every page.

use server::services::maintenance::{cancel, plan};

use super::{
    accounts::register,
    service::{Service, on_both_engines},
};

/// The words of each step, in their order.
fn states(body: &str) -> Vec<&str> {
    let badges = body.split("checklist__state").skip(1);
    badges
        .map(|rest| {
            ["完了", "次に行うこと", "これから"]
                .into_iter()
                .find(|word| rest.split_once("</p>").unwrap().0.contains(word))
                .unwrap()
        })
        .collect()
}

on_both_engines! {
    async fn the_guide_follows_what_the_office_does(service: &Service) {
        let mut office = service.signed_in(2).await;
        let page = office.visit("/office").await;
        assert_eq!(states(&page.body), ["次に行うこと", "これから", "これから", "これから"]);
        register(&mut office, "Takashima01").await;
        let page = office.visit("/office").await;
        assert_eq!(states(&page.body), ["完了", "次に行うこと", "これから", "これから"]);
        assert!(page.body.contains("4つのうち1つが完了しています"));
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let page = administrator.visit("/administrator").await;
        assert_eq!(states(&page.body), ["完了", "完了", "次に行うこと", "これから"]);
        let mut staff = service.signed_in_member("NursingStaffB000").await;
        assert!(!staff.visit("/home").await.body.contains("ご利用までの準備"));

        for (seq, action) in [(1_000_001, "terminal.register"), (1_000_002, "care.identify")] {
            assert!(administrator.visit("/administrator").await.body.contains("ご利用までの準備"), "{action}");
            let hash = if service.core.db.engine() == "sqlite" { "X'00'" } else { "'\\x00'" };
            service.database.execute(&format!(
                "INSERT INTO audit (seq, at, request_id, office_id, account_id, account_kind, login_id, certificate, address,
                     screen, action, target, result, detail, hash)
                 SELECT {seq}, 1, '', office_id, id, kind, login_id, '', '', '', '{action}', NULL, 'ok', '{{}}', {hash}
                 FROM accounts WHERE login_id = 'NursingUserA000'"
            )).await;
        }
        assert!(!administrator.visit("/administrator").await.body.contains("ご利用までの準備"), "ready: it is not needed any more");
        let mut other = service.signed_in(1).await;
        assert!(other.visit("/office").await.body.contains("ご利用までの準備"), "another office's work does not count");
    }

    async fn planned_maintenance_is_on_every_page_from_a_week_before(service: &Service) {
        let now = service.core.ambient.now();
        let (from, to) = (now.plus_minutes(8 * 24 * 60), now.plus_minutes(8 * 24 * 60 + 120));
        plan(&service.core, from, to, " 機器を <入れ替え> ます。 ").await.unwrap();
        let mut visitor = service.visitor();
        let shown = |body: &str| body.contains("メンテナンスのため、次の期間はご利用いただけません");
        assert!(!shown(&visitor.get("/").await.body), "eight days before");
        service.clock.advance_minutes(24 * 60);
        let mut signed_in = service.signed_in(0).await;
        let pages = [visitor.get("/").await, visitor.get("/help/manual").await, visitor.get("/nothing").await,
            signed_in.visit("/office").await, service.browser(0).visit("/sign-in/member").await];
        for page in &pages {
            assert!(shown(&page.body), "{}", page.path);
            assert!(page.body.contains("2025年2月15日（土）10:00") && page.body.contains("2025年2月15日（土）12:00"), "{}", page.path);
            assert!(page.body.contains("機器を &lt;入れ替え&gt; ます。"), "{}", page.path);
        }
        service.clock.advance_minutes(7 * 24 * 60 + 120);
        assert!(!shown(&visitor.get("/").await.body), "it is over");
    }

    async fn a_cancelled_plan_is_gone_and_both_are_in_the_trail(service: &Service) {
        let now = service.core.ambient.now();
        plan(&service.core, now, now.plus_minutes(60), "").await.unwrap();
        assert!(service.visitor().get("/").await.body.contains("メンテナンスのため"));
        assert!(cancel(&service.core).await.unwrap());
        assert!(!cancel(&service.core).await.unwrap());
        assert!(!service.visitor().get("/").await.body.contains("メンテナンスのため"));
        let lines: Vec<String> = service.database.audit().await.iter().map(super::database::AuditRow::line).collect();
        let of = |action: &str| lines.iter().filter(|line| line.contains(action)).count();
        assert_eq!((of("operator.plan_maintenance ok"), of("operator.cancel_maintenance ok")), (1, 1));
    }
}
