//! Hashes of an account's earlier passwords, so that they are not taken again.

use domain::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

use super::{StoreError, Tx, row::Stored, tx::on_engine};

/// Keeps a password's hash.
pub async fn add(tx: &mut Tx, account_id: Uuid, hash: &SecretString, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO password_history (account_id, created_at, hash) VALUES ($1, $2, $3)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .bind(now.raw())
        .bind(hash.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The newest `count` hashes, the newest first.
pub async fn newest(tx: &mut Tx, account_id: Uuid, count: u32) -> Result<Vec<SecretString>, StoreError> {
    let sql = "SELECT hash FROM password_history WHERE account_id = $1 ORDER BY created_at DESC LIMIT $2";
    let hashes: Vec<String> = on_engine!(tx, conn => sqlx::query_scalar(sql)
        .bind(account_id)
        .bind(i64::from(count))
        .fetch_all(conn).await)?;
    Ok(hashes.into_iter().map(SecretString::from).collect())
}
