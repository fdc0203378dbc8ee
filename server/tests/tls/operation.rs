//! Running a listener: slow clients, new files, shutting down.

use std::{fs, io::ErrorKind, net::TcpListener, path::Path, process::Command, sync::Arc, time::Duration};

use app::error::CertificateProblem::Revoked;
use axum::Router;
use axum_server::Handle;
use rcgen::ExtendedKeyUsagePurpose;
use rustls::{HandshakeKind, pki_types::CertificateDer};
use server::{
    certificates::ClientCaStore,
    clock::{Ambient, SystemClock, SystemEntropy},
    config::{Tls, TlsVersion},
    demo::pki::DemoCertificateKind::Valid,
    http::tls::{TlsDoor, TlsError, reload_on_hangup, serve_plain_on_loopback},
};
use tempfile::TempDir;
use tokio::{io::AsyncReadExt, net::TcpStream};

use super::{
    authority::{Authority, NOW, OFFICE, Wanted},
    client::{Client, Reply},
    listener::{Certificates, Running, said},
};

#[tokio::test]
async fn a_client_that_never_finishes_its_handshake_holds_up_nobody_and_is_dropped() {
    let certificates = Certificates::new();
    let running = Running::start(certificates.sign_in(), &certificates.store);
    let begun = tokio::time::Instant::now();
    let mut silent = TcpStream::connect(running.address).await.unwrap();
    let client = Client::modern(&certificates.pki.ca, None);
    assert_eq!(client.get(running.address, "/").await.unwrap().status, 200);

    // From here only timers can happen, and the paused clock jumps from one to the next.
    tokio::time::pause();
    assert_eq!(silent.read(&mut [0; 1]).await.unwrap_or(0), 0);
    let waited = begun.elapsed();
    assert!((Duration::from_secs(10)..Duration::from_secs(15)).contains(&waited), "{waited:?}");
}

#[tokio::test]
async fn a_request_under_way_is_finished_before_the_listener_closes() {
    let certificates = Certificates::new();
    let running = Running::start(certificates.sign_in(), &certificates.store);
    let client = Client::modern(&certificates.pki.ca, None);
    let (slow, address) = (client.clone(), running.address);
    let slow = tokio::spawn(async move { slow.get(address, "/slow").await });
    while running.handle.connection_count() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;

    running.handle.graceful_shutdown(Some(Duration::from_secs(5)));
    assert_eq!(slow.await.unwrap().unwrap().status, 200);
    running.task.await.unwrap().unwrap();
    assert!(client.get(address, "/").await.is_err());
}

/// A sign-in door whose certificates are all the test's own, so that it can revoke and renew them.
struct Renewable {
    folder: TempDir,
    ca: Authority,
    store: Arc<ClientCaStore>,
    running: Running,
    client: Client,
}

const LONG: Wanted = Wanted {
    serial: 7,
    from_day: -1,
    to_day: 40_000,
    number: Some(OFFICE),
    usage: ExtendedKeyUsagePurpose::ClientAuth,
};

impl Renewable {
    fn start() -> Self {
        let (folder, ca) = (tempfile::tempdir().unwrap(), Authority::new("CA"));
        let [ca_file, crls, own, key] = ["ca.pem", "crl.pem", "own.pem", "own.key"].map(|n| folder.path().join(n));
        fs::write(&ca_file, ca.pem()).unwrap();
        fs::write(&crls, ca.crl_with_pem(-1, 40_000, &[]).1).unwrap();
        write_pair(&ca.issue_with_key(&LONG), &own, &key);
        let [certificate, server_key] = ["server.pem", "server.key"].map(|n| folder.path().join(n));
        write_pair(&ca.issue_with_key(&server_wanted()), &certificate, &server_key);

        let store = Arc::new(ClientCaStore::load(vec![ca_file.clone()], vec![crls], NOW).unwrap());
        let files = Tls { certificate, key: server_key, min_version: TlsVersion::V1_3 };
        let running = Running::start(TlsDoor::sign_in(files, Arc::clone(&store)).unwrap(), &store);
        let client = Client::modern(&ca_file, Some((&own, &key)));
        Self { folder, ca, store, running, client }
    }

