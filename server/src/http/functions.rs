//! Server functions: called by script with JSON answers, or by a plain form post, which always ends in a redirect.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    error::ApiError,
    routes::Route,
    screens::{a_sign_in::start_of, d_accounts::UploadMembers, e_care::UploadBatch},
    services::{CookieChanges, Door, Flash, ProblemReport, RequestInfo, sign_in::Who},
};
use axum::{
    Extension,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::Key;
use domain::text::holds_individual_number;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use leptos::{
    prelude::{FromServerFnError, provide_context},
    server_fn::{ServerFn, error::SERVER_FN_ERROR_HEADER},
};

use super::{Site, cookies::Cookies, guard::may_return_to, pages::form_pairs};
use crate::services::denials;

/// Longest form that is read.
pub(super) const BODY_MAX: usize = 64 * 1024;

/// The same for those with a file. Above the file's own limit, so that its form can say what is wrong.
const UPLOAD_MAX: usize = 4 * 1024 * 1024;

/// Fields that are never carried over a redirect.
const SECRETS: [&str; 13] = [
    "password",
    "security_code",
    "one_time_code",
    "recovery_code",
    "current_password",
    "new_password",
    "password_again",
    "token",
    "challenge",
    "credential",
    "terminal_password",
    "nonce",
    "reading",
];

pub(super) async fn call(
    State(site): State<Arc<Site>>,
    Extension(door): Extension<Door>,
    Extension(info): Extension<Arc<RequestInfo>>,
    request: Request,
) -> Response {
    if door == Door::Public {
        return StatusCode::NOT_FOUND.into_response();
    }
    if request.method() != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    if site.under_maintenance() {
        return under_maintenance(accepts_html(request.headers()));
    }
    let upload = [UploadMembers::PATH, UploadBatch::PATH].contains(&request.uri().path());
    // The codec would panic.
    let unreadable = upload && !is_multipart(request.headers());
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, if upload { UPLOAD_MAX } else { BODY_MAX }).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let headers = parts.headers.clone();
    let endpoint = parts.uri.path().to_owned();
    let plain_form = accepts_html(&headers);
    // One path for both kinds of caller: the function answers JSON, and the redirect is made here.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let request = Request::from_parts(parts, Body::from(body.clone()));

    let changes = CookieChanges::default();
    let answer = if unreadable {
        Err((ApiError::Malformed, refused(&ApiError::Malformed)))
    } else {
        refusal(run(&site, &info, &changes, request).await).await
    };
    if matches!(answer, Err((ApiError::NotPermitted, _))) {
        denials::note(&site.core, &info, &endpoint).await;
    }
    let key = Key::from(&site.core.keys.cookie_key());
    let cookies = Cookies::read(&headers, &key, door).apply(changes.take());
    let back = referer_path(&headers, site.origin(door));
    match (answer, plain_form) {
        (Ok(response), false) => (cookies.into_jar(), response).into_response(),
        (Ok(response), true) => {
            let to = location(&response).or(back).unwrap_or_else(|| "/".to_owned());
            (cookies.into_jar(), Redirect::to(&to)).into_response()
        }
        // The form is still there and shows the error itself.
        (Err((error, response)), false) if error.leads_to().is_none() => (cookies.into_jar(), response).into_response(),
        (Err((error, response)), plain_form) => {
            // A file is chosen again; what else stands in its form is chosen, not typed.
            let typed = if upload { Bytes::new() } else { body };
            if plain_form {
                return refuse_form(&site, &info, cookies, door, &headers, &endpoint, &error, &typed);
            }
            let carried = carry(&site, &info, cookies, &endpoint, &error, &typed, back.as_deref());
            (carried.into_jar(), response).into_response()
        }
    }
}

