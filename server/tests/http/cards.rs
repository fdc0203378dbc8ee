//! Cards and terminals for tests: virtual cards' keys and certificates, a terminal's key, and the readings they make.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use getrandom::{SysRng, rand_core::UnwrapErr};
use p256::{
    ecdsa::{DerSignature, SigningKey, signature::Signer},
    pkcs8::EncodePublicKey,
};
use protocol::{
    bytes::{Bytes, Nonce},
    challenge::{Origin, SignatureAlgorithm, digest},
    reading::{Attributes, AuthenticationReading, FaceReading, Sex, TerminalSignature},
    reply::{Certificate, Terminal},
    terminal_id::TerminalId,
};
use server::certificates::ClientCaStore;
use time::OffsetDateTime;
use virtual_card::{
    authority::{Algorithm, Authority},
    person::{Person, person},
};

use super::service::NOW;

/// What stands before a SHA-256 hash when RSA signs it (RFC 8017).
const SHA256_INFO: [u8; 19] = [48, 49, 48, 13, 6, 9, 96, 134, 72, 1, 101, 3, 4, 2, 1, 5, 0, 4, 32];

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(NOW.micros() / 1_000_000).unwrap()
}

/// A folder of a virtual cards' CA, kept between runs: RSA keys take their time.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cards-{name}"))
}

fn open(name: &str) -> Authority {
    Authority::open(&folder(name), now(), &mut UnwrapErr(SysRng)).unwrap()
}

/// The CA that every test's server trusts.
pub(crate) fn card_ca() -> Arc<ClientCaStore> {
    static STORE: OnceLock<Arc<ClientCaStore>> = OnceLock::new();
    Arc::clone(STORE.get_or_init(|| {
        drop(open("trusted"));
        let file = |name: &str| vec![folder("trusted").join(name)];
        Arc::new(ClientCaStore::load(file("ca.pem"), file("crl.pem"), NOW).unwrap())
    }))
}

/// A card: its key and certificate.
pub(crate) struct Card {
    key: virtual_card::authority::CardKey,
    algorithm: SignatureAlgorithm,
    certificate: Vec<u8>,
}

/// What is special about a card.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Good,
    /// P-384 in place of RSA.
    NextGeneration,
    Expired,
    Revoked,
    /// Another CA issued it.
    Foreign,
}

impl Card {
    pub(crate) fn new(kind: Kind) -> Self {
        let authority = open(if kind == Kind::Foreign { "foreign" } else { "trusted" });
        let holder: &Person = person(if kind == Kind::Revoked { 4 } else { 1 }).unwrap();
        let (algorithm, named) = match kind {
            Kind::NextGeneration => (Algorithm::P384, SignatureAlgorithm::EcdsaP384Sha384),
            _ => (Algorithm::Rsa, SignatureAlgorithm::RsaSha256),
        };
        let expired = kind == Kind::Expired;
        let (key, certificate) = authority.issue(holder, algorithm, expired, now(), &mut UnwrapErr(SysRng)).unwrap();
        Self { key, algorithm: named, certificate }
    }

    /// The certificate with another statement of how its key signs.
    pub(crate) fn claiming(mut self, algorithm: SignatureAlgorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    fn sign(&self, origin: &Origin, nonce: &Nonce) -> Vec<u8> {
        let hash = |algorithm| digest(origin, nonce, algorithm);
        let input = match &self.key {
            virtual_card::authority::CardKey::Rsa(_) => {
                [&SHA256_INFO[..], &hash(SignatureAlgorithm::RsaSha256)].concat()
            }
            virtual_card::authority::CardKey::P384(_) => hash(SignatureAlgorithm::EcdsaP384Sha384),
        };
        self.key.sign(&input).unwrap()
    }
}

/// A terminal's key.
pub(crate) struct TerminalKey(SigningKey);

impl TerminalKey {
    /// Another one for each seed.
    pub(crate) fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    pub(crate) fn terminal(&self) -> Terminal {
        let public_key = self.0.verifying_key().to_public_key_der().unwrap().into_vec();
        Terminal { id: TerminalId::of_public_key(&public_key), public_key: Bytes(public_key) }
    }

    pub(crate) fn id(&self) -> String {
        self.terminal().id.to_string()
    }

    fn sign(&self, signed: &[u8]) -> TerminalSignature {
        let signature: DerSignature = self.0.sign(signed);
        TerminalSignature {
            terminal: self.terminal(),
            algorithm: SignatureAlgorithm::EcdsaP256Sha256,
            signature: Bytes(signature.as_bytes().to_vec()),
        }
    }

    /// What reader-bridge makes of a card in 暗証番号 mode.
    pub(crate) fn authentication(&self, card: &Card, origin: &str, nonce: &str) -> AuthenticationReading {
        let (origin, nonce) = (origin.parse().unwrap(), parsed(nonce));
        let certificate = Certificate { certificate: Bytes(card.certificate.clone()), algorithm: card.algorithm };
        let signature = Bytes(card.sign(&origin, &nonce));
        let terminal = self.sign(&AuthenticationReading::signed_bytes(&certificate, &signature, &origin, &nonce));
        AuthenticationReading { card: certificate, signature, terminal }
    }

    /// The same with a card's signature over something else, vouched for by the terminal all the same.
    pub(crate) fn forged(&self, card: &Card, origin: &str, nonce: &str) -> AuthenticationReading {
        let (origin, nonce) = (origin.parse().unwrap(), parsed(nonce));
        let certificate = Certificate { certificate: Bytes(card.certificate.clone()), algorithm: card.algorithm };
        let signature = Bytes(card.sign(&origin, &Nonce([9; 32])));
        let terminal = self.sign(&AuthenticationReading::signed_bytes(&certificate, &signature, &origin, &nonce));
        AuthenticationReading { card: certificate, signature, terminal }
    }

    /// What reader-bridge makes of a card in 目視 mode.
    pub(crate) fn face(&self, expiry: &str, origin: &str, nonce: &str) -> FaceReading {
        let attributes = Attributes {
            name: "見本　花子".into(),
            address: "東京都千代田区見本町一丁目１番地１".into(),
            birth_date: "19500401".parse().unwrap(),
            sex: Sex::Female,
        };
        let (photo, expiry) = (Bytes(b"PHOTO-MARKER".to_vec()), expiry.parse().unwrap());
        let signed = FaceReading::signed_bytes(&attributes, &photo, &expiry, &origin.parse().unwrap(), &parsed(nonce));
        FaceReading { attributes, photo, expiry, terminal: self.sign(&signed) }
    }
}

fn parsed(nonce: &str) -> Nonce {
    serde_json::from_value(nonce.into()).unwrap()
}
