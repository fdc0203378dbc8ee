//! The sections of the configuration: which keys there are, their defaults and bounds.
//!
//! Each function reads all its keys before it gives up, so that every problem is reported. What it then returns matters
//! only if there was none.

use std::{net::SocketAddr, path::PathBuf};

use base64::{Engine, engine::general_purpose};
use domain::sign_in::SignInPolicy;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use tracing_subscriber::EnvFilter;
use url::{Host, Url};

use super::{
    Argon2, ClientCaFiles, Config, Listener, Log, LogFormat, Mail, MailCredentials, MailSecurity, Origin, Sms, Tls,
    TlsVersion, reader::Reader,
};
use crate::storage::Db;

const DAY_MINUTES: i64 = 24 * 60;

pub(super) fn read(r: &mut Reader) -> Option<Config> {
    let database_url = database(r);
    let (public, sign_in) = listeners(r);
    let tls = tls(r);
    let client_ca = ca_files(r, "client_ca", "the CA that issues client certificates");
    let previous_master_key =
        r.secret("keys.previous", "the master key before: 32 bytes as base64 or hexadecimal digits", master_key);
    let master_key = r.required_secret("keys.master", "32 random bytes as base64 or hexadecimal digits", master_key);
    let cards = if r.has_section("cards") { ca_files(r, "cards", "the CA of My Number cards") } else { None };
    let reader_port = r.number("reader.port", protocol::DEFAULT_PORT, "a port number", 1..=u16::MAX);
    let mail = mail(r);
    let sms = if r.has_section("sms") { sms(r) } else { None };
    let support_phone = r.required("support.phone", "the help desk's telephone number", not_empty);
    let limits = limits(r);
    let argon2 = argon2(r);
    let trusted_proxies = r.list("trusted_proxies", "an IP address", |text| text.parse().ok());
    let log = log(r);
    let site_dir = r.required("site_dir", "the folder with the built browser files", path);
    let templates_dir = r.optional("templates_dir", "a folder with mail templates", path);
    let maintenance_file = r.optional("maintenance_file", "a file that may or may not exist", path);
    Some(Config {
        database_url: database_url?,
        public: public?,
        sign_in: sign_in?,
        tls: tls?,
        client_ca: client_ca?,
        cards,
        master_key: master_key?,
        previous_master_key,
        reader_port,
        mail: mail?,
        sms,
        support_phone: support_phone?,
        limits,
        argon2,
        trusted_proxies,
        log,
        site_dir: site_dir?,
        templates_dir,
        maintenance_file,
    })
}

/// Name and password of the database, and everything in it, go over this connection: to another machine only encrypted, and
/// only to a server that proves who it is (ASVS 12.3.1, 12.3.2).
fn database(r: &mut Reader) -> Option<SecretString> {
    let allowed = r.defaulted("database.allow_unverified", false, "true or false", |text| text.parse().ok());
    let url = r.required_secret("database.url", "a URL that begins with sqlite: or postgres://", database_url)?;
    if !allowed && is_database_unverified(&url) {
        r.problem(
            "database.url",
            "expected sslmode=verify-full (and sslrootcert=… for a CA of your own) for a database on another machine; \
             database.allow_unverified = true allows less"
                .to_owned(),
        );
    }
    Some(url)
}

fn listeners(r: &mut Reader) -> (Option<Listener>, Option<Listener>) {
    let (public, sign_in) = (listener(r, "public"), listener(r, "sign_in"));
    if let (Some(public), Some(sign_in)) = (&public, &sign_in) {
        if public.listen == sign_in.listen && public.listen.port() != 0 {
            r.problem("sign_in.listen", format!("expected another address than public.listen ({})", public.listen));
        }
        if public.origin == sign_in.origin {
            r.problem("sign_in.origin", format!("expected another origin than public.origin ({})", public.origin));
        }
    }
    (public, sign_in)
}

fn listener(r: &mut Reader, section: &str) -> Option<Listener> {
    let listen: Option<SocketAddr> =
        r.required(&format!("{section}.listen"), "an IP address and port such as 0.0.0.0:443", |text| {
            text.parse().ok()
        });
    let origin = r.required(
        &format!("{section}.origin"),
        "an https address without a path such as https://care.example.jp",
        |text| Origin::https(text).ok(),
    );
    Some(Listener { listen: listen?, origin: origin? })
}

