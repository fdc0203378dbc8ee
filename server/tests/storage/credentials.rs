use server::storage::{
    authenticators::{self, Authenticator, Redeemed},
    devices::{self, Acquaintance},
    passkeys::{Challenge, Purpose, insert_challenge, purge_challenges, take_challenge},
};
use uuid::Uuid;

use super::stage::{NOW, Stage, member, on_both_engines};

fn challenge(token: u8) -> Challenge {
    Challenge {
        token_hash: vec![token; 32],
        purpose: Purpose::SignIn,
        session_id: None,
        certificate: "ab:cd".to_owned(),
        state: "{}".to_owned(),
        expires_at: NOW.plus_minutes(10),
    }
}

async fn with_app(stage: &Stage) -> Uuid {
    let account_id = stage.administrator().await.id;
    let app = Authenticator {
        account_id,
        secret: vec![1],
        secret_key: "k".to_owned(),
        created_at: NOW,
        confirmed_at: None,
        last_step: 7,
    };
    let mut tx = stage.write().await;
    assert!(authenticators::start(&mut tx, &app).await.unwrap());
    assert!(authenticators::confirm(&mut tx, account_id, NOW).await.unwrap());
    authenticators::replace_recovery_codes(&mut tx, account_id, &[vec![1], vec![2]], "k").await.unwrap();
    tx.commit().await.unwrap();
    account_id
}

async fn second(stage: &Stage) -> Uuid {
    let account = member(stage.office().await.id, "NursingUserA001");
    stage.add(&account).await.unwrap();
    account.id
}

on_both_engines! {
    async fn a_challenge_is_taken_once(stage: &Stage) {
        let mut tx = stage.write().await;
        insert_challenge(&mut tx, &challenge(1)).await.unwrap();
        insert_challenge(&mut tx, &challenge(2)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = stage.write().await;
        assert_eq!(take_challenge(&mut tx, &[1; 32]).await.unwrap(), Some(challenge(1)));
        assert_eq!(take_challenge(&mut tx, &[1; 32]).await.unwrap(), None);
        assert_eq!(take_challenge(&mut tx, &[9; 32]).await.unwrap(), None);
        assert_eq!(purge_challenges(&mut tx, NOW.plus_minutes(10)).await.unwrap(), 0, "still good");
        assert_eq!(purge_challenges(&mut tx, NOW.plus_minutes(11)).await.unwrap(), 1);
    }

    async fn a_confirmed_app_keeps_its_secret(stage: &Stage) {
        let account_id = with_app(stage).await;
        let other = Authenticator { account_id, secret: vec![2], secret_key: "k".to_owned(), created_at: NOW, confirmed_at: None, last_step: 0 };
        let mut tx = stage.write().await;
        assert!(!authenticators::start(&mut tx, &other).await.unwrap());
        let stored = authenticators::find(&mut tx, account_id).await.unwrap().unwrap();
        assert_eq!((stored.secret, stored.confirmed_at, stored.last_step), (vec![1], Some(NOW), 7));
    }

    async fn a_time_step_is_used_once_and_never_an_earlier_one(stage: &Stage) {
        let account_id = with_app(stage).await;
        let mut tx = stage.write().await;
        assert!(!authenticators::use_step(&mut tx, account_id, 7).await.unwrap());
        assert!(authenticators::use_step(&mut tx, account_id, 9).await.unwrap());
        assert!(!authenticators::use_step(&mut tx, account_id, 8).await.unwrap());
        assert!(!authenticators::use_step(&mut tx, account_id, 9).await.unwrap());
    }

    async fn recovery_codes_are_used_once_and_replaced_as_a_whole(stage: &Stage) {
        let account_id = with_app(stage).await;
        let mut tx = stage.write().await;
        let redeem = async |tx: &mut server::storage::Tx, code: u8| {
            authenticators::redeem_recovery_code(tx, account_id, &[code], NOW).await.unwrap()
        };
        assert_eq!(redeem(&mut tx, 1).await, Redeemed::Now);
        assert_eq!(redeem(&mut tx, 1).await, Redeemed::Before);
        assert_eq!(redeem(&mut tx, 3).await, Redeemed::Unknown);
        for (key, previous, left) in [("k", None, 1), ("new", Some("k"), 1), ("new", None, 0)] {
            let counted = authenticators::recovery_codes_left(&mut tx, account_id, key, previous).await.unwrap();
            assert_eq!(counted, left, "{key} {previous:?}");
        }
        assert_eq!(authenticators::recovery_codes_hashed_otherwise(&mut tx, "new").await.unwrap(), 1);
        authenticators::replace_recovery_codes(&mut tx, account_id, &[vec![3]], "k").await.unwrap();
        assert_eq!(redeem(&mut tx, 2).await, Redeemed::Unknown);
        assert!(authenticators::delete(&mut tx, account_id).await.unwrap());
        assert_eq!(redeem(&mut tx, 3).await, Redeemed::Unknown);
        assert!(!authenticators::delete(&mut tx, account_id).await.unwrap());
    }

    async fn a_browser_is_new_to_each_account_once(stage: &Stage) {
        let (own, other) = (stage.administrator().await.id, second(stage).await);
        let mut tx = stage.write().await;
        assert_eq!(devices::note(&mut tx, own, &[1], NOW).await.unwrap(), Acquaintance::First);
        assert_eq!(devices::note(&mut tx, own, &[1], NOW).await.unwrap(), Acquaintance::Known);
        assert_eq!(devices::note(&mut tx, own, &[2], NOW.plus_minutes(1)).await.unwrap(), Acquaintance::New);
        assert_eq!(devices::note(&mut tx, other, &[1], NOW).await.unwrap(), Acquaintance::First);
        assert_eq!(devices::purge(&mut tx, NOW.plus_minutes(1)).await.unwrap(), 2);
        assert_eq!(devices::note(&mut tx, own, &[2], NOW).await.unwrap(), Acquaintance::Known);
    }
}
