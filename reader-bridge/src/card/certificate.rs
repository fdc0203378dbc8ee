//! What this program must know of the user-authentication certificate: how its key signs and until when it is good.
//!
//! Whether it can be trusted is not judged here: the server checks the chain and the revocation list.

use protocol::{challenge::SignatureAlgorithm, failure::Failure};
use x509_parser::{
    certificate::X509Certificate,
    der_parser::{Oid, oid},
    prelude::FromDer,
    public_key::PublicKey,
};

use crate::clock::Timestamp;

const P384: Oid<'static> = oid!(1.3.132.0.34);

/// How the card will sign. Errors: `card_expired` outside the certificate's validity, `reader_fault` for bytes that are no
/// certificate, `not_my_number_card` for a key of a kind that no My Number card has.
pub fn judge(der: &[u8], now: Timestamp) -> Result<SignatureAlgorithm, Failure> {
    let (_, certificate) = X509Certificate::from_der(der).map_err(|_| Failure::ReaderFault)?;
    let algorithm = algorithm(&certificate).ok_or(Failure::NotMyNumberCard)?;
    let validity = certificate.validity();
    if (validity.not_before.timestamp()..=validity.not_after.timestamp()).contains(&now.seconds()) {
        Ok(algorithm)
    } else {
        Err(Failure::CardExpired)
    }
}

fn algorithm(certificate: &X509Certificate<'_>) -> Option<SignatureAlgorithm> {
    let key = certificate.public_key();
    match key.parsed().ok()? {
        PublicKey::RSA(rsa) if rsa.key_size() == 2048 => Some(SignatureAlgorithm::RsaSha256),
        PublicKey::EC(_) => {
            let curve = key.algorithm.parameters.as_ref()?.as_oid().ok()?;
            (curve == P384).then_some(SignatureAlgorithm::EcdsaP384Sha384)
        }
        _ => None,
    }
}
