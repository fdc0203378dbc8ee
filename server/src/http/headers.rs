//! Response headers that every answer carries.

use std::sync::Arc;

use app::services::Door;
use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};

use super::Site;

const FIXED: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // Not `no-referrer`: forms posted without JavaScript find their way back by it.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Pages bring their own policy with a nonce; whatever else is answered may load nothing at all.
const CLOSED_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

pub(super) async fn secure(
    State(site): State<Arc<Site>>,
    Extension(door): Extension<Door>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    let defaults = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_SECURITY_POLICY, CLOSED_POLICY)];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Some(named) = headers.get(header::CONTENT_TYPE).and_then(with_charset) {
        headers.insert(header::CONTENT_TYPE, named);
    }
    // A browser remembers this for the whole host name, every port: on localhost it would lock other programs out.
    if door != Door::Demo && site.demo.is_none() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// The type of text whose character set was left to the browser's guess, with ours. Everything we send is UTF-8.
fn with_charset(kind: &HeaderValue) -> Option<HeaderValue> {
    let kind = kind.to_str().ok()?;
    // JSON is UTF-8 by definition.
    let text = kind.starts_with("text/") || kind == "image/svg+xml";
    (text && !kind.contains("charset")).then(|| HeaderValue::try_from(format!("{kind}; charset=utf-8")).ok())?
}

/// A panic is a defect of ours: the log gets it, the person gets Z-1's plain cousin.
#[expect(clippy::needless_pass_by_value, reason = "the signature is tower-http's")]
pub(super) fn after_panic(panic: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    let message = panic.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(panic.message = message, "a request handler panicked");
    let text = "画面番号：Z-1\nシステムエラーが発生しました。時間をおいて、もう一度お試しください。\n";
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}
