//! Certificates of My Number cards (利用者証明用電子証明書), judged by the same CAs-with-revocation-lists as clients'.

use domain::{Timestamp, reading::Refusal};
use protocol::challenge::SignatureAlgorithm;
use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;
use x509_parser::{prelude::X509Certificate, public_key::PublicKey};

use super::ClientCa;
use crate::secret::hexadecimal;
use app::error::CertificateProblem;

/// The shortest RSA key that is taken, bits.
const RSA_BITS: usize = 2048;
/// The curve of the next generation of cards, bits.
const EC_BITS: usize = 384;

/// Whose certificate it is, in the words of its CA. Holds no name and no 個人番号.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardCertificate {
    /// The CA's name.
    pub issuer: String,
    /// Serial number, lower-case hexadecimal.
    pub serial: String,
    /// The certificate's own name.
    pub subject: String,
}

impl ClientCa {
    /// Judges a card's certificate and whether its key can have made signatures by `algorithm`.
    ///
    /// Errors: `CardIssuer` (another CA, or no certificate), `CardRevoked`, `CardExpired`, `CardKey`; of several the
    /// first of this list.
    pub fn check_card(
        &self,
        der: &[u8],
        algorithm: SignatureAlgorithm,
        now: Timestamp,
    ) -> Result<CardCertificate, Refusal> {
        let der = CertificateDer::from(der);
        let (rest, parsed) = x509_parser::parse_x509_certificate(&der).map_err(|_| Refusal::CardIssuer)?;
        if !rest.is_empty() {
            return Err(Refusal::CardIssuer);
        }
        match self.verify_at(&der, &[], &parsed, now) {
            Ok(()) => {}
            Err(CertificateProblem::Revoked) => return Err(Refusal::CardRevoked),
            Err(CertificateProblem::Expired) => return Err(Refusal::CardExpired),
            Err(_) => return Err(Refusal::CardIssuer),
        }
        if !key_fits(&parsed, algorithm) {
            return Err(Refusal::CardKey);
        }
        Ok(CardCertificate {
            issuer: parsed.issuer().to_string(),
            serial: hexadecimal(parsed.raw_serial()),
            subject: parsed.subject().to_string(),
        })
    }
}

fn key_fits(certificate: &X509Certificate<'_>, algorithm: SignatureAlgorithm) -> bool {
    match (certificate.public_key().parsed(), algorithm) {
        (Ok(PublicKey::RSA(key)), SignatureAlgorithm::RsaSha256) => key.key_size() >= RSA_BITS,
        (Ok(PublicKey::EC(point)), SignatureAlgorithm::EcdsaP384Sha384) => point.key_size() == EC_BITS,
        _ => false,
    }
}

/// Whether the certificate's key signed `message`. Terminals' algorithm is no card's.
pub fn card_signed(der: &[u8], algorithm: SignatureAlgorithm, message: &[u8], signature: &[u8]) -> bool {
    let expected = match algorithm {
        SignatureAlgorithm::RsaSha256 => webpki::ring::RSA_PKCS1_2048_8192_SHA256,
        SignatureAlgorithm::EcdsaP384Sha384 => webpki::ring::ECDSA_P384_SHA384,
        SignatureAlgorithm::EcdsaP256Sha256 => return false,
    };
    let der = CertificateDer::from(der);
    EndEntityCert::try_from(&der).is_ok_and(|card| card.verify_signature(expected, message, signature).is_ok())
}
