//! The whole service in this process: a database of its own, the demo's offices and people, a clock that only the
//! test moves, and the mails that left.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use app::services::Door;
use async_trait::async_trait;
use domain::{Timestamp, sign_in::SignInPolicy};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use server::{
    certificates::ClientCaStore,
    clock::{Ambient, Clock, Entropy, SystemEntropy},
    delivery::{
        Outgoing, Pace, Senders, Worker,
        sender::{Failure, Letter, MailSender, ShortMessage, SmsSender},
        templates::{self, Templates},
    },
    demo::{
        data::{self, DemoOffice, OFFICES},
        pki::{DemoCertificateKind, DemoPki},
    },
    http::{Site, SiteFiles, router},
    secret::Keys,
    services::{Core, Passwords, RelyingParty, passwords::Cost},
    storage::{Db, outbox},
};
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{
    browser::Browser,
    database::{Inspector, served},
};
use crate::support::{Engine, TestDatabase};

/// 2025-02-07 10:00 in Japan: when every test begins.
pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_738_890_000);
/// Origin of the public listener.
pub(crate) const PUBLIC: &str = "https://care.example.jp";
/// Origin of the listener that asks for certificates.
pub(crate) const SIGN_IN: &str = "https://care.example.jp:8443";

/// Makes one test per engine out of each function; `service` is the function's own.
macro_rules! on_both_engines {
    ($(async fn $name:ident($service:ident: &Service) $body:block)*) => {$(
        async fn $name($service: &Service) $body

        mod $name {
            use crate::{http::service::Service, support::Engine};

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                super::$name(&Service::new(Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                super::$name(&Service::new(Engine::Postgres).await).await;
            }
        }
    )*};
}
pub(crate) use on_both_engines;

/// Stands still until it is moved.
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(crate) fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub(crate) fn advance_minutes(&self, minutes: i64) {
        self.advance_seconds(minutes * 60);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// The same bytes in every run.
struct SeededEntropy(AtomicI64);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let hash = server::secret::token_hash(&self.0.fetch_add(1, Ordering::SeqCst).to_string());
            chunk.copy_from_slice(&hash[..chunk.len()]);
        }
    }
}

/// A mail that left.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// The mail server's place: keeps what the worker hands over.
#[derive(Clone, Default)]
struct Letters(Arc<Mutex<Vec<Mail>>>);

#[async_trait]
impl MailSender for Letters {
    async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let mail =
            Mail { to: letter.to.as_str().to_owned(), subject: letter.subject.clone(), text: letter.text.clone() };
        self.0.lock().unwrap().push(mail);
        Ok(())
    }
}

/// Short messages lie among the mails, without a subject.
#[async_trait]
impl SmsSender for Letters {
    async fn send(&self, message: &ShortMessage) -> Result<(), Failure> {
        let to = message.to.as_str().to_owned();
        self.0.lock().unwrap().push(Mail { to, subject: String::new(), text: message.text.clone() });
        Ok(())
    }
}

pub(crate) struct Service {
    pub(crate) core: Core,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) site: Arc<Site>,
    pub(crate) database: Inspector,
    letters: Letters,
    _worker: DropGuard,
    _folder: TempDir,
    _database: TestDatabase,
}

impl Service {
    /// Migrated, with the demo's offices and people.
    pub(crate) async fn new(engine: Engine) -> Self {
        Self::with(engine, Arc::new(SystemEntropy)).await
    }

    /// The same on SQLite, with the same IDs in every run, so that lists have one order.
    pub(crate) async fn repeatable() -> Self {
        Self::with(Engine::Sqlite, Arc::new(SeededEntropy(AtomicI64::new(1)))).await
    }

    async fn with(engine: Engine, entropy: Arc<dyn Entropy>) -> Self {
        let database = TestDatabase::new(engine).await;
        let db = served(&database).await;
        let clock = Arc::new(ManualClock(AtomicI64::new(NOW.micros())));
        let core = core(db, &clock, entropy);
        data::seed(&core).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let letters = Letters::default();
        Self {
            site: Arc::new(site(&core, folder.path())),
            _worker: start_worker(&core, letters.clone()),
            database: Inspector { engine, url: database.url.clone() },
            core,
            clock,
            letters,
            _folder: folder,
            _database: database,
        }
    }

    /// A browser at the door that asks for certificates, with the certificate of office `n`.
    pub(crate) fn browser(&self, n: usize) -> Browser {
        self.stranger().with_chain(chain(DemoCertificateKind::Valid, OFFICES[n].number))
    }

    /// The same of the first office at another server on the same database.
    pub(crate) fn browser_at(&self, site: Site) -> Browser {
        self.browser(0).at(router(Arc::new(site), Door::SignIn), SIGN_IN)
    }

