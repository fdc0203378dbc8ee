//! rustls' settings for one listener.

use std::{fs, path::Path, sync::Arc};

use rustls::{
    ServerConfig, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::ServerSessionMemoryCache,
    version::{TLS12, TLS13},
};

use super::{client_verifier::AnyClientCertificate, error::TlsError};
use crate::{
    certificates::ClientCaStore,
    config::{Tls, TlsVersion},
};

/// Resumable sessions kept in memory, each with its client's certificates: at most a few megabytes. Each listener has
/// its own, so a session of the public door cannot be resumed at the sign-in door.
const RESUMABLE_SESSIONS: usize = 2_048;

/// Errors: certificate or key cannot be read or do not match.
pub(super) fn build(files: &Tls, clients: Option<&ClientCaStore>) -> Result<ServerConfig, TlsError> {
    let unusable =
        |source| TlsError::Unusable { certificate: files.certificate.clone(), key: files.key.clone(), source };
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&versions(files.min_version))
        .map_err(unusable)?;
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(ca) => {
            let verifier = AnyClientCertificate::new(provider, ca.current().subjects());
            builder.with_client_cert_verifier(Arc::new(verifier))
        }
    };
    let chain = certificate_chain(&files.certificate)?;
    let mut config = builder.with_single_cert(chain, private_key(&files.key)?).map_err(unusable)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.session_storage = ServerSessionMemoryCache::new(RESUMABLE_SESSIONS);
    Ok(config)
}

fn versions(lowest: TlsVersion) -> Vec<&'static SupportedProtocolVersion> {
    match lowest {
        TlsVersion::V1_3 => vec![&TLS13],
        TlsVersion::V1_2 => vec![&TLS13, &TLS12],
    }
}

fn certificate_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(path)?).collect();
    match chain {
        Ok(chain) if !chain.is_empty() => Ok(chain),
        _ => Err(TlsError::NoCertificate { path: path.to_owned() }),
    }
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let bytes = zeroize::Zeroizing::new(read(path)?);
    PrivateKeyDer::from_pem_slice(&bytes).map_err(|_| TlsError::NoKey { path: path.to_owned() })
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|source| TlsError::Read { path: path.to_owned(), source })
}
