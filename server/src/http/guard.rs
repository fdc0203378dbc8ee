//! In front of pages and server functions: who calls, from where, and whether the call may come from this origin.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::{
    error::CertificateProblem,
    routes::Route,
    screens::{Access, ScreenId},
    services::{ClientCertificate, Door, RequestInfo},
};
use axum::{
    Extension,
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::Key;
use http::{HeaderMap, Method, StatusCode, header};
use tracing::Instrument;

use super::{
    Site,
    cookies::{Cookies, Jar},
    tls::PeerChain,
};

/// Longest `User-Agent` that is kept.
const USER_AGENT_MAX: usize = 200;

/// Builds the [`RequestInfo`], logs the request, refuses posts from other origins.
pub(super) async fn admit(
    State(site): State<Arc<Site>>,
    Extension(door): Extension<Door>,
    mut request: Request,
    next: Next,
) -> Response {
    let info = Arc::new(request_info(&site, door, &request));
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", http.id = %info.request_id, http.method = %method, http.path = %path);
    if !is_own_host(&site, door, &request) {
        tracing::warn!(parent: &span, "a request for another host was refused");
        return (StatusCode::MISDIRECTED_REQUEST, "このアドレスでは、本サービスを提供していません。\n").into_response();
    }
    if !is_own_origin(&site, door, &method, request.headers()) {
        tracing::warn!(parent: &span, "a post from another origin was refused");
        return (StatusCode::FORBIDDEN, "この操作は、本サービスの画面から行ってください。\n").into_response();
    }
    request.extensions_mut().insert(Arc::clone(&info));
    let response = next.run(request).instrument(span.clone()).await;
    tracing::info!(parent: &span, http.status = response.status().as_u16(), "answered");
    response
}

/// Whether the request is meant for this door. Keeps a page of another name that resolves to us (DNS rebinding) and a
/// connection that a browser shares between our names away from the door that asks for certificates.
fn is_own_host(site: &Site, door: Door, request: &Request) -> bool {
    let host = request.uri().authority().map(ToString::to_string);
    let header = || request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let Some(host) = host.or_else(header) else { return false };
    let own = site.origin(door).split_once("://").map_or("", |(_, authority)| authority);
    let own_port = if site.origin(door).starts_with("https:") { ":443" } else { ":80" };
    host.eq_ignore_ascii_case(own) || host.strip_suffix(own_port).is_some_and(|host| host.eq_ignore_ascii_case(own))
}

/// Whether a request that may change something comes from a page of this door. Browsers send `Origin` with every post;
/// where one does not, `Sec-Fetch-Site` must say so. Nothing of the two: refused.
fn is_own_origin(site: &Site, door: Door, method: &Method, headers: &HeaderMap) -> bool {
    if method == Method::GET || method == Method::HEAD {
        return true;
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => origin.as_bytes() == site.origin(door).as_bytes(),
        None => headers.get("sec-fetch-site").is_some_and(|from| from == "same-origin"),
    }
}

fn request_info(site: &Site, door: Door, request: &Request) -> RequestInfo {
    let headers = request.headers();
    let key = Key::from(&site.core.keys.cookie_key());
    let cookies = Cookies::read(headers, &key, door);
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    RequestInfo {
        door,
        origin: site.origin(door).to_owned(),
        request_id: request_id(site),
        address: address(site, request),
        user_agent: user_agent.chars().take(USER_AGENT_MAX).collect(),
        certificate: certificate(site, door, request, &cookies),
        session_token: cookies.get(Jar::Session),
        sign_in_token: cookies.get(Jar::SignIn),
        device_token: cookies.get(Jar::Device),
        return_to: cookies.get(Jar::ReturnTo).filter(|path| may_return_to(path)),
    }
}

/// Twelve characters: short enough to read out on the phone, long enough to find one request in the log.
fn request_id(site: &Site) -> String {
    crate::secret::hexadecimal(&site.ambient().bytes::<6>()).to_uppercase()
}

fn address(site: &Site, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let peer = peer.unwrap_or(IpAddr::from([0, 0, 0, 0]));
    if !site.trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    // The last entry is the one that our own proxy added; those before it are the client's claims.
    forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

fn certificate(
    site: &Site,
    door: Door,
    request: &Request,
    cookies: &Cookies,
) -> Result<ClientCertificate, CertificateProblem> {
    let now = site.ambient().now();
    match door {
        Door::Public => Err(CertificateProblem::Missing),
        Door::SignIn => {
            let chain = request.extensions().get::<PeerChain>().map(|chain| &*chain.0).unwrap_or_default();
            if chain.is_empty() { Err(CertificateProblem::Missing) } else { site.client_ca.current().check(chain, now) }
        }
        Door::Demo => {
            let (Some(demo), Some(name)) = (&site.demo, cookies.get(Jar::DemoCertificate)) else {
                return Err(CertificateProblem::Missing);
            };
            let chain = crate::demo::door::chain(&demo.pki, &name);
            if chain.is_empty() {
                Err(CertificateProblem::Missing)
            } else {
                site.client_ca.current().check(&chain, now)
            }
        }
    }
}

/// Whether a path may be returned to after signing in: a page of ours that needs a session. Keeps a crafted link from
/// sending people elsewhere.
pub(super) fn may_return_to(path: &str) -> bool {
    let (page, query) = path.split_once('?').unwrap_or((path, ""));
    let own = page.starts_with('/') && !page.starts_with("//") && !page.contains('\\');
    let plain = query.chars().all(|c| c.is_ascii_alphanumeric() || "-_=&%.+".contains(c));
    let needs_session = |screen: ScreenId| matches!(screen.access(), Access::SignedIn(_));
    own && plain && path.len() <= 500 && Route::parse(path).and_then(|route| route.screen()).is_some_and(needs_session)
}

#[cfg(test)]
mod tests {
    use super::may_return_to;

    #[test]
    fn only_own_pages_behind_the_sign_in_are_returned_to() {
        assert!(may_return_to("/administrators"));
        assert!(may_return_to("/administrators/new?draft=0190a2b4-0000-7000-8000-000000000000"));
        for bad in [
            "https://example.jp/",
            "//example.jp/administrators",
            "/",
            "/api/sign_out",
            "/\\example.jp",
            "",
            "/office\r\nX: y",
        ] {
            assert!(!may_return_to(bad), "{bad:?}");
        }
    }
}