    /// Another server on the same database, started with these keys.
    pub(crate) fn site_with_keys(&self, keys: Keys) -> Site {
        let core = Core { keys: Arc::new(keys), ..self.core.clone() };
        Site { services: core.services(), core, ..Site::clone(&self.site) }
    }

    /// The same without a certificate.
    pub(crate) fn stranger(&self) -> Browser {
        Browser::new(router(Arc::clone(&self.site), Door::SignIn), SIGN_IN, Vec::new())
    }

    /// A browser at the public door.
    pub(crate) fn visitor(&self) -> Browser {
        Browser::new(router(Arc::clone(&self.site), Door::Public), PUBLIC, Vec::new())
    }

    /// Takes the sign-in of office `n` to B-2 and answers the code that was sent.
    pub(crate) async fn to_code(&self, browser: &mut Browser, n: usize) -> String {
        let DemoOffice { login_id, password, security_code, .. } = &OFFICES[n];
        let fields = [("login_id", *login_id), ("password", *password)];
        let mut page = browser.post_form("/sign-in/office", "start_office", &fields).await;
        if let Some(code) = security_code {
            assert_eq!(page.screen(), "A-3");
            let from = "/sign-in/office/security-code";
            page = browser.post_form(from, "confirm_security_code", &[("security_code", code)]).await;
        } else {
            assert_eq!(page.screen(), "B-1");
            page = browser.post_form("/sign-in/office/send-code", "send_code", &[("channel", "mail")]).await;
        }
        assert_eq!(page.screen(), "B-2");
        self.newest_code(n).await
    }

    /// A browser in which office `n` is signed in.
    pub(crate) async fn signed_in(&self, n: usize) -> Browser {
        let mut browser = self.browser(n);
        let code = self.to_code(&mut browser, n).await;
        let page = browser.post_form("/sign-in/office/code", "redeem_code", &[("one_time_code", &code)]).await;
        assert_eq!(page.screen(), "C-1");
        browser
    }

    /// The code in the newest mail to office `n`.
    pub(crate) async fn newest_code(&self, n: usize) -> String {
        self.codes(n).await.pop().unwrap()
    }

    /// Every code that was sent to office `n`, oldest first.
    pub(crate) async fn codes(&self, n: usize) -> Vec<String> {
        let mails = self.mails().await.into_iter().filter(|mail| mail.to == OFFICES[n].email);
        let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
        mails.filter_map(|mail| mail.text.lines().find(is_code).map(str::to_owned)).collect()
    }

    /// A browser of the first office in which this member of the demo is signed in, by mail or else SMS.
    pub(crate) async fn signed_in_member(&self, login_id: &str) -> Browser {
        self.signed_in_member_of(0, login_id).await
    }

    /// The same of office `n`.
    pub(crate) async fn signed_in_member_of(&self, n: usize, login_id: &str) -> Browser {
        let mut browser = self.browser(n);
        let fields = [("login_id", login_id), ("password", data::MEMBER_PASSWORD)];
        let mut page = browser.post_form("/sign-in/member", "start_member", &fields).await;
        let to = if login_id == data::PHONE_ONLY {
            data::phone_of(login_id)
        } else {
            assert_eq!(page.screen(), "B-11");
            page = browser.post_form("/sign-in/member/send-code", "send_code", &[("channel", "mail")]).await;
            data::email_of(login_id)
        };
        assert_eq!(page.screen(), "B-12");
        let code = self.newest_code_to(&to).await;
        let from = "/sign-in/member/code";
        let page = browser.post_form(from, "redeem_code", &[("one_time_code", &code)]).await;
        assert!(page.screen().starts_with("C-"), "{}", page.screen());
        browser
    }

    /// The code in the newest message to an address or a phone number.
    pub(crate) async fn newest_code_to(&self, to: &str) -> String {
        let digits = |text: &str| {
            let words = text.split(|c: char| !c.is_ascii_digit());
            words.into_iter().find(|word| word.len() == 6).map(str::to_owned)
        };
        let mails = self.mails().await;
        mails.iter().rev().filter(|mail| mail.to == to).find_map(|mail| digits(&mail.text)).unwrap()
    }

