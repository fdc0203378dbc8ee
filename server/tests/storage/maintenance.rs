use server::storage::maintenance::{StoredPlan, drop_plan, plan, replace};

use super::stage::{NOW, Stage, on_both_engines};

on_both_engines! {
    async fn there_is_one_plan_at_most(stage: &Stage) {
        assert_eq!(plan(&mut stage.read().await).await.unwrap(), None);
        let first = StoredPlan { starts_at: NOW, ends_at: NOW.plus_minutes(60), text: String::new() };
        let second = StoredPlan { starts_at: NOW.plus_minutes(5), text: "機器の入れ替え".to_owned(), ..first.clone() };
        for planned in [&first, &second] {
            let mut tx = stage.write().await;
            replace(&mut tx, planned).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(plan(&mut stage.read().await).await.unwrap().as_ref(), Some(planned));
        }
        let mut tx = stage.write().await;
        assert!(drop_plan(&mut tx).await.unwrap());
        assert!(!drop_plan(&mut tx).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(plan(&mut stage.read().await).await.unwrap(), None);
    }

    async fn a_plan_that_ends_before_it_begins_is_refused(stage: &Stage) {
        let mut tx = stage.write().await;
        let backwards = StoredPlan { starts_at: NOW, ends_at: NOW, text: String::new() };
        assert!(replace(&mut tx, &backwards).await.is_err());
    }
}
