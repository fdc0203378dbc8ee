//! What the log says of a platform in trouble, and what it keeps to itself; and that client, stand and contract name the
//! same paths.

use std::{cell::RefCell, io::Write};

use domain::care::Item;
use serde_json::json;
use server::{
    demo::people::{self, TERMINAL},
    platform::{
        Platform, TerminalAccount,
        http::{BreakerSettings, Patience},
    },
};

use crate::{
    house::{found, patience, remote},
    lies::every_search,
};

thread_local! {
    /// What this thread logged.
    static CAUGHT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Keeps each thread's lines apart: other tests log as well.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        CAUGHT.with_borrow_mut(|caught| caught.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

// On one thread, so that all of it is caught.
#[tokio::test]
async fn the_log_says_what_is_wrong_and_nothing_of_the_person() {
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    tracing::subscriber::set_global_default(subscriber.with_writer(|| Log).finish()).unwrap();
    let breaker = BreakerSettings { failures: 1_000, pause_seconds: 1 };
    let (stand, platform, _) = remote(Patience { retries: 1, breaker, ..patience() }).await;
    let person = found(&platform, 1).await;
    let value = json!("marker-3e8a");
    for pointer in ["/entry/0/resource/gender", "/entry/0/resource/birthDate", "/type", "/entry/0/resource/id"] {
        stand.lie(pointer, &value).await;
        every_search(&platform, 1).await;
    }
    let (user_id, _, terminal_id) = TERMINAL;
    let password = "marker-9b2c".into();
    for order in [json!({ "fail": 500 }), json!({ "fail": 503 }), json!({ "lie": { "text": "marker-3e8a" } })] {
        stand.order(&order).await;
        every_search(&platform, 1).await;
        assert!(platform.person(&person.id).await.is_err() && platform.item(&person.id, Item::Life).await.is_err());
        assert!(platform.item(&person.id, Item::InsuranceCard).await.is_err());
        let account = TerminalAccount { user_id, password: &password, terminal_id };
        assert!(platform.verify_terminal(account).await.is_err());
    }
    let text = CAUGHT.with_borrow(|bytes| String::from_utf8(bytes.clone()).unwrap());
    // Libraries' own lines are off in the product; ours must name the place of a mistake.
    let ours: Vec<&str> = text.lines().filter(|line| line.contains("server::")).collect();
    assert!(ours.iter().any(|line| line.contains("platform.failure=\"status 503\"")), "{text}");
    assert!(ours.iter().any(|line| line.contains("json.line")), "{text}");
    let born = person.born_on.iso();
    let name = &person.name;
    let of_the_person =
        [&person.id.0, &person.insured_number, &person.insurer.number, &born, &name.family, &name.given];
    let secrets = ["marker-3e8a", "marker-9b2c", "stand-token", &people::certificate(1), user_id, terminal_id];
    for personal in of_the_person.into_iter().map(String::as_str).chain(secrets) {
        assert!(!ours.iter().any(|line| line.contains(personal)), "{personal} in {ours:#?}");
    }
    // Nor in any address, whoever writes it down.
    assert!(!text.contains(&format!("/{}", person.id.0)) && !text.contains(&format!("={}", person.insured_number)));
}

#[test]
fn every_path_is_one_of_the_contracts() {
    let contract = include_str!("../../src/platform/openapi.yaml");
    let paths: Vec<&str> = contract.lines().filter_map(|line| line.strip_prefix("  /")?.strip_suffix(':')).collect();
    let stand = include_str!("../../src/bin/platform-stand/contract.rs");
    let served: Vec<&str> =
        stand.split(".route(\"/").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    assert_eq!(paths, served);
    let client = include_str!("../../src/platform/http.rs");
    let asked: std::collections::BTreeSet<String> = client
        .split("path: &[")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(']')?.0.replace("\", \"", "/").replace('"', "")))
        .collect();
    assert_eq!(asked, paths.into_iter().map(str::to_owned).collect());
}
