//! Planned maintenance: one plan, or none.

use domain::Timestamp;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPlan {
    /// When the service closes.
    pub starts_at: Timestamp,
    /// When it opens again.
    pub ends_at: Timestamp,
    /// Plain text; empty: nothing more to say.
    pub text: String,
}

read_from_row!(StoredPlan { starts_at, ends_at, text });

/// The plan, past or to come.
pub async fn plan(tx: &mut Tx) -> Result<Option<StoredPlan>, StoreError> {
    let sql = "SELECT starts_at, ends_at, text FROM maintenance";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).fetch_optional(conn).await)?)
}

/// Puts a plan in the place of the one before.
pub async fn replace(tx: &mut Tx, plan: &StoredPlan) -> Result<(), StoreError> {
    let sql = "INSERT INTO maintenance (id, starts_at, ends_at, text) VALUES (1, $1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET starts_at = $1, ends_at = $2, text = $3";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(plan.starts_at.raw())
        .bind(plan.ends_at.raw())
        .bind(&plan.text)
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Drops the plan. `false`: there was none.
pub async fn drop_plan(tx: &mut Tx) -> Result<bool, StoreError> {
    let sql = "DELETE FROM maintenance";
    let done = on_engine!(tx, conn => sqlx::query(sql).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}
