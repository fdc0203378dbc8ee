//! What can be wrong with the server's own certificate.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why a TLS listener cannot be set up.
#[derive(Debug, Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The certificate file is not PEM or holds no certificate.
    #[error("{}: expected the server's certificate chain in PEM form", path.display())]
    NoCertificate {
        /// Which file.
        path: PathBuf,
    },
    /// The key file is not PEM or holds no private key.
    #[error("{}: expected an unencrypted private key in PEM form", path.display())]
    NoKey {
        /// Which file.
        path: PathBuf,
    },
    /// Certificate and key do not belong together, or the key's kind is not supported.
    #[error("{} and {} cannot be used together: {source}", certificate.display(), key.display())]
    Unusable {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// What rustls says.
        source: rustls::Error,
    },
}
