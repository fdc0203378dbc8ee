//! Mail servers as they are: well, away, hung, deaf, full.

use std::time::Duration;

use domain::contact::Email;
use server::delivery::{Message, Recipient};
use tokio::time::sleep;

use crate::house::{House, OFFICE, office_code};

/// Nothing more may come: long enough for several further tries.
const A_WHILE: Duration = Duration::from_millis(1500);
/// Writing into the outbox is one local transaction; waiting for a hung mail server would take a second.
const AT_ONCE: Duration = Duration::from_millis(900);

#[tokio::test]
async fn a_code_arrives_once_as_the_manual_has_it() {
    let house = House::new().await;
    let worker = house.start();
    house.post_code("851025").await;
    let mails = house.mailbox.mails_when(1).await;
    assert_eq!(mails[0].to, OFFICE);
    assert!(mails[0].from.contains("noreply@kaigo.example.jp"), "{}", mails[0].from);
    assert_eq!(mails[0].subject, "ワンタイムパスワード発行通知(介護保険資格確認等WEBサービス)");
    assert!(mails[0].text.contains("[ワンタイムパスワード]\n\n851025\n\nワンタイムパスワードの有効期間は30分です。"));
    sleep(A_WHILE).await;
    assert_eq!(house.mailbox.mails().await.len(), 1);
    let rows = house.rows().await;
    assert!(rows[0].delivered && rows[0].sealed.is_none() && rows[0].tries == 1);
    assert_eq!(mails[0].message_id, format!("<{}@kaigo.example.jp>", rows[0].id));
    worker.stop().await;
}

#[tokio::test]
async fn what_is_not_committed_is_not_sent() {
    let house = House::new().await;
    let worker = house.start();
    let mut tx = house.db.write().await.unwrap();
    let to = Recipient::Mail(Email::parse(OFFICE).unwrap());
    house.outgoing.enqueue(&mut tx, to, &office_code("111111")).await.unwrap();
    drop(tx);
    house.post_code("222222").await;
    let mails = house.mailbox.mails_when(1).await;
    sleep(A_WHILE).await;
    assert!(mails[0].text.contains("222222"));
    assert_eq!(house.mailbox.mails().await.len(), 1);
    worker.stop().await;
}

#[tokio::test]
async fn a_server_that_refuses_gets_everything_once_it_is_back() {
    let house = House::new().await;
    house.mailbox.smtp("refuse").await;
    let worker = house.start();
    for code in ["100001", "100002", "100003", "100004", "100005", "100006"] {
        assert!(house.post_code(code).await < AT_ONCE);
    }
    house.rows_when("each was tried twice", |rows| rows.iter().all(|row| row.tries >= 2)).await;
    assert!(house.rows().await.iter().all(|row| !row.finished && row.sealed.is_some()));
    house.mailbox.smtp("normal").await;
    house.mailbox.mails_when(6).await;
    house.until_nothing_is_pending().await;
    sleep(A_WHILE).await;
    assert_eq!(house.mailbox.mails().await.len(), 6);
    worker.stop().await;
}

#[tokio::test]
async fn a_server_that_hangs_delays_nobody_and_gets_everything_once_it_is_back() {
    let house = House::new().await;
    let worker = house.start();
    // One goes through first, so that a kept connection hangs as well as new ones.
    house.post_code("200000").await;
    house.mailbox.mails_when(1).await;
    house.mailbox.smtp("hang").await;
    for code in ["200001", "200002", "200003", "200004", "200005", "200006"] {
        assert!(house.post_code(code).await < AT_ONCE);
    }
    let rows = house.rows_when("each was tried", |rows| rows[1..].iter().all(|row| !row.error.is_empty())).await;
    assert!(rows[1..].iter().all(|row| row.error == "timeout"), "{rows:?}");
    house.mailbox.smtp("normal").await;
    house.mailbox.mails_when(7).await;
    house.until_nothing_is_pending().await;
    sleep(A_WHILE).await;
    assert_eq!(house.mailbox.mails().await.len(), 7);
    worker.stop().await;
}

