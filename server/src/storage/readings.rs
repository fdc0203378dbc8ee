//! Challenges for cards, and the readings that answered them.

use domain::{Timestamp, reading::Mode};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

/// What a card is asked to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// SHA-256 of the nonce.
    pub nonce_hash: Vec<u8>,
    /// For this session only.
    pub session_id: Uuid,
    /// For this way of reading only.
    pub mode: Mode,
    /// For pages of this site only.
    pub origin: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it was answered.
    pub used_at: Option<Timestamp>,
}

/// How far a reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingState {
    /// 目視: a member of staff has yet to compare.
    Compare,
    /// The person may be looked up.
    Ready,
    /// The person was looked up.
    Used,
    /// 一致しない.
    Different,
}

stored_as_code!(ReadingState { Compare => "compare", Ready => "ready", Used => "used", Different => "different" });

/// A reading that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which one.
    pub id: Uuid,
    /// Which session's.
    pub session_id: Uuid,
    /// Which office's.
    pub office_id: Uuid,
    /// From which terminal.
    pub terminal: Uuid,
    /// How the card was read.
    pub mode: Mode,
    /// How far it has come.
    pub state: ReadingState,
    /// Whose card, sealed; gone once that was used.
    pub whose: Option<Vec<u8>>,
    /// When it was taken.
    pub taken_at: Timestamp,
}

impl Stored for Mode {
    type Raw = String;

    fn raw(&self) -> String {
        self.code().to_owned()
    }

    fn from_raw(raw: String) -> Option<Self> {
        Self::from_code(&raw)
    }
}

read_from_row!(Challenge { nonce_hash, session_id, mode, origin, issued_at, used_at });
read_from_row!(Reading { id, session_id, office_id, terminal, mode, state, whose, taken_at });

/// Adds a challenge and forgets those that the session left unanswered.
pub async fn insert_challenge(tx: &mut Tx, challenge: &Challenge) -> Result<(), StoreError> {
    let forget = "DELETE FROM challenges WHERE session_id = $1 AND used_at IS NULL";
    on_engine!(tx, conn => sqlx::query(forget).bind(challenge.session_id).execute(conn).await.map(drop))?;
    let sql = "INSERT INTO challenges (nonce_hash, session_id, mode, origin, issued_at, used_at)
         VALUES ($1, $2, $3, $4, $5, $6)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(&challenge.nonce_hash)
        .bind(challenge.session_id)
        .bind(challenge.mode.raw())
        .bind(&challenge.origin)
        .bind(challenge.issued_at.raw())
        .bind(challenge.used_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Uses the session's challenge up and answers it as it was before: `used_at` is set when somebody was first.
pub async fn use_challenge(
    tx: &mut Tx,
    session_id: Uuid,
    nonce_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Challenge>, StoreError> {
    let take = "UPDATE challenges SET used_at = $3 WHERE nonce_hash = $1 AND session_id = $2 AND used_at IS NULL";
    let taken = on_engine!(tx, conn => sqlx::query(take)
        .bind(nonce_hash)
        .bind(session_id)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    let sql = "SELECT nonce_hash, session_id, mode, origin, issued_at, used_at FROM challenges
         WHERE nonce_hash = $1 AND session_id = $2";
    let found: Option<Challenge> =
        on_engine!(tx, conn => sqlx::query_as(sql).bind(nonce_hash).bind(session_id).fetch_optional(conn).await)?;
    Ok(found.map(|challenge| Challenge { used_at: challenge.used_at.filter(|_| taken == 0), ..challenge }))
}

/// Adds a reading.
pub async fn insert(tx: &mut Tx, reading: &Reading) -> Result<(), StoreError> {
    let sql = "INSERT INTO readings (id, session_id, office_id, terminal, mode, state, whose, taken_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(reading.id)
        .bind(reading.session_id)
        .bind(reading.office_id)
        .bind(reading.terminal)
        .bind(reading.mode.raw())
        .bind(reading.state.raw())
        .bind(&reading.whose)
        .bind(reading.taken_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// One of the session's readings; until this transaction ends, nobody else changes it.
pub async fn lock(tx: &mut Tx, session_id: Uuid, id: Uuid) -> Result<Option<Reading>, StoreError> {
    let sql = tx.text(
        "SELECT id, session_id, office_id, terminal, mode, state, whose, taken_at FROM readings
         WHERE id = $1 AND session_id = $2",
        "SELECT id, session_id, office_id, terminal, mode, state, whose, taken_at FROM readings
         WHERE id = $1 AND session_id = $2 FOR UPDATE",
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(id).bind(session_id).fetch_optional(conn).await)?)
}

/// Brings a reading further; without `whose` it forgets whose card it was.
pub async fn set_state(tx: &mut Tx, id: Uuid, state: ReadingState, whose: Option<&[u8]>) -> Result<(), StoreError> {
    let sql = "UPDATE readings SET state = $2, whose = $3 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(state.raw()).bind(whose).execute(conn).await.map(drop))?;
    Ok(())
}

/// Forgets challenges issued and readings taken before then.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let mut deleted = 0;
    for sql in ["DELETE FROM challenges WHERE issued_at < $1", "DELETE FROM readings WHERE taken_at < $1"] {
        deleted += on_engine!(tx, conn => sqlx::query(sql)
            .bind(before.raw())
            .execute(conn).await.map(|done| done.rows_affected()))?;
    }
    Ok(deleted)
}
