//! One-time codes of a started sign-in. Only keyed hashes are stored.

use domain::Timestamp;
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// A one-time code that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Which one.
    pub id: Uuid,
    /// The sign-in that it belongs to; it is good for no other.
    pub attempt_id: Uuid,
    /// Keyed hash of the digits.
    pub code_hash: Vec<u8>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// From then on it is refused.
    pub expires_at: Timestamp,
    /// When it was redeemed.
    pub used_at: Option<Timestamp>,
}

read_from_row!(Code { id, attempt_id, code_hash, created_at, expires_at, used_at });

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, attempt_id, code_hash, created_at, expires_at, used_at FROM one_time_codes ", $rest)
    };
}

/// Adds a code.
pub async fn insert_code(tx: &mut Tx, code: &Code) -> Result<(), StoreError> {
    let sql = "INSERT INTO one_time_codes (id, attempt_id, code_hash, created_at, expires_at, used_at)
         VALUES ($1, $2, $3, $4, $5, $6)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(code.id)
        .bind(code.attempt_id)
        .bind(&code.code_hash)
        .bind(code.created_at.raw())
        .bind(code.expires_at.raw())
        .bind(code.used_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The newest code of a sign-in, redeemed or not.
pub async fn newest_code(tx: &mut Tx, attempt_id: Uuid) -> Result<Option<Code>, StoreError> {
    let sql = select!("WHERE attempt_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(attempt_id).fetch_optional(conn).await)?)
}

/// The code of this sign-in with this hash, expired or used ones as well.
///
/// Two codes of one sign-in may happen to be the same digits: one that is still good comes before one that was used.
pub async fn find_code(tx: &mut Tx, attempt_id: Uuid, code_hash: &[u8]) -> Result<Option<Code>, StoreError> {
    let sql = select!(
        "WHERE attempt_id = $1 AND code_hash = $2
         ORDER BY CASE WHEN used_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id DESC LIMIT 1"
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(attempt_id).bind(code_hash).fetch_optional(conn).await)?)
}

/// Uses up a code: `true` for exactly one caller, and only before the code expires.
pub async fn redeem_code(tx: &mut Tx, code_id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE one_time_codes SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(code_id)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}
