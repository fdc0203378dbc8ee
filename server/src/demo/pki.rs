//! The demo's own certificates: a CA, the server's certificate, client certificates to import into a browser.
//!
//! Made once and kept in one folder. The private keys of both CAs are thrown away as soon as they have signed: somebody
//! may import the demo's CA as trusted, and nothing more can ever be signed with it.
//!
//! Key material comes from rcgen and p12-keystore, which ask the operating system's generator themselves, not
//! [`crate::clock::Ambient`]: demo certificates need not be repeatable.

mod files;
mod issue;

use std::{
    io,
    path::{Path, PathBuf},
};

use app::error::CertificateProblem;
use domain::{Timestamp, form::Problem, office::OfficeNumber};
use serde::Serialize;
use thiserror::Error;

use self::issue::Issued;

/// Password of every `.p12` file: import dialogs insist on one.
pub const P12_PASSWORD: &str = "demo";

/// Certificates are made anew when they would end within this many days.
const RENEW_DAYS: i64 = 7;

/// The folder's contents.
#[derive(Clone, Debug, Serialize)]
pub struct DemoPki {
    /// The folder, readable by its owner only.
    pub directory: PathBuf,
    /// The CA of the client certificates and of the server's.
    pub ca: PathBuf,
    /// Its revocation list.
    pub crl: PathBuf,
    /// Another CA, which the server does not know.
    pub foreign_ca: PathBuf,
    /// The server's certificate, for `localhost`.
    pub server_certificate: PathBuf,
    /// Its key.
    pub server_key: PathBuf,
    /// Password of the `.p12` files.
    pub p12_password: &'static str,
    /// A valid certificate for every office, then the unfit ones of the first office.
    pub certificates: Vec<DemoCertificate>,
}

/// One client certificate.
#[derive(Clone, Debug, Serialize)]
pub struct DemoCertificate {
    /// Whether the server takes it.
    pub kind: DemoCertificateKind,
    /// 事業所番号 in it.
    pub office_number: String,
    /// Its name in the browser's list.
    pub label: String,
    /// The certificate, PEM.
    pub certificate: PathBuf,
    /// Its key, PEM.
    pub key: PathBuf,
    /// Both and the CA, for import.
    pub p12: PathBuf,
}

/// What a demo certificate demonstrates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoCertificateKind {
    /// It is accepted.
    Valid,
    /// It ended yesterday.
    Expired,
    /// It is on the revocation list.
    Revoked,
    /// Another CA issued it.
    Foreign,
}

impl DemoCertificateKind {
    const UNFIT: [Self; 3] = [Self::Expired, Self::Revoked, Self::Foreign];

    /// What the strict check says of it.
    pub const fn problem(self) -> Option<CertificateProblem> {
        match self {
            Self::Valid => None,
            Self::Expired => Some(CertificateProblem::Expired),
            Self::Revoked => Some(CertificateProblem::Revoked),
            Self::Foreign => Some(CertificateProblem::UnknownIssuer),
        }
    }

    fn file_stem(self, office_number: &str) -> &str {
        match self {
            Self::Valid => office_number,
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Foreign => "foreign",
        }
    }

    fn label(self, office_name: &str) -> String {
        match self {
            Self::Valid => office_name.to_owned(),
            Self::Expired => format!("{office_name}（期限切れ）"),
            Self::Revoked => format!("{office_name}（失効）"),
            Self::Foreign => format!("{office_name}（別の発行者）"),
        }
    }
}

/// Why the demo's certificates could not be made.
#[derive(Debug, Error)]
pub enum DemoPkiError {
    /// A 事業所番号 does not fit.
    #[error("\"{number}\" is no office number: {problem:?}")]
    OfficeNumber {
        /// As it was given.
        number: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// A file or the folder cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A certificate cannot be made.
    #[error("cannot make a certificate: {0}")]
    Issue(#[from] rcgen::Error),
    /// A `.p12` file cannot be made.
    #[error("cannot make a PKCS#12 file: {0}")]
    Bundle(#[from] p12_keystore::error::Error),
    /// The clock shows a time that certificates cannot express.
    #[error("the clock shows a time that certificates cannot express: {0}")]
    Time(#[from] time::error::ComponentRange),
}

impl DemoPki {
    /// Certificates for `offices` (事業所番号, name) in `directory`: those that are there, or all new ones if any is
    /// missing, does not fit, or ends within 7 days of `now`.
    ///
    /// Errors: an office number that does not fit; the folder cannot be written.
    pub fn ensure(directory: &Path, offices: &[(&str, &str)], now: Timestamp) -> Result<Self, DemoPkiError> {
        let offices = offices.iter().map(|(number, name)| Ok((office_number(number)?, *name)));
        let pki = Self::plan(directory, &offices.collect::<Result<Vec<_>, DemoPkiError>>()?);
        if !files::are_fresh(&pki, now, now.plus_minutes(RENEW_DAYS * 24 * 60)) {
            files::write(&pki, &Issued::new(&pki.certificates, now)?)?;
        }
        Ok(pki)
    }

    fn plan(directory: &Path, offices: &[(OfficeNumber, &str)]) -> Self {
        let certificate = |kind: DemoCertificateKind, (number, name): &(OfficeNumber, &str)| {
            let file = |ending: &str| directory.join(format!("{}.{ending}", kind.file_stem(number.as_str())));
            DemoCertificate {
                kind,
                office_number: number.to_string(),
                label: kind.label(name),
                certificate: file("pem"),
                key: file("key"),
                p12: file("p12"),
            }
        };
        let valid = offices.iter().map(|office| certificate(DemoCertificateKind::Valid, office));
        let unfit = offices
            .first()
            .into_iter()
            .flat_map(|office| DemoCertificateKind::UNFIT.into_iter().map(move |kind| certificate(kind, office)));
        Self {
            directory: directory.to_owned(),
            ca: directory.join("ca.pem"),
            crl: directory.join("client-ca.crl.pem"),
            foreign_ca: directory.join("foreign-ca.pem"),
            server_certificate: directory.join("server.pem"),
            server_key: directory.join("server.key"),
            p12_password: P12_PASSWORD,
            certificates: valid.chain(unfit).collect(),
        }
    }
}

fn office_number(number: &str) -> Result<OfficeNumber, DemoPkiError> {
    OfficeNumber::parse(number).map_err(|problem| DemoPkiError::OfficeNumber { number: number.to_owned(), problem })
}
