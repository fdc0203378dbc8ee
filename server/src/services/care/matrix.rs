//! The operator's command over the view matrix.

use domain::care::{Item, Matrix, Rule, ViewerClass};
use serde_json::json;

use crate::{
    services::{Core, audit::operator_entry},
    storage::{StoreError, audit, care},
};

/// The matrix in force. Errors: [`StoreError`].
pub async fn load(core: &Core) -> Result<Matrix, StoreError> {
    care::load_matrix(&mut core.db.read().await?).await
}

/// Changes one cell, from the next request on. Errors: [`StoreError`].
pub async fn set_rule(core: &Core, class: ViewerClass, item: Item, rule: Rule) -> Result<(), StoreError> {
    let mut tx = core.db.write().await?;
    let before = care::load_matrix(&mut tx).await?.rule(class, item);
    care::set_rule(&mut tx, class, item, rule).await?;
    let detail = json!({ "class": class.code(), "item": item.code(), "before": before.code(), "after": rule.code() });
    audit::append(&mut tx, &operator_entry(core.ambient.now(), "operator.set_view_matrix", detail)).await?;
    tx.commit().await
}

/// Changes whether an item needs consent, from the next request on. Errors: [`StoreError`].
pub async fn set_consent(core: &Core, item: Item, needed: bool) -> Result<(), StoreError> {
    let mut tx = core.db.write().await?;
    care::set_consent(&mut tx, item, needed).await?;
    let detail = json!({ "item": item.code(), "consent_needed": needed });
    audit::append(&mut tx, &operator_entry(core.ambient.now(), "operator.set_view_matrix", detail)).await?;
    tx.commit().await
}
