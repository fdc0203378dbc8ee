//! Planned maintenance: written by the operator on the command line, announced on every page from a week before.

use app::{
    error::ApiError,
    services::maintenance::{Maintenance, MaintenancePlan},
};
use async_trait::async_trait;
use domain::Timestamp;
use serde_json::json;

use super::{Core, audit::operator_entry};
use crate::storage::{
    StoreError, audit,
    maintenance::{self, StoredPlan},
};

/// A plan is announced so many days before it begins.
const ANNOUNCED_DAYS: i64 = 7;

/// [`Maintenance`] on our own database.
pub struct MaintenanceService(pub Core);

#[async_trait]
impl Maintenance for MaintenanceService {
    async fn announced(&self) -> Result<Option<MaintenancePlan>, ApiError> {
        let plan = maintenance::plan(&mut self.0.db.read().await?).await?;
        let now = self.0.ambient.now();
        let due =
            |plan: &StoredPlan| now >= plan.starts_at.plus_minutes(-ANNOUNCED_DAYS * 24 * 60) && now < plan.ends_at;
        let shown = |plan: StoredPlan| MaintenancePlan { from: plan.starts_at, to: plan.ends_at, text: plan.text };
        Ok(plan.filter(due).map(shown))
    }
}

/// Plans maintenance in place of what was planned before.
///
/// Errors: [`StoreError`]; `ends_at` must be later than `starts_at`.
pub async fn plan(core: &Core, starts_at: Timestamp, ends_at: Timestamp, text: &str) -> Result<(), StoreError> {
    let plan = StoredPlan { starts_at, ends_at, text: text.trim().to_owned() };
    let detail = json!({ "from": starts_at.minute_text(), "to": ends_at.minute_text() });
    let mut tx = core.db.write().await?;
    maintenance::replace(&mut tx, &plan).await?;
    audit::append(&mut tx, &operator_entry(core.ambient.now(), "operator.plan_maintenance", detail)).await?;
    tx.commit().await
}

/// Cancels what was planned. `false`: nothing was.
///
/// Errors: [`StoreError`].
pub async fn cancel(core: &Core) -> Result<bool, StoreError> {
    let mut tx = core.db.write().await?;
    if !maintenance::drop_plan(&mut tx).await? {
        return Ok(false);
    }
    let row = operator_entry(core.ambient.now(), "operator.cancel_maintenance", json!({}));
    audit::append(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(true)
}
