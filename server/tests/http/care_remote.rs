//! Screens over a remote platform: what people see when it lies, is slow or is down, and that nothing of it is kept.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use server::platform::http::{BreakerSettings, Patience};

use super::{
    browser::{Browser, Page},
    care::{CARER, FIND, items, post, take_charge},
    care_platform::with_platform,
    service::{NOW, Service},
    stand::Stand,
};
use crate::support::Engine;

/// A service whose people only the remote platform knows, and a browser of somebody who may see them.
async fn remote(patience: Patience) -> (Service, Stand, Browser) {
    let service = Service::new(Engine::Sqlite).await;
    let stand = Stand::start(NOW).await;
    let platform = stand.platform(Arc::clone(&service.clock) as _, patience);
    let browser = service.signed_in_member(CARER).await;
    let browser = with_platform(&service, &browser, Arc::new(platform));
    (service, stand, browser)
}

/// Patience enough for a busy machine.
fn patience() -> Patience {
    Patience { attempt: Duration::from_secs(20), total: Duration::from_mins(1), ..Patience::default() }
}

async fn viewings(service: &Service) -> usize {
    service.audit_lines().await.iter().filter(|line| line.contains("care.view") || line.contains("care.print")).count()
}

fn is_z9(page: &Page) {
    assert_eq!((page.screen(), page.status.as_u16()), ("Z-9", 503), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_lies_shows_z9_and_no_viewing_is_written() {
    let (service, stand, mut browser) = remote(patience()).await;
    let charge = take_charge(&mut browser, 0).await;
    let path = format!("/people/{charge}");
    let told_truth = browser.visit(&path).await;
    assert_eq!(told_truth.screen(), "E-6");
    let (before, snapshot) = (viewings(&service).await, service.database.dump().await);
    let patient = |field: &str| format!("/entry/0/resource/{field}");
    let somebody_else = "0009999999";
    let lies: [Value; 6] = [
        json!({ "set": [[patient("identifier/0/value"), somebody_else],
            ["/entry/1/resource/subscriberId", somebody_else]] }),
        json!({ "set": [[patient("id"), "other"], ["/entry/1/resource/beneficiary/reference", "Patient/other"]] }),
        json!({ "set": [["/resourceType", "Observation"]] }),
        json!({ "set": [["/patient/reference", "Patient/other"]] }),
        json!({ "text": "{" }),
        json!({ "padding": 5_000_000 }),
    ];
    for lie in lies {
        stand.order(&json!({ "lie": lie })).await;
        let page = browser.visit(&path).await;
        is_z9(&page);
        assert!(!page.body.contains(somebody_else), "{}", page.body);
        assert_eq!(viewings(&service).await, before, "{lie}");
    }
    assert_eq!(service.database.dump().await, snapshot, "nothing at all was written");
    stand.lie(&patient("birthDate"), &json!("1940-01-01")).await;
    is_z9(&post(&mut browser, FIND, "look_up_person", &items(1)).await);
    let matches = service.database.count("SELECT count(*) FROM care_matches").await;
    assert_eq!(matches, 1, "only the one of the truth");
    stand.order(&json!({})).await;
    assert_eq!(browser.visit(&path).await.screen(), "E-6");
    assert!(viewings(&service).await > before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_is_slow_or_down_shows_z9_until_it_is_back() {
    let breaker = BreakerSettings { failures: 1, pause_seconds: 30 };
    let attempt = Duration::from_secs(5);
    let (service, mut stand, mut browser) = remote(Patience { attempt, retries: 0, breaker, ..patience() }).await;
    let charge = take_charge(&mut browser, 0).await;
    let path = format!("/people/{charge}");
    stand.order(&json!({ "hang": true })).await;
    is_z9(&browser.visit(&path).await);
    let asked = stand.count("requests").await;
    is_z9(&browser.visit(&path).await);
    assert_eq!(stand.count("requests").await, asked, "it is being left alone");
    assert_eq!(browser.visit("/people").await.screen(), "E-1", "the list needs no platform");
    assert_eq!(viewings(&service).await, 0);
    stand.order(&json!({})).await;
    service.clock.advance_seconds(30);
    assert_eq!(browser.visit(&path).await.screen(), "E-6", "back by itself");
    stand.end().await;
    is_z9(&browser.visit(&path).await);
    stand.start_again().await;
    service.clock.advance_seconds(30);
    assert_eq!(browser.visit(&path).await.screen(), "E-6", "and again");
}
