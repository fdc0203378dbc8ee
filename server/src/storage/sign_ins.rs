//! Started sign-ins and their one-time codes.

use app::services::sign_in::{CodeChannel, Step};
use domain::Timestamp;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

mod codes;

pub use codes::{Code, find_code, insert_code, newest_code, redeem_code};

/// A started sign-in: the password was right, the one-time code is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which one.
    pub id: Uuid,
    /// Hash of the token in the browser's cookie.
    pub token_hash: Vec<u8>,
    /// Who signs in.
    pub account_id: Uuid,
    /// Fingerprint of the client certificate that it was started with.
    pub certificate: String,
    /// Where it stands.
    pub step: Step,
    /// When the password was right.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Timestamp,
    /// Wrong one-time codes so far.
    pub wrong_codes: i64,
    /// One-time codes sent so far.
    pub codes_sent: i64,
    /// When the newest code was sent.
    pub last_code_at: Option<Timestamp>,
    /// When it succeeded or was broken off.
    pub ended_at: Option<Timestamp>,
    /// The way that was chosen for its codes.
    pub channel: Option<CodeChannel>,
}

stored_as_code!(CodeChannel { Mail => "mail", Sms => "sms", App => "app", Recovery => "recovery" });
stored_as_code!(Step { SecurityCode => "security_code", SendCode => "send_code", Code => "code" });

read_from_row!(Attempt {
    id,
    token_hash,
    account_id,
    certificate,
    step,
    created_at,
    expires_at,
    wrong_codes,
    codes_sent,
    last_code_at,
    ended_at,
    channel,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, token_hash, account_id, certificate, step, created_at, expires_at, wrong_codes, codes_sent,
                 last_code_at, ended_at, channel FROM sign_in_attempts ",
            $rest
        )
    };
}

/// Adds a started sign-in.
pub async fn insert(tx: &mut Tx, attempt: &Attempt) -> Result<(), StoreError> {
    let sql = "INSERT INTO sign_in_attempts (id, token_hash, account_id, certificate, step, created_at, expires_at,
             wrong_codes, codes_sent, last_code_at, ended_at, channel)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(attempt.id)
        .bind(&attempt.token_hash)
        .bind(attempt.account_id)
        .bind(&attempt.certificate)
        .bind(attempt.step.raw())
        .bind(attempt.created_at.raw())
        .bind(attempt.expires_at.raw())
        .bind(attempt.wrong_codes)
        .bind(attempt.codes_sent)
        .bind(attempt.last_code_at.raw())
        .bind(attempt.ended_at.raw())
        .bind(attempt.channel.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The sign-in whose token has this hash; ended and expired ones as well.
pub async fn find_by_token(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<Attempt>, StoreError> {
    let sql = select!("WHERE token_hash = $1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(token_hash).fetch_optional(conn).await)?)
}

/// As [`find_by_token`], and nobody else can change the row until this transaction ends.
pub async fn lock_by_token(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<Attempt>, StoreError> {
    let sql = tx.text(select!("WHERE token_hash = $1"), select!("WHERE token_hash = $1 FOR UPDATE"));
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(token_hash).fetch_optional(conn).await)?)
}

/// Moves the sign-in to another step.
pub async fn set_step(tx: &mut Tx, id: Uuid, step: Step) -> Result<(), StoreError> {
    let sql = "UPDATE sign_in_attempts SET step = $2 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(step.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Notes the way that the sign-in's codes take.
pub async fn set_channel(tx: &mut Tx, id: Uuid, channel: CodeChannel) -> Result<(), StoreError> {
    let sql = "UPDATE sign_in_attempts SET channel = $2 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(channel.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Counts a wrong one-time code; answers how many there are now, however many are counted in parallel.
///
/// Errors: `Sql` (no such sign-in).
pub async fn count_wrong_code(tx: &mut Tx, id: Uuid) -> Result<i64, StoreError> {
    let sql = "UPDATE sign_in_attempts SET wrong_codes = wrong_codes + 1 WHERE id = $1 RETURNING wrong_codes";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(id).fetch_one(conn).await)?)
}

/// Notes that a one-time code was sent.
pub async fn count_code_sent(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE sign_in_attempts SET codes_sent = codes_sent + 1, last_code_at = $2 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Ends the sign-in; one that has ended keeps its time.
pub async fn end(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE sign_in_attempts SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Ends every sign-in of an account that is under way: what was right when it began no longer is.
pub async fn end_all(tx: &mut Tx, account_id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql =
        "UPDATE sign_in_attempts SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2";
    on_engine!(tx, conn => sqlx::query(sql).bind(account_id).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}
