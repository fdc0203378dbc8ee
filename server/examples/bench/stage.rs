//! A service of its own for a measurement: database, people, certificates, and the real router on loopback.

use std::{collections::BTreeSet, net::TcpListener, path::Path, sync::Arc};

use app::services::Door;
use axum::Extension;
use axum_server::Handle;
use domain::{
    account::{AccountKind, PersonName, ServiceCode},
    contact::Email,
    job::Job,
    sign_in::SignInPolicy,
};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use secrecy::SecretString;
use server::{
    certificates::ClientCaStore,
    clock::{Ambient, SystemClock, SystemEntropy},
    delivery::{
        Outgoing,
        templates::{self, Templates},
    },
    demo::pki::DemoPki,
    http::{
        Site, SiteFiles, router,
        tls::{PeerChain, serve_plain_on_loopback},
    },
    secret::Keys,
    services::{Core, Passwords, RelyingParty, passwords::Cost},
    storage::{
        Db,
        accounts::{self, Account},
        offices::{self, Office},
    },
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// 事業所番号 of the one office.
pub(crate) const OFFICE: &str = "2372101440";

/// Everybody's password.
pub(crate) const PASSWORD: &str = "bench-himawari-2025";

pub(crate) fn ambient() -> Ambient {
    Ambient { clock: Arc::new(SystemClock::default()), entropy: Arc::new(SystemEntropy) }
}

/// A database of its own on a PostgreSQL server; it goes with the server.
pub(crate) async fn new_postgres(server: &str) -> String {
    let name = format!("bench_{}", ambient().id().simple());
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await.expect("PostgreSQL");
    let sql = format!("CREATE DATABASE {name}");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a database");
    format!("{server}/{name}")
}

/// Everything that the services need, at the shipped cost of hashing, with a migrated database.
///
/// Nobody is sent away for wrong answers: they are what is measured.
pub(crate) async fn core(url: &str) -> Core {
    let db = Db::connect(url).await.expect("the database");
    db.migrate().await.expect("the schema");
    let (ambient, keys) = (ambient(), Arc::new(Keys::from_master(&[7; 32])));
    let templates = Arc::new(Templates::load(templates::Site::default(), None).expect("templates"));
    Core {
        db,
        policy: SignInPolicy { address_failures: 1_000_000, ..SignInPolicy::default() },
        passwords: Passwords::new(Cost::default(), &ambient).expect("the shipped parameters"),
        outgoing: Outgoing::new(templates, Arc::clone(&keys), ambient.clone()),
        keys,
        sign_in_url: "https://care.example.jp/".into(),
        sign_in_origin: "https://care.example.jp:8443".into(),
        relying_party: RelyingParty::new("https://care.example.jp:8443", &[]).expect("an origin"),
        card_ca: None,
        ambient,
    }
}

/// The office.
pub(crate) async fn office(core: &Core) -> Uuid {
    office_numbered(core, OFFICE).await
}

/// An office with this 事業所番号.
pub(crate) async fn office_numbered(core: &Core, number: &str) -> Uuid {
    let (id, created_at) = (core.ambient.id(), core.ambient.now());
    let office = Office { id, number: number.to_owned(), name: "計測用事業所".to_owned(), created_at };
    let mut tx = core.db.write().await.expect("a transaction");
    offices::insert(&mut tx, &office).await.expect("an office");
    tx.commit().await.expect("a commit");
    id
}

/// A member of the office with this name.
pub(crate) fn member(core: &Core, office_id: Uuid, login_id: &str, name: PersonName, hash: &SecretString) -> Account {
    let now = core.ambient.now();
    Account {
        id: core.ambient.id(),
        office_id,
        kind: AccountKind::Staff,
        login_id: login_id.to_owned(),
        name: Some(name),
        services: BTreeSet::from_iter(ServiceCode::from_code("16")),
        jobs: BTreeSet::from([Job::CareWorker]),
        email: Email::parse(&format!("{login_id}@bench.example.jp")).ok(),
        phone: None,
        created_at: now,
        changed_at: now,
        last_sign_in_at: None,
        locked_at: None,
        suspended_at: None,
        expires_at: None,
        deleted_at: None,
        version: 1,
        password_hash: hash.clone(),
        password_initial: false,
        password_expires_at: None,
        security_code_hash: None,
    }
}

/// Stores accounts, a thousand in a transaction.
pub(crate) async fn add(core: &Core, all: &[Account]) {
    for some in all.chunks(1_000) {
        let mut tx = core.db.write().await.expect("a transaction");
        for account in some {
            accounts::insert(&mut tx, account).await.expect("an account");
        }
        tx.commit().await.expect("a commit");
    }
}

/// A service that answers on loopback.
pub(crate) struct Service {
    pub(crate) core: Core,
    pub(crate) office: Uuid,
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
    handle: Handle<std::net::SocketAddr>,
    _folder: TempDir,
}

impl Service {
    /// On SQLite. Requests come with a valid client certificate, as if TLS had asked for one.
    pub(crate) async fn start(site_dir: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let core = core(&format!("sqlite:{}", folder.path().join("bench.db").display())).await;
        let office = office(&core).await;
        let now = core.ambient.now();
        let pki = DemoPki::ensure(&folder.path().join("pki"), &[(OFFICE, "計測用事業所")], now).expect("certificates");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let (files, assets) = SiteFiles::open(site_dir).expect("browser files: run `make site`");
        let site = Site {
            services: core.services(),
            core: core.clone(),
            client_ca: Arc::new(ClientCaStore::load(vec![pki.ca.clone()], vec![pki.crl.clone()], now).expect("a CA")),
            assets,
            files,
            public_origin: "https://care.example.jp".to_owned(),
            sign_in_origin: origin.clone(),
            support_phone: "0120-000-000".to_owned(),
            trusted_proxies: Vec::new(),
            maintenance_file: None,
            reader_port: protocol::DEFAULT_PORT,
            demo: None,
        };
        let chain = CertificateDer::pem_file_iter(&pki.certificates[0].certificate).expect("a certificate");
        let chain: Vec<_> = chain.map(|certificate| certificate.expect("a certificate")).collect();
        let router = router(Arc::new(site), Door::SignIn).layer(Extension(PeerChain(Arc::from(chain))));
        let handle = Handle::new();
        tokio::spawn(serve_plain_on_loopback(listener, router, handle.clone()));
        Self { core, office, origin, handle, _folder: folder }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}
