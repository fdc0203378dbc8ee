use app::services::sign_in::{CodeChannel, Step};
use server::storage::sign_ins::{
    Attempt, Code, count_code_sent, count_wrong_code, end, end_all, find_by_token, find_code, insert, insert_code,
    lock_by_token, newest_code, redeem_code, set_channel, set_step,
};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::stage::{NOW, Stage, id, on_both_engines};

async fn started(stage: &Stage) -> Attempt {
    let attempt = Attempt {
        id: id(),
        token_hash: vec![7; 32],
        account_id: stage.administrator().await.id,
        certificate: "ab:cd".to_owned(),
        step: Step::SecurityCode,
        created_at: NOW,
        expires_at: NOW.plus_minutes(60),
        wrong_codes: 0,
        codes_sent: 0,
        last_code_at: None,
        ended_at: None,
        channel: None,
    };
    let mut tx = stage.write().await;
    insert(&mut tx, &attempt).await.unwrap();
    tx.commit().await.unwrap();
    attempt
}

async fn sent(stage: &Stage, attempt_id: Uuid, hash: u8, minute: i64) -> Code {
    let created_at = NOW.plus_minutes(minute);
    let code = Code {
        id: id(),
        attempt_id,
        code_hash: vec![hash; 32],
        created_at,
        expires_at: created_at.plus_minutes(30),
        used_at: None,
    };
    let mut tx = stage.write().await;
    insert_code(&mut tx, &code).await.unwrap();
    tx.commit().await.unwrap();
    code
}

on_both_engines! {
    async fn every_sign_in_under_way_ends_and_ended_ones_keep_their_time(stage: &Stage) {
        let attempt = started(stage).await;
        let mut tx = stage.write().await;
        end_all(&mut tx, id(), NOW.plus_seconds(1)).await.unwrap();
        assert_eq!(find_by_token(&mut tx, &[7; 32]).await.unwrap().unwrap().ended_at, None, "somebody else's");
        end_all(&mut tx, attempt.account_id, NOW.plus_seconds(2)).await.unwrap();
        end_all(&mut tx, attempt.account_id, NOW.plus_seconds(3)).await.unwrap();
        assert_eq!(find_by_token(&mut tx, &[7; 32]).await.unwrap().unwrap().ended_at, Some(NOW.plus_seconds(2)));
    }

    async fn a_sign_in_is_found_by_its_token_with_everything_that_happened(stage: &Stage) {
        let attempt = started(stage).await;
        let mut tx = stage.write().await;
        assert_eq!(lock_by_token(&mut tx, &[7; 32]).await.unwrap(), Some(attempt.clone()));
        assert_eq!(lock_by_token(&mut tx, &[8; 32]).await.unwrap(), None);
        set_step(&mut tx, attempt.id, Step::Code).await.unwrap();
        set_channel(&mut tx, attempt.id, CodeChannel::Sms).await.unwrap();
        count_code_sent(&mut tx, attempt.id, NOW.plus_seconds(1)).await.unwrap();
        count_code_sent(&mut tx, attempt.id, NOW.plus_seconds(2)).await.unwrap();
        assert_eq!(count_wrong_code(&mut tx, attempt.id).await.unwrap(), 1);
        end(&mut tx, attempt.id, NOW.plus_seconds(3)).await.unwrap();
        end(&mut tx, attempt.id, NOW.plus_seconds(4)).await.unwrap();
        tx.commit().await.unwrap();
        let expected = Attempt {
            step: Step::Code,
            codes_sent: 2,
            last_code_at: Some(NOW.plus_seconds(2)),
            wrong_codes: 1,
            ended_at: Some(NOW.plus_seconds(3)),
            channel: Some(CodeChannel::Sms),
            ..attempt
        };
        assert_eq!(find_by_token(&mut stage.read().await, &[7; 32]).await.unwrap(), Some(expected));
    }

    async fn every_step_survives_the_way_back(stage: &Stage) {
        let attempt = started(stage).await;
        for step in [Step::Code, Step::SendCode, Step::SecurityCode] {
            let mut tx = stage.write().await;
            set_step(&mut tx, attempt.id, step).await.unwrap();
            assert_eq!(find_by_token(&mut tx, &[7; 32]).await.unwrap().unwrap().step, step);
        }
    }

    async fn wrong_codes_in_parallel_are_all_counted(stage: &Stage) {
        let attempt = started(stage).await;
        let mut tasks = JoinSet::new();
        for _ in 0..40 {
            let db = stage.db.clone();
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                let count = count_wrong_code(&mut tx, attempt.id).await.unwrap();
                tx.commit().await.unwrap();
                count
            });
        }
        let mut counts = tasks.join_all().await;
        counts.sort_unstable();
        assert_eq!(counts, (1..=40).collect::<Vec<i64>>());
    }

    async fn the_newest_code_is_known_and_older_ones_are_still_found(stage: &Stage) {
        let attempt = started(stage).await;
        assert_eq!(newest_code(&mut stage.read().await, attempt.id).await.unwrap(), None);
        let first = sent(stage, attempt.id, 1, 0).await;
        let second = sent(stage, attempt.id, 2, 1).await;
        let mut tx = stage.read().await;
        assert_eq!(newest_code(&mut tx, attempt.id).await.unwrap(), Some(second));
        assert_eq!(find_code(&mut tx, attempt.id, &first.code_hash).await.unwrap(), Some(first.clone()));
        assert_eq!(find_code(&mut tx, attempt.id, &[3; 32]).await.unwrap(), None);
        assert_eq!(find_code(&mut tx, id(), &first.code_hash).await.unwrap(), None);
    }

    async fn of_two_codes_with_the_same_digits_the_good_one_is_found(stage: &Stage) {
        let attempt = started(stage).await;
        let (older, newer) = (sent(stage, attempt.id, 1, 0).await, sent(stage, attempt.id, 1, 1).await);
        let mut tx = stage.write().await;
        assert!(redeem_code(&mut tx, newer.id, NOW.plus_minutes(2)).await.unwrap());
        assert_eq!(find_code(&mut tx, attempt.id, &[1; 32]).await.unwrap(), Some(older));
    }

    async fn a_code_is_redeemed_once_and_only_before_it_expires(stage: &Stage) {
        let attempt = started(stage).await;
        let code = sent(stage, attempt.id, 1, 0).await;
        let mut tx = stage.write().await;
        assert!(!redeem_code(&mut tx, code.id, code.expires_at).await.unwrap());
        assert!(redeem_code(&mut tx, code.id, NOW.plus_seconds(1)).await.unwrap());
        assert!(!redeem_code(&mut tx, code.id, NOW.plus_seconds(2)).await.unwrap());
        let used = Code { used_at: Some(NOW.plus_seconds(1)), ..code };
        assert_eq!(newest_code(&mut tx, attempt.id).await.unwrap(), Some(used));
    }

    async fn a_thousand_at_once_redeem_a_code_exactly_once(stage: &Stage) {
        let code = sent(stage, started(stage).await.id, 1, 0).await;
        let servers = [stage.db.clone(), stage.second_server().await];
        let mut tasks = JoinSet::new();
        for task in 0..1_000 {
            let db = servers[task % 2].clone();
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                let redeemed = redeem_code(&mut tx, code.id, NOW.plus_seconds(1)).await.unwrap();
                tx.commit().await.unwrap();
                redeemed
            });
        }
        let redeemed = tasks.join_all().await.into_iter().filter(|redeemed| *redeemed).count();
        assert_eq!(redeemed, 1);
    }
}
