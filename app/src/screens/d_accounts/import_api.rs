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
        services::{actor, services},
    };
    let actor = actor().await?;
    let sent = Upload::read(data).await?;
    let leave = actor.manage(sent.members)?;
    let import = services()?.member_files.upload(&leave, &sent.file_name, &sent.bytes).await?;
    leptos_axum::redirect(&Route::ImportMembers(sent.members, Some(import)).to_string());
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

/// The parts of a sent form.
#[cfg(feature = "ssr")]
struct Upload {
    members: Members,
    file_name: String,
    bytes: Vec<u8>,
}

#[cfg(feature = "ssr")]
impl Upload {
    /// Longest file name that is kept, in characters.
    const NAME_MAX: usize = 100;

    /// Errors: `Malformed`.
    async fn read(data: MultipartData) -> Result<Self, ApiError> {
        let mut form = data.into_inner().ok_or(ApiError::Malformed)?;
        let (mut members, mut file_name, mut bytes) = (None, String::new(), Vec::new());
        while let Some(field) = form.next_field().await.map_err(|_| ApiError::Malformed)? {
            let (name, sent_name) = (field.name().map(str::to_owned), field.file_name().map(str::to_owned));
            let value = field.bytes().await.map_err(|_| ApiError::Malformed)?;
            match name.as_deref() {
                Some("members") => {
                    let code = std::str::from_utf8(&value).unwrap_or_default();
                    members = [Members::Administrators, Members::Staff].into_iter().find(|it| it.code() == code);
                }
                Some("file") => {
                    // Some browsers send the folder as well.
                    let sent = sent_name.unwrap_or_default();
                    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
                    file_name = last.chars().filter(|c| !c.is_control()).take(Self::NAME_MAX).collect();
                    bytes = value.to_vec();
                }
                _ => {}
            }
        }
        Ok(Self { members: members.ok_or(ApiError::Malformed)?, file_name, bytes })
    }
}