    /// Every mail that left, once nothing waits any more.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        for _ in 0..2_000 {
            if outbox::pending(&mut self.core.db.read().await.unwrap()).await.unwrap() == 0 {
                return self.letters.0.lock().unwrap().clone();
            }
            self.core.outgoing.wake();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("mails are still waiting");
    }

    /// The id of the account with this ユーザID.
    pub(crate) async fn account(&self, login_id: &str) -> String {
        let key = login_id.to_lowercase();
        let id = self.database.id(&format!("SELECT id FROM accounts WHERE lower(login_id) = '{key}'")).await;
        id.to_string()
    }

    /// Whether A-4 takes this password.
    pub(crate) async fn takes_password(&self, login_id: &str, password: &str) -> bool {
        let fields = [("login_id", login_id), ("password", password)];
        let page = self.browser(0).post_form("/sign-in/member", "start_member", &fields).await;
        matches!(page.screen(), "B-11" | "B-12")
    }

    /// The messages to an address or a phone number, oldest first.
    pub(crate) async fn mails_to(&self, to: &str) -> Vec<Mail> {
        self.mails().await.into_iter().filter(|mail| mail.to == to).collect()
    }

    /// The test's present, as columns hold it.
    pub(crate) fn clock_micros(&self) -> i64 {
        self.clock.now().micros()
    }

    /// Every audit row as `screen action result`, oldest first, the seeding's left out.
    pub(crate) async fn audit_lines(&self) -> Vec<String> {
        self.database.audit().await.iter().skip(1).map(super::database::AuditRow::line).collect()
    }
}

fn core(db: Db, clock: &Arc<ManualClock>, entropy: Arc<dyn Entropy>) -> Core {
    let ambient = Ambient { clock: Arc::clone(clock) as _, entropy };
    let keys = Arc::new(Keys::from_master(&[7; 32]));
    let templates = Arc::new(Templates::load(templates::Site::default(), None).unwrap());
    // Cheap: what is tested here is what happens around the hash.
    let cost = Cost { memory_kib: 64, iterations: 1, lanes: 1, concurrent: 4 };
    Core {
        db,
        keys: Arc::clone(&keys),
        policy: SignInPolicy::default(),
        passwords: Passwords::new(cost, &ambient).unwrap(),
        outgoing: Outgoing::new(templates, keys, ambient.clone()),
        ambient,
        relying_party: RelyingParty::new(SIGN_IN, &[]).unwrap(),
        sign_in_url: format!("{PUBLIC}/").into(),
        sign_in_origin: SIGN_IN.into(),
        card_ca: Some(super::cards::card_ca()),
    }
}

fn site(core: &Core, folder: &Path) -> Site {
    let (files, assets) = SiteFiles::open(&site_files(folder)).unwrap();
    let pki = pki();
    Site {
        services: core.services(),
        core: core.clone(),
        client_ca: Arc::new(ClientCaStore::load(vec![pki.ca.clone()], vec![pki.crl.clone()], NOW).unwrap()),
        assets,
        files,
        public_origin: PUBLIC.to_owned(),
        sign_in_origin: SIGN_IN.to_owned(),
        support_phone: "0120-000-000".to_owned(),
        trusted_proxies: Vec::new(),
        maintenance_file: None,
        reader_port: protocol::DEFAULT_PORT,
        demo: None,
    }
}

/// What the site's builder leaves: a manifest and files with hashed names.
fn site_files(folder: &Path) -> PathBuf {
    let pkg = folder.join("pkg");
    fs::create_dir(&pkg).unwrap();
    let manifest = r#"{"css":"/pkg/app.0001.css","script":"/pkg/app.0002.js","wasm":"/pkg/app.0003.wasm"}"#;
    let files = [("app.0001.css", "body{}"), ("app.0002.js", "export {}"), ("app.0003.wasm", "\0asm")];
    for (name, text) in files {
        fs::write(pkg.join(name), text).unwrap();
    }
    fs::write(folder.join("manifest.json"), manifest).unwrap();
    fs::write(folder.join("preferences.js"), "").unwrap();
    folder.to_owned()
}

fn start_worker(core: &Core, letters: Letters) -> DropGuard {
    let senders = Senders { mail: Arc::new(letters.clone()), sms: Some(Arc::new(letters)) };
    let stop = CancellationToken::new();
    let worker = Worker::new(core.db.clone(), &core.outgoing, senders, Pace::default());
    tokio::spawn(worker.run(stop.clone()));
    stop.drop_guard()
}

/// The demo's certificates as of [`NOW`], made once and kept between runs.
pub(crate) fn pki() -> &'static DemoPki {
    static PKI: OnceLock<DemoPki> = OnceLock::new();
    PKI.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        // Test processes may run side by side.
        let lock = fs::File::create(folder.join("http-certificates.lock")).unwrap();
        lock.lock().unwrap();
        let offices: Vec<(&str, &str)> = OFFICES.iter().map(|office| (office.number, office.name)).collect();
        DemoPki::ensure(&folder.join("http-certificates"), &offices, NOW).unwrap()
    })
}

/// A demo certificate with what stands behind it.
pub(crate) fn chain(kind: DemoCertificateKind, office_number: &str) -> Vec<CertificateDer<'static>> {
    let mut all = pki().certificates.iter();
    let found = all.find(|certificate| certificate.kind == kind && certificate.office_number == office_number).unwrap();
    CertificateDer::pem_file_iter(&found.certificate).unwrap().map(Result::unwrap).collect()
}
