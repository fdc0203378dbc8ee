//! Files that pages link to: the templates of D-21 and E-14, and lists as CSV.

use std::sync::Arc;

use app::{
    error::ApiError,
    routes::{Members, Route},
    screens::d_accounts::list_query,
    services::RequestInfo,
};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use uuid::Uuid;

use super::Site;

/// One of those files.
#[derive(Clone, Copy)]
pub(super) enum LinkedFile {
    Template(Members),
    List(Members),
    BatchTemplate,
    Batch(Uuid),
}

impl LinkedFile {
    /// The file at a page's address, if there is one.
    pub(super) fn at(route: Option<&Route>) -> Option<Self> {
        match route? {
            Route::ImportTemplate(members) => Some(Self::Template(*members)),
            Route::ExportMembers(members) => Some(Self::List(*members)),
            Route::BatchTemplate => Some(Self::BatchTemplate),
            Route::BatchFile(list) => Some(Self::Batch(*list)),
            _ => None,
        }
    }

    /// Errors: those of the session, `NotPermitted`, `TooManyRequests`.
    pub(super) async fn send(self, site: &Site, info: &Arc<RequestInfo>, address: &str) -> Result<Response, ApiError> {
        let actor = site.services.sign_in.actor(info).await?;
        let files = &site.services.member_files;
        let batches = &site.services.care_batches;
        let today = || site.ambient().now().date_text().replace('/', "");
        let (bytes, plain_name, name) = match self {
            Self::Template(members) => {
                let leave = actor.manage(members)?;
                let name = format!("{}登録用ひな形.csv", members.kind().name());
                (files.template(leave.members()), "template.csv", name)
            }
            Self::List(members) => {
                let leave = actor.manage(members)?;
                let bytes = files.export(&leave, info, &list_query(address)).await?;
                (bytes, "users.csv", format!("{}一覧_{}.csv", members.kind().name(), today()))
            }
            Self::BatchTemplate => {
                actor.care()?;
                (batches.template(), "template.csv", "一括資格確認用ひな形.csv".to_owned())
            }
            Self::Batch(list) => {
                let bytes = batches.export(&actor.care()?, info, list).await?;
                (bytes, "result.csv", format!("一括資格確認の結果_{}.csv", today()))
            }
        };
        let content = (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
        let disposition = (header::CONTENT_DISPOSITION, attachment(plain_name, &name));
        Ok(([content, disposition], bytes).into_response())
    }
}

/// An upper-case hexadecimal digit.
fn hex(digit: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(digit)])
}

/// RFC 6266: a name in ASCII, and the real one for every browser of today.
fn attachment(plain_name: &str, name: &str) -> HeaderValue {
    let mut value = format!("attachment; filename=\"{plain_name}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            value.push(char::from(byte));
        } else {
            value.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    // Nothing but ASCII was put in.
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}
