//! What administrators decide about an account's use. Each change counts the version up and is refused, by `false`, when
//! the account is no longer at the version that was looked at, is of another office or kind, or was deleted.

use domain::{
    Timestamp,
    account::{AccountKind, Standing},
};
use secrecy::SecretString;
use uuid::Uuid;

use super::Account;
use crate::storage::{StoreError, Tx, row::Stored, tx::on_engine};

/// Stores what `standing` says of locks by hand, suspension and expiry.
pub async fn set_standing(tx: &mut Tx, seen: &Account, standing: &Standing) -> Result<bool, StoreError> {
    let sql = "UPDATE accounts SET locked_at = $5, suspended_at = $6, expires_at = $7, version = version + 1
         WHERE id = $1 AND office_id = $2 AND kind = $3 AND version = $4 AND deleted_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(seen.id)
        .bind(seen.office_id)
        .bind(seen.kind.raw())
        .bind(seen.version)
        .bind(standing.locked_at.raw())
        .bind(standing.suspended_at.raw())
        .bind(standing.expires_at.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Makes it an account of another kind.
pub async fn set_kind(tx: &mut Tx, seen: &Account, kind: AccountKind) -> Result<bool, StoreError> {
    let sql = "UPDATE accounts SET kind = $5, version = version + 1
         WHERE id = $1 AND office_id = $2 AND kind = $3 AND version = $4 AND deleted_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(seen.id)
        .bind(seen.office_id)
        .bind(seen.kind.raw())
        .bind(seen.version)
        .bind(kind.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Gives it an initial password that may be used until `expires_at`, in place of the one that was looked at; a deleted
/// account comes back with it.
pub async fn issue_password(
    tx: &mut Tx,
    seen: &Account,
    hash: &SecretString,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE accounts SET password_hash = $5, password_initial = TRUE, password_expires_at = $6,
             deleted_at = NULL, version = version + 1
         WHERE id = $1 AND office_id = $2 AND kind = $3 AND version = $4";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(seen.id)
        .bind(seen.office_id)
        .bind(seen.kind.raw())
        .bind(seen.version)
        .bind(hash.raw())
        .bind(expires_at.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Whether the office has another 管理者ユーザ than this account that can be used at `now`.
pub async fn has_other_administrator(
    tx: &mut Tx,
    office_id: Uuid,
    except: Uuid,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM accounts
         WHERE office_id = $1 AND kind = 'administrator' AND id <> $2 AND deleted_at IS NULL
             AND suspended_at IS NULL AND locked_at IS NULL AND (expires_at IS NULL OR expires_at > $3))";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql)
        .bind(office_id)
        .bind(except)
        .bind(now.raw())
        .fetch_one(conn).await)?)
}
