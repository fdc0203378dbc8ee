//! Files that a form asks for. Posted like a form without JavaScript, and refused like one: back to the page with the error.

use std::sync::Arc;

use app::{
    error::ApiError,
    routes::{Download, Records},
    screens::f_audit::query_from,
    services::{Actor, Door, RequestInfo, emergencies::UseFilter},
};
use axum::{
    Extension,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::Key;
use http::{HeaderValue, StatusCode, header};

use super::{
    Site,
    cookies::Cookies,
    functions::{BODY_MAX, refuse_form},
    pages::form_pairs,
};
use crate::services::denials;

/// A file to be kept by the person.
struct File {
    /// Its name, without the extension.
    name: String,
    /// The same for browsers that know ASCII only.
    plain_name: &'static str,
    content: Vec<u8>,
}

/// F-3.
pub(super) async fn records(
    site: State<Arc<Site>>,
    door: Extension<Door>,
    info: Extension<Arc<RequestInfo>>,
    request: Request,
) -> Response {
    download(Download::Records, site, door, info, request).await
}

/// F-4.
pub(super) async fn emergency_uses(
    site: State<Arc<Site>>,
    door: Extension<Door>,
    info: Extension<Arc<RequestInfo>>,
    request: Request,
) -> Response {
    download(Download::EmergencyUses, site, door, info, request).await
}

async fn download(
    wanted: Download,
    State(site): State<Arc<Site>>,
    Extension(door): Extension<Door>,
    Extension(info): Extension<Arc<RequestInfo>>,
    request: Request,
) -> Response {
    if door == Door::Public {
        return StatusCode::NOT_FOUND.into_response();
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    match exported(wanted, &site, &info, &body).await {
        Ok(file) => csv(&file),
        Err(error) => {
            if error == ApiError::NotPermitted {
                denials::note(&site.core, &info, wanted.path()).await;
            }
            let key = Key::from(&site.core.keys.cookie_key());
            let cookies = Cookies::read(&parts.headers, &key, door);
            refuse_form(&site, &info, cookies, door, &parts.headers, wanted.path(), &error, &body)
        }
    }
}

async fn exported(wanted: Download, site: &Site, info: &RequestInfo, body: &Bytes) -> Result<File, ApiError> {
    if site.under_maintenance() {
        return Err(ApiError::Maintenance);
    }
    let actor: Actor = site.services.sign_in.actor(info).await?;
    let form = std::str::from_utf8(body).map_err(|_| ApiError::Malformed)?;
    let value = |wanted: &str| form_pairs(form).find(|(name, _)| name == wanted).map(|(_, value)| value);
    let (name, plain_name, content) = match wanted {
        Download::Records => records_file(site, info, actor, form, value("records")).await?,
        Download::EmergencyUses => {
            let leave = actor.review_emergencies()?;
            let filter = UseFilter::from_code(&value("show").unwrap_or_default());
            let content = site.services.emergencies.export(&leave, info, filter).await?;
            ("災害時の閲覧", "emergency-uses.csv", content)
        }
    };
    let day = site.ambient().now().date_text().replace('/', "");
    Ok(File { name: format!("{name}_{day}.csv"), plain_name, content })
}

async fn records_file(
    site: &Site,
    info: &RequestInfo,
    actor: Actor,
    form: &str,
    code: Option<String>,
) -> Result<(&'static str, &'static str, Vec<u8>), ApiError> {
    let records =
        [Records::Operations, Records::Viewings].into_iter().find(|records| code.as_deref() == Some(records.code()));
    let leave = actor.read(records.ok_or(ApiError::Malformed)?)?;
    let content = site.services.audit.export(&leave, info, &query_from(form)).await?;
    Ok(match leave.records() {
        Records::Operations => ("操作履歴", "history.csv", content),
        Records::Viewings => ("閲覧履歴", "viewings.csv", content),
    })
}

fn csv(file: &File) -> Response {
    // As RFC 5987 asks; our names hold no space, the one character that a form writes otherwise.
    let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    let disposition = format!("attachment; filename=\"{}\"; filename*=UTF-8''{name}", file.plain_name);
    let mut response = file.content.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
