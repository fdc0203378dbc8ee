//! What can be wrong with the operator's CA files.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why a CA could not be loaded.
#[derive(Debug, Error)]
pub enum ClientCaError {
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file was read, its contents do not fit.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: Box<ClientCaError>,
    },
    /// Not PEM, or broken PEM.
    #[error("not a PEM file: {0}")]
    Pem(String),
    /// No CA certificate was found.
    #[error("expected at least one CA certificate, found none")]
    NoCertificate,
    /// A certificate cannot be read.
    #[error("a CA certificate cannot be read: {0}")]
    BadCertificate(String),
    /// A certificate may not issue others.
    #[error("the certificate of \"{0}\" is not a CA certificate")]
    NotACa(String),
    /// A file that should hold revocation lists holds none.
    #[error("expected at least one certificate revocation list, found none")]
    NoCrl,
    /// A revocation list cannot be read.
    #[error("a certificate revocation list cannot be read: {0}")]
    BadCrl(String),
    /// A revocation list is not of our CAs, or its signature is wrong.
    #[error("a certificate revocation list was signed by none of the CAs")]
    CrlOfAnotherIssuer,
}

/// What an operator should look after.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClientCaWarning {
    /// The CA has no revocation list.
    #[error("the CA \"{ca}\" has no revocation list: its revoked certificates cannot be recognised")]
    NoCrl {
        /// Its subject.
        ca: String,
    },
    /// A newer list should exist.
    #[error("the revocation list of the CA \"{ca}\" was due for renewal on {due}; it stays in force")]
    CrlOverdue {
        /// The CA's subject.
        ca: String,
        /// `nextUpdate`, written for people.
        due: String,
    },
    /// The CA itself is out of date.
    #[error("the certificate of the CA \"{ca}\" ended on {ended}")]
    CaEnded {
        /// Its subject.
        ca: String,
        /// `notAfter`, written for people.
        ended: String,
    },
}
