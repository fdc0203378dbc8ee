//! Server functions of F-1, F-2 and F-3. Each obtains the permission first; a record of another office is answered like one
//! that does not exist.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;

use crate::{
    error::ApiError,
    routes::Records,
    services::audit::{RecordDetail, RecordPage, RecordQuery},
};

/// F-1, F-2, F-3: one page of the list.
#[server(endpoint = "audit_records")]
pub async fn audit_records(records: Records, #[server(default)] query: RecordQuery) -> Result<RecordPage, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.read(records)?;
    services()?.audit.records(&leave, &query).await
}

/// One record.
#[server(endpoint = "audit_record")]
pub async fn audit_record(records: Records, seq: i64) -> Result<RecordDetail, ApiError> {
    use crate::services::{actor, request, services};
    let leave = actor().await?.read(records)?;
    services()?.audit.record(&leave, &*request()?, seq).await
}
