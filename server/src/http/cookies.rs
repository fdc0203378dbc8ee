//! The cookies: session and sign-in secrets, and encrypted notes to the next page.

use app::services::{CookieChange, Door, Flash, ProblemReport};
use axum_extra::extract::cookie::{Cookie, Key, PrivateCookieJar, SameSite};
use http::HeaderMap;
use serde::{Serialize, de::DeserializeOwned};
use time::Duration;

/// What a cookie is for.
#[derive(Clone, Copy)]
pub(crate) enum Jar {
    Session,
    SignIn,
    Flash,
    Problem,
    ReturnTo,
    Device,
    ShowOnce,
    DemoCertificate,
}

impl Jar {
    /// `__Host-` binds a cookie to host, TLS and path `/`. The demo's plain-HTTP door has names of its own, since cookies
    /// ignore ports and the TLS doors may run on the same host.
    const fn name(self, door: Door) -> &'static str {
        match (door, self) {
            (Door::Demo, Self::Session) => "demo-session",
            (Door::Demo, Self::SignIn) => "demo-sign-in",
            (Door::Demo, Self::Flash) => "demo-flash",
            (Door::Demo, Self::Problem) => "demo-problem",
            (Door::Demo, Self::ReturnTo) => "demo-return",
            (Door::Demo, Self::Device) => "demo-device",
            (Door::Demo, Self::ShowOnce) => "demo-show-once",
            (_, Self::DemoCertificate) => "demo-certificate",
            (_, Self::Session) => "__Host-session",
            (_, Self::SignIn) => "__Host-sign-in",
            (_, Self::Flash) => "__Host-flash",
            (_, Self::Problem) => "__Host-problem",
            (_, Self::ReturnTo) => "__Host-return",
            (_, Self::Device) => "__Host-device",
            (_, Self::ShowOnce) => "__Host-show-once",
        }
    }

    /// Browsers forget it then. Sessions and sign-ins end in the database; their cookies end with the browser.
    const fn lifetime(self) -> Option<Duration> {
        match self {
            Self::Session | Self::SignIn | Self::DemoCertificate => None,
            Self::Flash | Self::ShowOnce => Some(Duration::minutes(1)),
            Self::Problem => Some(Duration::minutes(10)),
            Self::ReturnTo => Some(Duration::hours(1)),
            // As long as browsers keep a cookie at all.
            Self::Device => Some(Duration::days(400)),
        }
    }
}

/// The cookies of one request and the changes of its answer. Every value is encrypted with the server's key.
pub(crate) struct Cookies {
    door: Door,
    jar: PrivateCookieJar,
}

impl Cookies {
    pub(crate) fn read(headers: &HeaderMap, key: &Key, door: Door) -> Self {
        Self { door, jar: PrivateCookieJar::from_headers(headers, key.clone()) }
    }

    pub(crate) fn get(&self, which: Jar) -> Option<String> {
        self.jar.get(which.name(self.door)).map(|cookie| cookie.value().to_owned())
    }

    pub(crate) fn get_json<T: DeserializeOwned>(&self, which: Jar) -> Option<T> {
        serde_json::from_str(&self.get(which)?).ok()
    }

    #[must_use]
    pub(crate) fn set(mut self, which: Jar, value: String) -> Self {
        let mut cookie = Cookie::build((which.name(self.door), value))
            .path("/")
            .http_only(true)
            .secure(self.door != Door::Demo)
            .same_site(SameSite::Lax);
        if let Some(lifetime) = which.lifetime() {
            cookie = cookie.max_age(lifetime);
        }
        self.jar = self.jar.add(cookie);
        self
    }

    #[must_use]
    pub(crate) fn remove(mut self, which: Jar) -> Self {
        let gone = Cookie::build(which.name(self.door)).path("/").secure(self.door != Door::Demo).http_only(true);
        self.jar = self.jar.remove(gone);
        self
    }

    /// Sets what a server function asked for.
    #[must_use]
    pub(crate) fn apply(self, changes: Vec<CookieChange>) -> Self {
        changes.into_iter().fold(self, |cookies, change| match change {
            CookieChange::StartSignIn(token) => cookies.set(Jar::SignIn, token),
            CookieChange::OpenSession(token) => {
                cookies.set(Jar::Session, token).remove(Jar::SignIn).remove(Jar::ReturnTo)
            }
            CookieChange::RenewSession(token) => cookies.set(Jar::Session, token),
            CookieChange::CloseSession => cookies.remove(Jar::Session).remove(Jar::SignIn),
            CookieChange::KnowDevice(token) => cookies.set(Jar::Device, token),
            CookieChange::ShowOnce(text) => cookies.set(Jar::ShowOnce, text),
        })
    }

    /// A note to the form that failed. A browser keeps 4 KB per cookie: what does not fit goes without its values.
    #[must_use]
    pub(crate) fn flash(self, mut flash: Flash) -> Self {
        const ROOM: usize = 2_000;
        if json(&flash).len() > ROOM {
            flash.values.clear();
        }
        self.set(Jar::Flash, json(&flash))
    }

    /// A note to the error screen.
    #[must_use]
    pub(crate) fn problem(self, report: &ProblemReport) -> Self {
        self.set(Jar::Problem, json(report))
    }

    /// The `Set-Cookie` headers.
    pub(crate) fn into_jar(self) -> PrivateCookieJar {
        self.jar
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
