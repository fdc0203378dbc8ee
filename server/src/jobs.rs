//! Housekeeping: what nobody needs any more is deleted, a little at a time.

use std::time::Duration;

use app::services::care_batches::BATCH_DAYS;
use tokio_util::sync::CancellationToken;

use crate::{
    services::{Core, authenticators, terminals},
    storage::{
        StoreError, authenticators as stored_authenticators, care, devices, drafts, guards, member_exports,
        member_imports, passkeys, password_grants, readings,
    },
};

const EVERY: Duration = Duration::from_hours(1);

/// Days for which an unfinished form is kept.
const DRAFT_DAYS: i64 = 7;

/// Days for which a file of people is kept.
const IMPORT_DAYS: i64 = 1;

/// Days after which failures and locks that are long over are forgotten.
const GUARD_DAYS: i64 = 30;

/// Days for which challenges and readings are kept; what matters of them is in the audit trail.
const READING_DAYS: i64 = 1;

/// Days for which it is remembered who was looked up, besides the audit trail.
const LOOKUP_DAYS: i64 = 1;
/// Days after which a browser that nobody signed in with is forgotten: browsers forget its cookie then as well.
const DEVICE_DAYS: i64 = 400;

/// Works until `stop` is cancelled.
pub async fn run(core: Core, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = purge(&core).await {
            tracing::warn!(error.message = %error, "housekeeping failed; it will be tried again in an hour");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// What an earlier master key sealed is sealed anew, a hundred rows of each kind a transaction, until nothing is left. The
/// log tells the operator what only the key before is still good for.
///
/// Errors: the database.
async fn follow_key(core: &Core) -> Result<(), StoreError> {
    let mut total = 0;
    loop {
        let mut tx = core.db.write().await?;
        let done = terminals::seal_anew(core, &mut tx).await? + authenticators::seal_anew(core, &mut tx).await?;
        tx.commit().await?;
        total += done;
        if done == 0 {
            break;
        }
    }
    if core.keys.previous_id().is_some() {
        let mut tx = core.db.read().await?;
        let codes = stored_authenticators::recovery_codes_hashed_otherwise(&mut tx, core.keys.id()).await?;
        tracing::info!(keys.sealed_anew = total, keys.recovery_codes = codes, "the master key is being changed");
    }
    Ok(())
}

/// One round. Errors: the database.
pub async fn purge(core: &Core) -> Result<(), StoreError> {
    follow_key(core).await?;
    let days = |days: i64| core.ambient.now().plus_minutes(-days * 24 * 60);
    let mut tx = core.db.write().await?;
    let drafts = drafts::purge(&mut tx, days(DRAFT_DAYS)).await?;
    let guards = guards::purge(&mut tx, days(GUARD_DAYS)).await?;
    let imports = member_imports::purge(&mut tx, days(IMPORT_DAYS)).await?;
    member_exports::purge(&mut tx, days(1)).await?;
    let grants = password_grants::purge(&mut tx, days(GUARD_DAYS)).await?;
    let readings = readings::purge(&mut tx, days(READING_DAYS)).await?;
    let batches = care::batches::purge(&mut tx, days(BATCH_DAYS)).await?;
    let lookups = care::purge(&mut tx, days(LOOKUP_DAYS)).await?;
    let challenges = passkeys::purge_challenges(&mut tx, core.ambient.now()).await?;
    let devices = devices::purge(&mut tx, days(DEVICE_DAYS)).await?;
    tx.commit().await?;
    tracing::debug!(
        purged.drafts = drafts,
        purged.imports = imports,
        purged.guards = guards,
        purged.password_grants = grants,
        purged.readings = readings,
        purged.batches = batches,
        purged.lookups = lookups,
        purged.passkey_challenges = challenges,
        purged.devices = devices,
        "housekeeping done"
    );
    Ok(())
}
