//! Pages: who may open the screen at this path, and its HTML.

use std::sync::Arc;

use app::{
    document,
    error::ApiError,
    routes::{CredentialPage, Route},
    screens::{Access, ScreenId, a_sign_in::start_of},
    services::{Door, PageInfo, RequestInfo, SignedInSummary, sign_in::Who},
};
use axum::{
    Extension,
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::Key;
use http::{Method, StatusCode};
use leptos::prelude::provide_context;

use super::{
    Site,
    cookies::{Cookies, Jar},
    files::LinkedFile,
    guard::may_return_to,
};
use crate::services::denials;

/// Answers a page request.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Extension(door): Extension<Door>,
    Extension(info): Extension<Arc<RequestInfo>>,
    request: Request,
) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().to_owned();
    let full = request.uri().path_and_query().map_or(path.clone(), ToString::to_string);
    let route = Route::parse(&full);
    let screen = route.as_ref().and_then(Route::screen);
    let key = Key::from(&site.core.keys.cookie_key());
    let mut cookies = Cookies::read(request.headers(), &key, door);
    if let Some(elsewhere) = other_door(&site, door, screen, &cookies, &full) {
        return Redirect::to(&elsewhere).into_response();
    }
    if site.under_maintenance() {
        return closed(&site, door, &info, full, request).await;
    }
    let summary = site.services.sign_in.summary(&info).await;
    let mut refused = match admission(route.as_ref(), &info, &summary) {
        Admission::Open => None,
        Admission::SignInFirst => {
            cookies = cookies.set(Jar::ReturnTo, full);
            return (cookies.into_jar(), Redirect::to(&first_door(screen).to_string())).into_response();
        }
        Admission::Refused(error) => Some(error),
    };
    if let Some(file) = LinkedFile::at(route.as_ref()).filter(|_| refused.is_none()) {
        match file.send(&site, &info, &full).await {
            Ok(response) => return (cookies.into_jar(), response).into_response(),
            Err(error) => refused = Some(error),
        }
    }
    let asked_return = request.uri().query().and_then(return_path);
    if let Some(path) = asked_return {
        cookies = cookies.set(Jar::ReturnTo, path);
    }
    let flash = cookies.get_json(Jar::Flash);
    if flash.is_some() {
        cookies = cookies.remove(Jar::Flash);
    }
    let shown_once =
        cookies.get(Jar::ShowOnce).filter(|_| route == Some(Route::Credential(CredentialPage::RecoveryCodes)));
    if shown_once.is_some() {
        cookies = cookies.remove(Jar::ShowOnce);
    }
    let problem = cookies.get_json(Jar::Problem);
    let signed_in = summary.ok().flatten();
    // A page must open even when the plan cannot be read.
    let maintenance = site.services.maintenance.announced().await.ok().flatten();
    let emergency = match &signed_in {
        Some(who) => site.services.emergencies.announced(&who.office_number).await.ok().flatten(),
        None => None,
    };
    // What went wrong elsewhere was written down there.
    let shows_another_answer = flash.is_some() || route == Some(Route::Problem);
    let frame = frame(&site, door, &info, full);
    let page = PageInfo { signed_in, flash, shown_once, problem, refused, maintenance, emergency, ..frame };
    let response = render(&site, &info, page, request).await;
    // Some pages find out while they are made.
    if response.status() == StatusCode::FORBIDDEN && !shows_another_answer {
        denials::note(&site.core, &info, &path).await;
    }
    (cookies.into_jar(), response).into_response()
}

/// Where to sign in for a screen; the other door is linked from there.
fn first_door(screen: Option<ScreenId>) -> Route {
    let who = screen.and_then(|screen| screen.signers().first().copied()).unwrap_or(Who::Member);
    start_of(who).0
}

/// Z-6, without a look into the database: it may be what the maintenance is about.
async fn closed(site: &Arc<Site>, door: Door, info: &Arc<RequestInfo>, full: String, request: Request) -> Response {
    let page = PageInfo { refused: Some(ApiError::Maintenance), ..frame(site, door, info, full) };
    render(site, info, page, request).await
}

