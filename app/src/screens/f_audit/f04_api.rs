//! Server functions of F-4. Each obtains the permission first; another office's is answered like one that does not exist.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    error::ApiError,
    services::emergencies::{EmergencyUses, UseFilter},
};

/// F-4: one page of the list.
#[server(endpoint = "list_emergency_uses")]
pub async fn list_emergency_uses(show: UseFilter, page: u32) -> Result<EmergencyUses, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.review_emergencies()?;
    services()?.emergencies.uses(&leave, show, page).await
}

/// F-4 「確認済みにする」.
#[server(endpoint = "review_emergency_use")]
pub async fn review_emergency_use(id: Uuid, show: UseFilter) -> Result<(), ApiError> {
    use super::f04_emergencies::address;
    use crate::services::{actor, request, services};
    let leave = actor().await?.review_emergencies()?;
    services()?.emergencies.review(&leave, &*request()?, id).await?;
    leptos_axum::redirect(&address(show, 1));
    Ok(())
}
