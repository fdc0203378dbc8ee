//! Makes the certificates, in memory. Keys are ECDSA P-256.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use domain::Timestamp;
use p12_keystore::{KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DistinguishedName, DnType,
    DnValue, ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose, RevocationReason, RevokedCertParams,
    SanType, SerialNumber,
};
use time::{Duration, OffsetDateTime};

use super::{DemoCertificate, DemoCertificateKind, DemoPkiError, P12_PASSWORD};
use crate::secret::sha256_hex;

/// Everything that goes into the folder but the CAs' keys.
pub(super) struct Issued {
    pub(super) ca: String,
    pub(super) foreign_ca: String,
    pub(super) crl: String,
    pub(super) server: Pair,
    /// In the order of the plan.
    pub(super) clients: Vec<(Pair, Bundle)>,
}

/// Certificate and key, PEM.
pub(super) struct Pair {
    pub(super) certificate: String,
    pub(super) key: String,
}

/// The bytes of a `.p12` file.
pub(super) type Bundle = Vec<u8>;

type Ca = CertifiedIssuer<'static, KeyPair>;

const ORGANIZATION: &str = "合成データによるデモ（実在しません）";

/// When certificates are valid.
#[derive(Clone, Copy)]
struct Span {
    begins: OffsetDateTime,
    ends: OffsetDateTime,
}

impl Issued {
    /// Errors: rcgen's, p12-keystore's, a time out of range.
    pub(super) fn new(plan: &[DemoCertificate], now: Timestamp) -> Result<Self, DemoPkiError> {
        let now = OffsetDateTime::from_unix_timestamp(now.micros().div_euclid(1_000_000))?;
        let day = Duration::DAY;
        // One day of grace for browsers whose clock is behind. The CA covers the expired certificate's time, too.
        let usual = Span { begins: now - day, ends: now + day * 365 };
        let past = Span { begins: now - day * 366, ends: now - day };
        let long = Span { begins: past.begins, ends: usual.ends };

        let ca = authority("合成データ用デモCA", long)?;
        let foreign = authority("合成データ用デモCA（別の発行者）", long)?;
        let mut revoked = Vec::new();
        let mut clients = Vec::new();
        for wanted in plan {
            let issuer = if wanted.kind == DemoCertificateKind::Foreign { &foreign } else { &ca };
            let span = if wanted.kind == DemoCertificateKind::Expired { past } else { usual };
            let (client, serial) = client(wanted, issuer, span)?;
            if wanted.kind == DemoCertificateKind::Revoked {
                revoked.push(serial);
            }
            clients.push(client);
        }
        Ok(Self {
            ca: ca.pem(),
            foreign_ca: foreign.pem(),
            crl: revocation_list(&ca, revoked, usual)?,
            server: server(&ca, usual)?,
            clients,
        })
    }
}

fn authority(name: &str, span: Span) -> Result<Ca, DemoPkiError> {
    let mut params = params(name, span)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?)
}

fn server(ca: &Ca, span: Span) -> Result<Pair, DemoPkiError> {
    let key = KeyPair::generate()?;
    let mut params = params("localhost", span)?;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.subject_alt_names = vec![
        SanType::DnsName("localhost".try_into()?),
        SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        SanType::IpAddress(IpAddr::V6(Ipv6Addr::LOCALHOST)),
    ];
    Ok(Pair { certificate: params.signed_by(&key, ca)?.pem(), key: key.serialize_pem() })
}

fn client(wanted: &DemoCertificate, ca: &Ca, span: Span) -> Result<((Pair, Bundle), SerialNumber), DemoPkiError> {
    let key = KeyPair::generate()?;
    let serial = serial_number(&key);
    let mut params = params(&wanted.label, span)?;
    params.serial_number = Some(serial.clone());
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params.distinguished_name.push(office_number_attribute(), printable(&wanted.office_number)?);
    let certificate = params.signed_by(&key, ca)?;
    let chain = [certificate.der(), ca.der()];
    let chain = chain.map(|der| p12_keystore::Certificate::from_der(der)).into_iter().collect::<Result<Vec<_>, _>>()?;
    let bundle = bundle(&wanted.label, &key, chain)?;
    Ok(((Pair { certificate: certificate.pem(), key: key.serialize_pem() }, bundle), serial))
}

/// AES-256 with HMAC-SHA-256, which Windows 10, macOS, Chromium, Firefox and OpenSSL 3 all read.
fn bundle(label: &str, key: &KeyPair, chain: Vec<p12_keystore::Certificate>) -> Result<Bundle, DemoPkiError> {
    let private = PrivateKey::from_der(key.serialized_der())?;
    let key_id = sha256_hex(key.public_key_raw());
    let mut store = KeyStore::new();
    store.add_entry(label, KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new(key_id, private, chain)));
    Ok(store.writer(P12_PASSWORD).write()?)
}

fn revocation_list(ca: &Ca, serials: Vec<SerialNumber>, span: Span) -> Result<String, DemoPkiError> {
    let entry = |serial_number| RevokedCertParams {
        serial_number,
        revocation_time: span.begins,
        reason_code: Some(RevocationReason::KeyCompromise),
        invalidity_date: None,
    };
    let list = CertificateRevocationListParams {
        this_update: span.begins,
        next_update: span.ends,
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: serials.into_iter().map(entry).collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    Ok(list.signed_by(ca)?.pem()?)
}

fn params(name: &str, span: Span) -> Result<CertificateParams, DemoPkiError> {
    let mut params = CertificateParams::default();
    params.not_before = span.begins;
    params.not_after = span.ends;
    params.use_authority_key_identifier_extension = true;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, printable("JP")?);
    params.distinguished_name.push(DnType::OrganizationName, ORGANIZATION);
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}

/// Subject attribute `serialNumber`: where client certificates hold the 事業所番号.
fn office_number_attribute() -> DnType {
    DnType::CustomDnType(vec![2, 5, 4, 5])
}

fn printable(text: &str) -> Result<DnValue, DemoPkiError> {
    Ok(DnValue::PrintableString(text.try_into()?))
}

/// From the key: unique, positive, at most 20 bytes, as RFC 5280 wants.
fn serial_number(key: &KeyPair) -> SerialNumber {
    let digest = sha256_hex(key.public_key_raw());
    SerialNumber::from(u64::from_str_radix(&digest[..15], 16).unwrap_or(1))
}