#[tokio::test]
async fn a_mail_that_was_swallowed_without_an_answer_is_sent_again_under_its_own_id() {
    let house = House::new().await;
    house.mailbox.smtp("hang-after-data").await;
    let worker = house.start();
    house.post_code("300001").await;
    house.rows_when("it was tried", |rows| rows[0].error == "timeout").await;
    house.mailbox.smtp("normal").await;
    let mails = house.mailbox.mails_when(1).await;
    house.until_nothing_is_pending().await;
    sleep(A_WHILE).await;
    assert_eq!(house.mailbox.mails().await.len(), 1);
    assert_eq!(mails[0].message_id, format!("<{}@kaigo.example.jp>", house.rows().await[0].id));
    worker.stop().await;
}

#[tokio::test]
async fn a_no_is_asked_again_too() {
    let house = House::new().await;
    let worker = house.start();
    for (mode, error) in [("defer", "deferred 451"), ("reject", "refused 550")] {
        house.mailbox.smtp(mode).await;
        house.post_code("400001").await;
        house.rows_when(error, |rows| rows.iter().any(|row| row.error == error && !row.finished)).await;
    }
    house.mailbox.smtp("normal").await;
    house.mailbox.mails_when(2).await;
    worker.stop().await;
}

#[tokio::test]
async fn a_restart_of_the_mail_server_costs_no_try() {
    let house = House::new().await;
    let worker = house.start();
    house.post_code("500001").await;
    house.mailbox.mails_when(1).await;
    house.mailbox.smtp("refuse").await;
    house.mailbox.smtp("normal").await;
    house.post_code("500002").await;
    house.mailbox.mails_when(2).await;
    house.until_nothing_is_pending().await;
    assert!(house.rows().await.iter().all(|row| row.tries == 1));
    worker.stop().await;
}

#[tokio::test]
async fn a_code_that_came_too_late_is_dropped_and_a_notice_is_not() {
    let house = House::new().await;
    house.mailbox.smtp("refuse").await;
    let worker = house.start();
    house.post_code("600001").await;
    let when = domain::Timestamp::from_seconds(1_738_854_000);
    let notice = Message::ContactChanged { when, by: "事業所ユーザ".to_owned() };
    house.post(Recipient::Mail(Email::parse(OFFICE).unwrap()), &notice).await;
    house.clock.advance_seconds(30 * 60);
    house.rows_when("the code was dropped", |rows| rows[0].error == "expired" && rows[0].finished).await;
    house.mailbox.smtp("normal").await;
    let mails = house.mailbox.mails_when(1).await;
    house.until_nothing_is_pending().await;
    assert_eq!(mails[0].subject, "連絡先変更のお知らせ");
    assert_eq!(house.mailbox.mails().await.len(), 1);
    assert!(house.rows().await.iter().all(|row| row.sealed.is_none()));
    worker.stop().await;
}

#[tokio::test]
async fn after_three_days_a_notice_is_given_up() {
    let house = House::new().await;
    house.mailbox.smtp("refuse").await;
    let worker = house.start();
    let when = domain::Timestamp::from_seconds(1_738_854_000);
    let notice = Message::AccountLocked { until: when };
    house.post(Recipient::Mail(Email::parse(OFFICE).unwrap()), &notice).await;
    house.clock.advance_seconds(3 * 24 * 3600 - 60);
    house.rows_when("it was tried again", |rows| rows[0].tries >= 2).await;
    assert_eq!(house.pending().await, 1);
    house.clock.advance_seconds(60);
    let rows = house.rows_when("it was given up", |rows| rows[0].finished).await;
    assert!(!rows[0].delivered && rows[0].error == "unreachable" && rows[0].sealed.is_none(), "{rows:?}");
    worker.stop().await;
}
