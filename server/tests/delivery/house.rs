//! A server's delivery side on a database of its own, with times short enough for tests.

use std::{path::PathBuf, sync::Arc, time::Duration};

use domain::contact::{Email, Phone};
use secrecy::SecretString;
use server::{
    clock::{Ambient, SystemClock, SystemEntropy},
    delivery::{
        Message, Outgoing, Pace, Recipient, Senders, Worker,
        sms::{SmsSettings, TwilioSender},
        smtp::{Security, SmtpSender, SmtpSettings},
        templates::{Site, Templates},
    },
    secret::Keys,
    storage::{Db, outbox},
};
use sqlx::{Row, SqlitePool};
use tempfile::TempDir;
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use crate::mailbox::Mailbox;

pub(crate) const OFFICE: &str = "office@kaigo.example.jp";
pub(crate) const PHONE: &str = "09012345678";

/// Every byte of the house's master key.
const OWN_KEY: u8 = 1;

/// An outbox row as the database has it.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) id: uuid::Uuid,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) tries: i64,
    pub(crate) delivered: bool,
    pub(crate) error: String,
    pub(crate) finished: bool,
}

pub(crate) struct House {
    pub(crate) mailbox: Mailbox,
    pub(crate) clock: Arc<SystemClock>,
    pub(crate) outgoing: Outgoing,
    pub(crate) pace: Pace,
    pub(crate) directory: TempDir,
    pub(crate) db: Db,
}

/// A worker that runs until it is stopped.
pub(crate) struct Running {
    stop: CancellationToken,
    job: JoinHandle<()>,
}

impl Running {
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.job.await.unwrap();
    }
}