fn tls(r: &mut Reader) -> Option<Tls> {
    let certificate = r.required("tls.certificate", "the server certificate's PEM file", path);
    let key = r.required("tls.key", "the server key's PEM file", path);
    let min_version = r.defaulted("tls.min_version", TlsVersion::default(), "1.3 or 1.2", |text| match text {
        "1.3" => Some(TlsVersion::V1_3),
        "1.2" => Some(TlsVersion::V1_2),
        _ => None,
    });
    Some(Tls { certificate: certificate?, key: key?, min_version })
}

fn ca_files(r: &mut Reader, section: &str, whose: &str) -> Option<ClientCaFiles> {
    let certificates = r.list(&format!("{section}.certificates"), "a file", path);
    let crls = r.list(&format!("{section}.crls"), "a file", path);
    if certificates.is_empty() {
        r.problem(&format!("{section}.certificates"), format!("missing; expected the certificate files of {whose}"));
        return None;
    }
    Some(ClientCaFiles { certificates, crls })
}

fn mail(r: &mut Reader) -> Option<Mail> {
    let host = r.required("mail.host", "the mail server's host name", not_empty);
    let security = r.defaulted("mail.security", MailSecurity::StartTls, "starttls, tls or none", |text| match text {
        "starttls" => Some(MailSecurity::StartTls),
        "tls" => Some(MailSecurity::Tls),
        "none" => Some(MailSecurity::None),
        _ => None,
    });
    let usual_port = match security {
        MailSecurity::StartTls => 587,
        MailSecurity::Tls => 465,
        MailSecurity::None => 25,
    };
    let port = r.number("mail.port", usual_port, "a port number", 1..=u16::MAX);
    let credentials = mail_credentials(r);
    let from = r.required("mail.from", "a mail address such as 資格確認 <no-reply@care.example.jp>", |text| {
        text.parse().ok()
    });
    let timeout_seconds = r.number("mail.timeout_seconds", 10, "seconds", 1..=120);
    let host = host?;
    if security == MailSecurity::None && !is_loopback(&host) {
        r.problem("mail.security", format!("expected starttls or tls: none is only for localhost, not for {host}"));
    }
    Some(Mail { host, port, security, credentials, from: from?, timeout_seconds })
}

fn mail_credentials(r: &mut Reader) -> Option<MailCredentials> {
    if r.has("mail.username") != r.has_secret("mail.password") {
        r.problem("mail.username", "expected mail.username and mail.password, or neither".to_owned());
    }
    let username = r.optional("mail.username", "a user name", not_empty);
    let password = r.secret("mail.password", "a password that is not empty", secret_text);
    Some(MailCredentials { username: username?, password: password? })
}

fn sms(r: &mut Reader) -> Option<Sms> {
    let url = r.required("sms.url", "an https address (http only for localhost)", sms_url);
    let account = r.required("sms.account", "the account's name", not_empty);
    let password = r.required_secret("sms.password", "a password that is not empty", secret_text);
    let from = r.required("sms.from", "the sender's number or name", not_empty);
    let timeout_seconds = r.number("sms.timeout_seconds", 10, "seconds", 1..=120);
    Some(Sms { url: url?, account: account?, password: password?, from: from?, timeout_seconds })
}

