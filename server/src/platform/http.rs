//! A remote platform over HTTP: HL7 FHIR R4 for people and eligibility, plain JSON for what FHIR has no resource for.
//!
//! `openapi.yaml` beside this file is the contract. Every question is a POST, so that no address holds personal data, and
//! every answer is judged before anybody sees it: form, identity ([`fhir`], [`eligibility`]), ranges ([`plausible`]).
//! [`transport`] waits, tries again and gives a platform that is away a rest.

mod breaker;
mod eligibility;
mod fhir;
mod patience;
mod plausible;
mod transport;

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::care::{Content, FourItems, Item};
use reqwest::{Client, Url, header::HeaderValue, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

pub use self::{breaker::BreakerSettings, patience::Patience};
use self::{
    fhir::{Hits, system},
    transport::{Call, Payload, Transport},
};
use super::{
    CardFace, Found, Person, PersonId, Platform, PlatformError, TerminalAccount, TerminalVerdict, without_spaces,
};
use crate::clock::Ambient;

/// Media type of plain JSON.
const JSON: &str = "application/json";

/// Idle connections that are kept, and for how long.
const IDLE: (usize, std::time::Duration) = (8, std::time::Duration::from_secs(30));

/// Where the platform is, and what it wants to see.
#[derive(Clone, Debug)]
pub struct HttpPlatformSettings {
    /// Base address; the contract's paths are below it.
    pub url: Url,
    /// Bearer token.
    pub token: SecretString,
    /// The certificate authorities (PEM) to trust instead of the public ones.
    pub ca: Option<Vec<u8>>,
    /// Times and limits.
    pub patience: Patience,
}

/// What is wrong with [`HttpPlatformSettings`].
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum HttpPlatformError {
    #[error("platform.url: not an address that paths can be added to")]
    Url,
    #[error("platform.token: only visible ASCII characters can be sent")]
    Token,
    #[error("platform.ca_file: no PEM certificate in it")]
    Ca,
    #[error("platform: TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    #[error("platform: the HTTP client cannot be set up: {0}")]
    Client(reqwest::Error),
}

/// Something in an answer that does not fit. The words name its place, never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Distrust(&'static str);

impl From<Distrust> for PlatformError {
    fn from(distrust: Distrust) -> Self {
        tracing::error!(platform.distrust = distrust.0, "the platform's answer is not believed");
        Self::Untrusted
    }
}

/// [`Platform`] by HTTP.
pub struct HttpPlatform {
    transport: Transport,
    ambient: Ambient,
    url: Url,
}

impl fmt::Debug for HttpPlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpPlatform").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

impl HttpPlatform {
    /// Checks the settings; connects only when there is something to ask. Errors: [`HttpPlatformError`].
    pub fn new(settings: HttpPlatformSettings, ambient: Ambient) -> Result<Self, HttpPlatformError> {
        let HttpPlatformSettings { url, token, ca, patience } = settings;
        if url.cannot_be_a_base() {
            return Err(HttpPlatformError::Url);
        }
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()))
            .map_err(|_| HttpPlatformError::Token)?;
        bearer.set_sensitive(true);
        let client = Client::builder()
            .tls_backend_preconfigured(tls(ca.as_deref())?)
            .connect_timeout(patience.connect)
            .pool_max_idle_per_host(IDLE.0)
            .pool_idle_timeout(IDLE.1)
            // A redirect would carry questions about people to somebody we were not told to trust.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(HttpPlatformError::Client)?;
        let transport = Transport::new(client, url.clone(), bearer, patience, ambient.clone());
        Ok(Self { transport, ambient, url })
    }

    /// Whether the platform is there, takes the token and speaks the right release of FHIR; for `server doctor`.
    ///
    /// Errors: `Away`, `Untrusted`.
    pub async fn check(&self) -> Result<(), PlatformError> {
        let call = Call {
            operation: "metadata",
            path: &["metadata"],
            payload: Payload::None,
            accepts: fhir::MEDIA,
            idempotent: true,
        };
        let fhir::Metadata::CapabilityStatement { fhir_version } = self.ask(&call).await?;
        if fhir_version == fhir::RELEASE { Ok(()) } else { Err(Distrust("another release of FHIR").into()) }
    }

    async fn ask<T: DeserializeOwned>(&self, call: &Call) -> Result<T, PlatformError> {
        let bytes = self.transport.call(call).await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            // Its text may quote a value; its place does not.
            tracing::error!(
                platform.operation = call.operation,
                json.line = error.line(),
                json.column = error.column(),
                json.category = ?error.classify(),
                "the platform's answer is not of the agreed form"
            );
            PlatformError::Untrusted
        })
    }

    async fn search(
        &self,
        operation: &'static str,
        mut fields: Vec<(&'static str, String)>,
    ) -> Result<Hits, PlatformError> {
        // Two are as many as need to be known, and the insurance comes along.
        fields.extend([("_count", "2".to_owned()), ("_revinclude", "Coverage:beneficiary".to_owned())]);
        let call = Call {
            operation,
            path: &["Patient", "_search"],
            payload: Payload::Form(fields),
            accepts: fhir::MEDIA,
            idempotent: true,
        };
        let hits = self.ask::<fhir::Answer>(&call).await?.hits()?;
        if let Hits::One(person, _) = &hits {
            plausible::person(person, self.ambient.now())?;
        }
        Ok(hits)
    }

    /// What was found, if it is whom `fits` says was asked for.
    fn found(hits: Hits, fits: impl FnOnce(&Person, Option<&str>) -> bool) -> Result<Found, PlatformError> {
        match hits {
            Hits::Nobody => Ok(Found::Nobody),
            Hits::Several => Ok(Found::Several),
            Hits::NotJoined => Ok(Found::InsurerNotJoined),
            Hits::One(person, certificate) if fits(&person, certificate.as_deref()) => {
                Ok(if person.insurer.joined { Found::One(person) } else { Found::InsurerNotJoined })
            }
            Hits::One(..) => Err(Distrust("another person").into()),
        }
    }

    /// The certificates: 資格確認.
    async fn eligibility(&self, id: &PersonId, item: Item) -> Result<Option<Content>, PlatformError> {
        let request = self.ambient.id();
        let call = Call {
            operation: "eligibility",
            path: &["CoverageEligibilityRequest", "$submit"],
            payload: Payload::Json {
                media: fhir::MEDIA,
                text: eligibility::request(request, id, item, self.ambient.now()),
            },
            accepts: fhir::MEDIA,
            idempotent: true,
        };
        Ok(self.ask::<eligibility::Answer>(&call).await?.content(request, id, item)?)
    }

    /// Everything else.
    async fn document(&self, id: &PersonId, item: Item) -> Result<Option<Content>, PlatformError> {
        let call = Call {
            operation: "care-item",
            path: &["care-items", "_query"],
            payload: Payload::Json { media: JSON, text: json!({ "person": id.0, "item": item.code() }).to_string() },
            accepts: JSON,
            idempotent: true,
        };
        let CareItem { person, item: answered, content } = self.ask(&call).await?;
        if person == id.0 && answered == item { Ok(content) } else { Err(Distrust("another person or item").into()) }
    }
}