/// What every page says of itself before anybody is known.
fn frame(site: &Site, door: Door, info: &RequestInfo, address: String) -> PageInfo {
    PageInfo {
        now: site.ambient().now(),
        request_id: info.request_id.clone(),
        address,
        demo: site.demo.is_some(),
        demo_mailbox: site.demo.as_ref().map(|demo| demo.mailbox.clone()),
        sign_in_origin: if door == Door::Public { site.sign_in_origin.clone() } else { String::new() },
        public_origin: if door == Door::SignIn { site.public_origin.clone() } else { String::new() },
        support_phone: site.support_phone.clone(),
        reader_port: site.reader_port,
        ..PageInfo::default()
    }
}

async fn render(site: &Arc<Site>, info: &Arc<RequestInfo>, page: PageInfo, request: Request) -> Response {
    let status = shown_status(&page);
    let (services, info, assets) = (site.services.clone(), Arc::clone(info), site.assets.clone());
    let context = move || {
        provide_context(services.clone());
        provide_context(Arc::clone(&info));
        provide_context(page.clone());
    };
    let handler = leptos_axum::render_app_async_with_context(context, move || document(&assets));
    let mut response = handler(request).await;
    if let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok())
        && response.status() == StatusCode::OK
    {
        *response.status_mut() = status;
    }
    response
}

/// The status of the error that a page shows. `None`: it shows none, or finds out while it is made.
fn shown_status(page: &PageInfo) -> Option<u16> {
    if let Some(error) = page.refused.as_ref().or(page.flash.as_ref().map(|flash| &flash.error)) {
        return Some(error.status());
    }
    if Route::parse(&page.address) != Some(Route::Problem) {
        return None;
    }
    Some(page.problem.as_ref().map_or(ApiError::NotFound.status(), |report| report.error.status()))
}

/// The public door shows public screens only; everything else lives behind the door that asks for certificates. The
/// demo's plain-HTTP door has a page of its own for the choice that a browser would offer.
fn other_door(site: &Site, door: Door, screen: Option<ScreenId>, cookies: &Cookies, full: &str) -> Option<String> {
    let public = screen.is_none_or(|screen| screen.access() == Access::Public);
    match door {
        Door::Public if !public => Some(format!("{}{full}", site.sign_in_origin)),
        Door::Demo if !public && cookies.get(Jar::DemoCertificate).is_none() => {
            Some(crate::demo::door::choice_for(full))
        }
        _ => None,
    }
}

enum Admission {
    Open,
    SignInFirst,
    Refused(ApiError),
}

fn admission(
    route: Option<&Route>,
    info: &RequestInfo,
    summary: &Result<Option<SignedInSummary>, ApiError>,
) -> Admission {
    let Some(route) = route else { return Admission::Refused(ApiError::NotFound) };
    // `/problem` shows what went wrong elsewhere.
    let Some(screen) = route.screen() else { return Admission::Open };
    let right = match screen.access() {
        Access::Public => return Admission::Open,
        Access::SignIn => None,
        Access::SignedIn(right) => Some(right),
    };
    if let Err(problem) = info.certificate {
        return Admission::Refused(ApiError::Certificate(problem));
    }
    let Some(right) = right else { return Admission::Open };
    match summary {
        Ok(Some(who)) if who.kind.may(right) => Admission::Open,
        Ok(Some(_)) => Admission::Refused(ApiError::NotPermitted),
        Ok(None) => Admission::SignInFirst,
        Err(error) => Admission::Refused(error.clone()),
    }
}

/// `return=…` of a sign-in link, if it may be returned to.
fn return_path(query: &str) -> Option<String> {
    let (_, value) = form_pairs(query).find(|(name, _)| name == "return")?;
    may_return_to(&value).then_some(value)
}

/// Decoded pairs of a query or a form body.
pub(super) fn form_pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned()
}
