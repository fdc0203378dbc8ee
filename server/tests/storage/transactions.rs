use server::storage::{StoreError, accounts, offices};

use super::stage::{NOW, Stage, id, member, on_both_engines};

on_both_engines! {
    async fn a_dropped_transaction_leaves_nothing(stage: &Stage) {
        let office = stage.office().await;
        let mut tx = stage.write().await;
        offices::rename(&mut tx, office.id, "別名").await.unwrap();
        drop(tx);
        let found = offices::find(&mut stage.read().await, office.id).await.unwrap().unwrap();
        assert_eq!(found.name, office.name);
    }

    async fn a_reading_transaction_sees_one_moment(stage: &Stage) {
        let office = stage.office().await;
        let mut reading = stage.read().await;
        offices::find(&mut reading, office.id).await.unwrap();
        let mut tx = stage.write().await;
        offices::rename(&mut tx, office.id, "別名").await.unwrap();
        tx.commit().await.unwrap();
        let then = offices::find(&mut reading, office.id).await.unwrap().unwrap();
        let now = offices::find(&mut stage.read().await, office.id).await.unwrap().unwrap();
        assert_eq!((then.name.as_str(), now.name.as_str()), (office.name.as_str(), "別名"));
    }

    async fn a_reading_transaction_cannot_write(stage: &Stage) {
        let office = stage.office().await;
        assert!(offices::rename(&mut stage.read().await, office.id, "別名").await.is_err());
    }

    async fn without_a_free_connection_the_answer_is_busy_not_silence(stage: &Stage) {
        let mut open = Vec::new();
        let refused = loop {
            match stage.db.read().await {
                Ok(tx) => open.push(tx),
                Err(error) => break error,
            }
        };
        assert!(matches!(refused, StoreError::Busy), "{refused:?}");
        drop(open);
        assert!(stage.db.ready().await);
    }

    async fn nothing_refers_to_what_does_not_exist(stage: &Stage) {
        assert!(matches!(stage.add(&member(id(), "NursingUserA000")).await, Err(StoreError::Sql(_))));
    }

    async fn times_keep_their_microseconds(stage: &Stage) {
        let account = stage.administrator().await;
        let precise = domain::Timestamp::from_micros(NOW.micros() + 123_457);
        let mut tx = stage.write().await;
        accounts::set_last_sign_in(&mut tx, account.id, precise).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stage.stored(account.id).await.last_sign_in_at, Some(precise));
    }

    async fn an_unreadable_value_is_told_from_other_errors(stage: &Stage) {
        let account = stage.administrator().await;
        stage.raw("UPDATE accounts SET email = 'no address'").await.unwrap();
        let found = accounts::find(&mut stage.read().await, account.id).await;
        assert!(matches!(found, Err(StoreError::Corrupt("email"))), "{found:?}");
    }
}
