//! The operator's settings: one TOML file, overridden by the environment.
//!
//! [`Config::load`] reads `--config` or `CARE_CONFIG`; `CARE_MAIL__HOST` overrides `mail.host`, and `DATABASE_URL`
//! overrides everything else said about `database.url`. Every secret can also be given as a file, `…_file`
//! (`…_FILE`), as container platforms hand them out. Whatever is wrong is reported all at once ([`ConfigError`]).
//! `server/config.example.toml` shows every key.

mod error;
mod files;
mod layers;
mod origin;
mod reader;
mod sections;

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use domain::sign_in::SignInPolicy;
use lettre::message::Mailbox;
use secrecy::{SecretBox, SecretString};
use url::Url;

pub use self::{
    error::{ConfigError, ConfigProblem},
    origin::{InvalidOrigin, Origin},
};

/// Everything an operator can set. Secrets do not show in `Debug`.
#[derive(Debug)]
pub struct Config {
    /// `sqlite:…` or `postgres://…`; holds the password.
    pub database_url: SecretString,
    /// The listener for everybody.
    pub public: Listener,
    /// The listener that asks for client certificates.
    pub sign_in: Listener,
    /// The server's certificate, for both listeners.
    pub tls: Tls,
    /// Who issues client certificates.
    pub client_ca: ClientCaFiles,
    /// Who issues the certificates of My Number cards; without one no card can be used.
    pub cards: Option<ClientCaFiles>,
    /// What [`crate::secret::Keys`] are derived from.
    pub master_key: SecretBox<[u8; 32]>,
    /// The master key before, while it is being changed.
    pub previous_master_key: Option<SecretBox<[u8; 32]>>,
    /// Port of reader-bridge on people's own computers.
    pub reader_port: u16,
    /// The mail server.
    pub mail: Mail,
    /// The SMS provider; without one no code is sent by SMS.
    pub sms: Option<Sms>,
    /// Telephone number of the help desk, as it is shown in messages and on screen.
    pub support_phone: String,
    /// Limits and times of sign-in.
    pub limits: SignInPolicy,
    /// Cost of password hashing.
    pub argon2: Argon2,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Logging.
    pub log: Log,
    /// The built browser files.
    pub site_dir: PathBuf,
    /// The operator's own mail templates, which replace the built-in ones.
    pub templates_dir: Option<PathBuf>,
    /// While this file exists, every page answers Z-6.
    pub maintenance_file: Option<PathBuf>,
}

/// Where to listen and under which address browsers get there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// Address and port.
    pub listen: SocketAddr,
    /// Scheme, host and port in the browser's address bar.
    pub origin: Origin,
}

/// The server's own certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// Certificate chain, PEM, the server's own first.
    pub certificate: PathBuf,
    /// Its private key, PEM, not encrypted.
    pub key: PathBuf,
    /// The lowest version that is spoken.
    pub min_version: TlsVersion,
}

/// Versions of TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TlsVersion {
    /// For old browsers.
    V1_2,
    /// The default.
    #[default]
    V1_3,
}

/// Files of a CA: of the one that issues client certificates, or of the one of My Number cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCaFiles {
    /// CA certificates, PEM or DER.
    pub certificates: Vec<PathBuf>,
    /// Their revocation lists, PEM or DER.
    pub crls: Vec<PathBuf>,
}

/// How mail leaves.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// User and password, if the server wants them.
    pub credentials: Option<MailCredentials>,
    /// The sender.
    pub from: Mailbox,
    /// Seconds after which an attempt is given up.
    pub timeout_seconds: u64,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// Plain at first, then TLS, always. Port 587.
    StartTls,
    /// TLS from the first byte. Port 465.
    Tls,
    /// None; only for a mail server on the same machine. Port 25.
    None,
}

/// Name and password for the mail server.
#[derive(Clone, Debug)]
pub struct MailCredentials {
    /// User name.
    pub username: String,
    /// Password.
    pub password: SecretString,
}

/// How SMS leave: a Twilio-compatible form POST.
#[derive(Clone, Debug)]
pub struct Sms {
    /// Where messages are posted to.
    pub url: Url,
    /// Account, the user name of the request.
    pub account: String,
    /// The request's password.
    pub password: SecretString,
    /// The sender's number or name.
    pub from: String,
    /// Seconds after which an attempt is given up.
    pub timeout_seconds: u64,
}

/// Cost of one argon2id password hash, and how many may be computed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2 {
    /// Memory of one hash, KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes.
    pub lanes: u32,
    /// Hashes at the same time: bounds memory to this many times [`Self::memory_kib`].
    pub concurrent: usize,
}

/// How the log looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// For machines or for people.
    pub format: LogFormat,
    /// A `tracing` filter such as `info` or `info,server::delivery=debug`.
    pub level: String,
}

/// Forms of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// Text.
    Text,
}

impl Config {
    /// Reads the settings of this process: `file`, else the file that `CARE_CONFIG` names, else none; then the
    /// environment. Also looks whether the files and folders that the settings name are there.
    ///
    /// Errors: every problem that was found.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        // `vars` would panic at a variable that is not UTF-8; none of ours may be.
        let environment: HashMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let named = environment.get(layers::FILE_VARIABLE).map(PathBuf::from);
        let text = match file.or(named.as_deref()) {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path).map_err(|error| {
                ConfigError::one(&path.display().to_string(), format!("cannot read the configuration file: {error}"))
            })?,
        };
        let config = Self::parse(&text, environment)?;
        let problems = files::missing(&config);
        if problems.is_empty() { Ok(config) } else { Err(ConfigError { problems }) }
    }

    /// Reads settings from the text of a TOML file and an environment. Of the files they name, only those with secrets
    /// are opened.
    ///
    /// Errors: every problem that was found.
    pub fn parse(toml: &str, environment: HashMap<String, String>) -> Result<Self, ConfigError> {
        let mut reader = reader::Reader::new(layers::merged(toml, environment)?);
        let config = sections::read(&mut reader);
        let problems = reader.finish();
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(ConfigError { problems }),
        }
    }

    /// The files and folders that the settings name and that are not there.
    pub fn missing_files(&self) -> Vec<ConfigProblem> {
        files::missing(self)
    }

    /// What is allowed but should be known, for the log at start-up.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.limits.code_minutes > 10 {
            let minutes = self.limits.code_minutes;
            warnings.push(format!(
                "limits.code_minutes: one-time codes are valid for {minutes} minutes; 10 or fewer are recommended"
            ));
        }
        if self.tls.min_version == TlsVersion::V1_2 {
            warnings.push("tls.min_version: TLS 1.2 is accepted; 1.3 is recommended".to_owned());
        }
        if sections::is_database_unverified(&self.database_url) {
            warnings.push("database.allow_unverified: the database's certificate is not verified".to_owned());
        }
        if self.client_ca.crls.is_empty() {
            warnings.push("client_ca.crls: none given, so revoked client certificates are not recognised".to_owned());
        }
        if self.cards.as_ref().is_some_and(|cards| cards.crls.is_empty()) {
            warnings.push("cards.crls: none given, so revoked My Number cards are not recognised".to_owned());
        }
        warnings
    }
}
