use std::collections::BTreeSet;

use server::storage::{
    Db,
    outbox::{Channel, Leased, Message, delivered, enqueue, failed, given_up, lease_due, next_due, pending},
};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::stage::{NOW, Stage, id, on_both_engines};

fn message(second: i64) -> Message {
    Message {
        id: id(),
        channel: Channel::Mail,
        sealed: b"sealed".to_vec(),
        kind: "sign_in_code".to_owned(),
        created_at: NOW.plus_seconds(second),
        not_after: Some(NOW.plus_minutes(30)),
    }
}

async fn enqueued(stage: &Stage, second: i64) -> Message {
    let message = message(second);
    let mut tx = stage.write().await;
    enqueue(&mut tx, &message).await.unwrap();
    tx.commit().await.unwrap();
    message
}

/// Leases for a minute.
async fn leased(db: &Db, second: i64, limit: u32) -> Vec<Leased> {
    let mut tx = db.write().await.unwrap();
    let leased = lease_due(&mut tx, NOW.plus_seconds(second), NOW.plus_seconds(second + 60), limit).await.unwrap();
    tx.commit().await.unwrap();
    leased
}

/// Leases whatever is due until nothing is, a few at a time.
async fn drain(db: Db) -> Vec<Uuid> {
    let mut taken = Vec::new();
    loop {
        let batch = leased(&db, 10, 3).await;
        if batch.is_empty() {
            return taken;
        }
        taken.extend(batch.into_iter().map(|leased| leased.message.id));
    }
}

on_both_engines! {
    async fn a_message_is_leased_once_and_delivered(stage: &Stage) {
        let message = enqueued(stage, 0).await;
        assert_eq!(next_due(&mut stage.read().await).await.unwrap(), Some(NOW));
        let batch = leased(&stage.db, 0, 10).await;
        assert_eq!(batch.len(), 1);
        assert_eq!((&batch[0].message, batch[0].tries), (&message, 1));
        assert!(leased(&stage.db, 1, 10).await.is_empty());
        assert_eq!(next_due(&mut stage.read().await).await.unwrap(), Some(NOW.plus_seconds(60)));
        assert_eq!(pending(&mut stage.read().await).await.unwrap(), 1);
        let mut tx = stage.write().await;
        assert!(delivered(&mut tx, message.id, batch[0].lease, NOW).await.unwrap());
        assert!(!delivered(&mut tx, message.id, batch[0].lease, NOW).await.unwrap());
        assert_eq!(pending(&mut tx).await.unwrap(), 0);
        assert_eq!(next_due(&mut tx).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert!(leased(&stage.db, 600, 10).await.is_empty());
        // The table itself refuses to keep the content of a message that is done.
        assert!(stage.raw("UPDATE outbox SET sealed = 'x'").await.is_err());
    }

    async fn the_longest_due_come_first_and_not_before_their_time(stage: &Stage) {
        let late = enqueued(stage, 20).await;
        let early = enqueued(stage, 5).await;
        let middle = enqueued(stage, 10).await;
        assert!(leased(&stage.db, 0, 10).await.is_empty());
        let ids = |batch: Vec<Leased>| batch.into_iter().map(|leased| leased.message.id).collect::<Vec<_>>();
        assert_eq!(ids(leased(&stage.db, 30, 2).await), [early.id, middle.id]);
        assert_eq!(ids(leased(&stage.db, 30, 2).await), [late.id]);
    }

    async fn a_lease_that_ran_out_is_worthless(stage: &Stage) {
        let message = enqueued(stage, 0).await;
        let hung = leased(&stage.db, 0, 1).await.remove(0);
        let second = leased(&stage.db, 60, 1).await.remove(0);
        assert_eq!((second.message.id, second.tries), (message.id, 2));
        assert_ne!(hung.lease, second.lease);
        let mut tx = stage.write().await;
        assert!(!delivered(&mut tx, message.id, hung.lease, NOW).await.unwrap());
        assert!(!failed(&mut tx, message.id, hung.lease, NOW, "timeout").await.unwrap());
        assert!(!given_up(&mut tx, message.id, hung.lease, NOW, "timeout").await.unwrap());
        assert!(delivered(&mut tx, message.id, second.lease, NOW).await.unwrap());
    }

    async fn a_failed_message_is_due_again_later_and_may_be_given_up(stage: &Stage) {
        let message = enqueued(stage, 0).await;
        let first = leased(&stage.db, 0, 1).await.remove(0);
        let mut tx = stage.write().await;
        assert!(failed(&mut tx, message.id, first.lease, NOW.plus_seconds(20), "refused").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(next_due(&mut stage.read().await).await.unwrap(), Some(NOW.plus_seconds(20)));
        assert!(leased(&stage.db, 19, 1).await.is_empty());
        let second = leased(&stage.db, 20, 1).await.remove(0);
        assert_eq!((second.tries, second.message.sealed.as_slice()), (2, b"sealed".as_slice()));
        let mut tx = stage.write().await;
        assert!(given_up(&mut tx, message.id, second.lease, NOW, "no such recipient").await.unwrap());
        assert_eq!(pending(&mut tx).await.unwrap(), 0);
    }

    async fn a_message_of_an_undone_change_does_not_exist(stage: &Stage) {
        let mut tx = stage.write().await;
        enqueue(&mut tx, &message(0)).await.unwrap();
        drop(tx);
        assert_eq!(pending(&mut stage.read().await).await.unwrap(), 0);
    }

    async fn workers_never_get_the_same_message(stage: &Stage) {
        let mut all = BTreeSet::new();
        for _ in 0..60 {
            all.insert(enqueued(stage, 0).await.id);
        }
        let mut workers = JoinSet::new();
        for _ in 0..2 {
            workers.spawn(drain(stage.db.clone()));
            workers.spawn(drain(stage.second_server().await));
        }
        let taken: Vec<Uuid> = workers.join_all().await.into_iter().flatten().collect();
        assert_eq!(taken.len(), all.len());
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>(), all);
    }
}
