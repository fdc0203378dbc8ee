//! Sessions: who is signed in with which browser.

use domain::Timestamp;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

/// A session. Whether it has idled too long or become too old is the service's to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which one.
    pub id: Uuid,
    /// Hash of the token in the browser's cookie.
    pub token_hash: Vec<u8>,
    /// Who is signed in.
    pub account_id: Uuid,
    /// Fingerprint of the client certificate; requests with another one are refused.
    pub certificate: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Its latest request.
    pub last_seen_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub end_reason: Option<EndReason>,
    /// What the browser calls itself.
    pub user_agent: String,
    /// IP address it began from.
    pub address: String,
    /// When the person last proved who they are, by signing in or by being asked again.
    pub confirmed_at: Option<Timestamp>,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The person signed out.
    SignedOut,
    /// No request for too long.
    Idle,
    /// It lasted as long as a session may.
    TooOld,
    /// The account was deleted.
    AccountDeleted,
    /// The account was suspended.
    AccountSuspended,
    /// The account was locked by an administrator.
    AccountLocked,
    /// The account's last day of use was over.
    AccountExpired,
    /// The account became another kind.
    RightsChanged,
    /// The account's password was changed.
    PasswordChanged,
    /// Ended by somebody with leave to do so.
    Revoked,
    /// The same browser signed in again.
    SignedInAgain,
}

stored_as_code!(EndReason {
    SignedOut => "signed_out",
    Idle => "idle",
    TooOld => "too_old",
    AccountDeleted => "account_deleted",
    AccountSuspended => "account_suspended",
    AccountLocked => "account_locked",
    AccountExpired => "account_expired",
    RightsChanged => "rights_changed",
    PasswordChanged => "password_changed",
    Revoked => "revoked",
    SignedInAgain => "signed_in_again",
});

read_from_row!(Session {
    id,
    token_hash,
    account_id,
    certificate,
    created_at,
    last_seen_at,
    ended_at,
    end_reason,
    user_agent,
    address,
    confirmed_at,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, token_hash, account_id, certificate, created_at, last_seen_at, ended_at, end_reason, user_agent,
                 address, confirmed_at FROM sessions ",
            $rest
        )
    };
}

/// Adds a session.
pub async fn insert(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    let sql = "INSERT INTO sessions (id, token_hash, account_id, certificate, created_at, last_seen_at, ended_at,
             end_reason, user_agent, address, confirmed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(session.id)
        .bind(&session.token_hash)
        .bind(session.account_id)
        .bind(&session.certificate)
        .bind(session.created_at.raw())
        .bind(session.last_seen_at.raw())
        .bind(session.ended_at.raw())
        .bind(session.end_reason.raw())
        .bind(&session.user_agent)
        .bind(&session.address)
        .bind(session.confirmed_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The session whose token has this hash; ended ones as well.
pub async fn find_by_token(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<Session>, StoreError> {
    let sql = select!("WHERE token_hash = $1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(token_hash).fetch_optional(conn).await)?)
}

/// The sessions of an account that have not ended, the one with the latest request first.
pub async fn open_of(tx: &mut Tx, account_id: Uuid) -> Result<Vec<Session>, StoreError> {
    let sql = select!("WHERE account_id = $1 AND ended_at IS NULL ORDER BY last_seen_at DESC, id");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(account_id).fetch_all(conn).await)?)
}

/// Notes that the person proved once more who they are, and that the session's token is another one from now on; `false`
/// when the session has ended.
pub async fn confirm(tx: &mut Tx, id: Uuid, token_hash: &[u8], now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE sessions SET confirmed_at = $3, token_hash = $2 WHERE id = $1 AND ended_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(token_hash)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Notes a request of an open session. Of requests that overtake each other the latest counts.
pub async fn touch(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND ended_at IS NULL AND last_seen_at < $2";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Ends a session; `false` when it had ended already, whose reason then stays.
pub async fn end(tx: &mut Tx, id: Uuid, reason: EndReason, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE sessions SET ended_at = $3, end_reason = $2 WHERE id = $1 AND ended_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(reason.raw())
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// As [`end`], for a session of this account only; `false` also when it is another's.
pub async fn end_of_account(
    tx: &mut Tx,
    account_id: Uuid,
    id: Uuid,
    reason: EndReason,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql =
        "UPDATE sessions SET ended_at = $4, end_reason = $3 WHERE account_id = $1 AND id = $2 AND ended_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .bind(id)
        .bind(reason.raw())
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Ends every open session of an account but `except`; answers how many.
pub async fn end_all(
    tx: &mut Tx,
    account_id: Uuid,
    except: Option<Uuid>,
    reason: EndReason,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "UPDATE sessions SET ended_at = $4, end_reason = $3
         WHERE account_id = $1 AND ended_at IS NULL AND ($2 IS NULL OR id <> $2)";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(account_id)
        .bind(except)
        .bind(reason.raw())
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}

/// How many sessions of an account are open: begun after `begun`, and with a request since `seen`.
pub async fn count_open(tx: &mut Tx, account_id: Uuid, begun: Timestamp, seen: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM sessions
         WHERE account_id = $1 AND ended_at IS NULL AND created_at > $2 AND last_seen_at > $3";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql)
        .bind(account_id)
        .bind(begun.raw())
        .bind(seen.raw())
        .fetch_one(conn).await)?)
}