fn limits(r: &mut Reader) -> SignInPolicy {
    let usual = SignInPolicy::default();
    let mut number = |key: &str, default, unit, highest| r.number(&format!("limits.{key}"), default, unit, 1..=highest);
    let limits = SignInPolicy {
        office_failures: number("office_failures", usual.office_failures, "a number", 100),
        member_failures: number("member_failures", usual.member_failures, "a number", 100),
        lock_minutes: number("lock_minutes", usual.lock_minutes, "minutes", DAY_MINUTES),
        attempt_minutes: number("attempt_minutes", usual.attempt_minutes, "minutes", DAY_MINUTES),
        code_minutes: number("code_minutes", usual.code_minutes, "minutes", 60),
        wrong_codes: number("wrong_codes", usual.wrong_codes, "a number", 10),
        resend_cooldown_seconds: number("resend_cooldown_seconds", usual.resend_cooldown_seconds, "seconds", 3_600),
        codes_per_attempt: number("codes_per_attempt", usual.codes_per_attempt, "a number", 20),
        address_failures: number("address_failures", usual.address_failures, "a number", 100_000),
        address_window_minutes: number("address_window_minutes", usual.address_window_minutes, "minutes", DAY_MINUTES),
        idle_minutes: number("idle_minutes", usual.idle_minutes, "minutes", DAY_MINUTES),
        session_minutes: number("session_minutes", usual.session_minutes, "minutes", DAY_MINUTES),
        confirm_minutes: number("confirm_minutes", usual.confirm_minutes, "minutes", 60),
    };
    if limits.attempt_minutes < limits.code_minutes {
        let least = limits.code_minutes;
        r.problem("limits.attempt_minutes", format!("expected at least limits.code_minutes ({least})"));
    }
    if limits.session_minutes < limits.idle_minutes {
        let least = limits.idle_minutes;
        r.problem("limits.session_minutes", format!("expected at least limits.idle_minutes ({least})"));
    }
    limits
}

impl Default for Argon2 {
    /// OWASP's parameters, and as many hashes at once as there are processors.
    fn default() -> Self {
        let concurrent = std::thread::available_parallelism().map_or(1, Into::into);
        Self { memory_kib: 19_456, iterations: 2, lanes: 1, concurrent }
    }
}

fn argon2(r: &mut Reader) -> Argon2 {
    let least = Argon2::default();
    Argon2 {
        memory_kib: r.number("argon2.memory_kib", least.memory_kib, "KiB", least.memory_kib..=4_194_304),
        iterations: r.number("argon2.iterations", least.iterations, "a number", least.iterations..=100),
        lanes: r.number("argon2.lanes", least.lanes, "a number", least.lanes..=64),
        concurrent: r.number("argon2.concurrent", least.concurrent, "a number", 1..=1_024),
    }
}

fn log(r: &mut Reader) -> Log {
    let format = r.defaulted("log.format", LogFormat::Json, "json or text", |text| match text {
        "json" => Some(LogFormat::Json),
        "text" => Some(LogFormat::Text),
        _ => None,
    });
    let level = r.defaulted("log.level", "info".to_owned(), "a level such as info, or a tracing filter", |text| {
        EnvFilter::try_new(text).ok().map(|_| text.to_owned())
    });
    Log { format, level }
}

fn not_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn path(text: &str) -> Option<PathBuf> {
    not_empty(text).map(PathBuf::from)
}

fn secret_text(text: &str) -> Option<SecretString> {
    not_empty(text).map(SecretString::from)
}

fn database_url(text: &str) -> Option<SecretString> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    known.then(|| SecretString::from(text.to_owned()))
}

/// Whether what goes to the database crosses a network to a server whose certificate nobody looks at.
pub(super) fn is_database_unverified(url: &SecretString) -> bool {
    Db::unverified_host(url.expose_secret()).is_some_and(|host| !is_loopback(&host))
}

/// 64 hexadecimal digits would also be base64 of 48 bytes; the length tells which is meant.
fn master_key(text: &str) -> Option<SecretBox<[u8; 32]>> {
    let bytes = if text.len() == 64 { hexadecimal(text)? } else { base64(text)? };
    let key: [u8; 32] = bytes.try_into().ok()?;
    // A key of one repeated byte is a placeholder, not a secret.
    key.iter().any(|byte| *byte != key[0]).then(|| SecretBox::new(Box::new(key)))
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    digits?.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let bare = text.trim_end_matches('=');
    general_purpose::STANDARD_NO_PAD.decode(bare).or_else(|_| general_purpose::URL_SAFE_NO_PAD.decode(bare)).ok()
}

fn sms_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let allowed = match url.scheme() {
        "https" => url.has_host(),
        "http" => url.host_str().is_some_and(is_loopback),
        _ => false,
    };
    // A password in the address would show in logs; it has a key of its own.
    (allowed && url.username().is_empty() && url.password().is_none()).then_some(url)
}

fn is_loopback(host: &str) -> bool {
    let literal = if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.to_owned() };
    match Host::parse(&literal) {
        Ok(Host::Domain(name)) => name == "localhost",
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => false,
    }
}
