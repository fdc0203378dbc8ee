//! When lists were given out as files, to bound how often.

use domain::Timestamp;
use uuid::Uuid;

use super::{StoreError, Tx, row::Stored, tx::on_engine};

/// How many files the account has had since `since`.
pub async fn count_since(tx: &mut Tx, account: Uuid, since: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM member_exports WHERE account_id = $1 AND exported_at >= $2";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(account).bind(since.raw()).fetch_one(conn).await)?)
}

/// Notes a file.
pub async fn insert(tx: &mut Tx, account: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO member_exports (account_id, exported_at) VALUES ($1, $2)";
    on_engine!(tx, conn => sqlx::query(sql).bind(account).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Forgets what was before `before`; answers how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM member_exports WHERE exported_at < $1";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(before.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
