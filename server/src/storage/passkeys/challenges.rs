//! Challenges that passkeys answer. Each is answered once, by whoever has its token, wherever the answer arrives.

use domain::Timestamp;
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

/// What a challenge was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in.
    SignIn,
    /// Adding a passkey.
    Add,
    /// Proving once more who is signed in.
    Confirm,
}

stored_as_code!(Purpose { SignIn => "sign_in", Add => "add", Confirm => "confirm" });

/// A challenge that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Hash of the token that the browser gives back.
    pub token_hash: Vec<u8>,
    /// What it was made for.
    pub purpose: Purpose,
    /// The session that asked. `None`: a sign-in.
    pub session_id: Option<Uuid>,
    /// Fingerprint of the client certificate that it was given to.
    pub certificate: String,
    /// What is needed to judge the answer, as JSON.
    pub state: String,
    /// Worthless from then on.
    pub expires_at: Timestamp,
}

read_from_row!(Challenge { token_hash, purpose, session_id, certificate, state, expires_at });

/// Adds a challenge.
pub async fn insert_challenge(tx: &mut Tx, challenge: &Challenge) -> Result<(), StoreError> {
    let sql = "INSERT INTO passkey_challenges (token_hash, purpose, session_id, certificate, state, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(&challenge.token_hash)
        .bind(challenge.purpose.raw())
        .bind(challenge.session_id)
        .bind(&challenge.certificate)
        .bind(&challenge.state)
        .bind(challenge.expires_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Takes a challenge away: exactly one of any number of callers gets it. Expired ones as well.
pub async fn take_challenge(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<Challenge>, StoreError> {
    let sql = "DELETE FROM passkey_challenges WHERE token_hash = $1
         RETURNING token_hash, purpose, session_id, certificate, state, expires_at";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(token_hash).fetch_optional(conn).await)?)
}

/// Deletes those that expired before then.
pub async fn purge_challenges(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM passkey_challenges WHERE expires_at < $1";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(before.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
