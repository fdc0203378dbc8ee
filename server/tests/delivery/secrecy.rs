//! What the database and the log know of a message.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use domain::{account::AccountKind, contact::Email};
use secrecy::SecretString;
use server::delivery::{Message, Recipient};
use tracing_subscriber::fmt::MakeWriter;

use crate::house::House;

const TO: &str = "hikaru.himitsu@kaigo.example.jp";
const MARKS: [&str; 5] = [TO, "hikaru.himitsu", "mk-initial-9Qxw", "851025", "NursingUserA000"];

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn contains(bytes: &[u8], mark: &str) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark.as_bytes())
}

async fn post_secrets(house: &House) {
    house.post(Recipient::Mail(Email::parse(TO).unwrap()), &crate::house::office_code("851025")).await;
    let issued = Message::AccountIssued {
        office_name: "見本デイサービスセンター".to_owned(),
        office_number: "2372101440".to_owned(),
        login_id: "NursingUserA000".to_owned(),
        kind: AccountKind::Administrator,
        url: "https://kaigo.example.jp/".to_owned(),
        initial_password: SecretString::from("mk-initial-9Qxw"),
        expires_at: domain::Timestamp::from_seconds(1_738_854_000),
    };
    house.post(Recipient::Mail(Email::parse(TO).unwrap()), &issued).await;
    house.post_sms("851025").await;
}

#[tokio::test]
async fn the_database_never_holds_them_in_clear_and_forgets_them_when_delivered() {
    let house = House::new().await;
    house.mailbox.smtp("refuse").await;
    post_secrets(&house).await;
    let waiting = house.database_bytes();
    let sealed: Vec<Vec<u8>> = house.rows().await.into_iter().filter_map(|row| row.sealed).collect();
    assert_eq!(sealed.len(), 3);
    let worker = house.start();
    house.rows_when("each was tried", |rows| rows.iter().all(|row| row.tries >= 1)).await;
    house.mailbox.smtp("normal").await;
    house.until_nothing_is_pending().await;
    worker.stop().await;
    for bytes in [waiting, house.database_bytes()] {
        assert!(contains(&bytes, "account_issued"), "the test looks into the wrong files");
        for mark in MARKS.into_iter().chain(["09012345678", "+819012345678"]) {
            assert!(!contains(&bytes, mark), "{mark} lies in the database");
        }
    }
    assert!(house.rows().await.iter().all(|row| row.sealed.is_none()));
}

#[tokio::test]
async fn the_log_says_what_happened_and_to_nobody() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).with_ansi(false);
    // For the whole process: a log for one thread misses whatever line another test's thread came across first. So the
    // other tests' lines are searched as well.
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let house = House::new().await;
    house.mailbox.smtp("reject").await;
    house.mailbox.sms("429").await;
    let worker = house.start();
    post_secrets(&house).await;
    house.rows_when("each failed once", |rows| rows.iter().all(|row| !row.error.is_empty())).await;
    house.mailbox.smtp("normal").await;
    house.mailbox.sms("normal").await;
    house.until_nothing_is_pending().await;
    worker.stop().await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<&str> = text.lines().filter(|line| line.contains("server::delivery")).collect();
    for expected in ["message delivered", "refused 550", "deferred 429", "account_issued", "Sms"] {
        assert!(ours.iter().any(|line| line.contains(expected)), "{expected} is not in {ours:#?}");
    }
    for mark in MARKS {
        assert!(!text.contains(mark), "{mark} was logged: {:#?}", text.lines().find(|line| line.contains(mark)));
    }
}
