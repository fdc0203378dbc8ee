//! Several workers, and workers that stop.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::{Instant, sleep};

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_deliver_each_message_once() {
    let house = House::new().await;
    let (second_db, second_outgoing) = (house.another_connection().await, house.outgoing_with_key(1));
    let workers = [house.start(), house.start_worker(second_db, &second_outgoing, house.senders())];
    let codes: BTreeSet<String> = (0..60).map(|n| format!("{:06}", 700_000 + n)).collect();
    for code in &codes {
        house.post_code(code).await;
    }
    house.until_nothing_is_pending().await;
    sleep(Duration::from_millis(500)).await;
    let mails = house.mailbox.mails().await;
    assert_eq!(mails.len(), 60);
    let arrived: BTreeSet<String> =
        mails.iter().map(|mail| codes.iter().find(|code| mail.text.contains(*code)).unwrap().clone()).collect();
    assert_eq!(arrived, codes);
    assert!(house.rows().await.iter().all(|row| row.tries == 1));
    for worker in workers {
        worker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shutting_down_finishes_what_is_being_sent_and_leaves_the_rest_to_the_next() {
    let house = House::new().await;
    house.post_codes(200).await;
    let worker = house.start();
    house.mailbox.mails_when(3).await;
    worker.stop().await;
    let (sent, rows) = (house.mailbox.mails().await.len(), house.rows().await);
    // Every mail that left is known to have left, and none is still held.
    assert_eq!(sent, rows.iter().filter(|row| row.delivered).count());
    assert!(sent < 200, "the worker went on after it was told to stop");
    let worker = house.start();
    house.until_nothing_is_pending().await;
    assert_eq!(house.mailbox.mails().await.len(), 200);
    assert!(house.rows().await.iter().all(|row| row.tries == 1));
    worker.stop().await;
}

#[tokio::test]
async fn shutting_down_does_not_wait_for_a_hung_server() {
    let mut house = House::new().await;
    house.pace.timeout = Duration::from_mins(1);
    house.pace.drain = Duration::from_millis(300);
    house.mailbox.smtp("hang").await;
    let worker = house.start();
    house.post_code("851025").await;
    house.rows_when("it is being sent", |rows| rows[0].tries == 1).await;
    let begun = Instant::now();
    worker.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(house.rows().await[0].error, "interrupted");
    // The lease would have lasted two and a half minutes.
    house.mailbox.smtp("normal").await;
    let worker = house.start();
    house.mailbox.mails_when(1).await;
    worker.stop().await;
}

#[tokio::test]
async fn a_clock_that_jumps_while_a_mail_is_being_sent_does_not_send_it_twice() {
    let mut house = House::new().await;
    house.pace.timeout = Duration::from_secs(2);
    house.mailbox.smtp("hang").await;
    let worker = house.start();
    house.post_code("851025").await;
    house.rows_when("it is being sent", |rows| rows[0].tries == 1).await;
    house.clock.advance_seconds(10 * 60);
    house.rows_when("the lapsed lease was renewed", |rows| rows[0].tries == 2).await;
    house.mailbox.smtp("normal").await;
    house.mailbox.mails_when(1).await;
    house.until_nothing_is_pending().await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(house.mailbox.mails().await.len(), 1);
    worker.stop().await;
}

#[tokio::test]
async fn an_outcome_is_kept_when_the_lease_is_renewed_at_that_moment() {
    let house = House::new().await;
    house.mailbox.smtp("hang").await;
    let worker = house.start();
    house.post_code("851025").await;
    house.rows_when("it is being sent", |rows| rows[0].tries == 1).await;
    // The renewal waits for the database, and behind it the outcome: a time-out.
    let busy = house.db.write().await.unwrap();
    house.clock.advance_seconds(10 * 60);
    sleep(house.pace.timeout * 2).await;
    drop(busy);
    house.rows_when("the outcome is written down", |rows| rows[0].error == "timeout").await;
    worker.stop().await;
}

#[tokio::test]
async fn a_message_sealed_with_another_key_waits_for_that_key() {
    let house = House::new().await;
    house.post_code("851025").await;
    let stranger = house.start_worker(house.db.clone(), &house.outgoing_with_key(2), house.senders());
    let rows = house.rows_when("it could not be opened", |rows| !rows[0].error.is_empty()).await;
    assert_eq!((rows[0].error.as_str(), rows[0].finished), ("sealed with another key", false));
    stranger.stop().await;
    let worker = house.start();
    house.mailbox.mails_when(1).await;
    worker.stop().await;
}

#[tokio::test]
async fn a_message_sealed_with_the_key_before_leaves_while_keys_are_changed() {
    let house = House::new().await;
    house.post_code("851025").await;
    let changing = house.start_worker(house.db.clone(), &house.outgoing_with_new_key(2), house.senders());
    house.mailbox.mails_when(1).await;
    house.until_nothing_is_pending().await;
    changing.stop().await;
    assert!(house.rows().await[0].delivered);
}
