//! What tasks share that outlive the request which began them. The lease in their row tells every instance whether the task
//! still lives.

use app::{error::ApiError, services::Actor};
use domain::Timestamp;

use crate::storage::{Tx, accounts};

/// So long a task counts as alive after its last sign of life.
pub(super) const LEASE_SECONDS: i64 = 60;

/// Whoever began a task may have been suspended, deleted or given other rights meanwhile.
///
/// Errors: `NotPermitted`.
pub(super) async fn still_allowed(tx: &mut Tx, actor: &Actor, now: Timestamp) -> Result<(), ApiError> {
    let account = accounts::find(tx, actor.account_id).await?.ok_or(ApiError::NotPermitted)?;
    let gone = account.deleted_at.is_some() || account.suspended_at.is_some();
    let expired = account.expires_at.is_some_and(|end| end <= now);
    if gone || expired || account.kind != actor.kind { Err(ApiError::NotPermitted) } else { Ok(()) }
}