fn pace() -> Pace {
    Pace {
        timeout: Duration::from_secs(1),
        first_pause: Duration::from_millis(100),
        longest_pause: Duration::from_millis(400),
        longest_pause_after_refusal: Duration::from_millis(400),
        look_every: Duration::from_millis(200),
        drain: Duration::from_secs(3),
        ..Pace::default()
    }
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::with(Mailbox::start()).await
    }

    pub(crate) async fn with(mailbox: Mailbox) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let db = Db::connect(&url(&directory)).await.unwrap();
        db.migrate().await.unwrap();
        let clock = Arc::new(SystemClock::default());
        let outgoing = outgoing(&clock, Keys::from_master(&[OWN_KEY; 32]));
        Self { mailbox, clock, outgoing, pace: pace(), directory, db }
    }

    /// As if the server were started with another key.
    pub(crate) fn outgoing_with_key(&self, key: u8) -> Outgoing {
        outgoing(&self.clock, Keys::from_master(&[key; 32]))
    }

    /// As if the key were being changed to another, with the house's own still given.
    pub(crate) fn outgoing_with_new_key(&self, key: u8) -> Outgoing {
        outgoing(&self.clock, Keys::from_master(&[key; 32]).with_previous(&[OWN_KEY; 32]))
    }

    /// A second server on the same database.
    pub(crate) async fn another_connection(&self) -> Db {
        Db::connect(&url(&self.directory)).await.unwrap()
    }

    pub(crate) fn smtp_settings(&self) -> SmtpSettings {
        SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port: self.mailbox.smtp_port(),
            security: Security::None,
            sign_in: None,
            from: "介護保険資格確認等WEBサービス <noreply@kaigo.example.jp>".to_owned(),
            extra_ca: None,
        }
    }

    pub(crate) fn senders(&self) -> Senders {
        self.senders_with_token("demo-token")
    }

    pub(crate) fn senders_with_token(&self, token: &str) -> Senders {
        let sms = SmsSettings {
            url: self.mailbox.url(),
            account: "ACdemo".to_owned(),
            token: SecretString::from(token),
            from: "+815000000000".to_owned(),
            extra_ca: None,
        };
        Senders {
            mail: Arc::new(SmtpSender::new(self.smtp_settings()).unwrap()),
            sms: Some(Arc::new(TwilioSender::new(sms).unwrap())),
        }
    }

    pub(crate) fn start(&self) -> Running {
        self.start_worker(self.db.clone(), &self.outgoing, self.senders())
    }

    pub(crate) fn start_worker(&self, db: Db, outgoing: &Outgoing, senders: Senders) -> Running {
        let stop = CancellationToken::new();
        let worker = Worker::new(db, outgoing, senders, self.pace.clone());
        Running { job: tokio::spawn(worker.run(stop.clone())), stop }
    }

    /// Commits a message, as a service does, and says how long that took.
    pub(crate) async fn post(&self, to: Recipient, message: &Message) -> Duration {
        let begun = Instant::now();
        let mut tx = self.db.write().await.unwrap();
        self.outgoing.enqueue(&mut tx, to, message).await.unwrap();
        tx.commit().await.unwrap();
        self.outgoing.wake();
        begun.elapsed()
    }

    pub(crate) async fn post_code(&self, code: &str) -> Duration {
        self.post(Recipient::Mail(Email::parse(OFFICE).unwrap()), &office_code(code)).await
    }

    /// Many codes in one transaction.
    pub(crate) async fn post_codes(&self, count: u32) {
        let mut tx = self.db.write().await.unwrap();
        for n in 0..count {
            let to = Recipient::Mail(Email::parse(OFFICE).unwrap());
            self.outgoing.enqueue(&mut tx, to, &office_code(&format!("{:06}", 800_000 + n))).await.unwrap();
        }
        tx.commit().await.unwrap();
        self.outgoing.wake();
    }

    pub(crate) async fn post_sms(&self, code: &str) -> Duration {
        let message = Message::MemberCode { code: SecretString::from(code), minutes: 30 };
        self.post(Recipient::Sms(Phone::parse(PHONE).unwrap()), &message).await
    }

    pub(crate) async fn pending(&self) -> i64 {
        outbox::pending(&mut self.db.read().await.unwrap()).await.unwrap()
    }

    /// Every row, oldest first.
    pub(crate) async fn rows(&self) -> Vec<Stored> {
        let pool = SqlitePool::connect(&url(&self.directory)).await.unwrap();
        let sql =
            "SELECT id, sealed, tries, delivered, error, finished_at IS NOT NULL AS finished FROM outbox ORDER BY id";
        let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
        pool.close().await;
        let read = |row: &sqlx::sqlite::SqliteRow| Stored {
            id: row.get("id"),
            sealed: row.get("sealed"),
            tries: row.get("tries"),
            delivered: row.get("delivered"),
            error: row.get("error"),
            finished: row.get("finished"),
        };
        rows.iter().map(read).collect()
    }

    /// Waits until the rows are as they should be.
    pub(crate) async fn rows_when(&self, what: &str, fits: impl Fn(&[Stored]) -> bool) -> Vec<Stored> {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let rows = self.rows().await;
            if fits(&rows) {
                return rows;
            }
            assert!(Instant::now() < deadline, "{what}: {rows:?}");
            sleep(Duration::from_millis(25)).await;
        }
    }

    pub(crate) async fn until_nothing_is_pending(&self) {
        self.rows_when("nothing is pending", |rows| rows.iter().all(|row| row.finished)).await;
    }

    /// Every byte of the database, its write-ahead log included.
    pub(crate) fn database_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.directory.path()).unwrap();
        let paths: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
        paths.iter().flat_map(|path| std::fs::read(path).unwrap()).collect()
    }
}

pub(crate) fn office_code(code: &str) -> Message {
    Message::OfficeCode { code: SecretString::from(code), minutes: 30 }
}

fn url(directory: &TempDir) -> String {
    format!("sqlite:{}", directory.path().join("care.db").display())
}

fn outgoing(clock: &Arc<SystemClock>, keys: Keys) -> Outgoing {
    let templates = Arc::new(Templates::load(Site::default(), None).unwrap());
    let ambient = Ambient { clock: Arc::clone(clock) as _, entropy: Arc::new(SystemEntropy) };
    Outgoing::new(templates, Arc::new(keys), ambient)
}
