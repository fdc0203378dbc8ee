//! A CA for tests, which can issue and revoke what it likes.

use domain::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SanType, SerialNumber,
};
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer};
use time::OffsetDateTime;

/// 2025-02-07 00:00 in Japan, the tests' present.
pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_738_854_000);
pub(crate) const OFFICE: &str = "2372101440";
const DAY: i64 = 86_400;

pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate to be, by default a client's. Days count from [`NOW`].
pub(crate) struct Wanted {
    pub(crate) serial: u64,
    pub(crate) from_day: i64,
    pub(crate) to_day: i64,
    pub(crate) number: Option<&'static str>,
    pub(crate) usage: ExtendedKeyUsagePurpose,
}

impl Default for Wanted {
    fn default() -> Self {
        let usage = ExtendedKeyUsagePurpose::ClientAuth;
        Self { serial: 7, from_day: -1, to_day: 30, number: Some(OFFICE), usage }
    }
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let params = authority_params(name);
        Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap() }
    }

    pub(crate) fn intermediate(&self, name: &str) -> Self {
        let params = authority_params(name);
        Self { issuer: CertifiedIssuer::signed_by(params, KeyPair::generate().unwrap(), &self.issuer).unwrap() }
    }

    pub(crate) fn certificate(&self) -> CertificateDer<'static> {
        self.issuer.der().clone()
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    pub(crate) fn issue(&self, wanted: &Wanted) -> CertificateDer<'static> {
        self.issue_with_key(wanted).0.der().clone()
    }

    pub(crate) fn issue_with_key(&self, wanted: &Wanted) -> (rcgen::Certificate, KeyPair) {
        let mut params = named("テスト事業所");
        params.serial_number = Some(SerialNumber::from(wanted.serial));
        params.not_before = day(wanted.from_day);
        params.not_after = day(wanted.to_day);
        params.subject_alt_names = vec![SanType::DnsName("localhost".try_into().unwrap())];
        params.extended_key_usages = vec![wanted.usage.clone()];
        if let Some(number) = wanted.number {
            params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), number);
        }
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    pub(crate) fn crl(&self, issued_day: i64, due_day: i64, serials: &[u64]) -> CertificateRevocationListDer<'static> {
        self.crl_with_pem(issued_day, due_day, serials).0
    }

    pub(crate) fn crl_with_pem(
        &self,
        issued_day: i64,
        due_day: i64,
        serials: &[u64],
    ) -> (CertificateRevocationListDer<'static>, String) {
        let revoked = |serial: &u64| RevokedCertParams {
            serial_number: SerialNumber::from(*serial),
            revocation_time: day(issued_day),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: day(issued_day),
            next_update: day(due_day),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: serials.iter().map(revoked).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = list.signed_by(&self.issuer).unwrap();
        (list.der().clone(), list.pem().unwrap())
    }
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = day(-1_000);
    params.not_after = day(1_000);
    params
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn day(day: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(NOW.plus_seconds(day * DAY).micros() / 1_000_000).unwrap()
}
