//! Mail by SMTP.
//!
//! lettre speaks the protocol; the connections are kept here. lettre's own pool takes a connection back even when the
//! future that used it was dropped half-way (a timeout), and the next letter would then read the answers meant for the
//! last one. Here a connection returns only after a letter was accepted, and is asked NOOP before it is used again, so
//! a mail server may restart or hang at any time.

use std::{
    fmt,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, UNIX_EPOCH},
};

use async_trait::async_trait;
use domain::contact::Email;
use lettre::{
    Address,
    address::Envelope,
    message::{
        Mailbox, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        extension::ClientId,
    },
};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, timeout};

use super::sender::{Failure, Letter, MailSender};

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Plain greeting, then STARTTLS, which the server must offer (usually port 587).
    StartTls,
    /// TLS from the first byte (usually port 465).
    Tls,
    /// None. Only for a server on this machine.
    None,
}

/// Where mail goes.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Protection of the way there.
    pub security: Security,
    /// Name and password, if the server wants them.
    pub sign_in: Option<(String, SecretString)>,
    /// `From`: `address` or `name <address>`. Its domain also ends the Message-IDs.
    pub from: String,
    /// A certificate authority (PEM) to trust besides the public ones, for a server in the house.
    pub extra_ca: Option<Vec<u8>>,
}

/// What is wrong with [`SmtpSettings`].
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum SmtpSettingsError {
    #[error("the sender address of mails is not a mail address")]
    From,
    #[error("mail without TLS is allowed only to a server on this machine, not to {0}")]
    PlainToElsewhere(String),
    #[error("the certificate authority for the mail server is not a PEM certificate")]
    ExtraCa,
    #[error("TLS for the mail server cannot be set up: {0}")]
    Tls(#[from] lettre::transport::smtp::Error),
}

/// A connection that waits for the next letter.
struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// Sends mail by SMTP.
pub struct SmtpSender {
    settings: SmtpSettings,
    from: Mailbox,
    tls: Option<TlsParameters>,
    hello: ClientId,
    idle: Mutex<Vec<Idle>>,
}

/// Servers close silent connections after some minutes; we let go first.
const IDLE_MAX: Duration = Duration::from_mins(1);
/// More than the worker sends at a time is of no use.
const IDLE_COUNT: usize = 4;
/// A healthy server greets within a second or two; a hung one must not keep other messages waiting for long.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// Longest wait for a kept connection's sign of life.
const NOOP_MAX: Duration = Duration::from_secs(3);

impl SmtpSender {
    /// Checks the settings; connects only when there is a letter. Errors: [`SmtpSettingsError`].
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpSettingsError> {
        let from: Mailbox = settings.from.parse().map_err(|_| SmtpSettingsError::From)?;
        let tls = if settings.security == Security::None {
            if !is_this_machine(&settings.host) {
                return Err(SmtpSettingsError::PlainToElsewhere(settings.host));
            }
            None
        } else {
            Some(tls_parameters(&settings)?)
        };
        Ok(Self { settings, from, tls, hello: ClientId::default(), idle: Mutex::new(Vec::new()) })
    }

    fn compose(&self, letter: &Letter) -> Result<lettre::Message, Failure> {
        let written = Duration::from_micros(u64::try_from(letter.written_at.micros()).unwrap_or(0));
        let to = recipient(&letter.to).ok_or(Failure::Unreadable)?;
        let envelope =
            Envelope::new(Some(self.from.email.clone()), vec![to.clone()]).map_err(|_| Failure::Unreadable)?;
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        lettre::Message::builder()
            .envelope(envelope)
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.as_str())
            .date(UNIX_EPOCH + written)
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .raw_header(automatic)
            .singlepart(SinglePart::plain(letter.text.clone()))
            .map_err(|_| Failure::Unreadable)
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, Failure> {
        while let Some(mut kept) = self.take_kept() {
            let alive = timeout(NOOP_MAX, kept.connection.test_connected());
            if kept.since.elapsed() < IDLE_MAX && matches!(alive.await, Ok(true)) {
                return Ok(kept.connection);
            }
        }
        match timeout(CONNECT_MAX, self.connect()).await {
            Ok(connected) => connected.map_err(|error| failure(&error)),
            Err(_) => Err(Failure::TimedOut),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let SmtpSettings { host, port, security, sign_in, .. } = &self.settings;
        let tls = self.tls.clone();
        let (first, later) = if *security == Security::Tls { (tls, None) } else { (None, tls) };
        let server = (host.as_str(), *port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, None, &self.hello, first, None).await?;
        if let Some(tls) = later {
            connection.starttls(tls, &self.hello).await?;
        }
        if let Some((name, password)) = sign_in {
            let credentials = Credentials::new(name.clone(), password.expose_secret().to_owned());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await?;
        }
        Ok(connection)
    }

    fn take_kept(&self) -> Option<Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_COUNT {
            idle.push(Idle { connection, since: Instant::now() });
        }
    }
}

impl fmt::Debug for SmtpSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SmtpSettings { host, port, .. } = &self.settings;
        f.debug_struct("SmtpSender").field("host", host).field("port", port).finish_non_exhaustive()
    }
}

