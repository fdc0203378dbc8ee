//! Forms under way, kept so that reload, the back button, a second tab and signing in again lose nothing.

use domain::{
    Timestamp,
    account::{AccountKind, MemberForm},
};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// A form under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// Which one of its owner's.
    pub id: Uuid,
    /// Whose: nobody else can see it, or notice that it is there.
    pub account_id: Uuid,
    /// The owner's office.
    pub office_id: Uuid,
    /// The kind of account that it describes.
    pub members: AccountKind,
    /// The account that it changes; `None`: it makes a new one.
    pub editing: Option<Uuid>,
    /// That account's version when the form was begun.
    pub editing_version: Option<i64>,
    /// What was typed.
    pub form: MemberForm,
    /// It has been submitted at least once.
    pub submitted: bool,
    /// The account that came of it.
    pub completed: Option<Uuid>,
    /// Its latest change.
    pub updated_at: Timestamp,
}

read_from_row!(StoredDraft {
    id,
    account_id,
    office_id,
    members,
    editing,
    editing_version,
    form,
    submitted,
    completed,
    updated_at,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, office_id, members, editing, editing_version, form, submitted, completed,
                 updated_at FROM drafts ",
            $rest
        )
    };
}

/// The owner's draft with this id.
pub async fn find(tx: &mut Tx, owner: Uuid, id: Uuid) -> Result<Option<StoredDraft>, StoreError> {
    let sql = select!("WHERE account_id = $1 AND id = $2");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(owner).bind(id).fetch_optional(conn).await)?)
}

/// As [`find`], and nobody else can change or complete it until this transaction ends.
pub async fn lock(tx: &mut Tx, owner: Uuid, id: Uuid) -> Result<Option<StoredDraft>, StoreError> {
    let sql =
        tx.text(select!("WHERE account_id = $1 AND id = $2"), select!("WHERE account_id = $1 AND id = $2 FOR UPDATE"));
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(owner).bind(id).fetch_optional(conn).await)?)
}

/// Stores a draft, new or known.
pub async fn put(tx: &mut Tx, draft: &StoredDraft) -> Result<(), StoreError> {
    let sql = "INSERT INTO drafts (id, account_id, office_id, members, editing, editing_version, form, submitted,
             completed, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (account_id, id) DO UPDATE SET members = excluded.members, editing = excluded.editing,
             editing_version = excluded.editing_version, form = excluded.form, submitted = excluded.submitted,
             completed = excluded.completed, updated_at = excluded.updated_at";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(draft.id)
        .bind(draft.account_id)
        .bind(draft.office_id)
        .bind(draft.members.raw())
        .bind(draft.editing)
        .bind(draft.editing_version)
        .bind(draft.form.raw())
        .bind(draft.submitted)
        .bind(draft.completed)
        .bind(draft.updated_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Notes the account that came of a draft and forgets what was typed. `false`: it had been completed before.
pub async fn complete(tx: &mut Tx, draft: &StoredDraft, result: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE drafts SET completed = $3, form = $4, updated_at = $5
         WHERE account_id = $1 AND id = $2 AND completed IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(draft.account_id)
        .bind(draft.id)
        .bind(result)
        .bind(MemberForm::default().raw())
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Deletes drafts not changed since `before`, completed ones too; answers how many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM drafts WHERE updated_at < $1";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(before.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
