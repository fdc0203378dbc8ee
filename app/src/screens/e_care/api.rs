//! Server functions of E-1 … E-13. Each obtains the permission first; a person whom the office is not in charge of is
//! answered exactly as one that does not exist.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use domain::care::{ConsentForm, Item, LookupForm};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    error::ApiError,
    services::care::{CareSheet, CareView, ConsentSheet, FoundPerson, PeoplePage, PeopleQuery, PersonHead},
};

/// E-1.
#[server(endpoint = "list_people")]
pub async fn list_people(query: PeopleQuery) -> Result<PeoplePage, ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.care()?;
    services()?.care.list(&leave, &*request()?, &query).await
}

/// E-4 「確認する」.
#[server(endpoint = "look_up_person")]
pub async fn look_up_person(#[server(default)] form: LookupForm) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.care()?;
    let found = services()?.care.look_up(&leave, &*request()?, form).await?;
    leptos_axum::redirect(&Route::PersonFound(found).to_string());
    Ok(())
}

/// E-4: who was found.
#[server(endpoint = "person_found")]
pub async fn person_found(found: Uuid) -> Result<FoundPerson, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.care()?;
    services()?.care.found(&leave, found).await
}

/// E-4 「担当として登録する」.
#[server(endpoint = "take_charge")]
pub async fn take_charge(found: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.care()?;
    let charge = services()?.care.take_charge(&leave, &*request()?, found).await?;
    leptos_axum::redirect(&Route::Consent(charge).to_string());
    Ok(())
}

/// E-13: who it is.
#[server(endpoint = "charged_person")]
pub async fn charged_person(id: Uuid) -> Result<PersonHead, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.care()?;
    services()?.care.person(&leave, id).await
}

/// E-6 … E-12.
#[server(endpoint = "view_care")]
pub async fn view_care(id: Uuid, show: CareView) -> Result<CareSheet, ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.care()?;
    services()?.care.view(&leave, &*request()?, id, show).await
}

/// E-5.
#[server(endpoint = "consents_of")]
pub async fn consents_of(id: Uuid) -> Result<ConsentSheet, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.care()?;
    services()?.care.consents(&leave, id).await
}

/// E-5 「同意を登録する」.
#[server(endpoint = "give_consent")]
pub async fn give_consent(id: Uuid, #[server(default)] form: ConsentForm) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.care()?;
    services()?.care.give_consent(&leave, &*request()?, id, form).await?;
    leptos_axum::redirect(&Route::ConsentRecord(id).to_string());
    Ok(())
}

/// E-5 「取り消す」: one item, or all.
#[server(endpoint = "withdraw_consent")]
pub async fn withdraw_consent(id: Uuid, item: Option<Item>) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.care()?;
    services()?.care.withdraw_consent(&leave, &*request()?, id, item).await?;
    leptos_axum::redirect(&Route::Consent(id).to_string());
    Ok(())
}

/// E-13 「担当を終了する」.
#[server(endpoint = "end_charge")]
pub async fn end_charge(id: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.care()?;
    services()?.care.end_charge(&leave, &*request()?, id).await?;
    leptos_axum::redirect(&Route::People.to_string());
    Ok(())
}
