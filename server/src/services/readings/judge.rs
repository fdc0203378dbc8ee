//! Whether a reading is what it says: pure functions of its bytes, what the server issued, and the registered key.

use domain::{Timestamp, reading::Refusal};
use protocol::{
    bytes::Nonce,
    challenge::{Origin, SignatureAlgorithm, message},
    reading::{AuthenticationReading, FaceReading, TerminalSignature},
    terminal_id::TerminalId,
};
use x509_parser::{
    oid_registry::{OID_EC_P256, OID_KEY_TYPE_EC_PUBLIC_KEY},
    prelude::FromDer,
    x509::SubjectPublicKeyInfo,
};

use crate::{
    certificates::{CardCertificate, ClientCa, card_signed},
    storage::terminals::Terminal,
};

/// What a reading must answer.
pub(super) struct Asked {
    /// The site's origin when the challenge was issued.
    pub(super) origin: Origin,
    /// The challenge.
    pub(super) nonce: Nonce,
}

/// 暗証番号: whose card signed. Errors: `TerminalSignature`, `CardIssuer`, `CardRevoked`, `CardExpired`, `CardKey`,
/// `CardSignature`.
pub(super) fn authentication(
    reading: &AuthenticationReading,
    asked: &Asked,
    terminal: &Terminal,
    ca: &ClientCa,
    now: Timestamp,
) -> Result<CardCertificate, Refusal> {
    let AuthenticationReading { card, signature, terminal: by_terminal } = reading;
    let signed = AuthenticationReading::signed_bytes(card, signature, &asked.origin, &asked.nonce);
    terminal_signed(by_terminal, terminal, &signed)?;
    let holder = ca.check_card(&card.certificate.0, card.algorithm, now)?;
    let challenge = message(&asked.origin, &asked.nonce, card.algorithm);
    let genuine = card_signed(&card.certificate.0, card.algorithm, &challenge, &signature.0);
    genuine.then_some(holder).ok_or(Refusal::CardSignature)
}

/// 目視: the terminal vouches for what it read. Errors: `TerminalSignature`, `CardExpired`.
pub(super) fn face(reading: &FaceReading, asked: &Asked, terminal: &Terminal, now: Timestamp) -> Result<(), Refusal> {
    let FaceReading { attributes, photo, expiry, terminal: by_terminal } = reading;
    let signed = FaceReading::signed_bytes(attributes, photo, expiry, &asked.origin, &asked.nonce);
    terminal_signed(by_terminal, terminal, &signed)?;
    // Both are eight digits, so that text order is the order of days.
    let today = now.date_text().replace('/', "");
    if expiry.as_str() < today.as_str() { Err(Refusal::CardExpired) } else { Ok(()) }
}

/// The registered terminal's key signed this. The key that came along counts only as far as the registered 端末固有ID is
/// its fingerprint, and no key may take the place of one that was seen before.
fn terminal_signed(by: &TerminalSignature, terminal: &Terminal, signed: &[u8]) -> Result<(), Refusal> {
    let key = &by.terminal.public_key.0;
    let its_own = TerminalId::of_public_key(key).to_string() == terminal.terminal_id;
    let the_same = terminal.public_key.as_ref().is_none_or(|known| known == key);
    let algorithm = by.algorithm == SignatureAlgorithm::EcdsaP256Sha256;
    let genuine = its_own && the_same && algorithm && p256_signed(key, signed, &by.signature.0);
    genuine.then_some(()).ok_or(Refusal::TerminalSignature)
}

fn p256_signed(spki: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok((rest, key)) = SubjectPublicKeyInfo::from_der(spki) else { return false };
    let curve = key.algorithm.parameters.as_ref().and_then(|parameters| parameters.as_oid().ok());
    let is_p256 = key.algorithm.algorithm == OID_KEY_TYPE_EC_PUBLIC_KEY && curve == Some(OID_EC_P256);
    rest.is_empty()
        && is_p256
        && webpki::ring::ECDSA_P256_SHA256.verify_signature(&key.subject_public_key.data, message, signature).is_ok()
}
