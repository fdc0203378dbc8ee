//! How often lists and histories are given out as files: enough for work, too rarely to wear the service out.

use app::error::ApiError;
use domain::Timestamp;
use uuid::Uuid;

use crate::storage::{Tx, member_exports};

/// Files that one account gets in [`WINDOW_MINUTES`].
const FILES: i64 = 10;
const WINDOW_MINUTES: i64 = 15;

/// Before a file is made: `TooManyRequests` when the account has had its share.
pub(super) async fn check(tx: &mut Tx, account: Uuid, now: Timestamp) -> Result<(), ApiError> {
    if member_exports::count_since(tx, account, now.plus_minutes(-WINDOW_MINUTES)).await? >= FILES {
        return Err(ApiError::TooManyRequests { seconds: WINDOW_MINUTES * 60 });
    }
    Ok(())
}

/// Counts a file, in the transaction that records it. Errors: as [`check`], for whoever asks for many at once.
pub(super) async fn count(tx: &mut Tx, account: Uuid, now: Timestamp) -> Result<(), ApiError> {
    check(tx, account, now).await?;
    Ok(member_exports::insert(tx, account, now).await?)
}
