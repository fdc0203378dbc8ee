use secrecy::{ExposeSecret, SecretString};
use server::storage::{
    password_grants::{PasswordGrant, count_since, end_all, find_by_token, insert, purge, redeem},
    password_history,
};

use super::stage::{NOW, Stage, id, on_both_engines};

async fn granted(stage: &Stage, account_id: uuid::Uuid, byte: u8) -> PasswordGrant {
    let grant = PasswordGrant {
        id: id(),
        token_hash: vec![byte; 32],
        account_id,
        certificate: (byte == 1).then(|| "ab:cd".to_owned()),
        created_at: NOW.plus_minutes(i64::from(byte)),
        expires_at: NOW.plus_minutes(30),
        used_at: None,
    };
    let mut tx = stage.write().await;
    insert(&mut tx, &grant).await.unwrap();
    tx.commit().await.unwrap();
    grant
}

on_both_engines! {
    async fn a_leave_is_found_by_its_token_and_used_once(stage: &Stage) {
        let account = stage.administrator().await;
        let (first, second) = (granted(stage, account.id, 1).await, granted(stage, account.id, 2).await);
        let mut tx = stage.write().await;
        assert_eq!(find_by_token(&mut tx, &[1; 32]).await.unwrap().as_ref(), Some(&first));
        assert_eq!(find_by_token(&mut tx, &[9; 32]).await.unwrap(), None);
        assert!(redeem(&mut tx, first.id, NOW.plus_minutes(5)).await.unwrap());
        assert!(!redeem(&mut tx, first.id, NOW.plus_minutes(6)).await.unwrap());
        assert_eq!(count_since(&mut tx, account.id, NOW.plus_minutes(1)).await.unwrap(), 1);
        end_all(&mut tx, account.id, NOW.plus_minutes(7)).await.unwrap();
        assert!(!redeem(&mut tx, second.id, NOW.plus_minutes(8)).await.unwrap());
        let used = find_by_token(&mut tx, &[1; 32]).await.unwrap().unwrap();
        assert_eq!(used.used_at, Some(NOW.plus_minutes(5)), "a used one keeps its time");
        assert_eq!(purge(&mut tx, NOW.plus_minutes(30)).await.unwrap(), 0);
        assert_eq!(purge(&mut tx, NOW.plus_minutes(31)).await.unwrap(), 2);
    }

    async fn the_newest_passwords_come_first(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.write().await;
        for n in 0..4_i64 {
            let hash = SecretString::from(format!("hash {n}"));
            password_history::add(&mut tx, account.id, &hash, NOW.plus_minutes(n)).await.unwrap();
        }
        let newest = password_history::newest(&mut tx, account.id, 3).await.unwrap();
        let newest: Vec<&str> = newest.iter().map(ExposeSecret::expose_secret).collect();
        assert_eq!(newest, ["hash 3", "hash 2", "hash 1"]);
    }
}
