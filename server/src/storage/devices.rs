//! Browsers that accounts have signed in with, known by a cookie that lasts.

use domain::Timestamp;
use uuid::Uuid;

use super::{StoreError, Tx, row::Stored, tx::on_engine};

/// What is known of a browser with which an account signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acquaintance {
    /// The account has used it before.
    Known,
    /// The account has used others only.
    New,
    /// The account has never used any.
    First,
}

/// Notes a sign-in with the browser whose token has this hash; answers what was known of it until then.
pub async fn note(
    tx: &mut Tx,
    account_id: Uuid,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Acquaintance, StoreError> {
    let count = "SELECT COUNT(*) FROM devices WHERE account_id = $1";
    let known: i64 = on_engine!(tx, conn => sqlx::query_scalar(count).bind(account_id).fetch_one(conn).await)?;
    let again = "UPDATE devices SET last_used_at = $3 WHERE account_id = $1 AND token_hash = $2";
    let updated = on_engine!(tx, conn => sqlx::query(again)
        .bind(account_id)
        .bind(token_hash)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if updated > 0 {
        return Ok(Acquaintance::Known);
    }
    let sql = "INSERT INTO devices (account_id, token_hash, first_used_at, last_used_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (account_id, token_hash) DO NOTHING";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .bind(token_hash)
        .bind(now.raw())
        .execute(conn).await.map(drop))?;
    Ok(if known == 0 { Acquaintance::First } else { Acquaintance::New })
}

/// Forgets browsers that were last used before then.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM devices WHERE last_used_at < $1";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(before.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
