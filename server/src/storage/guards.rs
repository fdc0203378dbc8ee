//! What counts towards a lock: failures per ユーザID, whether or not it exists, and failures per address.

use std::collections::HashSet;

use domain::{Timestamp, sign_in::Failures};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

/// What a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The key of a ユーザID (`LoginId::key`).
    LoginId,
    /// An IP address.
    Address,
}

stored_as_code!(Scope { LoginId => "login_id", Address => "address" });

struct Guard {
    failures: i64,
    locks: i64,
    locked_until: Option<Timestamp>,
}

read_from_row!(Guard { failures, locks, locked_until });

impl From<Guard> for Failures {
    fn from(guard: Guard) -> Self {
        Self { count: guard.failures, locks: guard.locks, locked_until: guard.locked_until }
    }
}

/// The failures of this key, to be changed: until this transaction ends, every other one that asks waits.
///
/// That is why it writes: the row has to exist to be locked, and a failure counted in parallel must not be lost.
pub async fn get(tx: &mut Tx, scope: Scope, key: &str) -> Result<Failures, StoreError> {
    let sql = "INSERT INTO guards (scope, key, failures, locks, updated_at) VALUES ($1, $2, 0, 0, 0)
         ON CONFLICT (scope, key) DO UPDATE SET key = excluded.key
         RETURNING failures, locks, locked_until";
    let guard: Guard = on_engine!(tx, conn => sqlx::query_as(sql).bind(scope.raw()).bind(key).fetch_one(conn).await)?;
    Ok(guard.into())
}

/// The failures of this key, only to be shown. Works in a reading transaction.
pub async fn peek(tx: &mut Tx, scope: Scope, key: &str) -> Result<Failures, StoreError> {
    let sql = "SELECT failures, locks, locked_until FROM guards WHERE scope = $1 AND key = $2";
    let guard: Option<Guard> =
        on_engine!(tx, conn => sqlx::query_as(sql).bind(scope.raw()).bind(key).fetch_optional(conn).await)?;
    Ok(guard.map(Failures::from).unwrap_or_default())
}

/// The keys of this office's accounts that are locked at `now`.
pub async fn locked(tx: &mut Tx, office_id: Uuid, now: Timestamp) -> Result<HashSet<String>, StoreError> {
    let sql = "SELECT key FROM guards WHERE scope = 'login_id' AND locked_until > $2
         AND key IN (SELECT login_id_key FROM accounts WHERE office_id = $1)";
    let keys: Vec<String> =
        on_engine!(tx, conn => sqlx::query_scalar(sql).bind(office_id).bind(now.raw()).fetch_all(conn).await)?;
    Ok(keys.into_iter().collect())
}

/// Stores the failures of this key. Call [`get`] first in the same transaction.
pub async fn put(tx: &mut Tx, scope: Scope, key: &str, failures: &Failures, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO guards (scope, key, failures, locks, locked_until, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (scope, key) DO UPDATE SET failures = excluded.failures, locks = excluded.locks,
             locked_until = excluded.locked_until, updated_at = excluded.updated_at";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(scope.raw())
        .bind(key)
        .bind(failures.count)
        .bind(failures.locks)
        .bind(failures.locked_until.raw())
        .bind(now.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Forgets the failures and locks of this key: after a success, or when an administrator unlocks.
pub async fn clear(tx: &mut Tx, scope: Scope, key: &str) -> Result<(), StoreError> {
    let sql = "UPDATE guards SET failures = 0, locks = 0, locked_until = NULL WHERE scope = $1 AND key = $2";
    on_engine!(tx, conn => sqlx::query(sql).bind(scope.raw()).bind(key).execute(conn).await.map(drop))?;
    Ok(())
}

/// How many failures came from this address since `since`.
pub async fn address_failures(tx: &mut Tx, address: &str, since: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT CAST(COALESCE(SUM(failures), 0) AS BIGINT) FROM address_failures
         WHERE address = $1 AND failed_at >= $2";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(address).bind(since.raw()).fetch_one(conn).await)?)
}

/// Counts a failure from this address.
pub async fn add_address_failure(tx: &mut Tx, address: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO address_failures (address, failed_at, failures) VALUES ($1, $2, 1)
         ON CONFLICT (address, failed_at) DO UPDATE SET failures = address_failures.failures + 1";
    on_engine!(tx, conn => sqlx::query(sql).bind(address).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Deletes what was last touched before `before`; locks that still hold at `before` stay.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let guards = "DELETE FROM guards WHERE updated_at < $1 AND (locked_until IS NULL OR locked_until < $1)";
    let addresses = "DELETE FROM address_failures WHERE failed_at < $1";
    let mut deleted = 0;
    for sql in [guards, addresses] {
        deleted += on_engine!(tx, conn => sqlx::query(sql)
            .bind(before.raw())
            .execute(conn).await.map(|done| done.rows_affected()))?;
    }
    Ok(deleted)
}
