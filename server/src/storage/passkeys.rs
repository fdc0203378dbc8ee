//! Passkeys and the challenges that they answer.

use domain::Timestamp;
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

mod challenges;

pub use challenges::{Challenge, Purpose, insert_challenge, purge_challenges, take_challenge};

/// A passkey of an account.
#[derive(Clone, Debug)]
pub struct StoredPasskey {
    /// Which one.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// What its authenticator calls it; unique over all accounts.
    pub credential_id: Vec<u8>,
    /// Public key and signature counter.
    pub credential: Passkey,
    /// What its owner calls it.
    pub name: String,
    /// Whether it exists on more than one device, as far as the authenticator says.
    pub backed_up: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

impl Stored for Passkey {
    type Raw = String;

    fn raw(&self) -> String {
        // Numbers and texts only: there is nothing in it that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn from_raw(raw: String) -> Option<Self> {
        serde_json::from_str(&raw).ok()
    }
}

read_from_row!(StoredPasskey { id, account_id, credential_id, credential, name, backed_up, created_at, last_used_at });

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, credential_id, credential, name, backed_up, created_at, last_used_at FROM passkeys ",
            $rest
        )
    };
}

/// Adds a passkey; `false` when its credential is registered already.
pub async fn insert(tx: &mut Tx, passkey: &StoredPasskey) -> Result<bool, StoreError> {
    let sql =
        "INSERT INTO passkeys (id, account_id, credential_id, credential, name, backed_up, created_at, last_used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(passkey.id)
        .bind(passkey.account_id)
        .bind(&passkey.credential_id)
        .bind(passkey.credential.raw())
        .bind(&passkey.name)
        .bind(passkey.backed_up)
        .bind(passkey.created_at.raw())
        .bind(passkey.last_used_at.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Every passkey of an account, the oldest first.
pub async fn of_account(tx: &mut Tx, account_id: Uuid) -> Result<Vec<StoredPasskey>, StoreError> {
    let sql = select!("WHERE account_id = $1 ORDER BY created_at, id");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(account_id).fetch_all(conn).await)?)
}

/// The passkey with this credential, its row locked until the transaction ends: two answers must not be judged by the
/// same counter.
pub async fn lock_by_credential(tx: &mut Tx, credential_id: &[u8]) -> Result<Option<StoredPasskey>, StoreError> {
    let sql = tx.text(select!("WHERE credential_id = $1"), select!("WHERE credential_id = $1 FOR UPDATE"));
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(credential_id).fetch_optional(conn).await)?)
}

/// Notes a use, and what changed with it.
pub async fn note_use(
    tx: &mut Tx,
    id: Uuid,
    credential: &Passkey,
    backed_up: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE passkeys SET credential = $2, backed_up = $3, last_used_at = $4 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(credential.raw())
        .bind(backed_up)
        .bind(now.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Deletes a passkey of this account; answers what it was called. `None`: the account has no such passkey.
pub async fn delete(tx: &mut Tx, account_id: Uuid, id: Uuid) -> Result<Option<String>, StoreError> {
    let sql = "DELETE FROM passkeys WHERE account_id = $1 AND id = $2 RETURNING name";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(account_id).bind(id).fetch_optional(conn).await)?)
}
