//! Many at once against a platform that hangs: nothing of them is left.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use server::platform::{Platform, PlatformError, http::Patience};
use tokio::{runtime::Handle, task::JoinSet, time::sleep};

use crate::house::{found, impatient, remote};

/// Connections to this port of ours that are open, as the operating system counts them.
fn connections(port: u16) -> usize {
    const ESTABLISHED: &str = "01";
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let to_port = |line: &&str| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        columns[2].ends_with(&format!(":{port:04X}")) && columns[3] == ESTABLISHED
    };
    table.lines().skip(1).filter(to_port).count()
}

/// Waits until `check` holds; what is closed is closed a moment later at the other end.
async fn soon(what: &str, check: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if check().await {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_calls_against_a_hanging_platform_leave_nothing_open() {
    let patience = Patience { attempt: Duration::from_secs(4), total: Duration::from_secs(10), ..impatient() };
    let (stand, platform, clock) = remote(patience).await;
    let (platform, port) = (Arc::new(platform), stand.port());
    stand.order(&json!({ "hang": true })).await;
    soon("no connection before", async || connections(port) == 0).await;
    let tasks = Handle::current().metrics().num_alive_tasks();
    let mut calls = JoinSet::new();
    for _ in 0..200 {
        let platform = Arc::clone(&platform);
        calls.spawn(async move { platform.find_by_certificate("1").await });
    }
    soon("as many at once as are allowed", async || stand.count("under_way").await == 64).await;
    while let Some(answer) = calls.join_next().await {
        assert_eq!(answer.unwrap(), Err(PlatformError::Away));
    }
    soon("no connection after", async || connections(port) == 0).await;
    soon("the stand works for nobody", async || stand.count("under_way").await == 0).await;
    soon("no task after", async || Handle::current().metrics().num_alive_tasks() <= tasks).await;
    assert!(stand.count("requests").await < 200, "the breaker spared it the rest");
    stand.order(&json!({})).await;
    clock.advance_seconds(30);
    found(platform.as_ref(), 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_away_takes_the_call_along() {
    let (stand, platform, _) = remote(crate::house::patience()).await;
    stand.order(&json!({ "hang": true })).await;
    let call = tokio::spawn({
        let platform = Arc::new(platform);
        async move { platform.find_by_certificate("1").await }
    });
    soon("the call is there", async || stand.count("under_way").await == 1).await;
    call.abort();
    soon("the call is gone", async || stand.count("under_way").await == 0).await;
    soon("its connection is gone", async || connections(stand.port()) == 0).await;
}
