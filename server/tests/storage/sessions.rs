use server::storage::sessions::{EndReason, Session, count_open, end, end_all, find_by_token, insert, touch};
use uuid::Uuid;

use super::stage::{NOW, Stage, id, member, on_both_engines};

fn session(account_id: Uuid, token: u8) -> Session {
    Session {
        id: id(),
        token_hash: vec![token; 32],
        account_id,
        certificate: "ab:cd".to_owned(),
        created_at: NOW,
        last_seen_at: NOW,
        ended_at: None,
        end_reason: None,
        user_agent: "Mozilla/5.0".to_owned(),
        address: "192.0.2.1".to_owned(),
        confirmed_at: Some(NOW),
    }
}

async fn begun(stage: &Stage, account_id: Uuid, token: u8) -> Session {
    let session = session(account_id, token);
    let mut tx = stage.write().await;
    insert(&mut tx, &session).await.unwrap();
    tx.commit().await.unwrap();
    session
}

async fn stored(stage: &Stage, token: u8) -> Option<Session> {
    find_by_token(&mut stage.read().await, &[token; 32]).await.unwrap()
}

on_both_engines! {
    async fn a_session_is_found_by_its_token_only(stage: &Stage) {
        let session = begun(stage, stage.administrator().await.id, 1).await;
        assert_eq!(stored(stage, 1).await, Some(session.clone()));
        assert_eq!(stored(stage, 2).await, None);
        let twin = Session { id: id(), ..session };
        assert!(insert(&mut stage.write().await, &twin).await.is_err());
    }

    async fn only_sessions_that_still_hold_are_counted(stage: &Stage) {
        let account = stage.administrator().await.id;
        let ended = begun(stage, account, 1).await;
        begun(stage, account, 2).await;
        let other = member(stage.office().await.id, "somebody");
        stage.add(&other).await.unwrap();
        begun(stage, other.id, 3).await;
        let mut tx = stage.write().await;
        end(&mut tx, ended.id, EndReason::Revoked, NOW).await.unwrap();
        let before = NOW.plus_seconds(-1);
        assert_eq!(count_open(&mut tx, account, before, before).await.unwrap(), 1);
        assert_eq!(count_open(&mut tx, account, NOW, before).await.unwrap(), 0, "too old");
        assert_eq!(count_open(&mut tx, account, before, NOW).await.unwrap(), 0, "idle");
    }

    async fn activity_never_goes_back_in_time(stage: &Stage) {
        let session = begun(stage, stage.administrator().await.id, 1).await;
        let mut tx = stage.write().await;
        touch(&mut tx, session.id, NOW.plus_seconds(9)).await.unwrap();
        touch(&mut tx, session.id, NOW.plus_seconds(5)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stored(stage, 1).await.unwrap().last_seen_at, NOW.plus_seconds(9));
    }

    async fn a_session_ends_once_and_keeps_its_reason(stage: &Stage) {
        let session = begun(stage, stage.administrator().await.id, 1).await;
        let mut tx = stage.write().await;
        assert!(end(&mut tx, session.id, EndReason::Idle, NOW).await.unwrap());
        assert!(!end(&mut tx, session.id, EndReason::SignedOut, NOW.plus_seconds(1)).await.unwrap());
        touch(&mut tx, session.id, NOW.plus_seconds(9)).await.unwrap();
        tx.commit().await.unwrap();
        let ended = Session { ended_at: Some(NOW), end_reason: Some(EndReason::Idle), ..session };
        assert_eq!(stored(stage, 1).await, Some(ended));
    }

    async fn all_sessions_of_one_account_end_but_the_one_kept(stage: &Stage) {
        let account = stage.administrator().await;
        let other = member(account.office_id, "NursingUserA001");
        stage.add(&other).await.unwrap();
        let kept = begun(stage, account.id, 1).await;
        begun(stage, account.id, 2).await;
        let early = begun(stage, account.id, 3).await;
        begun(stage, other.id, 4).await;
        let mut tx = stage.write().await;
        end(&mut tx, early.id, EndReason::SignedOut, NOW).await.unwrap();
        let reason = EndReason::PasswordChanged;
        assert_eq!(end_all(&mut tx, account.id, Some(kept.id), reason, NOW).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(stored(stage, 1).await.unwrap().ended_at, None);
        assert_eq!(stored(stage, 2).await.unwrap().end_reason, Some(reason));
        assert_eq!(stored(stage, 3).await.unwrap().end_reason, Some(EndReason::SignedOut));
        assert_eq!(stored(stage, 4).await.unwrap().ended_at, None);
        let mut tx = stage.write().await;
        assert_eq!(end_all(&mut tx, account.id, None, EndReason::AccountDeleted, NOW).await.unwrap(), 1);
    }

    async fn every_reason_survives_the_way_back(stage: &Stage) {
        use EndReason::*;
        let account = stage.administrator().await;
        let reasons = [
            SignedOut, Idle, TooOld, AccountDeleted, AccountSuspended, RightsChanged, PasswordChanged, Revoked,
            SignedInAgain,
        ];
        for (token, reason) in (1..).zip(reasons) {
            let session = begun(stage, account.id, token).await;
            let mut tx = stage.write().await;
            end(&mut tx, session.id, reason, NOW).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(stored(stage, token).await.unwrap().end_reason, Some(reason));
        }
    }
}
