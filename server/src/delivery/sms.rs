//! SMS by HTTP: a form POST as Twilio takes it, which many gateways imitate.

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::{Client, StatusCode, Url, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use secrecy::{ExposeSecret, SecretString};

use super::sender::{Failure, ShortMessage, SmsSender};

/// Where SMS go.
#[derive(Clone, Debug)]
pub struct SmsSettings {
    /// The gateway, such as `https://api.twilio.com`. `http://` only on this machine.
    pub url: String,
    /// Account SID: in the path and as the name for signing in.
    pub account: String,
    /// The account's token.
    pub token: SecretString,
    /// `From`: a number or a name that the gateway knows.
    pub from: String,
    /// A certificate authority (PEM) to trust besides the public ones.
    pub extra_ca: Option<Vec<u8>>,
}

/// What is wrong with [`SmsSettings`].
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum SmsSettingsError {
    #[error("the SMS gateway's URL cannot be read")]
    Url,
    #[error("SMS without TLS are allowed only to a gateway on this machine, not to {0}")]
    PlainToElsewhere(String),
    #[error("the certificate authority for the SMS gateway is not a PEM certificate")]
    ExtraCa,
    #[error("TLS for the SMS gateway cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    #[error("the HTTP client for the SMS gateway cannot be set up: {0}")]
    Client(reqwest::Error),
}

/// Sends SMS by a Twilio-compatible gateway.
pub struct TwilioSender {
    client: Client,
    endpoint: Url,
    settings: SmsSettings,
}

/// The worker's own timeout covers the whole try; this one only tells a dead host apart early.
const CONNECT_MAX: Duration = Duration::from_secs(10);

impl TwilioSender {
    /// Checks the settings; connects only when there is a message. Errors: [`SmsSettingsError`].
    pub fn new(settings: SmsSettings) -> Result<Self, SmsSettingsError> {
        let endpoint = endpoint(&settings)?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls(settings.extra_ca.as_deref())?)
            .connect_timeout(CONNECT_MAX)
            // A redirect would carry recipient and text to somebody we were not told to trust.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(SmsSettingsError::Client)?;
        Ok(Self { client, endpoint, settings })
    }
}

impl fmt::Debug for TwilioSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioSender").field("url", &self.settings.url).finish_non_exhaustive()
    }
}

#[async_trait]
impl SmsSender for TwilioSender {
    async fn send(&self, message: &ShortMessage) -> Result<(), Failure> {
        let SmsSettings { account, token, from, .. } = &self.settings;
        let form = [("To", message.to.e164()), ("From", from.clone()), ("Body", message.text.clone())];
        let request =
            self.client.post(self.endpoint.clone()).basic_auth(account, Some(token.expose_secret())).form(&form);
        match request.send().await {
            Ok(answer) => judge(answer.status()),
            Err(error) if error.is_timeout() => Err(Failure::TimedOut),
            Err(_) => Err(Failure::Unreachable),
        }
    }
}

/// What the gateway's status means for the message.
fn judge(status: StatusCode) -> Result<(), Failure> {
    let code = status.as_u16();
    match code {
        200..=299 => Ok(()),
        // About our account, not about this message: an expired token must not cost anybody their message.
        401 | 403 | 404 => Err(Failure::Refused(code)),
        408 | 429 | 500..=599 => Err(Failure::Deferred(code)),
        400..=499 => Err(Failure::Undeliverable(code)),
        _ => Err(Failure::Refused(code)),
    }
}

fn endpoint(settings: &SmsSettings) -> Result<Url, SmsSettingsError> {
    let base = Url::parse(&settings.url).map_err(|_| SmsSettingsError::Url)?;
    let host = base.host_str().ok_or(SmsSettingsError::Url)?;
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let here = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    match base.scheme() {
        "https" => {}
        "http" if here => {}
        "http" => return Err(SmsSettingsError::PlainToElsewhere(host.to_owned())),
        _ => return Err(SmsSettingsError::Url),
    }
    let mut endpoint = base.clone();
    endpoint.path_segments_mut().map_err(|()| SmsSettingsError::Url)?.pop_if_empty().extend([
        "2010-04-01",
        "Accounts",
        &settings.account,
        "Messages.json",
    ]);
    Ok(endpoint)
}

fn tls(extra_ca: Option<&[u8]>) -> Result<ClientConfig, SmsSettingsError> {
    let mut roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    if let Some(pem) = extra_ca {
        let certificate = CertificateDer::from_pem_slice(pem).map_err(|_| SmsSettingsError::ExtraCa)?;
        roots.add(certificate).map_err(|_| SmsSettingsError::ExtraCa)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> SmsSettings {
        SmsSettings {
            url: url.to_owned(),
            account: "AC/1".to_owned(),
            token: SecretString::from("secret-token"),
            from: "+815000000000".to_owned(),
            extra_ca: None,
        }
    }

    #[test]
    fn the_address_is_twilios_below_any_prefix() {
        let sender = TwilioSender::new(settings("https://sms.example.jp/gateway/")).unwrap();
        let expected = "https://sms.example.jp/gateway/2010-04-01/Accounts/AC%2F1/Messages.json";
        assert_eq!(sender.endpoint.as_str(), expected);
        assert!(!format!("{sender:?} {:?}", sender.settings).contains("secret-token"));
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        assert!(TwilioSender::new(settings("http://127.0.0.1:8025")).is_ok());
        assert!(TwilioSender::new(settings("http://[::1]:8025")).is_ok());
        let elsewhere = TwilioSender::new(settings("http://sms.example.jp"));
        assert!(matches!(elsewhere, Err(SmsSettingsError::PlainToElsewhere(_))));
        assert!(matches!(TwilioSender::new(settings("sms.example.jp")), Err(SmsSettingsError::Url)));
    }

    #[test]
    fn statuses_are_about_the_message_the_account_or_the_moment() {
        let judged = |code| judge(StatusCode::from_u16(code).unwrap());
        assert_eq!(judged(201), Ok(()));
        assert_eq!(judged(400), Err(Failure::Undeliverable(400)));
        assert_eq!(judged(401), Err(Failure::Refused(401)));
        for later in [408, 429, 500, 503] {
            assert_eq!(judged(later), Err(Failure::Deferred(later)));
        }
        assert_eq!(judged(302), Err(Failure::Refused(302)));
    }
}
