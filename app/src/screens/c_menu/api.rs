//! Server function of C-1 and C-11.

use leptos::prelude::*;

use crate::{error::ApiError, services::set_up::SetUpProgress};

/// How far the caller's own office is with setting itself up.
#[server(endpoint = "office_set_up")]
pub async fn office_set_up() -> Result<SetUpProgress, ApiError> {
    use crate::services::{actor, services};
    services()?.set_up.progress(&actor().await?).await
}
