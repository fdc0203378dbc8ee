//! 一括資格確認: lists that are being checked, and their results for a few days.

use domain::{Timestamp, care::Day};
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

/// How far a list has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchStep {
    /// It is being checked, if the lease still lives.
    Running,
    /// Every row has its result.
    Done,
}

stored_as_code!(BatchStep { Running => "running", Done => "done" });

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBatch {
    /// Which one.
    pub id: Uuid,
    /// Whose: nobody else can see it, or notice that it is there.
    pub account_id: Uuid,
    /// The owner's office.
    pub office_id: Uuid,
    /// 基準日.
    pub as_of: Day,
    /// Rows in it.
    pub row_count: i64,
    /// The file's name, the rows and their results, sealed.
    pub sealed: Vec<u8>,
    /// How far it has come.
    pub step: BatchStep,
    /// Rows done so far.
    pub checked: i64,
    /// The run that checks them.
    pub lease: Option<Uuid>,
    /// From then on that run counts as dead.
    pub lease_until: Option<Timestamp>,
    /// When the file was sent.
    pub created_at: Timestamp,
    /// Its latest change.
    pub updated_at: Timestamp,
}

read_from_row!(StoredBatch {
    id,
    account_id,
    office_id,
    as_of,
    row_count,
    sealed,
    step,
    checked,
    lease,
    lease_until,
    created_at,
    updated_at,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, office_id, as_of, row_count, sealed, step, checked, lease, lease_until, created_at,
                 updated_at FROM care_batches ",
            $rest
        )
    };
}

/// Adds a list.
pub async fn insert(tx: &mut Tx, batch: &StoredBatch) -> Result<(), StoreError> {
    let sql = "INSERT INTO care_batches (id, account_id, office_id, as_of, row_count, sealed, step, checked, lease,
             lease_until, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(batch.id)
        .bind(batch.account_id)
        .bind(batch.office_id)
        .bind(batch.as_of.raw())
        .bind(batch.row_count)
        .bind(&batch.sealed)
        .bind(batch.step.raw())
        .bind(batch.checked)
        .bind(batch.lease)
        .bind(batch.lease_until.raw())
        .bind(batch.created_at.raw())
        .bind(batch.updated_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The owner's list with this id, in this office.
pub async fn find(tx: &mut Tx, office: Uuid, owner: Uuid, id: Uuid) -> Result<Option<StoredBatch>, StoreError> {
    let sql = select!("WHERE office_id = $1 AND account_id = $2 AND id = $3");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(office)
        .bind(owner)
        .bind(id)
        .fetch_optional(conn).await)?)
}

/// As [`find`], and nobody else can change it until this transaction ends.
pub async fn lock(tx: &mut Tx, office: Uuid, owner: Uuid, id: Uuid) -> Result<Option<StoredBatch>, StoreError> {
    let sql = tx.text(
        select!("WHERE office_id = $1 AND account_id = $2 AND id = $3"),
        select!("WHERE office_id = $1 AND account_id = $2 AND id = $3 FOR UPDATE"),
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(office)
        .bind(owner)
        .bind(id)
        .fetch_optional(conn).await)?)
}

/// The owner's lists, the newest first.
pub async fn recent(tx: &mut Tx, office: Uuid, owner: Uuid, at_most: i64) -> Result<Vec<StoredBatch>, StoreError> {
    let sql = select!("WHERE office_id = $1 AND account_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(office)
        .bind(owner)
        .bind(at_most)
        .fetch_all(conn).await)?)
}

macro_rules! lock_account {
    ($rest:literal) => {
        concat!("SELECT id FROM accounts WHERE id = $1", $rest)
    };
}

/// How many lists the owner sent since `since`. Until this transaction ends, every other one that asks waits, so that many
/// at once cannot slip through together.
pub async fn count_since(tx: &mut Tx, owner: Uuid, since: Timestamp) -> Result<i64, StoreError> {
    let lock = tx.text(lock_account!(""), lock_account!(" FOR NO KEY UPDATE"));
    on_engine!(tx, conn => sqlx::query(lock).bind(owner).execute(conn).await.map(drop))?;
    let sql = "SELECT COUNT(*) FROM care_batches WHERE account_id = $1 AND created_at > $2";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(owner).bind(since.raw()).fetch_one(conn).await)?)
}

/// Stores rows, step, progress and lease of a list that [`lock`] gave.
pub async fn update(tx: &mut Tx, batch: &StoredBatch) -> Result<(), StoreError> {
    let sql =
        "UPDATE care_batches SET sealed = $2, step = $3, checked = $4, lease = $5, lease_until = $6, updated_at = $7
         WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(batch.id)
        .bind(&batch.sealed)
        .bind(batch.step.raw())
        .bind(batch.checked)
        .bind(batch.lease)
        .bind(batch.lease_until.raw())
        .bind(batch.updated_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Deletes lists that were sent before `before`, results and all; answers how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM care_batches WHERE created_at < $1";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(before.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
