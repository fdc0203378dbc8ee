use server::storage::offices::{find, find_by_number, insert, rename};

use super::stage::{Stage, id, on_both_engines};

on_both_engines! {
    async fn an_office_is_found_by_id_and_by_number(stage: &Stage) {
        let office = stage.office().await;
        let mut tx = stage.read().await;
        assert_eq!(find(&mut tx, office.id).await.unwrap().as_ref(), Some(&office));
        assert_eq!(find_by_number(&mut tx, &office.number).await.unwrap().as_ref(), Some(&office));
        assert_eq!(find(&mut tx, id()).await.unwrap(), None);
        assert_eq!(find_by_number(&mut tx, "0000000000").await.unwrap(), None);
    }

    async fn a_number_exists_once(stage: &Stage) {
        let office = stage.office().await;
        let mut twin = office.clone();
        twin.id = id();
        assert!(insert(&mut stage.write().await, &twin).await.is_err());
    }

    async fn an_office_can_be_renamed(stage: &Stage) {
        let (office, other) = (stage.office().await, stage.office().await);
        let mut tx = stage.write().await;
        rename(&mut tx, office.id, "こすもす介護").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = stage.read().await;
        assert_eq!(find(&mut tx, office.id).await.unwrap().unwrap().name, "こすもす介護");
        assert_eq!(find(&mut tx, other.id).await.unwrap().unwrap().name, other.name);
    }
}
