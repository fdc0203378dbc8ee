use domain::care::Day;
use server::storage::care::batches::{self, BatchStep, StoredBatch};
use uuid::Uuid;

use super::stage::{NOW, Stage, id, on_both_engines};

fn batch(office: Uuid, account: Uuid) -> StoredBatch {
    StoredBatch {
        id: id(),
        account_id: account,
        office_id: office,
        as_of: Day::parse("2025-02-01").unwrap(),
        row_count: 3,
        sealed: vec![0, 1, 255],
        step: BatchStep::Running,
        checked: 0,
        lease: None,
        lease_until: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

on_both_engines! {
    async fn a_list_is_found_by_its_owner_in_its_office_only(stage: &Stage) {
        let account = stage.administrator().await;
        let colleague = stage.administrator_of(account.office_id, "NursingUserA001").await;
        let list = batch(account.office_id, account.id);
        let later = StoredBatch { created_at: NOW.plus_seconds(1), ..batch(account.office_id, account.id) };
        let mut tx = stage.write().await;
        batches::insert(&mut tx, &list).await.unwrap();
        batches::insert(&mut tx, &later).await.unwrap();
        let found = batches::find(&mut tx, account.office_id, account.id, list.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&list));
        assert_eq!(batches::lock(&mut tx, account.office_id, account.id, list.id).await.unwrap(), found);
        assert_eq!(batches::find(&mut tx, account.office_id, colleague, list.id).await.unwrap(), None);
        assert_eq!(batches::find(&mut tx, id(), account.id, list.id).await.unwrap(), None);
        let recent = batches::recent(&mut tx, account.office_id, account.id, 1).await.unwrap();
        assert_eq!(recent, [later], "the newest first");
        assert_eq!(batches::recent(&mut tx, account.office_id, colleague, 9).await.unwrap(), []);
    }

    async fn what_is_done_is_stored_counted_and_deleted_by_age(stage: &Stage) {
        let account = stage.administrator().await;
        let mut list = batch(account.office_id, account.id);
        let mut tx = stage.write().await;
        batches::insert(&mut tx, &list).await.unwrap();
        (list.lease, list.lease_until) = (Some(id()), Some(NOW.plus_minutes(1)));
        list.checked = 2;
        list.sealed = vec![7];
        batches::update(&mut tx, &list).await.unwrap();
        assert_eq!(batches::find(&mut tx, list.office_id, list.account_id, list.id).await.unwrap(), Some(list.clone()));
        (list.step, list.lease, list.lease_until) = (BatchStep::Done, None, None);
        list.updated_at = NOW.plus_minutes(2);
        batches::update(&mut tx, &list).await.unwrap();
        assert_eq!(batches::find(&mut tx, list.office_id, list.account_id, list.id).await.unwrap(), Some(list.clone()));
        assert_eq!(batches::count_since(&mut tx, account.id, NOW.plus_seconds(-1)).await.unwrap(), 1);
        assert_eq!(batches::count_since(&mut tx, account.id, NOW).await.unwrap(), 0);
        assert_eq!(batches::purge(&mut tx, NOW).await.unwrap(), 0);
        // By when it was sent: looking at it again keeps nothing longer.
        assert_eq!(batches::purge(&mut tx, NOW.plus_seconds(1)).await.unwrap(), 1);
    }
}
