//! A remote platform that is slow, fails, is down and comes back.

use std::time::{Duration, Instant};

use serde_json::json;
use server::{
    demo::people,
    platform::{Platform, PlatformError, TerminalAccount, http::Patience},
};

use crate::house::{found, impatient, items, patience, remote, somebody};

const AWAY: PlatformError = PlatformError::Away;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_too_late_is_none_and_the_next_one_counts() {
    let (stand, platform, _) = remote(impatient()).await;
    stand.order(&json!({ "delay_ms": 10_000 })).await;
    let begun = Instant::now();
    assert_eq!(platform.find_by_four_items(&items(&somebody(1))).await, Err(AWAY));
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    stand.order(&json!({})).await;
    found(&stand.platform(crate::house::ManualClock::new(), patience()), 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_call_is_over_in_its_time_whatever_its_tries_do() {
    let patience = Patience { attempt: Duration::from_secs(1), total: Duration::from_millis(2_500), ..patience() };
    let (stand, platform, _) = remote(Patience { retries: 100, ..patience }).await;
    stand.order(&json!({ "hang": true })).await;
    let begun = Instant::now();
    assert_eq!(platform.find_by_four_items(&items(&somebody(1))).await, Err(AWAY));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(stand.count("requests").await >= 2, "it was tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_of_502_503_504_is_not_noticed() {
    for status in [502, 503, 504] {
        let (stand, platform, _) = remote(patience()).await;
        stand.order(&json!({ "fail": status, "fail_times": 2 })).await;
        found(&platform, 1).await;
        assert_eq!(stand.count("requests").await, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_asked_twice_is_not() {
    let (stand, platform, _) = remote(patience()).await;
    // Another status than those that pass, whatever was asked.
    for status in [500, 501, 429, 404, 302] {
        let before = stand.count("requests").await;
        stand.order(&json!({ "fail": status, "fail_times": 1 })).await;
        assert_eq!(platform.find_by_certificate("1").await, Err(AWAY), "{status}");
        assert_eq!(stand.count("requests").await, before + 1, "{status}");
        stand.order(&json!({})).await;
        found(&platform, 1).await;
    }
    // A password, whatever the status.
    let (user_id, password, terminal_id) = people::TERMINAL;
    let password = password.into();
    let before = stand.count("requests").await;
    stand.order(&json!({ "fail": 503, "fail_times": 1 })).await;
    let verdict = platform.verify_terminal(TerminalAccount { user_id, password: &password, terminal_id }).await;
    assert_eq!((verdict, stand.count("requests").await), (Err(AWAY), before + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_platform_may_ask_for_a_second_but_not_for_an_hour() {
    let (stand, platform, _) = remote(patience()).await;
    stand.order(&json!({ "fail": 503, "fail_times": 1, "retry_after": "1" })).await;
    let begun = Instant::now();
    found(&platform, 1).await;
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    let before = stand.count("requests").await;
    stand.order(&json!({ "fail": 503, "retry_after": "3600" })).await;
    assert_eq!(platform.find_by_certificate("1").await, Err(AWAY));
    assert_eq!(stand.count("requests").await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_breaker_opens_and_one_probe_closes_it() {
    let (stand, platform, clock) = remote(Patience { retries: 0, ..patience() }).await;
    let ask = || platform.find_by_certificate("1");
    stand.order(&json!({ "fail": 503 })).await;
    for _ in 0..3 {
        assert_eq!(ask().await, Err(AWAY));
    }
    assert_eq!(stand.count("requests").await, 3);
    stand.order(&json!({})).await;
    clock.advance_seconds(29);
    assert_eq!(ask().await, Err(AWAY));
    assert_eq!(stand.count("requests").await, 3, "it is left alone");
    // A probe that fails: one request, and another rest.
    stand.order(&json!({ "fail": 503 })).await;
    clock.advance_seconds(1);
    assert_eq!((ask().await, ask().await), (Err(AWAY), Err(AWAY)));
    assert_eq!(stand.count("requests").await, 4);
    // While one probe is under way, nobody else asks.
    clock.advance_seconds(30);
    stand.order(&json!({ "delay_ms": 2_000 })).await;
    let (probe, others) = tokio::join!(ask(), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        (ask().await, ask().await)
    });
    assert_eq!((probe.is_ok(), others), (true, (Err(AWAY), Err(AWAY))));
    assert_eq!(stand.count("requests").await, 5);
    stand.order(&json!({})).await;
    found(&platform, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn down_and_back_without_a_restart_of_ours() {
    let (mut stand, platform, clock) = remote(patience()).await;
    let before = found(&platform, 1).await;
    stand.end().await;
    for _ in 0..4 {
        assert_eq!(platform.person(&before.id).await, Err(AWAY));
    }
    stand.start_again().await;
    clock.advance_seconds(30);
    assert_eq!(platform.person(&before.id).await, Ok(Some(before)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_a_platform_that_is_away_and_opens_nothing() {
    let (stand, _, clock) = remote(patience()).await;
    let settings = server::platform::http::HttpPlatformSettings {
        url: format!("http://{}/r4", stand.address).parse().unwrap(),
        token: "another".into(),
        ca: None,
        patience: patience(),
    };
    let ambient = server::clock::Ambient { clock, entropy: std::sync::Arc::new(server::clock::SystemEntropy) };
    let platform = server::platform::http::HttpPlatform::new(settings, ambient).unwrap();
    assert!(!format!("{platform:?}").contains("another"));
    assert_eq!(platform.check().await, Err(AWAY));
    assert_eq!(stand.count("requests").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_card_tells_a_platform_from_anything_else() {
    let (stand, platform, _) = remote(patience()).await;
    assert_eq!(platform.check().await, Ok(()));
    stand.lie("/fhirVersion", &json!("3.0.2")).await;
    assert_eq!(platform.check().await, Err(PlatformError::Untrusted));
}
