//! The test CA behind the virtual cards, kept in a folder so that a server can be configured with it.
//!
//! ```text
//! ca.pem              for the server's list of trusted CAs
//! crl.pem             its revocation list; names the certificates of one person
//! ca.key.pem          the CA's key
//! card-N-….key.pem    key of person N's card
//! ```
//! Certificates are signed anew whenever a card is made; serial numbers follow from person and algorithm, so that the
//! revocation list can be written before any card exists.

use std::{error::Error, fs, io, path::Path, path::PathBuf};

use clap::ValueEnum;
use p384::ecdsa::signature::hazmat::PrehashSigner;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DistinguishedName, DnType, IsCa, Issuer,
    KeyIdMethod, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256, RevocationReason,
    RevokedCertParams, SerialNumber,
};
use rsa::{
    Pkcs1v15Sign, RsaPrivateKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding},
    rand_core::CryptoRng,
};
use time::{Duration, OffsetDateTime};

use crate::person::{PEOPLE, Person};

/// What a card signs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Algorithm {
    /// RSA-2048 with SHA-256: today's cards.
    Rsa,
    /// ECDSA over P-384 with SHA-384: a guess at the next generation.
    P384,
}

/// The private key inside a card.
#[derive(Clone, Debug)]
pub enum CardKey {
    /// RSA-2048.
    Rsa(Box<RsaPrivateKey>),
    /// P-384.
    P384(p384::ecdsa::SigningKey),
}

/// The card does not sign this input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongInput;

impl CardKey {
    /// RSA: pads `input`, a `DigestInfo`, and signs. P-384: takes `input` for the hash; the signature is in DER.
    pub fn sign(&self, input: &[u8]) -> Result<Vec<u8>, WrongInput> {
        match self {
            Self::Rsa(key) => key.sign(Pkcs1v15Sign::new_unprefixed(), input).map_err(|_| WrongInput),
            Self::P384(key) if input.len() == 48 => {
                let signature: p384::ecdsa::DerSignature = key.sign_prehash(input).map_err(|_| WrongInput)?;
                Ok(signature.as_bytes().to_vec())
            }
            Self::P384(_) => Err(WrongInput),
        }
    }
}

/// The CA, ready to issue.
pub struct Authority {
    dir: PathBuf,
    certificate: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
    _lock: fs::File,
}

type Outcome<T> = Result<T, Box<dyn Error>>;

impl Authority {
    /// Opens the CA in `dir`, or makes it there. Waits while another process does the same.
    pub fn open(dir: &Path, now: OffsetDateTime, rng: &mut impl CryptoRng) -> Outcome<Self> {
        fs::create_dir_all(dir)?;
        let lock = fs::File::create(dir.join("lock"))?;
        lock.lock()?;
        let key = key_pair(&rsa_key(&dir.join("ca.key.pem"), rng)?)?;
        let pem_file = dir.join("ca.pem");
        if !pem_file.exists() {
            let certificate = ca_params(now).self_signed(&key)?;
            write(&pem_file, &certificate.pem())?;
        }
        let pem = fs::read_to_string(&pem_file)?;
        let certificate = pem_bytes(&pem)?;
        let issuer = Issuer::from_ca_cert_pem(&pem, key)?;
        write(&dir.join("crl.pem"), &revocation_list(now).signed_by(&issuer)?.pem()?)?;
        Ok(Self { dir: dir.to_owned(), certificate, issuer, _lock: lock })
    }

    /// DER of the CA's certificate.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// Key and certificate (DER) of `person`'s card; `expired` ends the certificate yesterday.
    pub fn issue(
        &self,
        person: &Person,
        algorithm: Algorithm,
        expired: bool,
        now: OffsetDateTime,
        rng: &mut impl CryptoRng,
    ) -> Outcome<(CardKey, Vec<u8>)> {
        let (key, pair) = self.card_key(person, algorithm, rng)?;
        let mut params = CertificateParams::default();
        params.distinguished_name = name(&format!("VIRTUAL{:08}", person.number));
        params.serial_number = Some(serial(person, algorithm));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.not_before = now - Duration::days(if expired { 400 } else { 1 });
        params.not_after = now + Duration::days(if expired { -1 } else { 5 * 365 });
        let certificate = params.signed_by(&pair, &self.issuer)?;
        Ok((key, certificate.der().to_vec()))
    }

