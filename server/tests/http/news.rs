//! お知らせ on A-1 and I-1, as the operator publishes and removes them.

use domain::Timestamp;
use server::services::news::{publish, remove};

use super::service::{Service, on_both_engines};

on_both_engines! {
    async fn a_published_one_is_read_by_everybody_until_it_ends(service: &Service) {
        let ends = service.core.ambient.now().plus_minutes(10);
        let id = publish(&service.core, "保守のお知らせ <b>", "一行目\r\n\r\n二行目", Some(ends)).await.unwrap();
        let mut visitor = service.visitor();
        let top = visitor.get("/").await;
        assert!(top.body.contains("保守のお知らせ &lt;b&gt;") && top.body.contains(&format!("/news#{id}")), "{}", top.body);
        let list = visitor.get("/news").await;
        assert!(list.body.contains(&format!("id=\"{id}\"")) && list.body.contains("二行目"), "{}", list.body);
        service.clock.advance_minutes(10);
        assert!(!visitor.get("/").await.body.contains("保守のお知らせ"));
        assert!(!visitor.get("/news").await.body.contains("保守のお知らせ"));
    }

    async fn publishing_and_removing_are_in_the_audit_trail(service: &Service) {
        let id = publish(&service.core, "誤ったお知らせ", "本文", None::<Timestamp>).await.unwrap();
        assert!(remove(&service.core, id).await.unwrap());
        assert!(!remove(&service.core, id).await.unwrap());
        assert!(!service.visitor().get("/news").await.body.contains("誤ったお知らせ"));
        let rows = service.database.audit().await;
        let of = |action: &str| rows.iter().filter(|row| row.action == action && row.detail.contains(&id.to_string())).count();
        assert_eq!((of("operator.publish_news"), of("operator.remove_news")), (1, 1));
    }

    async fn a_page_without_any_says_so(service: &Service) {
        for row in server::storage::news::all(&mut service.core.db.read().await.unwrap()).await.unwrap() {
            remove(&service.core, row.id).await.unwrap();
        }
        assert!(service.visitor().get("/").await.body.contains("現在、お知らせはありません。"));
        assert!(service.visitor().get("/news").await.body.contains("現在、お知らせはありません"));
    }
}
