//! CSV files whose rows wait to be registered.

use domain::{Timestamp, account::AccountKind};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row, stored_as_code},
    tx::on_engine,
};

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStep {
    /// Read; nothing is registered.
    Checked,
    /// Its passwords are being made, if the lease still lives.
    Running,
    /// Everybody in it is registered.
    Done,
}

stored_as_code!(ImportStep { Checked => "checked", Running => "running", Done => "done" });

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImport {
    /// Which one.
    pub id: Uuid,
    /// Whose: nobody else can see it, or notice that it is there.
    pub account_id: Uuid,
    /// The owner's office.
    pub office_id: Uuid,
    /// The kind of account in it.
    pub members: AccountKind,
    /// The file's name.
    pub file_name: String,
    /// People in it.
    pub row_count: i64,
    /// The rows, sealed; `None` once they are registered.
    pub sealed: Option<Vec<u8>>,
    /// How far it has come.
    pub step: ImportStep,
    /// Passwords made so far.
    pub prepared: i64,
    /// The run that makes them.
    pub lease: Option<Uuid>,
    /// From then on that run counts as dead.
    pub lease_until: Option<Timestamp>,
    /// When the file was sent.
    pub created_at: Timestamp,
    /// Its latest change.
    pub updated_at: Timestamp,
}

read_from_row!(StoredImport {
    id,
    account_id,
    office_id,
    members,
    file_name,
    row_count,
    sealed,
    step,
    prepared,
    lease,
    lease_until,
    created_at,
    updated_at,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, office_id, members, file_name, row_count, sealed, step, prepared, lease,
                 lease_until, created_at, updated_at FROM member_imports ",
            $rest
        )
    };
}

/// Adds an import.
pub async fn insert(tx: &mut Tx, import: &StoredImport) -> Result<(), StoreError> {
    let sql = "INSERT INTO member_imports (id, account_id, office_id, members, file_name, row_count, sealed, step,
             prepared, lease, lease_until, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(import.id)
        .bind(import.account_id)
        .bind(import.office_id)
        .bind(import.members.raw())
        .bind(&import.file_name)
        .bind(import.row_count)
        .bind(&import.sealed)
        .bind(import.step.raw())
        .bind(import.prepared)
        .bind(import.lease)
        .bind(import.lease_until.raw())
        .bind(import.created_at.raw())
        .bind(import.updated_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The owner's import with this id.
pub async fn find(tx: &mut Tx, owner: Uuid, id: Uuid) -> Result<Option<StoredImport>, StoreError> {
    let sql = select!("WHERE account_id = $1 AND id = $2");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(owner).bind(id).fetch_optional(conn).await)?)
}

/// As [`find`], and nobody else can change it until this transaction ends.
pub async fn lock(tx: &mut Tx, owner: Uuid, id: Uuid) -> Result<Option<StoredImport>, StoreError> {
    let sql =
        tx.text(select!("WHERE account_id = $1 AND id = $2"), select!("WHERE account_id = $1 AND id = $2 FOR UPDATE"));
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(owner).bind(id).fetch_optional(conn).await)?)
}

/// Stores step, lease and progress of an import that [`lock`] gave.
pub async fn update(tx: &mut Tx, import: &StoredImport) -> Result<(), StoreError> {
    let sql = "UPDATE member_imports SET sealed = $2, step = $3, prepared = $4, lease = $5, lease_until = $6,
             updated_at = $7
         WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(import.id)
        .bind(&import.sealed)
        .bind(import.step.raw())
        .bind(import.prepared)
        .bind(import.lease)
        .bind(import.lease_until.raw())
        .bind(import.updated_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Notes that the run `lease` lives and how far it is. `false`: it is no longer the import's run.
pub async fn renew(tx: &mut Tx, lease: Uuid, prepared: i64, until: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE member_imports SET prepared = $2, lease_until = $3 WHERE lease = $1 AND step = 'running'";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(lease)
        .bind(prepared)
        .bind(until.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Forgets the owner's files that nobody began to register, but for the newest `kept`.
pub async fn forget_older(tx: &mut Tx, owner: Uuid, kept: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM member_imports WHERE account_id = $1 AND step = 'checked' AND id NOT IN (
             SELECT id FROM member_imports WHERE account_id = $1 AND step = 'checked'
             ORDER BY created_at DESC, id DESC LIMIT $2)";
    on_engine!(tx, conn => sqlx::query(sql).bind(owner).bind(kept).execute(conn).await.map(drop))?;
    Ok(())
}

/// Deletes imports not changed since `before`, whatever became of them; answers how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM member_imports WHERE updated_at < $1";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(before.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