    fn card_key(&self, person: &Person, algorithm: Algorithm, rng: &mut impl CryptoRng) -> Outcome<(CardKey, KeyPair)> {
        let file = |kind| self.dir.join(format!("card-{}-{kind}.key.pem", person.number));
        match algorithm {
            Algorithm::Rsa => {
                let key = rsa_key(&file("rsa"), rng)?;
                let pair = key_pair(&key)?;
                Ok((CardKey::Rsa(Box::new(key)), pair))
            }
            Algorithm::P384 => {
                let key = p384_key(&file("p384"), rng)?;
                let der = key.to_pkcs8_der()?;
                let pair = KeyPair::from_pkcs8_der_and_sign_algo(&der.as_bytes().into(), &PKCS_ECDSA_P384_SHA384)?;
                Ok((CardKey::P384(key), pair))
            }
        }
    }
}

fn rsa_key(file: &Path, rng: &mut impl CryptoRng) -> Outcome<RsaPrivateKey> {
    if !file.exists() {
        write(file, &RsaPrivateKey::new(rng, 2048)?.to_pkcs8_pem(LineEnding::LF)?)?;
    }
    Ok(RsaPrivateKey::from_pkcs8_pem(&fs::read_to_string(file)?)?)
}

fn p384_key(file: &Path, rng: &mut impl CryptoRng) -> Outcome<p384::ecdsa::SigningKey> {
    use p384::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
    if !file.exists() {
        let key = <p384::SecretKey as p384::elliptic_curve::Generate>::generate_from_rng(rng);
        write(file, &key.to_pkcs8_pem(LineEnding::LF)?)?;
    }
    Ok(p384::SecretKey::from_pkcs8_pem(&fs::read_to_string(file)?)?.into())
}

fn key_pair(key: &RsaPrivateKey) -> Outcome<KeyPair> {
    let der = key.to_pkcs8_der()?;
    Ok(KeyPair::from_pkcs8_der_and_sign_algo(&der.as_bytes().into(), &PKCS_RSA_SHA256)?)
}

fn ca_params(now: OffsetDateTime) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name("Virtual card CA for user authentication");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = now - Duration::days(800);
    params.not_after = now + Duration::days(10 * 365);
    params
}

fn revocation_list(now: OffsetDateTime) -> CertificateRevocationListParams {
    let of = |person, algorithm| RevokedCertParams {
        serial_number: serial(person, algorithm),
        revocation_time: now - Duration::days(1),
        reason_code: Some(RevocationReason::CessationOfOperation),
        invalidity_date: None,
    };
    let revoked = PEOPLE.iter().filter(|person| person.revoked);
    CertificateRevocationListParams {
        this_update: now - Duration::days(1),
        next_update: now + Duration::days(10 * 365),
        crl_number: SerialNumber::from(now.unix_timestamp().unsigned_abs()),
        issuing_distribution_point: None,
        revoked_certs: revoked.flat_map(|person| [of(person, Algorithm::Rsa), of(person, Algorithm::P384)]).collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    }
}

fn serial(person: &Person, algorithm: Algorithm) -> SerialNumber {
    let kind = match algorithm {
        Algorithm::Rsa => 1,
        Algorithm::P384 => 2,
    };
    SerialNumber::from_slice(&[0x10, person.number, kind])
}

fn name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, "JP");
    name.push(DnType::OrganizationName, "Virtual cards, for tests only");
    name.push(DnType::CommonName, common_name);
    name
}

/// The bytes inside the first PEM block.
fn pem_bytes(pem: &str) -> Outcome<Vec<u8>> {
    use rsa::pkcs8::Document;
    let (label, document) = Document::from_pem(pem)?;
    if label == "CERTIFICATE" { Ok(document.into_vec()) } else { Err("ca.pem is no certificate".into()) }
}

/// Whole or not at all: another process may be reading.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let draft = file.with_extension("draft");
    fs::write(&draft, text)?;
    fs::rename(draft, file)
}
