//! Authenticator apps and the recovery codes that stand in for them.

use domain::Timestamp;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// An account's authenticator app. An account has one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticator {
    /// Whose it is.
    pub account_id: Uuid,
    /// The secret that it shares with the app, sealed.
    pub secret: Vec<u8>,
    /// Names the key that sealed it.
    pub secret_key: String,
    /// When the secret was made.
    pub created_at: Timestamp,
    /// When the app gave its first right code; until then it counts for nothing.
    pub confirmed_at: Option<Timestamp>,
    /// The newest time step whose code was used.
    pub last_step: i64,
}

read_from_row!(Authenticator { account_id, secret, secret_key, created_at, confirmed_at, last_step });

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT account_id, secret, secret_key, created_at, confirmed_at, last_step FROM authenticators ",
            $rest
        )
    };
}

/// The account's app, confirmed or not.
pub async fn find(tx: &mut Tx, account_id: Uuid) -> Result<Option<Authenticator>, StoreError> {
    let sql = select!("WHERE account_id = $1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(account_id).fetch_optional(conn).await)?)
}

/// Puts a new secret in the place of one that was not confirmed; `false` when there is a confirmed one, which stays.
pub async fn start(tx: &mut Tx, authenticator: &Authenticator) -> Result<bool, StoreError> {
    let sql = "INSERT INTO authenticators (account_id, secret, secret_key, created_at, confirmed_at, last_step)
         VALUES ($1, $2, $5, $3, NULL, $4)
         ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, secret_key = excluded.secret_key,
             created_at = excluded.created_at, last_step = excluded.last_step
         WHERE authenticators.confirmed_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(authenticator.account_id)
        .bind(&authenticator.secret)
        .bind(authenticator.created_at.raw())
        .bind(authenticator.last_step)
        .bind(&authenticator.secret_key)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Apps whose secret was sealed with another key than `key`, at most `at_most`; until this transaction ends, nobody else
/// changes them.
pub async fn sealed_otherwise(tx: &mut Tx, key: &str, at_most: u32) -> Result<Vec<Authenticator>, StoreError> {
    let sql = tx.text(
        select!("WHERE secret_key <> $1 ORDER BY account_id LIMIT $2"),
        select!("WHERE secret_key <> $1 ORDER BY account_id LIMIT $2 FOR UPDATE SKIP LOCKED"),
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(key).bind(i64::from(at_most)).fetch_all(conn).await)?)
}

/// Stores the same secret sealed with the key that `key` names.
pub async fn seal_anew(tx: &mut Tx, account_id: Uuid, secret: &[u8], key: &str) -> Result<(), StoreError> {
    let sql = "UPDATE authenticators SET secret = $2, secret_key = $3 WHERE account_id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(account_id).bind(secret).bind(key).execute(conn).await.map(drop))?;
    Ok(())
}

/// The app gave its first right code; `false` when it had done so before.
pub async fn confirm(tx: &mut Tx, account_id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE authenticators SET confirmed_at = $2 WHERE account_id = $1 AND confirmed_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Uses up the codes of `step` and of every step before it: `true` for exactly one caller.
pub async fn use_step(tx: &mut Tx, account_id: Uuid, step: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE authenticators SET last_step = $2 WHERE account_id = $1 AND last_step < $2";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .bind(step)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Forgets the app and its recovery codes; `false` when there was no confirmed one.
pub async fn delete(tx: &mut Tx, account_id: Uuid) -> Result<bool, StoreError> {
    delete_recovery_codes(tx, account_id).await?;
    let sql = "DELETE FROM authenticators WHERE account_id = $1 AND confirmed_at IS NOT NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

async fn delete_recovery_codes(tx: &mut Tx, account_id: Uuid) -> Result<(), StoreError> {
    let sql = "DELETE FROM recovery_codes WHERE account_id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(account_id).execute(conn).await.map(drop))?;
    Ok(())
}

/// Puts new recovery codes, hashed with the key that `key` names, in the place of all earlier ones.
pub async fn replace_recovery_codes(
    tx: &mut Tx,
    account_id: Uuid,
    hashes: &[Vec<u8>],
    key: &str,
) -> Result<(), StoreError> {
    delete_recovery_codes(tx, account_id).await?;
    let sql = "INSERT INTO recovery_codes (account_id, code_hash, code_key) VALUES ($1, $2, $3)";
    for hash in hashes {
        on_engine!(tx, conn => sqlx::query(sql).bind(account_id).bind(hash).bind(key).execute(conn).await.map(drop))?;
    }
    Ok(())
}

/// How many recovery codes are left that were hashed with the present key or the one before, if that is still known.
pub async fn recovery_codes_left(
    tx: &mut Tx,
    account_id: Uuid,
    key: &str,
    previous: Option<&str>,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM recovery_codes
         WHERE account_id = $1 AND used_at IS NULL AND code_key IN ('', $2, $3)";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql)
        .bind(account_id)
        .bind(key)
        .bind(previous.unwrap_or(key))
        .fetch_one(conn).await)?)
}

/// How many unused recovery codes of all accounts were hashed with another key than `key`.
pub async fn recovery_codes_hashed_otherwise(tx: &mut Tx, key: &str) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM recovery_codes WHERE used_at IS NULL AND code_key <> $1";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(key).fetch_one(conn).await)?)
}

/// What became of a recovery code that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// It was good, and is used up now: the answer to exactly one caller.
    Now,
    /// It was used up before.
    Before,
    /// The account has no such code.
    Unknown,
}

/// Uses up a recovery code.
pub async fn redeem_recovery_code(
    tx: &mut Tx,
    account_id: Uuid,
    code_hash: &[u8],
    now: Timestamp,
) -> Result<Redeemed, StoreError> {
    let sql = "UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .bind(code_hash)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if done == 1 {
        return Ok(Redeemed::Now);
    }
    let sql = "SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1 AND code_hash = $2";
    let known: i64 =
        on_engine!(tx, conn => sqlx::query_scalar(sql).bind(account_id).bind(code_hash).fetch_one(conn).await)?;
    Ok(if known > 0 { Redeemed::Before } else { Redeemed::Unknown })
}