/// The answer about an item that FHIR has no resource for.
#[derive(Deserialize)]
struct CareItem {
    person: String,
    item: Item,
    content: Option<Content>,
}

/// The answer about a terminal account.
#[derive(Deserialize)]
struct TerminalAnswer {
    verdict: TerminalWord,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TerminalWord {
    Accepted,
    WrongCredentials,
    OtherTerminal,
}

#[async_trait]
impl Platform for HttpPlatform {
    async fn verify_terminal(&self, account: TerminalAccount<'_>) -> Result<TerminalVerdict, PlatformError> {
        let question = json!({
            "user_id": account.user_id,
            "password": account.password.expose_secret(),
            "terminal_id": account.terminal_id,
        });
        let call = Call {
            operation: "verify-terminal",
            path: &["terminal-accounts", "_verify"],
            payload: Payload::Json { media: JSON, text: question.to_string() },
            accepts: JSON,
            // A platform may count wrong passwords.
            idempotent: false,
        };
        Ok(match self.ask::<TerminalAnswer>(&call).await?.verdict {
            TerminalWord::Accepted => TerminalVerdict::Accepted,
            TerminalWord::WrongCredentials => TerminalVerdict::WrongCredentials,
            TerminalWord::OtherTerminal => TerminalVerdict::OtherTerminal,
        })
    }

    async fn find_by_certificate(&self, serial: &str) -> Result<Found, PlatformError> {
        let fields = vec![("identifier", fhir::token(system::CERTIFICATE, serial))];
        let hits = self.search("find-by-certificate", fields).await?;
        Self::found(hits, |_, certificate| certificate == Some(serial))
    }

    async fn find_by_four_items(&self, items: &FourItems) -> Result<Found, PlatformError> {
        let fields = vec![
            ("insurer", fhir::token(system::INSURER, items.insurer.as_str())),
            ("identifier", fhir::token(system::INSURED, items.insured.as_str())),
            ("birthdate", items.born_on.iso()),
            ("gender", items.sex.code().to_owned()),
        ];
        let hits = self.search("find-by-items", fields).await?;
        Self::found(hits, |person, _| {
            person.insurer.number == items.insurer.as_str()
                && person.insured_number == items.insured.as_str()
                && (person.born_on, person.sex) == (items.born_on, items.sex)
        })
    }

    async fn find_by_card_face(&self, face: &CardFace) -> Result<Found, PlatformError> {
        let name = without_spaces(&face.name);
        let fields =
            vec![("name", name.clone()), ("birthdate", face.born_on.iso()), ("gender", face.sex.code().to_owned())];
        let hits = self.search("find-by-face", fields).await?;
        Self::found(hits, |person, _| {
            without_spaces(&person.name.full()) == name && (person.born_on, person.sex) == (face.born_on, face.sex)
        })
    }

    async fn person(&self, id: &PersonId) -> Result<Option<Person>, PlatformError> {
        match self.search("person", vec![("_id", id.0.clone())]).await? {
            Hits::Nobody => Ok(None),
            Hits::One(person, _) if person.id == *id => Ok(Some(*person)),
            Hits::One(..) | Hits::Several | Hits::NotJoined => Err(Distrust("another person").into()),
        }
    }

    async fn item(&self, id: &PersonId, item: Item) -> Result<Option<Content>, PlatformError> {
        let content =
            if eligibility::covers(item) { self.eligibility(id, item).await? } else { self.document(id, item).await? };
        if let Some(content) = &content {
            if content.item() != item {
                return Err(Distrust("the content of another item").into());
            }
            plausible::content(content)?;
        }
        Ok(content)
    }
}

fn tls(ca: Option<&[u8]>) -> Result<ClientConfig, HttpPlatformError> {
    let roots = match ca {
        None => webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect(),
        Some(pem) => own_roots(pem)?,
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Every certificate of the file. Errors: `Ca`.
fn own_roots(pem: &[u8]) -> Result<RootCertStore, HttpPlatformError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(|_| HttpPlatformError::Ca)?).map_err(|_| HttpPlatformError::Ca)?;
    }
    if roots.is_empty() { Err(HttpPlatformError::Ca) } else { Ok(roots) }
}
