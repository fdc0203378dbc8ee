//! Leave to set a new password: after a first sign-in, or by a link. Each is used once.

use domain::Timestamp;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// Leave to set one account's password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordGrant {
    /// Which one.
    pub id: Uuid,
    /// Hash of the token that its owner has.
    pub token_hash: Vec<u8>,
    /// Whose password.
    pub account_id: Uuid,
    /// Fingerprint of the client certificate that it was given to. `None`: any of the account's office.
    pub certificate: Option<String>,
    /// When it was given.
    pub created_at: Timestamp,
    /// Worthless from then on.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

read_from_row!(PasswordGrant { id, token_hash, account_id, certificate, created_at, expires_at, used_at });

/// Adds one.
pub async fn insert(tx: &mut Tx, grant: &PasswordGrant) -> Result<(), StoreError> {
    let sql = "INSERT INTO password_grants (id, token_hash, account_id, certificate, created_at, expires_at, used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(grant.id)
        .bind(&grant.token_hash)
        .bind(grant.account_id)
        .bind(&grant.certificate)
        .bind(grant.created_at.raw())
        .bind(grant.expires_at.raw())
        .bind(grant.used_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The one whose token has this hash; used and expired ones as well.
pub async fn find_by_token(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<PasswordGrant>, StoreError> {
    let sql = "SELECT id, token_hash, account_id, certificate, created_at, expires_at, used_at FROM password_grants
         WHERE token_hash = $1";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(token_hash).fetch_optional(conn).await)?)
}

/// Marks it used. `false`: somebody was first.
pub async fn redeem(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE password_grants SET used_at = $2 WHERE id = $1 AND used_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Ends every other unused one of the account: its password was set just now.
pub async fn end_all(tx: &mut Tx, account_id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE password_grants SET used_at = $2 WHERE account_id = $1 AND used_at IS NULL";
    on_engine!(tx, conn => sqlx::query(sql).bind(account_id).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// How many the account was given since then.
pub async fn count_since(tx: &mut Tx, account_id: Uuid, since: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM password_grants WHERE account_id = $1 AND created_at > $2";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(account_id).bind(since.raw()).fetch_one(conn).await)?)
}

/// Forgets what expired before then.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM password_grants WHERE expires_at < $1";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(before.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
