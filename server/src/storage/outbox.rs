//! The outbox: messages are rows, written in the transaction of the change that they tell of and delivered later.
//!
//! A worker leases what is due. A lease that runs out (the worker died, or hung too long) makes the message due again
//! and the old lease worthless: only who holds the present one can say what became of the message.

use domain::Timestamp;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// SMTP.
    Mail,
    /// The SMS gateway.
    Sms,
}

stored_as_code!(Channel { Mail => "mail", Sms => "sms" });

/// A message to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which one.
    pub id: Uuid,
    /// How it travels.
    pub channel: Channel,
    /// Recipient and text, encrypted by the caller.
    pub sealed: Vec<u8>,
    /// What it is about, for logs: `sign_in_code`, …
    pub kind: String,
    /// When it was written; due at once.
    pub created_at: Timestamp,
    /// Worthless from then on: one-time codes.
    pub not_after: Option<Timestamp>,
}

read_from_row!(Message { id, channel, sealed, kind, created_at, not_after });

/// A message that one worker may deliver now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    /// The message.
    pub message: Message,
    /// Which try this is, from 1.
    pub tries: i64,
    /// To be shown when the outcome is told.
    pub lease: Uuid,
}

struct Lease {
    tries: i64,
    lease: Uuid,
}

read_from_row!(Lease { tries, lease });

/// Adds a message.
pub async fn enqueue(tx: &mut Tx, message: &Message) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox (id, channel, sealed, kind, created_at, not_after, tries, due_at, delivered, error)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $5, FALSE, '')";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(message.id)
        .bind(message.channel.raw())
        .bind(&message.sealed)
        .bind(&message.kind)
        .bind(message.created_at.raw())
        .bind(message.not_after.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

macro_rules! lease_due {
    ($random:literal, $skip:literal) => {
        concat!(
            "UPDATE outbox SET tries = tries + 1, due_at = $2, lease = ",
            $random,
            " WHERE id IN (SELECT id FROM outbox WHERE finished_at IS NULL AND due_at <= $1
                 ORDER BY due_at, id LIMIT $3 ",
            $skip,
            ") RETURNING id, channel, sealed, kind, created_at, not_after, tries, lease"
        )
    };
}

/// Leases at most `limit` due messages until `lease_until`, the longest due first. No message is leased twice.
///
/// The leases' random ids come from the database: unlike tokens they are no secret and have only to differ.
pub async fn lease_due(
    tx: &mut Tx,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Leased>, StoreError> {
    let sql = tx.text(lease_due!("randomblob(16)", ""), lease_due!("gen_random_uuid()", "FOR UPDATE SKIP LOCKED"));
    let mut leased: Vec<Leased> = on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(now.raw())
        .bind(lease_until.raw())
        .bind(i64::from(limit))
        .fetch_all(conn).await)?;
    leased.sort_by_key(|leased| (leased.message.created_at, leased.message.id));
    Ok(leased)
}

/// The message was delivered: its content is forgotten. `false`: the lease had run out and was given to another.
pub async fn delivered(tx: &mut Tx, id: Uuid, lease: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    finish(tx, id, lease, now, true, "").await
}

/// Delivery failed for good: the content is forgotten, the error kept. `false` as for [`delivered`].
pub async fn given_up(tx: &mut Tx, id: Uuid, lease: Uuid, now: Timestamp, error: &str) -> Result<bool, StoreError> {
    finish(tx, id, lease, now, false, error).await
}

async fn finish(
    tx: &mut Tx,
    id: Uuid,
    lease: Uuid,
    now: Timestamp,
    delivered: bool,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE outbox SET finished_at = $3, delivered = $4, error = $5, sealed = NULL, lease = NULL
         WHERE id = $1 AND lease = $2 AND finished_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(lease)
        .bind(now.raw())
        .bind(delivered)
        .bind(error)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Delivery failed: the message is due again at `next_try_at`. `error` must name no person. `false` as for [`delivered`].
pub async fn failed(
    tx: &mut Tx,
    id: Uuid,
    lease: Uuid,
    next_try_at: Timestamp,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE outbox SET due_at = $3, error = $4, lease = NULL
         WHERE id = $1 AND lease = $2 AND finished_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(lease)
        .bind(next_try_at.raw())
        .bind(error)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// How many messages are neither delivered nor given up.
pub async fn pending(tx: &mut Tx) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM outbox WHERE finished_at IS NULL";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await)?)
}

/// When the next message is due: for a leased one, when its lease runs out.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT MIN(due_at) FROM outbox WHERE finished_at IS NULL";
    let due: Option<i64> = on_engine!(tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await)?;
    Ok(due.map(Timestamp::from_micros))
}

/// Both halves stand in one row.
impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for Leased
where
    Message: sqlx::FromRow<'r, R>,
    Lease: sqlx::FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let Lease { tries, lease } = sqlx::FromRow::from_row(row)?;
        Ok(Self { message: sqlx::FromRow::from_row(row)?, tries, lease })
    }
}