/// The answer to a plain form post that was refused: back to the form, or to where the error leads, with a note of it.
#[expect(clippy::too_many_arguments, reason = "everything that is known of the post")]
pub(super) fn refuse_form(
    site: &Site,
    info: &RequestInfo,
    cookies: Cookies,
    door: Door,
    headers: &HeaderMap,
    endpoint: &str,
    error: &ApiError,
    body: &Bytes,
) -> Response {
    let back = referer_path(headers, site.origin(door));
    let carried = carry(site, info, cookies, endpoint, error, body, back.as_deref());
    let to = leads_to(error, back.as_deref()).map(String::from).or(back).unwrap_or_else(|| "/".to_owned());
    (carried.into_jar(), Redirect::to(&to)).into_response()
}

/// Nothing is done, and nothing typed is lost: a script keeps its form, a plain post can be sent again by a reload.
fn under_maintenance(plain_form: bool) -> Response {
    if plain_form {
        let text = "画面番号：Z-6\nただいまメンテナンス中です。時間をおいて、この画面を再読み込みしてください。\n";
        return (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
    }
    refused(&ApiError::Maintenance)
}

/// An error of which no server function knows, as they answer theirs.
fn refused(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Body::from(error.ser())).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn run(site: &Arc<Site>, info: &Arc<RequestInfo>, changes: &CookieChanges, request: Request) -> Response {
    let (services, info, changes) = (site.services.clone(), Arc::clone(info), changes.clone());
    let context = move || {
        provide_context(services.clone());
        provide_context(Arc::clone(&info));
        provide_context(changes.clone());
    };
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

/// Tells answers from refusals, and gives a refusal its own status: leptos answers 500 to every error.
async fn refusal(response: Response) -> Result<Response, (ApiError, Response)> {
    if response.status() == StatusCode::BAD_REQUEST {
        return Err((ApiError::NotFound, StatusCode::NOT_FOUND.into_response()));
    }
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, BODY_MAX).await.unwrap_or_default();
    let error = ApiError::de(bytes.clone());
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Err((error, Response::from_parts(parts, Body::from(bytes))))
}

/// Where the error leads; a sign-in that ended, to the start of its own kind.
fn leads_to(error: &ApiError, back: Option<&str>) -> Option<Route> {
    match error.leads_to() {
        Some(Route::SignInOffice) => Some(start_of(signer(back)).0),
        other => other,
    }
}

/// Who was signing in on the page that posted.
fn signer(back: Option<&str>) -> Who {
    let screen = back.and_then(Route::parse).and_then(|route| route.screen());
    screen.and_then(|screen| screen.signers().first().copied()).unwrap_or(Who::Office)
}

/// Leaves the next page a note of what happened.
fn carry(
    site: &Site,
    info: &RequestInfo,
    cookies: Cookies,
    endpoint: &str,
    error: &ApiError,
    body: &Bytes,
    back: Option<&str>,
) -> Cookies {
    match error.leads_to() {
        None => {
            let values = typed_values(body);
            cookies.flash(Flash { endpoint: endpoint.to_owned(), error: error.clone(), values })
        }
        Some(Route::Problem) => cookies.problem(&ProblemReport {
            error: error.clone(),
            from: back.and_then(Route::parse).and_then(|route| route.screen()),
            error_id: info.request_id.clone(),
            at: site.ambient().now(),
            return_to: back.filter(|path| may_return_to(path)).map(str::to_owned),
        }),
        // Back to the start of the sign-in, whose form tells why.
        Some(_) => cookies.flash(Flash {
            endpoint: start_of(signer(back)).1.to_owned(),
            error: error.clone(),
            values: BTreeMap::new(),
        }),
    }
}

fn typed_values(body: &Bytes) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let kept = |name: &str, value: &str| !SECRETS.contains(&name) && !holds_individual_number(value);
    form_pairs(text).filter(|(name, value)| kept(name, value)).collect()
}

/// Whether the body is a form with files that can be read.
fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("multipart/form-data;") && kind.contains("boundary=")
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn location(response: &Response) -> Option<String> {
    response.headers().get(header::LOCATION)?.to_str().ok().map(str::to_owned)
}

/// Path and query of the page that posted, if it is one of this door's.
fn referer_path(headers: &HeaderMap, origin: &str) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let path = referer.strip_prefix(origin)?;
    path.starts_with('/').then(|| path.to_owned())
}
