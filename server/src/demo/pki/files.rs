//! The folder: whether what is in it still serves, and writing it.

use std::{
    fs::{self, DirBuilder, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use domain::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};

use super::{DemoCertificate, DemoCertificateKind, DemoPki, DemoPkiError, issue::Issued};
use crate::certificates::ClientCa;

const OWNER_ONLY_FOLDER: u32 = 0o700;
const OWNER_ONLY_FILE: u32 = 0o600;

/// Whether every file is there and every certificate is judged as it should be, now and at `later`.
pub(super) fn are_fresh(pki: &DemoPki, now: Timestamp, later: Timestamp) -> bool {
    let (Ok(ca), Ok(crl)) = (fs::read(&pki.ca), fs::read(&pki.crl)) else { return false };
    let Ok(ca) = ClientCa::from_pem(&ca, &crl) else { return false };
    let fits = |wanted: &DemoCertificate| {
        let unfit_for_good = wanted.kind != DemoCertificateKind::Valid;
        wanted.key.is_file()
            && wanted.p12.is_file()
            && is_judged_right(&ca, wanted, now)
            && (unfit_for_good || is_judged_right(&ca, wanted, later))
    };
    pki.foreign_ca.is_file()
        && pki.server_key.is_file()
        && covers(&pki.server_certificate, now, later)
        && pki.certificates.iter().all(fits)
}

fn is_judged_right(ca: &ClientCa, wanted: &DemoCertificate, at: Timestamp) -> bool {
    let Some(certificate) = certificate(&wanted.certificate) else { return false };
    match ca.check(&[certificate], at) {
        Ok(found) => wanted.kind == DemoCertificateKind::Valid && found.office_number == wanted.office_number,
        Err(problem) => wanted.kind.problem() == Some(problem),
    }
}

fn covers(path: &Path, now: Timestamp, later: Timestamp) -> bool {
    let Some(certificate) = certificate(path) else { return false };
    let Ok((_, parsed)) = x509_parser::parse_x509_certificate(&certificate) else { return false };
    let begins = Timestamp::from_seconds(parsed.validity.not_before.timestamp());
    let ends = Timestamp::from_seconds(parsed.validity.not_after.timestamp());
    begins <= now && later <= ends
}

fn certificate(path: &Path) -> Option<CertificateDer<'static>> {
    CertificateDer::from_pem_slice(&fs::read(path).ok()?).ok()
}

/// Writes everything. The CA's certificate goes first and comes last: without it, or with another one, nothing else in
/// the folder counts as fresh, so that an interrupted run is simply done again.
///
/// Errors: `Write`.
pub(super) fn write(pki: &DemoPki, issued: &Issued) -> Result<(), DemoPkiError> {
    let attempt = |path: &Path, done: io::Result<()>| {
        done.map_err(|source| DemoPkiError::Write { path: path.to_owned(), source })
    };
    let put = |path: &Path, contents: &[u8]| attempt(path, replace(path, contents));

    attempt(&pki.directory, owner_only(&pki.directory))?;
    attempt(&pki.ca, remove(&pki.ca))?;
    put(&pki.server_key, issued.server.key.as_bytes())?;
    put(&pki.server_certificate, issued.server.certificate.as_bytes())?;
    for (wanted, (pair, bundle)) in pki.certificates.iter().zip(&issued.clients) {
        put(&wanted.key, pair.key.as_bytes())?;
        put(&wanted.certificate, pair.certificate.as_bytes())?;
        put(&wanted.p12, bundle)?;
    }
    put(&pki.crl, issued.crl.as_bytes())?;
    put(&pki.foreign_ca, issued.foreign_ca.as_bytes())?;
    put(&pki.ca, issued.ca.as_bytes())
}

fn owner_only(directory: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(OWNER_ONLY_FOLDER).create(directory)?;
    fs::set_permissions(directory, Permissions::from_mode(OWNER_ONLY_FOLDER))
}

/// A new file under a passing name, so that the file's name never stands for half of it, nor for a file that others
/// may read.
fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let passing = path.with_added_extension("new");
    remove(&passing)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY_FILE).open(&passing)?;
    file.write_all(contents)?;
    file.sync_all()?;
    fs::rename(&passing, path)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