#[async_trait]
impl MailSender for SmtpSender {
    async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let message = self.compose(letter)?;
        let mut connection = self.connection().await?;
        let sent = connection.send(message.envelope(), &message.formatted()).await;
        sent.map_err(|error| failure(&error))?;
        self.keep(connection);
        Ok(())
    }
}

/// Our rule for addresses is the browsers', which takes what some Japanese phone companies once gave out: two dots
/// in a row. SMTP wants such a local part in quotes; lettre's own check does not know that, but the domain type has
/// already let nothing else through.
fn recipient(address: &Email) -> Option<Address> {
    let (local, domain) = address.as_str().rsplit_once('@')?;
    Some(Address::new(local, domain).unwrap_or_else(|_| Address::new_dangerous(format!("\"{local}\""), domain)))
}

fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    match error.status().map(u16::from) {
        Some(code) if error.is_permanent() => Failure::Refused(code),
        Some(code) => Failure::Deferred(code),
        None if error.is_timeout() => Failure::TimedOut,
        None if error.is_client() => Failure::Misconfigured,
        None => Failure::Unreachable,
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, SmtpSettingsError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.extra_ca {
        // lettre takes a file without any certificate for an empty list; the operator meant something by it.
        CertificateDer::from_pem_slice(pem).map_err(|_| SmtpSettingsError::ExtraCa)?;
        builder = builder.add_root_certificate(Certificate::from_pem(pem)?);
    }
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn settings() -> SmtpSettings {
        SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port: 25,
            security: Security::None,
            sign_in: None,
            from: "介護保険資格確認等WEBサービス <noreply@kaigo.example.jp>".to_owned(),
            extra_ca: None,
        }
    }

    #[test]
    fn a_letter_says_who_wrote_it_and_that_nobody_did() {
        let letter = Letter {
            id: Uuid::from_u128(7),
            to: Email::parse("a..b@example.jp").unwrap(),
            subject: "アカウント発行のお知らせ".to_owned(),
            text: "本文です。\n".to_owned(),
            written_at: Timestamp::from_seconds(1_738_854_000),
        };
        let message = SmtpSender::new(settings()).unwrap().compose(&letter).unwrap();
        let written = String::from_utf8(message.formatted()).unwrap();
        for line in [
            "To: \"a..b\"@example.jp\r\n",
            "Date: Thu, 06 Feb 2025 15:00:00 +0000\r\n",
            "Message-ID: <00000000-0000-0000-0000-000000000007@kaigo.example.jp>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
        ] {
            assert!(written.contains(line), "{line} in {written}");
        }
    }

    #[test]
    fn plain_mail_stays_on_this_machine() {
        for host in ["localhost", "127.0.0.1", "::1"] {
            assert!(SmtpSender::new(SmtpSettings { host: host.to_owned(), ..settings() }).is_ok(), "{host}");
        }
        for host in ["mail.example.jp", "192.0.2.1", "localhost.example.jp"] {
            let refused = SmtpSender::new(SmtpSettings { host: host.to_owned(), ..settings() });
            assert!(matches!(refused, Err(SmtpSettingsError::PlainToElsewhere(_))), "{host}");
        }
    }

    #[test]
    fn settings_that_cannot_work_are_refused_at_once() {
        let from = SmtpSender::new(SmtpSettings { from: "nobody".to_owned(), ..settings() });
        assert!(matches!(from, Err(SmtpSettingsError::From)));
        let ca = SmtpSettings { security: Security::Tls, extra_ca: Some(b"no certificate".to_vec()), ..settings() };
        assert!(matches!(SmtpSender::new(ca), Err(SmtpSettingsError::ExtraCa)));
    }
}
