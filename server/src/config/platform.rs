//! `[platform]`: who knows insured persons and their care information.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{
    reader::Reader,
    sections::{path, remote_url, secret_text},
};

/// The platform behind care information.
#[derive(Clone, Debug, Default)]
pub enum PlatformChoice {
    /// The registry in our own database.
    #[default]
    Embedded,
    /// A remote one, by HTTP.
    Http(RemotePlatform),
}

/// A remote platform.
#[derive(Clone, Debug)]
pub struct RemotePlatform {
    /// Its base address.
    pub url: Url,
    /// Bearer token.
    pub token: SecretString,
    /// The certificate authority (PEM) to trust instead of the public ones.
    pub ca_file: Option<PathBuf>,
    /// Seconds in which a connection must stand.
    pub connect_timeout_seconds: u64,
    /// Seconds after which one try is given up.
    pub attempt_timeout_seconds: u64,
    /// Seconds after which a call with all its tries is given up.
    pub timeout_seconds: u64,
    /// Largest answer that is read, KiB.
    pub max_response_kib: usize,
}

/// The kinds of platform, as they are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Embedded,
    Http,
}

pub(super) fn read(r: &mut Reader) -> Option<PlatformChoice> {
    let kind = r.defaulted("platform.kind", Kind::Embedded, "embedded or http", |text| match text {
        "embedded" => Some(Kind::Embedded),
        "http" => Some(Kind::Http),
        _ => None,
    });
    // Every key that is still to be read is a remote platform's.
    if kind == Kind::Embedded && r.has_section("platform") {
        r.problem("platform.kind", "expected http: there are settings of a remote platform".to_owned());
    } else if kind == Kind::Embedded {
        return Some(PlatformChoice::Embedded);
    }
    remote(r).map(PlatformChoice::Http)
}

fn remote(r: &mut Reader) -> Option<RemotePlatform> {
    let url = r.required("platform.url", "an https address (http only for localhost) without a query", base_url);
    let token = r.required_secret("platform.token", "a token of visible ASCII characters", token);
    let ca_file = r.optional("platform.ca_file", "a file with certificates", path);
    let connect_timeout_seconds = r.number("platform.connect_timeout_seconds", 3, "seconds", 1..=60);
    let attempt_timeout_seconds = r.number("platform.attempt_timeout_seconds", 5, "seconds", 1..=60);
    let timeout_seconds = r.number("platform.timeout_seconds", 12, "seconds", 1..=120);
    let max_response_kib = r.number("platform.max_response_kib", 1_024, "KiB", 16..=65_536);
    let ascending = [
        ("platform.attempt_timeout_seconds", attempt_timeout_seconds, "connect", connect_timeout_seconds),
        ("platform.timeout_seconds", timeout_seconds, "attempt", attempt_timeout_seconds),
    ];
    for (key, seconds, less, least) in ascending {
        if seconds < least {
            r.problem(key, format!("expected at least platform.{less}_timeout_seconds ({least})"));
        }
    }
    Some(RemotePlatform {
        url: url?,
        token: token?,
        ca_file,
        connect_timeout_seconds,
        attempt_timeout_seconds,
        timeout_seconds,
        max_response_kib,
    })
}

/// Paths are added to it, so nothing may follow its own.
fn base_url(text: &str) -> Option<Url> {
    remote_url(text).filter(|url| url.query().is_none() && url.fragment().is_none())
}

/// What a header can carry.
fn token(text: &str) -> Option<SecretString> {
    secret_text(text).filter(|token| token.expose_secret().bytes().all(|byte| byte.is_ascii_graphic()))
}
