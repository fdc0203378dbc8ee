//! What `make demo-info` prints: one JSON object for scripts and tests.

use std::path::{Path, PathBuf};

use domain::care::Day;
use serde::Serialize;

use super::{
    data::{FIRST_SIGN_IN, MEMBER_PASSWORD, OFFICES, PHONE_ONLY, SAMPLES, STAFF, Sample, email_of, phone_of},
    people,
    pki::{DemoCertificate, DemoCertificateKind, DemoPki, P12_PASSWORD},
};

/// Addresses, certificates and accounts of a running demo.
#[derive(Serialize)]
#[expect(missing_docs, reason = "the keys are the interface; the README lists them")]
pub struct DemoInfo {
    pub http: String,
    pub https_public: String,
    pub https_login: String,
    pub ca: PathBuf,
    pub client_certificates: Certificates,
    pub office_users: Vec<OfficeUser>,
    pub administrators: Vec<Member>,
    pub staff: Vec<Member>,
    pub insured_people: Vec<Insured>,
    pub mailbox: Mailbox,
    pub smsbox: Mailbox,
    pub clock: String,
    pub engine: &'static str,
}

/// Client certificates by what they demonstrate.
#[derive(Serialize)]
#[expect(missing_docs, reason = "as above")]
pub struct Certificates {
    pub valid: Vec<Certificate>,
    pub expired: Option<Certificate>,
    pub revoked: Option<Certificate>,
    pub foreign: Option<Certificate>,
}

/// One client certificate's files.
#[derive(Serialize)]
#[expect(missing_docs, reason = "as above")]
pub struct Certificate {
    pub office_number: String,
    pub cert: PathBuf,
    pub key: PathBuf,
    pub p12: PathBuf,
    pub password: &'static str,
}

/// A 事業所ユーザ of the demo.
#[derive(Serialize)]
#[expect(missing_docs, reason = "as above")]
pub struct OfficeUser {
    pub login_id: &'static str,
    pub password: &'static str,
    pub security_code: Option<&'static str>,
    pub contact: &'static str,
    pub office_number: &'static str,
    pub office_name: &'static str,
}

/// A 管理者 or 一般ユーザ of the demo.
#[derive(Serialize)]
#[expect(missing_docs, reason = "as above")]
pub struct Member {
    pub login_id: &'static str,
    pub password: &'static str,
    pub security_code: Option<&'static str>,
    pub contact: String,
    pub phone: String,
    pub office_number: &'static str,
    pub first_sign_in: bool,
}

/// An insured person in whose charge no office is when the demo starts.
#[derive(Serialize)]
#[expect(missing_docs, reason = "as above")]
pub struct Insured {
    pub insurer_number: String,
    pub insured_number: String,
    pub name: String,
    pub born_on: String,
    pub sex: &'static str,
    pub certificate: String,
}

/// Where the demo's messages can be read.
#[derive(Serialize)]
#[expect(missing_docs, reason = "as above")]
pub struct Mailbox {
    pub page: String,
    pub json: String,
}

/// Addresses of a demo.
pub struct Addresses {
    /// Origin of the plain-HTTP door.
    pub http: String,
    /// Origin of the public listener.
    pub https_public: String,
    /// Origin of the sign-in listener.
    pub https_login: String,
    /// The mailbox's page.
    pub mailbox: String,
}

impl DemoInfo {
    /// Of a demo at `addresses` with the certificates of `pki`, on the database `engine`.
    pub fn new(addresses: &Addresses, pki: &DemoPki, engine: &'static str) -> Self {
        let one = |kind| pki.certificates.iter().find(|c| c.kind == kind).map(certificate);
        let valid = pki.certificates.iter().filter(|c| c.kind == DemoCertificateKind::Valid).map(certificate);
        let mailbox = |what: &str| Mailbox {
            page: format!("{}/", addresses.mailbox),
            json: format!("{}/{what}.json", addresses.mailbox),
        };
        Self {
            http: addresses.http.clone(),
            https_public: addresses.https_public.clone(),
            https_login: addresses.https_login.clone(),
            ca: pki.ca.clone(),
            client_certificates: Certificates {
                valid: valid.collect(),
                expired: one(DemoCertificateKind::Expired),
                revoked: one(DemoCertificateKind::Revoked),
                foreign: one(DemoCertificateKind::Foreign),
            },
            office_users: OFFICES.iter().map(office_user).collect(),
            administrators: SAMPLES.iter().map(member).collect(),
            staff: STAFF.iter().map(member).collect(),
            insured_people: (0..people::FREE).filter_map(insured).collect(),
            mailbox: mailbox("mail"),
            smsbox: mailbox("sms"),
            clock: format!("{}/demo/clock", addresses.http),
            engine,
        }
    }

    /// The file in the demo's folder.
    pub fn path(dir: &Path) -> PathBuf {
        dir.join("demo-info.json")
    }
}

fn certificate(certificate: &DemoCertificate) -> Certificate {
    Certificate {
        office_number: certificate.office_number.clone(),
        cert: certificate.certificate.clone(),
        key: certificate.key.clone(),
        p12: certificate.p12.clone(),
        password: P12_PASSWORD,
    }
}

const fn office_user(office: &super::data::DemoOffice) -> OfficeUser {
    OfficeUser {
        login_id: office.login_id,
        password: office.password,
        security_code: office.security_code,
        contact: office.email,
        office_number: office.number,
        office_name: office.name,
    }
}

/// What somebody looks up on E-4; none of it depends on the day.
fn insured(n: usize) -> Option<Insured> {
    let person = people::person(n, Day::parse("2025-01-01")?).ok()?;
    Some(Insured {
        insurer_number: person.insurer_number.to_string(),
        insured_number: person.insured_number.to_string(),
        name: person.name.full(),
        born_on: person.born_on.iso(),
        sex: person.sex.code(),
        certificate: people::certificate(n),
    })
}

/// Members of the first office.
fn member(sample: &Sample) -> Member {
    let login_id = sample.0;
    Member {
        login_id,
        password: MEMBER_PASSWORD,
        security_code: None,
        contact: if login_id == PHONE_ONLY { phone_of(login_id) } else { email_of(login_id) },
        phone: phone_of(login_id),
        office_number: OFFICES[0].number,
        first_sign_in: FIRST_SIGN_IN.contains(&login_id),
    }
}