    /// Gives the server a new certificate.
    fn renew_server(&self) -> CertificateDer<'static> {
        let renewed = self.ca.issue_with_key(&server_wanted());
        write_pair(&renewed, &self.folder.path().join("server.pem"), &self.folder.path().join("server.key"));
        renewed.0.der().clone()
    }

    /// Publishes a list with the client's certificate on it.
    fn revoke(&self) {
        fs::write(self.folder.path().join("crl.pem"), self.ca.crl_with_pem(0, 40_000, &[LONG.serial]).1).unwrap();
    }

    async fn get(&self) -> Reply {
        self.client.get(self.running.address, "/").await.unwrap()
    }
}

fn server_wanted() -> Wanted {
    Wanted { serial: 8, usage: ExtendedKeyUsagePurpose::ServerAuth, ..LONG }
}

fn write_pair((certificate, key): &(rcgen::Certificate, rcgen::KeyPair), certificate_file: &Path, key_file: &Path) {
    fs::write(certificate_file, certificate.pem()).unwrap();
    fs::write(key_file, key.serialize_pem()).unwrap();
}

#[tokio::test]
async fn a_hangup_brings_new_revocation_lists_and_a_new_server_certificate() {
    let set_up = Renewable::start();
    let before = set_up.get().await;
    assert_eq!(before.body, OFFICE);

    let ambient = Ambient { clock: Arc::new(SystemClock::default()), entropy: Arc::new(SystemEntropy) };
    let doors = vec![Arc::clone(&set_up.running.door)];
    let mut reloading = Box::pin(reload_on_hangup(ambient, vec![Arc::clone(&set_up.store)], doors));
    // Once it has been polled it catches the signal, which would otherwise end this process.
    assert!(futures::poll!(&mut reloading).is_pending());
    let reloading = tokio::spawn(reloading);
    set_up.revoke();
    let renewed = set_up.renew_server();
    assert!(Command::new("kill").args(["-HUP", &std::process::id().to_string()]).status().unwrap().success());

    let mut reply = set_up.get().await;
    for _ in 0..100 {
        if reply.server == renewed {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        reply = set_up.get().await;
    }
    assert_eq!((reply.server, reply.body), (renewed, said(Revoked)));
    reloading.abort();
}

#[tokio::test]
async fn a_resumed_session_does_not_outlive_its_certificate() {
    let set_up = Renewable::start();
    assert_eq!(set_up.get().await.body, OFFICE);
    set_up.revoke();
    set_up.store.reload(NOW).unwrap();
    let resumed = set_up.get().await;
    assert_eq!((resumed.kind, resumed.body), (Some(HandshakeKind::Resumed), said(Revoked)));
}

#[tokio::test]
async fn unusable_server_files_are_named_and_change_nothing() {
    let certificates = Certificates::new();
    let running = Running::start(certificates.sign_in(), &certificates.store);
    let foreign_key = fs::read(&certificates.of(Valid).key).unwrap();
    fs::write(&certificates.pki.server_key, foreign_key).unwrap();
    assert!(matches!(running.door.reload(), Err(TlsError::Unusable { .. })));
    fs::write(&certificates.pki.server_key, "no key").unwrap();
    assert!(matches!(running.door.reload(), Err(TlsError::NoKey { .. })));
    fs::write(&certificates.pki.server_certificate, "no certificate").unwrap();
    assert!(matches!(running.door.reload(), Err(TlsError::NoCertificate { .. })));
    fs::remove_file(&certificates.pki.server_certificate).unwrap();
    let error = running.door.reload().unwrap_err();
    assert!(error.to_string().contains("server.pem"), "{error}");
    let client = Client::modern(&certificates.pki.ca, None);
    assert_eq!(client.get(running.address, "/").await.unwrap().status, 200);
}

#[tokio::test]
async fn plain_http_is_refused_beyond_loopback() {
    let everywhere = TcpListener::bind("0.0.0.0:0").unwrap();
    let refused = serve_plain_on_loopback(everywhere, Router::new(), Handle::new()).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::PermissionDenied);
}
