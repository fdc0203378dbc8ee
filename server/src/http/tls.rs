//! The listeners: TLS for the public and for the sign-in door, plain HTTP for the demo's.
//!
//! The sign-in door asks for a client certificate but takes any, and also none: a browser whose handshake fails shows an
//! error nobody understands, a page can explain. All that the handshake proves is that the client holds the key to the
//! certificate. The chain goes to the handlers as [`PeerChain`]; [`crate::certificates`] judges it there.
//!
//! Handlers find the client's address as axum's `ConnectInfo<SocketAddr>`.

mod acceptor;
mod client_verifier;
mod error;
mod reload;
mod server_config;

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use axum_server::{Handle, Server, accept::NoDelayAcceptor, tls_rustls::RustlsConfig};

use self::acceptor::PeerChainAcceptor;
pub use self::{acceptor::PeerChain, error::TlsError, reload::reload_on_hangup};
use crate::{certificates::ClientCaStore, config::Tls};

/// How long a client may take to send the first request, or the head of any later one.
const REQUEST_HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// One TLS listener's settings: its certificate, and whether it asks for client certificates.
#[derive(Debug)]
pub struct TlsDoor {
    files: Tls,
    clients: Option<Arc<ClientCaStore>>,
    current: RustlsConfig,
}

impl TlsDoor {
    /// A door that never asks for a client certificate. Errors: certificate or key cannot be read or do not match.
    pub fn public(files: Tls) -> Result<Self, TlsError> {
        Self::new(files, None)
    }

    /// A door that asks for a client certificate and names the CAs in `clients`, so that browsers offer only
    /// certificates that fit. Errors: as [`Self::public`].
    pub fn sign_in(files: Tls, clients: Arc<ClientCaStore>) -> Result<Self, TlsError> {
        Self::new(files, Some(clients))
    }

    fn new(files: Tls, clients: Option<Arc<ClientCaStore>>) -> Result<Self, TlsError> {
        let config = server_config::build(&files, clients.as_deref())?;
        Ok(Self { files, clients, current: RustlsConfig::from_config(Arc::new(config)) })
    }

    /// Reads the server's certificate and key again, and takes over the CA names of the client CA as it is now.
    /// Connections that are open stay open; new ones see the new certificate.
    ///
    /// Errors: as [`Self::public`]; the old certificate then stays in use.
    pub fn reload(&self) -> Result<(), TlsError> {
        let config = server_config::build(&self.files, self.clients.as_deref())?;
        self.current.reload_from_config(Arc::new(config));
        Ok(())
    }
}

/// Serves `router` over TLS until `handle` shuts it down. Every request carries a [`PeerChain`].
///
/// Errors: the listener cannot be used.
pub async fn serve_tls(
    listener: TcpListener,
    router: Router,
    door: &TlsDoor,
    handle: Handle<SocketAddr>,
) -> io::Result<()> {
    let acceptor = PeerChainAcceptor::new(door.current.clone());
    let server = prepared(listener, handle)?.acceptor(acceptor);
    server.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await
}

/// Serves `router` over plain HTTP until `handle` shuts it down: the demo's door. Requests carry no [`PeerChain`].
///
/// Errors: `PermissionDenied` unless the listener is bound to a loopback address; the listener cannot be used.
pub async fn serve_plain_on_loopback(
    listener: TcpListener,
    router: Router,
    handle: Handle<SocketAddr>,
) -> io::Result<()> {
    if !listener.local_addr()?.ip().is_loopback() {
        let message = "plain HTTP is for the demo and only on a loopback address";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    prepared(listener, handle)?.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await
}

fn prepared(listener: TcpListener, handle: Handle<SocketAddr>) -> io::Result<Server<SocketAddr, NoDelayAcceptor>> {
    let mut server = axum_server::from_tcp(listener)?
        .acceptor(NoDelayAcceptor::new())
        .handle(handle)
        .first_request_timeout(REQUEST_HEAD_TIMEOUT)
        .accept_error_handler(|peer, error| {
            if peer.is_none() {
                tracing::warn!(%error, "cannot accept connections");
            } else {
                // Scanners and closed browser tabs: nothing that an operator could act on.
                tracing::debug!(%error, "a connection failed before its first request");
            }
        });
    // A client that sends its request byte by byte must not hold a connection for ever.
    server.http_builder().http1().header_read_timeout(REQUEST_HEAD_TIMEOUT);
    server.http_builder().http2().keep_alive_interval(REQUEST_HEAD_TIMEOUT);
    Ok(server)
}
