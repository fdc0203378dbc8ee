//! A browser's part: TLS with or without a client certificate, then one request.

use std::{
    io,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::{
    ClientConfig, HandshakeKind, ProtocolVersion, RootCertStore, SignatureScheme, SupportedProtocolVersion,
    client::ResolvesClientCert,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
    sign::CertifiedKey,
    version::{TLS12, TLS13},
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

/// What the client learned.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) kind: Option<HandshakeKind>,
    pub(crate) version: Option<ProtocolVersion>,
    pub(crate) server: CertificateDer<'static>,
}

#[derive(Clone)]
pub(crate) struct Client {
    config: Arc<ClientConfig>,
    wallet: Arc<Wallet>,
}

/// Holds at most one certificate and remembers for which CAs it was asked.
#[derive(Debug)]
struct Wallet {
    certificate: Option<Arc<CertifiedKey>>,
    asked: Mutex<Option<Vec<Vec<u8>>>>,
}

impl ResolvesClientCert for Wallet {
    fn resolve(&self, hints: &[&[u8]], _schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        *self.asked.lock().unwrap() = Some(hints.iter().map(|hint| hint.to_vec()).collect());
        self.certificate.clone()
    }

    fn has_certs(&self) -> bool {
        true
    }
}

impl Client {
    /// Trusts `ca`, speaks `versions`, shows `certificate` with `key` (which need not be its own).
    pub(crate) fn new(
        ca: &Path,
        versions: &[&'static SupportedProtocolVersion],
        identity: Option<(&Path, &Path)>,
    ) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(ca).unwrap()).unwrap();
        let certificate = identity.map(|(certificate, key)| {
            let key = ring::sign::any_supported_type(&PrivateKeyDer::from_pem_file(key).unwrap()).unwrap();
            Arc::new(CertifiedKey::new(vec![CertificateDer::from_pem_file(certificate).unwrap()], key))
        });
        let wallet = Arc::new(Wallet { certificate, asked: Mutex::new(None) });
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots)
            .with_client_cert_resolver(Arc::<Wallet>::clone(&wallet));
        Self { config: Arc::new(config), wallet }
    }

    pub(crate) fn modern(ca: &Path, identity: Option<(&Path, &Path)>) -> Self {
        Self::new(ca, &[&TLS13], identity)
    }

    pub(crate) fn old(ca: &Path, identity: Option<(&Path, &Path)>) -> Self {
        Self::new(ca, &[&TLS12], identity)
    }

    /// The CA names with which the server asked for a certificate, if it did.
    pub(crate) fn asked(&self) -> Option<Vec<Vec<u8>>> {
        self.wallet.asked.lock().unwrap().clone()
    }

    pub(crate) async fn get(&self, address: SocketAddr, path: &str) -> io::Result<Reply> {
        self.request(address, path, b"http/1.1").await
    }

    pub(crate) async fn get_http2(&self, address: SocketAddr, path: &str) -> io::Result<Reply> {
        self.request(address, path, b"h2").await
    }

    async fn request(&self, address: SocketAddr, path: &str, protocol: &[u8]) -> io::Result<Reply> {
        let mut config = ClientConfig::clone(&self.config);
        config.alpn_protocols = vec![protocol.to_vec()];
        let stream = TcpStream::connect(address).await?;
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
        let connection = stream.get_ref().1;
        assert_eq!(connection.alpn_protocol(), Some(protocol));
        let (kind, version) = (connection.handshake_kind(), connection.protocol_version());
        let server = connection.peer_certificates().unwrap()[0].clone();
        let (status, body) = if protocol == b"h2" { http2(stream, path).await } else { http1(stream, path).await }
            .map_err(io::Error::other)?;
        Ok(Reply { status, body, kind, version, server })
    }
}

async fn http1(stream: TlsStream<TcpStream>, path: &str) -> hyper::Result<(u16, String)> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let request = Request::get(path).header("host", "localhost").body(Body::empty()).unwrap();
    let response = sender.send_request(request).await?;
    let answer = (response.status().as_u16(), text(response.into_body()).await?);
    connection.abort();
    Ok(answer)
}

async fn http2(stream: TlsStream<TcpStream>, path: &str) -> hyper::Result<(u16, String)> {
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let request = Request::get(format!("https://localhost{path}")).body(Body::empty()).unwrap();
    let response = sender.send_request(request).await?;
    let answer = (response.status().as_u16(), text(response.into_body()).await?);
    connection.abort();
    Ok(answer)
}

async fn text(body: hyper::body::Incoming) -> hyper::Result<String> {
    Ok(String::from_utf8(body.collect().await?.to_bytes().to_vec()).unwrap())
}
