//! A running listener whose handlers answer with what they know of the client's certificate.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::error::CertificateProblem;
use axum::{
    Router,
    extract::{ConnectInfo, Extension, State},
    routing::get,
};
use axum_server::Handle;
use domain::Timestamp;
use server::{
    certificates::ClientCaStore,
    config::{Tls, TlsVersion},
    demo::pki::{DemoCertificate, DemoCertificateKind, DemoPki},
    http::tls::{PeerChain, TlsDoor, serve_tls},
};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::authority::OFFICE;

/// The demo's certificates in a folder of their own.
pub(crate) struct Certificates {
    _folder: TempDir,
    pub(crate) pki: DemoPki,
    pub(crate) store: Arc<ClientCaStore>,
}

impl Certificates {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // rustls' client checks the server's certificate against the machine's clock.
        let pki = DemoPki::ensure(folder.path(), &[(OFFICE, "テスト事業所")], today()).unwrap();
        let store = ClientCaStore::load(vec![pki.ca.clone()], vec![pki.crl.clone()], today()).unwrap();
        Self { _folder: folder, pki, store: Arc::new(store) }
    }

    pub(crate) fn of(&self, kind: DemoCertificateKind) -> &DemoCertificate {
        self.pki.certificates.iter().find(|c| c.kind == kind).unwrap()
    }

    pub(crate) fn tls(&self, min_version: TlsVersion) -> Tls {
        Tls { certificate: self.pki.server_certificate.clone(), key: self.pki.server_key.clone(), min_version }
    }

    pub(crate) fn sign_in(&self) -> TlsDoor {
        TlsDoor::sign_in(self.tls(TlsVersion::V1_3), Arc::clone(&self.store)).unwrap()
    }
}

/// The machine's time: certificates of these tests are checked against it by the client, too.
pub(crate) fn today() -> Timestamp {
    use server::clock::{Clock, SystemClock};
    SystemClock::default().now()
}

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) handle: Handle<SocketAddr>,
    pub(crate) door: Arc<TlsDoor>,
    pub(crate) task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    pub(crate) fn start(door: TlsDoor, store: &Arc<ClientCaStore>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, handle, door) = (listener.local_addr().unwrap(), Handle::new(), Arc::new(door));
        let router = Router::new()
            .route("/", get(who))
            .route("/slow", get(|| tokio::time::sleep(Duration::from_millis(300))))
            .with_state(Arc::clone(store));
        let (served, until) = (Arc::clone(&door), handle.clone());
        let task = tokio::spawn(async move { serve_tls(listener, router, &served, until).await });
        Self { address, handle, door, task }
    }
}

/// Answers with the certificate's office number or what is wrong with it.
async fn who(
    State(store): State<Arc<ClientCaStore>>,
    Extension(PeerChain(chain)): Extension<PeerChain>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
) -> String {
    assert!(peer.ip().is_loopback());
    match store.current().check(&chain, today()) {
        Ok(certificate) => certificate.office_number,
        Err(problem) => said(problem),
    }
}

pub(crate) fn said(problem: CertificateProblem) -> String {
    format!("{problem:?}")
}
