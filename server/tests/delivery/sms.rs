//! SMS gateways: well, busy, of another opinion.

use std::time::Duration;

use tokio::time::sleep;

use crate::house::House;

#[tokio::test]
async fn a_code_arrives_once() {
    let house = House::new().await;
    let worker = house.start();
    house.post_sms("851025").await;
    house.until_nothing_is_pending().await;
    let arrived = house.mailbox.short_messages().await;
    assert_eq!(arrived.len(), 1);
    assert_eq!((arrived[0].to.as_str(), arrived[0].from.as_str()), ("+819012345678", "+815000000000"));
    assert_eq!(
        arrived[0].text,
        "介護保険資格確認等WEBサービス ワンタイム認証コード: 851025 (30分間有効) 心当たりがない場合は破棄してください。"
    );
    worker.stop().await;
}

#[tokio::test]
async fn a_busy_a_broken_and_a_hung_gateway_are_asked_again() {
    let house = House::new().await;
    let worker = house.start();
    for (mode, error) in [("429", "deferred 429"), ("503", "deferred 503"), ("hang", "timeout")] {
        house.mailbox.sms(mode).await;
        house.post_sms("851025").await;
        house.rows_when(error, |rows| rows.iter().any(|row| row.error == error && !row.finished)).await;
    }
    house.mailbox.sms("normal").await;
    house.until_nothing_is_pending().await;
    assert_eq!(house.mailbox.short_messages().await.len(), 3);
    worker.stop().await;
}

#[tokio::test]
async fn what_the_gateway_will_never_take_is_given_up_at_once() {
    let house = House::new().await;
    house.mailbox.sms("400").await;
    let worker = house.start();
    house.post_sms("851025").await;
    let rows = house.rows_when("it was given up", |rows| rows[0].finished).await;
    assert!(!rows[0].delivered && rows[0].error == "undeliverable 400" && rows[0].tries == 1, "{rows:?}");
    assert!(rows[0].sealed.is_none());
    house.mailbox.sms("normal").await;
    sleep(Duration::from_secs(1)).await;
    assert!(house.mailbox.short_messages().await.is_empty());
    worker.stop().await;
}

#[tokio::test]
async fn an_expired_token_costs_nobody_their_message() {
    let house = House::new().await;
    let wrong = house.start_worker(house.db.clone(), &house.outgoing, house.senders_with_token("expired"));
    house.post_sms("851025").await;
    house.rows_when("it was refused", |rows| rows[0].error == "refused 401" && !rows[0].finished).await;
    wrong.stop().await;
    let worker = house.start();
    house.until_nothing_is_pending().await;
    assert_eq!(house.mailbox.short_messages().await.len(), 1);
    worker.stop().await;
}
