//! A CA as the server holds it: read from files, re-read while the server runs.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use arc_swap::ArcSwap;
use domain::Timestamp;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, pem::PemObject};

use super::{ClientCa, ClientCaError};

/// Hands out the newest [`ClientCa`]. Re-read with [`Self::reload`], so that a new revocation list needs no restart.
#[derive(Debug)]
pub struct ClientCaStore {
    certificates: Vec<PathBuf>,
    crls: Vec<PathBuf>,
    current: ArcSwap<ClientCa>,
}

impl ClientCaStore {
    /// Reads CA certificates and revocation lists (PEM, each file may hold several; or one DER each) and logs what an
    /// operator should look after at `now`.
    ///
    /// Errors: a file that cannot be read or does not hold what it should.
    pub fn load(certificates: Vec<PathBuf>, crls: Vec<PathBuf>, now: Timestamp) -> Result<Self, ClientCaError> {
        let current = read(&certificates, &crls, now)?;
        Ok(Self { certificates, crls, current: ArcSwap::from_pointee(current) })
    }

    /// The CA as last read.
    pub fn current(&self) -> Arc<ClientCa> {
        self.current.load_full()
    }

    /// Reads the files again. Errors: as [`Self::load`]; what was read before then stays in force.
    pub fn reload(&self, now: Timestamp) -> Result<(), ClientCaError> {
        self.current.store(Arc::new(read(&self.certificates, &self.crls, now)?));
        Ok(())
    }
}

fn read(certificate_files: &[PathBuf], crl_files: &[PathBuf], now: Timestamp) -> Result<ClientCa, ClientCaError> {
    let roots = read_all(certificate_files, certificates)?;
    let crls = read_all(crl_files, |bytes| match revocation_lists(bytes)? {
        // A file that is configured but empty is a mistake, not a CA that never revoked anything.
        lists if lists.is_empty() => Err(ClientCaError::NoCrl),
        lists => Ok(lists),
    })?;
    let ca = ClientCa::new(&roots, &crls)?;
    for warning in ca.warnings(now) {
        tracing::warn!(%warning, "CA");
    }
    Ok(ca)
}

fn read_all<T>(
    files: &[PathBuf],
    parse: impl Fn(&[u8]) -> Result<Vec<T>, ClientCaError>,
) -> Result<Vec<T>, ClientCaError> {
    let one = |path: &PathBuf| {
        parse(&read_file(path)?).map_err(|source| ClientCaError::File { path: path.clone(), source: Box::new(source) })
    };
    files.iter().map(one).collect::<Result<Vec<_>, _>>().map(|lists| lists.into_iter().flatten().collect())
}

fn read_file(path: &Path) -> Result<Vec<u8>, ClientCaError> {
    fs::read(path).map_err(|source| ClientCaError::Read { path: path.to_owned(), source })
}

/// The certificates of a PEM file, or the one of a DER file. Errors: `Pem`.
pub(super) fn certificates(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, ClientCaError> {
    if is_der(bytes) {
        return Ok(vec![CertificateDer::from(bytes.to_vec())]);
    }
    CertificateDer::pem_slice_iter(bytes).collect::<Result<_, _>>().map_err(bad_pem)
}

/// The revocation lists of a PEM file, or the one of a DER file. Errors: `Pem`.
pub(super) fn revocation_lists(bytes: &[u8]) -> Result<Vec<CertificateRevocationListDer<'static>>, ClientCaError> {
    if is_der(bytes) {
        return Ok(vec![CertificateRevocationListDer::from(bytes.to_vec())]);
    }
    CertificateRevocationListDer::pem_slice_iter(bytes).collect::<Result<_, _>>().map_err(bad_pem)
}

/// CAs publish lists in either form. DER begins with the tag of a sequence, which is no character of a PEM file's
/// first line.
fn is_der(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x30, 0x82]) || bytes.starts_with(&[0x30, 0x81])
}

fn bad_pem(error: impl std::fmt::Display) -> ClientCaError {
    ClientCaError::Pem(error.to_string())
}
