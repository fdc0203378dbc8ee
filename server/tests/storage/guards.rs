use std::sync::Arc;

use domain::{
    account::AccountKind,
    sign_in::{Failures, SignInPolicy},
};
use server::storage::{
    Db,
    guards::{Scope, add_address_failure, address_failures, clear, get, peek, purge, put},
};
use tokio::task::JoinSet;

use super::stage::{NOW, Stage, on_both_engines};

const NOBODY: &str = "kj000000000000";

async fn count_one(db: &Db, policy: &SignInPolicy) {
    let mut tx = db.write().await.unwrap();
    let failures = get(&mut tx, Scope::LoginId, NOBODY).await.unwrap();
    let after = failures.after_failure(AccountKind::Office, policy, NOW);
    put(&mut tx, Scope::LoginId, NOBODY, &after, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

async fn seen(stage: &Stage) -> Failures {
    peek(&mut stage.read().await, Scope::LoginId, NOBODY).await.unwrap()
}

on_both_engines! {
    async fn failures_are_kept_for_ids_that_do_not_exist(stage: &Stage) {
        assert_eq!(seen(stage).await, Failures::default());
        let locked = Failures { count: 2, locks: 1, locked_until: Some(NOW.plus_minutes(30)) };
        let mut tx = stage.write().await;
        assert_eq!(get(&mut tx, Scope::LoginId, NOBODY).await.unwrap(), Failures::default());
        put(&mut tx, Scope::LoginId, NOBODY, &locked, NOW).await.unwrap();
        assert_eq!(get(&mut tx, Scope::LoginId, NOBODY).await.unwrap(), locked);
        assert_eq!(get(&mut tx, Scope::Address, NOBODY).await.unwrap(), Failures::default());
        tx.commit().await.unwrap();
        assert_eq!(seen(stage).await, locked);
        let mut tx = stage.write().await;
        clear(&mut tx, Scope::LoginId, NOBODY).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(seen(stage).await, Failures::default());
    }

    async fn failures_in_parallel_are_all_counted(stage: &Stage) {
        let policy = Arc::new(SignInPolicy { office_failures: 1_000, ..SignInPolicy::default() });
        let servers = [stage.db.clone(), stage.second_server().await];
        let mut tasks = JoinSet::new();
        for task in 0..60 {
            let (db, policy) = (servers[task % 2].clone(), Arc::clone(&policy));
            tasks.spawn(async move { count_one(&db, &policy).await });
        }
        tasks.join_all().await;
        assert_eq!(seen(stage).await.count, 60);
    }

    async fn failures_of_an_address_count_within_their_window(stage: &Stage) {
        let mut tx = stage.write().await;
        for minute in [0, 5, 5, 10] {
            add_address_failure(&mut tx, "192.0.2.1", NOW.plus_minutes(minute)).await.unwrap();
        }
        add_address_failure(&mut tx, "192.0.2.2", NOW).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = stage.read().await;
        assert_eq!(address_failures(&mut tx, "192.0.2.1", NOW).await.unwrap(), 4);
        assert_eq!(address_failures(&mut tx, "192.0.2.1", NOW.plus_minutes(5)).await.unwrap(), 3);
        assert_eq!(address_failures(&mut tx, "192.0.2.1", NOW.plus_minutes(11)).await.unwrap(), 0);
        assert_eq!(address_failures(&mut tx, "192.0.2.3", NOW).await.unwrap(), 0);
    }

    async fn purging_keeps_what_is_recent_or_still_locked(stage: &Stage) {
        let until_noon = Failures { count: 0, locks: 1, locked_until: Some(NOW.plus_minutes(720)) };
        let counted = Failures { count: 1, ..Failures::default() };
        let mut tx = stage.write().await;
        put(&mut tx, Scope::LoginId, "locked", &until_noon, NOW).await.unwrap();
        put(&mut tx, Scope::LoginId, "old", &counted, NOW).await.unwrap();
        put(&mut tx, Scope::LoginId, "recent", &counted, NOW.plus_minutes(60)).await.unwrap();
        add_address_failure(&mut tx, "192.0.2.1", NOW).await.unwrap();
        assert_eq!(purge(&mut tx, NOW.plus_minutes(60)).await.unwrap(), 2);
        assert_eq!(peek(&mut tx, Scope::LoginId, "locked").await.unwrap(), until_noon);
        assert_eq!(peek(&mut tx, Scope::LoginId, "recent").await.unwrap(), counted);
        assert_eq!(peek(&mut tx, Scope::LoginId, "old").await.unwrap(), Failures::default());
    }
}
