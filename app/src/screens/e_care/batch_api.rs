//! Server functions of E-14. As in `api`, each obtains the permission first; lists are their owner's alone.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};
use uuid::Uuid;

use crate::{
    error::ApiError,
    services::care_batches::{Batch, BatchShow, BatchSummary},
};

/// E-14 「照会する」: fields `as_of` and `file` of a multipart form.
#[server(endpoint = "upload_batch", input = MultipartFormData)]
pub async fn upload_batch(data: MultipartData) -> Result<(), ApiError> {
    use domain::{
        care::AsOf,
        form::{Field, Problem},
    };

    use crate::{
        routes::Route,
        screens::upload::Upload,
        services::{actor, request, services},
    };
    let leave = actor().await?.care()?;
    let sent = Upload::read(data).await?;
    let as_of = AsOf::from_code(sent.field("as_of")).ok_or(ApiError::field(Field::AsOf, Problem::Unknown))?;
    let (name, bytes) = (&sent.file_name, &sent.bytes);
    let list = services()?.care_batches.upload(&leave, &*request()?, as_of, name, bytes).await?;
    leptos_axum::redirect(&Route::Batch(Some(list)).to_string());
    Ok(())
}

/// E-14: the lists that this account sent lately.
#[server(endpoint = "recent_batches")]
pub async fn recent_batches() -> Result<Vec<BatchSummary>, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.care()?;
    services()?.care_batches.recent(&leave).await
}

/// E-14: how far a list is, or its results.
#[server(endpoint = "batch_result")]
pub async fn batch_result(list: Uuid, page: u32, show: BatchShow) -> Result<Batch, ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.care()?;
    services()?.care_batches.result(&leave, &*request()?, list, page, show).await
}

/// E-14 「続きから照会する」.
#[server(endpoint = "continue_batch")]
pub async fn continue_batch(list: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.care()?;
    services()?.care_batches.go_on(&leave, &*request()?, list).await?;
    leptos_axum::redirect(&Route::Batch(Some(list)).to_string());
    Ok(())
}
