//! Refused authorisation leaves a trace (ASVS 16.3.2): who asked for what their account may not do.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{Actor, RequestInfo},
};
use serde_json::json;

use super::{Core, audit::Row, sign_in::SignInService};

/// Writes down that the signed-in account behind `request` asked for `path` and may not: a line in the log, an audit row.
/// The refusal itself stands whatever becomes of this, so a failure goes to the log and no further.
pub async fn note(core: &Core, request: &RequestInfo, path: &str) {
    // Without a session nobody was refused a right: Z-2 and Z-3 have traces of their own.
    let Ok(open) = SignInService(core.clone()).open_session(request).await else { return };
    let actor = open.actor;
    tracing::warn!(account.id = %actor.account_id, access.asked = path, "an account asked for what it may not do");
    if let Err(error) = write(core, request, &actor, path).await {
        tracing::error!(error = ?error, "a refusal could not be written into the audit trail");
    }
}

async fn write(core: &Core, request: &RequestInfo, actor: &Actor, path: &str) -> Result<(), ApiError> {
    let mut tx = core.db.write().await?;
    let row = Row::new(core.ambient.now(), request, ScreenId::Z4, "access.denied").actor(actor);
    row.result("denied").detail(json!({ "asked": path })).write(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
