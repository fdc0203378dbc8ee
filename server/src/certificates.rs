//! Certificates of clients and cards, checked strictly: who issued one, whether it is in date and not revoked, whom it names.
//!
//! The handshake of the sign-in listener lets every certificate through (see [`crate::http::tls`]), so that a bad one
//! leads to a page that explains it. This is where it is judged: a pure function of the certificate's bytes and a time
//! from our own clock, once per request, so that a new revocation list or the end of a certificate also stops the
//! sessions that are already open.

mod authority;
mod card;
mod error;
mod store;

use app::{error::CertificateProblem, services::ClientCertificate};
use domain::{Timestamp, office::OfficeNumber};
use rustls::{
    DistinguishedName,
    pki_types::{CertificateDer, CertificateRevocationListDer, UnixTime},
};
use webpki::EndEntityCert;
use x509_parser::{oid_registry::OID_X509_SERIALNUMBER, prelude::X509Certificate};

use self::authority::Authority;
pub use self::{
    card::{CardCertificate, card_signed},
    error::{ClientCaError, ClientCaWarning},
    store::ClientCaStore,
};
use crate::secret::sha256_hex;

/// The CAs whose certificates are accepted from browsers, or from cards, each with its revocation lists.
#[derive(Debug)]
pub struct ClientCa {
    authorities: Vec<Authority>,
}

impl ClientCa {
    /// Takes the CA certificates and the revocation lists they signed.
    ///
    /// Errors: no CA at all; a certificate that is not a CA's; a list that cannot be read or that none of the CAs signed.
    pub fn new(roots: &[CertificateDer<'_>], crls: &[CertificateRevocationListDer<'_>]) -> Result<Self, ClientCaError> {
        let mut authorities = roots.iter().map(Authority::new).collect::<Result<Vec<_>, _>>()?;
        if authorities.is_empty() {
            return Err(ClientCaError::NoCertificate);
        }
        for crl in crls {
            let mut signers = authorities.iter_mut().filter_map(|a| a.add_crl(crl).transpose()).peekable();
            if signers.peek().is_none() {
                return Err(ClientCaError::CrlOfAnotherIssuer);
            }
            signers.collect::<Result<(), _>>()?;
        }
        Ok(Self { authorities })
    }

    /// The same from the contents of PEM (or single DER) files. Errors: as [`Self::new`], and unreadable contents.
    pub fn from_pem(roots: &[u8], crls: &[u8]) -> Result<Self, ClientCaError> {
        Self::new(&store::certificates(roots)?, &store::revocation_lists(crls)?)
    }

    /// Judges a certificate chain as it was presented: the client's own certificate first.
    ///
    /// Of several problems the one that says most about where the certificate comes from is reported: `UnknownIssuer`
    /// (also: no client certificate, no office number in it), then `Revoked`, then `Expired` (also: not valid yet).
    /// `Missing` when the chain is empty; never `WrongOffice`.
    pub fn check(&self, chain: &[CertificateDer<'_>], now: Timestamp) -> Result<ClientCertificate, CertificateProblem> {
        let (own, intermediates) = chain.split_first().ok_or(CertificateProblem::Missing)?;
        let (_, parsed) = x509_parser::parse_x509_certificate(own).map_err(|_| CertificateProblem::UnknownIssuer)?;
        let office_number = office_number(&parsed).ok_or(CertificateProblem::UnknownIssuer);
        match (self.verify_at(own, intermediates, &parsed, now), office_number) {
            (Ok(()), Ok(office_number)) => Ok(ClientCertificate {
                office_number: office_number.as_str().to_owned(),
                fingerprint: sha256_hex(own),
                ends: Timestamp::from_seconds(parsed.validity.not_after.timestamp()),
            }),
            (Err(CertificateProblem::Revoked), _) => Err(CertificateProblem::Revoked),
            (_, Err(problem)) | (Err(problem), _) => Err(problem),
        }
    }

    /// Whether the chain leads to one of the CAs, is not revoked, and is in date.
    ///
    /// Errors: `UnknownIssuer`, `Revoked`, `Expired` (also: not valid yet); of several the first of this list.
    fn verify_at(
        &self,
        own: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        parsed: &X509Certificate<'_>,
        now: Timestamp,
    ) -> Result<(), CertificateProblem> {
        let (begins, ends) = (parsed.validity.not_before.timestamp(), parsed.validity.not_after.timestamp());
        let seconds = now.micros().div_euclid(1_000_000);

        // A chain is verified at a time when the certificate itself is valid; otherwise "expired" would be all that is
        // ever said of a foreign certificate. Whether it is valid now is asked afterwards.
        self.verify(own, intermediates, seconds.max(begins).min(ends))?;
        if (begins..=ends).contains(&seconds) { Ok(()) } else { Err(CertificateProblem::Expired) }
    }

    /// The CAs' names, for the server to tell browsers whose certificates it takes.
    pub fn subjects(&self) -> Vec<DistinguishedName> {
        self.authorities.iter().map(Authority::subject).collect()
    }

    /// What an operator should know, though it stops nothing.
    pub fn warnings(&self, now: Timestamp) -> Vec<ClientCaWarning> {
        self.authorities.iter().flat_map(|a| a.warnings(now)).collect()
    }

    fn verify(
        &self,
        own: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        seconds: i64,
    ) -> Result<(), CertificateProblem> {
        let end_entity = EndEntityCert::try_from(own).map_err(|_| CertificateProblem::UnknownIssuer)?;
        let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
        let verdicts: Vec<_> = self.authorities.iter().map(|a| a.verify(&end_entity, intermediates, time)).collect();

        // With cross-signed CAs one path may be clean while another is revoked: revoked wins.
        if verdicts.contains(&Err(webpki::Error::CertRevoked)) {
            return Err(CertificateProblem::Revoked);
        }
        if verdicts.contains(&Ok(())) {
            return Ok(());
        }
        tracing::debug!(certificate.fingerprint = sha256_hex(own), ?verdicts, "the certificate fits none of the CAs");
        Err(CertificateProblem::UnknownIssuer)
    }
}

/// 事業所番号: the subject's `serialNumber` attribute, which must be there exactly once.
fn office_number(certificate: &X509Certificate<'_>) -> Option<OfficeNumber> {
    let mut attributes = certificate.subject().iter_by_oid(&OID_X509_SERIALNUMBER);
    let number = attributes.next()?.as_str().ok()?;
    if attributes.next().is_some() {
        return None;
    }
    OfficeNumber::parse(number).ok()
}
