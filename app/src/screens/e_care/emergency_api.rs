//! Server functions of E-15. As in `api`, each obtains the permission first.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;
use uuid::Uuid;

use crate::{error::ApiError, services::emergencies::EmergencyQuestion};

/// E-15: whose information, and what could be seen.
#[server(endpoint = "emergency_question_of")]
pub async fn emergency_question_of(id: Uuid) -> Result<EmergencyQuestion, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.care()?;
    services()?.emergencies.question(&leave, id).await
}

/// E-15 「理由を記録して閲覧する」.
#[server(endpoint = "open_emergency_of")]
pub async fn open_emergency_of(id: Uuid, emergency_reason: String) -> Result<(), ApiError> {
    use domain::care::EmergencyForm;

    use crate::{
        routes::Route,
        services::{actor, care::CareView, request, services},
    };
    let leave = actor().await?.care()?;
    let form = EmergencyForm { reason: emergency_reason };
    services()?.emergencies.open(&leave, &*request()?, id, form).await?;
    leptos_axum::redirect(&Route::Care(id, CareView::Eligibility).to_string());
    Ok(())
}
