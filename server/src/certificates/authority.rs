//! One CA with the revocation lists that it signed.

use domain::Timestamp;
use rustls::{
    DistinguishedName,
    pki_types::{CertificateDer, CertificateRevocationListDer, TrustAnchor, UnixTime},
};
use webpki::{
    ALL_VERIFICATION_ALGS, BorrowedCertRevocationList, CertRevocationList, EndEntityCert, ExpirationPolicy, KeyUsage,
    RevocationCheckDepth, RevocationOptionsBuilder, UnknownStatusPolicy,
};
use x509_parser::prelude::{CertificateRevocationList, FromDer, X509Certificate};

use super::error::{ClientCaError, ClientCaWarning};

/// A trusted CA.
///
/// Each has its own lists: webpki picks a list by the issuer's name, which two generations of one CA share.
#[derive(Debug)]
pub(super) struct Authority {
    certificate: CertificateDer<'static>,
    anchor: TrustAnchor<'static>,
    name: String,
    ends: Timestamp,
    /// Newest first: webpki asks only the first that fits.
    crls: Vec<Crl>,
}

#[derive(Debug)]
struct Crl {
    issued: i64,
    due: Option<Timestamp>,
    list: CertRevocationList<'static>,
}

impl Authority {
    /// Errors: `BadCertificate`, `NotACa`.
    pub(super) fn new(certificate: &CertificateDer<'_>) -> Result<Self, ClientCaError> {
        let (_, parsed) = X509Certificate::from_der(certificate).map_err(bad_certificate)?;
        let name = parsed.subject().to_string();
        if !parsed.is_ca() {
            return Err(ClientCaError::NotACa(name));
        }
        let anchor = webpki::anchor_from_trusted_cert(certificate).map_err(bad_certificate)?.to_owned();
        let ends = Timestamp::from_seconds(parsed.validity.not_after.timestamp());
        Ok(Self { certificate: certificate.clone().into_owned(), anchor, name, ends, crls: Vec::new() })
    }

    /// Takes the list if this CA signed it; `None` if it is another's. Errors: `BadCrl`.
    pub(super) fn add_crl(&mut self, der: &CertificateRevocationListDer<'_>) -> Result<Option<()>, ClientCaError> {
        let (_, parsed) = CertificateRevocationList::from_der(der).map_err(bad_crl)?;
        let list = BorrowedCertRevocationList::from_der(der).and_then(|crl| crl.to_owned()).map_err(bad_crl)?;
        if !self.signed(&parsed)? {
            return Ok(None);
        }
        let due = parsed.next_update().map(|time| Timestamp::from_seconds(time.timestamp()));
        self.crls.push(Crl { issued: parsed.last_update().timestamp(), due, list: list.into() });
        self.crls.sort_by_key(|crl| std::cmp::Reverse(crl.issued));
        Ok(Some(()))
    }

    fn signed(&self, crl: &CertificateRevocationList<'_>) -> Result<bool, ClientCaError> {
        let (_, own) = X509Certificate::from_der(&self.certificate).map_err(bad_certificate)?;
        if own.subject().as_raw() != crl.issuer().as_raw() {
            return Ok(false);
        }
        // webpki verifies signatures with the key of an "end entity"; any certificate may stand in for one.
        let signer = EndEntityCert::try_from(&self.certificate).map_err(bad_certificate)?;
        let (message, signature) = (crl.tbs_cert_list.as_ref(), &crl.signature_value.data);
        Ok(ALL_VERIFICATION_ALGS
            .iter()
            .any(|algorithm| signer.verify_signature(*algorithm, message, signature).is_ok()))
    }

    /// Whether the certificate is a client certificate of this CA, valid at `time` and not revoked. Errors: webpki's.
    pub(super) fn verify(
        &self,
        end_entity: &EndEntityCert<'_>,
        intermediates: &[CertificateDer<'_>],
        time: UnixTime,
    ) -> Result<(), webpki::Error> {
        let crls: Vec<&CertRevocationList<'_>> = self.crls.iter().map(|crl| &crl.list).collect();
        // An overdue list stays in force: to refuse every office because the CA is late would help nobody.
        let revocation = RevocationOptionsBuilder::new(&crls).ok().map(|options| {
            options
                .with_depth(RevocationCheckDepth::Chain)
                .with_status_policy(UnknownStatusPolicy::Allow)
                .with_expiration_policy(ExpirationPolicy::Ignore)
                .build()
        });
        let anchors = std::slice::from_ref(&self.anchor);
        let usage = KeyUsage::client_auth();
        end_entity
            .verify_for_usage(ALL_VERIFICATION_ALGS, anchors, intermediates, time, usage, revocation, None)
            .map(|_path| ())
    }

    /// The CA's name as TLS sends it.
    pub(super) fn subject(&self) -> DistinguishedName {
        DistinguishedName::in_sequence(&self.anchor.subject)
    }

    /// What the operator should look after.
    pub(super) fn warnings(&self, now: Timestamp) -> Vec<ClientCaWarning> {
        let ca = || self.name.clone();
        let mut warnings = Vec::new();
        if self.ends < now {
            warnings.push(ClientCaWarning::CaEnded { ca: ca(), ended: self.ends.minute_text() });
        }
        match self.crls.first() {
            None => warnings.push(ClientCaWarning::NoCrl { ca: ca() }),
            Some(Crl { due: Some(due), .. }) if *due < now => {
                warnings.push(ClientCaWarning::CrlOverdue { ca: ca(), due: due.minute_text() });
            }
            Some(_) => {}
        }
        warnings
    }
}

fn bad_certificate(error: impl std::fmt::Display) -> ClientCaError {
    ClientCaError::BadCertificate(error.to_string())
}

fn bad_crl(error: impl std::fmt::Display) -> ClientCaError {
    ClientCaError::BadCrl(error.to_string())
}
