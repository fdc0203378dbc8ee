//! The demo's plain-HTTP door: a page in place of the browser's choice of client certificate, the clock, and the operator's
//! 災害時の閲覧.

use std::sync::Arc;

use app::services::Door;
use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::Key;
use domain::{Timestamp, care::EmergencyScope};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde::{Deserialize, Serialize};

use super::pki::DemoPki;
use crate::{
    http::{
        Site,
        cookies::{Cookies, Jar},
    },
    services::{Core, care::emergency, operator::Operator},
};

/// Where the certificate is chosen.
pub(crate) const CHOICE: &str = "/demo/certificates";

/// The choice page, on the way to `path`.
pub(crate) fn choice_for(path: &str) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish();
    format!("{CHOICE}?{query}")
}

/// Routes of the plain-HTTP door only.
pub(crate) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(CHOICE, get(choice).post(choose))
        .route("/demo/clock", post(move_clock))
        .route("/demo/emergency", post(emergency_for))
}

/// Value of the choice that presents no certificate.
const NONE: &str = "none";

/// The chain that the choice stands for; empty for none.
pub(crate) fn chain(pki: &DemoPki, choice: &str) -> Vec<CertificateDer<'static>> {
    let chosen = pki.certificates.iter().find(|certificate| value(certificate) == choice);
    let Some(chosen) = chosen else { return Vec::new() };
    let read = CertificateDer::pem_file_iter(&chosen.certificate).and_then(Iterator::collect);
    read.unwrap_or_else(|error| {
        tracing::error!(demo.file = %chosen.certificate.display(), error.message = %error, "cannot read a demo certificate");
        Vec::new()
    })
}

/// A name for one of the demo's certificates that survives a restart.
fn value(certificate: &super::pki::DemoCertificate) -> String {
    certificate.certificate.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Choice {
    certificate: String,
    #[serde(default)]
    next: String,
}

/// Only pages of ours: this door would otherwise send people wherever a link says.
fn safe_next(next: &str) -> &str {
    let own = next.starts_with('/') && !next.starts_with("//") && app::routes::Route::parse(next).is_some();
    if own { next } else { "/" }
}

async fn choice(State(site): State<Arc<Site>>, Query(query): Query<Next>) -> Response {
    let Some(demo) = &site.demo else { return StatusCode::NOT_FOUND.into_response() };
    let mut options = String::new();
    for (i, certificate) in demo.pki.certificates.iter().enumerate() {
        let label = format!("{}（事業所番号 {}）", certificate.label, certificate.office_number);
        options.push_str(&option(&value(certificate), &label, i == 0));
    }
    options.push_str(&option(NONE, "証明書を選択しない（キャンセル）", false));
    let next = escape(safe_next(&query.next));
    let css = escape(&site.assets.css);
    let page = format!(
        "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>証明書の選択（デモ） | 介護保険資格確認等WEBサービス</title><link rel=\"stylesheet\" href=\"{css}\"></head>\
         <body><div class=\"page\"><p class=\"demo\">デモ環境（すべて架空のデータです）</p>\
         <div class=\"page__body\"><main id=\"main\" class=\"main\"><h1 class=\"main__title\">証明書の選択（デモ）</h1>\
         <p class=\"main__lead\">本番の環境では、ここでブラウザの証明書選択画面が表示されます。デモ環境では、代わりにこの画面で選択してください。証明書と事業所はすべて架空のものです。</p>\
         <form class=\"form\" method=\"post\" action=\"{CHOICE}\"><input type=\"hidden\" name=\"next\" value=\"{next}\">\
         <fieldset class=\"certificates\"><legend class=\"certificates__legend\">使用する証明書</legend>{options}</fieldset>\
         <div class=\"buttons\"><button class=\"button button--primary\" type=\"submit\"><span class=\"button__label\">OK</span></button></div>\
         </form></main></div></div></body></html>"
    );
    let policy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    ([(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))], Html(page)).into_response()
}

fn option(value: &str, label: &str, checked: bool) -> String {
    let checked = if checked { " checked" } else { "" };
    let (value, label) = (escape(value), escape(label));
    format!(
        "<label class=\"certificates__item\"><input type=\"radio\" name=\"certificate\" value=\"{value}\"{checked}>\
         <span>{label}</span></label>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

async fn choose(State(site): State<Arc<Site>>, headers: HeaderMap, Form(form): Form<Choice>) -> Response {
    let key = Key::from(&site.core.keys.cookie_key());
    // Another certificate is another person: what was signed in with the old one is over, as in a new browser.
    let cookies = Cookies::read(&headers, &key, Door::Demo)
        .set(Jar::DemoCertificate, form.certificate)
        .remove(Jar::Session)
        .remove(Jar::SignIn);
    (cookies.into_jar(), Redirect::to(safe_next(&form.next))).into_response()
}

#[derive(Deserialize)]
struct MoveClock {
    advance_seconds: i64,
}

#[derive(Serialize)]
struct ClockNow {
    now: Timestamp,
}

/// Moves the demo server's clock, so that nobody has to wait for a lock or a session to end.
async fn move_clock(State(site): State<Arc<Site>>, Json(body): Json<MoveClock>) -> Response {
    let Some(demo) = &site.demo else { return StatusCode::NOT_FOUND.into_response() };
    demo.clock.advance_seconds(body.advance_seconds);
    site.core.outgoing.wake();
    Json(ClockNow { now: site.core.ambient.now() }).into_response()
}

#[derive(Deserialize)]
struct EmergencyFor {
    /// 0 ends everything that is declared.
    minutes: i64,
}

/// Does what `server emergency` does, so that a demo needs no second program.
async fn emergency_for(State(site): State<Arc<Site>>, Json(body): Json<EmergencyFor>) -> Response {
    if site.demo.is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    match declare_or_end(&site.core, body.minutes).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            tracing::error!(error.message = %error, "the demo's emergency could not be changed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn declare_or_end(core: &Core, minutes: i64) -> Result<(), emergency::DeclareError> {
    let operator = Operator("demo".to_owned());
    if minutes > 0 {
        let ends_at = core.ambient.now().plus_minutes(minutes);
        emergency::declare(core, &operator, EmergencyScope::Everywhere, "デモの災害訓練", ends_at).await?;
        return Ok(());
    }
    for declared in emergency::in_force(core).await? {
        emergency::end(core, &operator, declared.id).await?;
    }
    Ok(())
}
