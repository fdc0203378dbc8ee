//! Completes the handshake and hands the client's certificates to the requests of its connection.

use std::{future::Future, io, pin::Pin, sync::Arc, time::Duration};

use axum::{Extension, middleware::AddExtension};
use axum_server::{
    accept::{Accept, NoDelayAcceptor},
    tls::TlsService,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use rustls::pki_types::CertificateDer;
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use tower::Layer;

/// How long a client may take for the TLS handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The certificates that a client presented, its own first. Empty: none. Nothing about them has been checked but that
/// the client holds the first one's key.
#[derive(Clone, Debug)]
pub struct PeerChain(pub Arc<[CertificateDer<'static>]>);

/// Wraps [`RustlsAcceptor`]; adds [`PeerChain`] to every request's extensions.
#[derive(Clone)]
pub(super) struct PeerChainAcceptor {
    tls: RustlsAcceptor<NoDelayAcceptor>,
}

impl PeerChainAcceptor {
    pub(super) fn new(config: RustlsConfig) -> Self {
        let tls = RustlsAcceptor::new(config).handshake_timeout(HANDSHAKE_TIMEOUT);
        Self { tls: tls.acceptor(NoDelayAcceptor::new()) }
    }
}

type Accepted<S> = (TlsStream<TcpStream>, AddExtension<TlsService<S>, PeerChain>);

impl<S: Send + 'static> Accept<TcpStream, S> for PeerChainAcceptor {
    type Stream = TlsStream<TcpStream>;
    type Service = AddExtension<TlsService<S>, PeerChain>;
    type Future = Pin<Box<dyn Future<Output = io::Result<Accepted<S>>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let handshake = self.tls.accept(stream, service);
        Box::pin(async move {
            let (stream, service) = handshake.await?;
            let (_, connection) = stream.get_ref();
            // A resumed connection has the certificates of the one it resumes.
            let chain = PeerChain(connection.peer_certificates().unwrap_or_default().into());
            Ok((stream, Extension(chain).layer(service)))
        })
    }
}
