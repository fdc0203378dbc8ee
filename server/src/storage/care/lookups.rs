//! 本人確認 under way: attempts, which are limited, and who was found.

use domain::Timestamp;
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// Somebody who was found, for the account that looked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Match {
    pub id: Uuid,
    pub account_id: Uuid,
    pub person_id: Uuid,
    pub identified_by: String,
    pub purpose: String,
    pub created_at: Timestamp,
}

read_from_row!(Match { id, account_id, person_id, identified_by, purpose, created_at });

macro_rules! lock_account {
    ($rest:literal) => {
        concat!("SELECT id FROM accounts WHERE id = $1", $rest)
    };
}

/// How many look-ups of this account since `since` found nobody, or are under way. Until this transaction ends, every
/// other one that asks waits, so that many at once cannot slip through together.
pub async fn attempts(tx: &mut Tx, account: Uuid, since: Timestamp) -> Result<i64, StoreError> {
    let lock = tx.text(lock_account!(""), lock_account!(" FOR NO KEY UPDATE"));
    on_engine!(tx, conn => sqlx::query(lock).bind(account).execute(conn).await.map(drop))?;
    let sql = "SELECT COUNT(*) FROM care_lookups WHERE account_id = $1 AND at >= $2";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(account).bind(since.raw()).fetch_one(conn).await)?)
}

/// Counts a look-up.
pub async fn add_attempt(tx: &mut Tx, id: Uuid, account: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO care_lookups (id, account_id, at) VALUES ($1, $2, $3)";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(account).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Does not count a look-up after all: it found somebody.
pub async fn forget_attempt(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    let sql = "DELETE FROM care_lookups WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).execute(conn).await.map(drop))?;
    Ok(())
}

/// Keeps who was found.
pub async fn insert_match(tx: &mut Tx, found: &Match) -> Result<(), StoreError> {
    let sql = "INSERT INTO care_matches (id, account_id, person_id, identified_by, purpose, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(found.id)
        .bind(found.account_id)
        .bind(found.person_id)
        .bind(&found.identified_by)
        .bind(&found.purpose)
        .bind(found.created_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Who this account found since `since`.
pub async fn find_match(tx: &mut Tx, account: Uuid, id: Uuid, since: Timestamp) -> Result<Option<Match>, StoreError> {
    let sql = "SELECT id, account_id, person_id, identified_by, purpose, created_at FROM care_matches
         WHERE id = $1 AND account_id = $2 AND created_at > $3";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(id)
        .bind(account)
        .bind(since.raw())
        .fetch_optional(conn).await)?)
}

/// Deletes attempts and matches from before `before`.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let mut deleted = 0;
    for sql in ["DELETE FROM care_lookups WHERE at < $1", "DELETE FROM care_matches WHERE created_at < $1"] {
        deleted += on_engine!(tx, conn => sqlx::query(sql)
            .bind(before.raw())
            .execute(conn).await.map(|done| done.rows_affected()))?;
    }
    Ok(deleted)
}
