//! What a server function knows of the request it answers, and how it reaches the services.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex},
};

use leptos::prelude::use_context;

use super::{
    Actor,
    accounts::Accounts,
    audit::AuditTrail,
    authenticators::Authenticators,
    care::Care,
    care_batches::CareBatches,
    emergencies::Emergencies,
    maintenance::Maintenance,
    member_files::MemberFiles,
    news::News,
    own_account::OwnAccount,
    passkeys::Passkeys,
    passwords::OwnPassword,
    readings::Readings,
    set_up::SetUp,
    sign_in::{SignIn, StartedSession},
    terminals::Terminals,
};
use crate::error::{ApiError, CertificateProblem};

/// Through which listener the request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// TLS without client certificate: top page and help.
    Public,
    /// TLS that asks for a client certificate.
    SignIn,
    /// Plain HTTP on loopback, demo only: certificates are chosen on a page.
    Demo,
}

/// A client certificate that passed every check but the one against the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// 事業所番号 in its subject.
    pub office_number: String,
    /// SHA-256 of its DER, hexadecimal: what sessions are bound to.
    pub fingerprint: String,
    /// Its last moment.
    pub ends: domain::Timestamp,
}

/// One request, as far as signing in, sessions and audit need it.
#[derive(Clone, Debug)]
pub struct RequestInfo {
    /// The listener.
    pub door: Door,
    /// Origin of that listener's pages, as browsers write it.
    pub origin: String,
    /// Identifies the request in log and audit.
    pub request_id: String,
    /// The client's address; behind a proxy that is configured as trusted, the one it reports.
    pub address: IpAddr,
    /// `User-Agent`, cut to 200 characters.
    pub user_agent: String,
    /// The checked client certificate, or why there is none.
    pub certificate: Result<ClientCertificate, CertificateProblem>,
    /// The session cookie's value.
    pub session_token: Option<String>,
    /// The sign-in cookie's value: a sign-in under way.
    pub sign_in_token: Option<String>,
    /// The device cookie's value: a browser that somebody has signed in with before.
    pub device_token: Option<String>,
    /// Where to go after signing in: one of our paths.
    pub return_to: Option<String>,
}

/// A cookie to set with the answer. Names and attributes are the http layer's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CookieChange {
    /// A sign-in began.
    StartSignIn(String),
    /// The sign-in became a session.
    OpenSession(String),
    /// The session goes on under another token.
    RenewSession(String),
    /// Signed out.
    CloseSession,
    /// Somebody signed in with this browser for the first time.
    KnowDevice(String),
    /// Shown on the next page and never again.
    ShowOnce(String),
}

/// Collects the cookie changes of one request.
#[derive(Clone, Debug, Default)]
pub struct CookieChanges(Arc<Mutex<Vec<CookieChange>>>);

impl CookieChanges {
    /// Everything asked for so far.
    pub fn take(&self) -> Vec<CookieChange> {
        self.0.lock().map(|mut changes| std::mem::take(&mut *changes)).unwrap_or_default()
    }

    fn add(&self, change: CookieChange) {
        if let Ok(mut changes) = self.0.lock() {
            changes.push(change);
        }
    }
}

/// Sets a cookie with the answer to the current request.
pub fn set_cookie(change: CookieChange) {
    if let Some(changes) = use_context::<CookieChanges>() {
        changes.add(change);
    }
}

/// Sets the cookies of a session that was just opened.
pub fn open_session(started: StartedSession) -> Actor {
    set_cookie(CookieChange::OpenSession(started.token));
    if let Some(device) = started.device {
        set_cookie(CookieChange::KnowDevice(device));
    }
    started.actor
}

/// Every service, as the server functions reach them.
#[derive(Clone)]
pub struct Services {
    /// Signing in and out, sessions.
    pub sign_in: Arc<dyn SignIn>,
    /// Administrators and staff.
    pub accounts: Arc<dyn Accounts>,
    /// CSV files of administrators and staff.
    pub member_files: Arc<dyn MemberFiles>,
    /// Setting one's own password.
    pub passwords: Arc<dyn OwnPassword>,
    /// Insured persons and their care information.
    pub care: Arc<dyn Care>,
    /// Lists of people to be checked.
    pub care_batches: Arc<dyn CareBatches>,
    /// 災害時の閲覧.
    pub emergencies: Arc<dyn Emergencies>,
    /// One's own account.
    pub own_account: Arc<dyn OwnAccount>,
    /// Passkeys.
    pub passkeys: Arc<dyn Passkeys>,
    /// Authenticator apps and recovery codes.
    pub authenticators: Arc<dyn Authenticators>,
    /// お知らせ.
    pub news: Arc<dyn News>,
    /// 操作履歴, 閲覧履歴.
    pub audit: Arc<dyn AuditTrail>,
    /// What an office has to do before it can begin.
    pub set_up: Arc<dyn SetUp>,
    /// Planned maintenance.
    pub maintenance: Arc<dyn Maintenance>,
    /// 端末.
    pub terminals: Arc<dyn Terminals>,
    /// What terminals read.
    pub readings: Arc<dyn Readings>,
}

/// The services. Errors: [`ApiError::Internal`] outside a request.
pub fn services() -> Result<Services, ApiError> {
    use_context::<Services>().ok_or(ApiError::Internal)
}

/// The request. Errors: [`ApiError::Internal`] outside one.
pub fn request() -> Result<Arc<RequestInfo>, ApiError> {
    use_context::<Arc<RequestInfo>>().ok_or(ApiError::Internal)
}

/// The signed-in account behind the request.
///
/// Errors: [`ApiError::SessionTimedOut`], [`ApiError::Certificate`], [`ApiError::Internal`].
pub async fn actor() -> Result<Actor, ApiError> {
    let (services, request) = (services()?, request()?);
    services.sign_in.actor(&request).await
}
