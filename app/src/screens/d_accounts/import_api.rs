//! Server functions of D-21. As in `api`, each obtains the permission first.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};
use uuid::Uuid;

use crate::{error::ApiError, routes::Members, services::member_files::Import};

/// D-21 「内容を確認する」: fields `members` and `file` of a multipart form.
#[server(endpoint = "upload_members", input = MultipartFormData)]
pub async fn upload_members(data: MultipartData) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        screens::upload::Upload,
        services::{actor, services},
    };
    let actor = actor().await?;
    let sent = Upload::read(data).await?;
    let code = sent.field("members");
    let members = [Members::Administrators, Members::Staff].into_iter().find(|members| members.code() == code);
    let leave = actor.manage(members.ok_or(ApiError::Malformed)?)?;
    let import = services()?.member_files.upload(&leave, &sent.file_name, &sent.bytes).await?;
    leptos_axum::redirect(&Route::ImportMembers(leave.members(), Some(import)).to_string());
    Ok(())
}

/// D-21. Without an import: whether one may be begun.
#[server(endpoint = "member_import")]
pub async fn member_import(
    members: Members,
    import: Option<Uuid>,
    page: u32,
    faulty: bool,
) -> Result<Option<Import>, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.manage(members)?;
    match import {
        Some(import) => services()?.member_files.import(&leave, import, page, faulty).await.map(Some),
        None => Ok(None),
    }
}

/// D-21 「登録する」.
#[server(endpoint = "register_import")]
pub async fn register_import(members: Members, import: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.manage(members)?;
    services()?.member_files.register(&leave, &*request()?, import).await?;
    leptos_axum::redirect(&Route::ImportMembers(members, Some(import)).to_string());
    Ok(())
}
