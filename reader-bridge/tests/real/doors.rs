//! Who may come in: host, origin, pairing, passcode.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use protocol::{
    failure::Failure,
    level::{LEVELS, Level, Levels},
    reply::Stage,
    request::{GetState, GetTerminalId, Hello, ListReaders, Lock},
    secret::Token,
};
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode, header};

use crate::{
    page::{PASSCODE, Page, handshake, try_connect},
    stand::{ORIGIN, Stand},
};

const HELLO: Hello = Hello { levels: LEVELS };

#[test]
fn foreign_missing_and_null_origins_are_refused() {
    let stand = Stand::new();
    let port = stand.bridge.port;
    let foreign = [
        "https://evil.example",
        "null",
        "http://care.example.jp",
        "https://care.example.jp:8443",
        "https://care.example.jp.evil.example",
        "https://CARE.example.jp",
        "https://care.example.jp/",
        "file://",
        "",
    ];
    for origin in foreign {
        let refused = try_connect(port, handshake(port, Some(origin))).err();
        assert_eq!(refused, Some(Some(StatusCode::FORBIDDEN)), "{origin}");
    }
    assert_eq!(try_connect(port, handshake(port, None)).err(), Some(Some(StatusCode::FORBIDDEN)));
    let mut twice = handshake(port, Some(ORIGIN));
    twice.headers_mut().append(header::ORIGIN, HeaderValue::from_static("https://evil.example"));
    assert_eq!(try_connect(port, twice).err(), Some(Some(StatusCode::FORBIDDEN)));
    assert!(try_connect(port, handshake(port, Some(ORIGIN))).is_ok());
}

#[test]
fn a_wrong_host_is_refused() {
    let stand = Stand::new();
    let port = stand.bridge.port;
    let with = |host: &str| {
        let mut request = handshake(port, Some(ORIGIN));
        request.headers_mut().insert(header::HOST, HeaderValue::from_str(host).unwrap());
        try_connect(port, request).err()
    };
    for host in [&format!("evil.example:{port}"), "127.0.0.1", "127.0.0.1:1", &format!("127.0.0.1.evil.example:{port}")]
    {
        assert_eq!(with(host), Some(Some(StatusCode::MISDIRECTED_REQUEST)), "{host}");
    }
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(with(&host), None, "{host}");
    }
}

#[test]
fn it_listens_on_loopback_only() {
    let stand = Stand::new();
    let port = format!("{:04X}", stand.bridge.port);
    let listening = |file: &str| {
        let table = fs::read_to_string(file).unwrap();
        let rows = table.lines().skip(1).map(|row| row.split_whitespace().collect::<Vec<_>>());
        let addresses = rows.filter(|row| row[3] == "0A").map(|row| row[1].to_owned());
        addresses.filter_map(|address| address.strip_suffix(&format!(":{port}")).map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(listening("/proc/net/tcp"), ["0100007F"]);
    assert_eq!(listening("/proc/net/tcp6"), ["00000000000000000000000001000000"]);
}

#[test]
fn a_page_that_was_not_paired_learns_nothing() {
    let mut stand = Stand::with(&[]);
    let mut page = Page::silent(stand.bridge.port, ORIGIN);
    let id = page.start(GetState {});
    assert_eq!(page.finish::<GetState>(id), Err(Failure::NotPaired));
    let id = page.start(HELLO);
    stand.bridge.wait_for_question(ORIGIN);
    stand.bridge.type_line("n");
    assert_eq!(page.finish::<Hello>(id), Err(Failure::NotPaired));
    assert!(page.snapshot().readers.is_empty(), "not even which readers there are");

    let started = Instant::now();
    assert_eq!(page.call(HELLO), Err(Failure::NotPaired), "asked again, the no still holds");
    assert!(started.elapsed() < Duration::from_secs(5), "nobody was asked");
    let settings = fs::read_to_string(stand.config().join("settings.json")).unwrap_or_default();
    assert!(!settings.contains(ORIGIN));
}

#[test]
fn a_page_is_paired_once_with_consent() {
    let mut stand = Stand::with(&[]);
    let mut page = Page::silent(stand.bridge.port, ORIGIN);
    let id = page.start(HELLO);
    stand.bridge.wait_for_question(ORIGIN);
    stand.bridge.type_line("y");
    assert_eq!(page.finish::<Hello>(id).unwrap().state.stage, Stage::Terms);
    assert_eq!(page.snapshot().readers.len(), 2);
    stand.restart_bridge();
    let mut again = Page::silent(stand.bridge.port, ORIGIN);
    assert!(again.receive() && again.snapshot().readers.len() == 2, "no question the second time");
    assert!(again.call(HELLO).is_ok());
    let mut other = Page::silent(stand.bridge.port, "https://other.example.jp");
    let id = other.start(HELLO);
    stand.bridge.wait_for_question("https://other.example.jp");
    stand.bridge.type_line("");
    assert_eq!(other.finish::<Hello>(id), Err(Failure::NotPaired), "consent is for one origin");
}

#[test]
fn a_question_taken_back_does_not_lend_its_answer_to_the_next() {
    let mut stand = Stand::with(&[]);
    let mut gone = Page::silent(stand.bridge.port, ORIGIN);
    gone.start(HELLO);
    stand.bridge.wait_for_question(ORIGIN);
    drop(gone);
    thread::sleep(Duration::from_millis(300));
    stand.bridge.type_line("y");
    thread::sleep(Duration::from_millis(300));
    let mut next = Page::silent(stand.bridge.port, "https://evil.example");
    let id = next.start(HELLO);
    stand.bridge.wait_for_question("https://evil.example");
    stand.bridge.type_line("n");
    assert_eq!(next.finish::<Hello>(id), Err(Failure::NotPaired));
}

#[test]
fn plain_http_from_another_computer_cannot_even_ask() {
    let stand = Stand::with(&[]);
    let port = stand.bridge.port;
    let refused = try_connect(port, handshake(port, Some("http://care.example.jp"))).err();
    assert_eq!(refused, Some(Some(StatusCode::FORBIDDEN)));
    assert!(try_connect(port, handshake(port, Some("http://localhost:8080"))).is_ok());
}

#[test]
fn hello_comes_first_and_levels_must_meet() {
    let stand = Stand::new();
    let mut page = Page::silent(stand.bridge.port, ORIGIN);
    assert_eq!(page.call(GetState {}), Err(Failure::HelloFirst));
    let newer = Hello { levels: Levels { level: Level(9), minimum: Level(9) } };
    assert_eq!(page.call(newer), Err(Failure::BridgeTooOld));
    let older = Hello { levels: Levels { level: Level(0), minimum: Level(0) } };
    assert_eq!(page.call(older), Err(Failure::PageTooOld));
    assert_eq!(page.call(GetState {}), Err(Failure::HelloFirst), "no agreement, no talk");
    assert_eq!(page.call(HELLO).unwrap().agreed, Level(1));
}

#[test]
fn a_token_opens_its_own_connection_and_no_other() {
    let stand = Stand::new();
    let mut first = stand.ready_page();
    let mut second = stand.page();
    assert_eq!(second.call(ListReaders {}), Err(Failure::Locked));
    second.token = first.token.clone();
    assert_eq!(second.call(ListReaders {}), Err(Failure::Locked), "another connection's");
    second.unlock(PASSCODE).unwrap();
    let right = second.token.replace(Token::parse("0123456789abcdef").unwrap());
    assert_eq!(second.call(ListReaders {}), Err(Failure::Locked), "made up");
    second.token = right;
    assert!(second.call(ListReaders {}).is_ok());

    assert_eq!(first.call(Lock {}).unwrap().stage, Stage::Locked);
    assert_eq!(second.call(GetTerminalId {}), Err(Failure::Locked), "locking ends all tokens");
    assert_eq!(second.call(GetState {}).unwrap().stage, Stage::Locked);
}

#[test]
fn wrong_passcodes_wait_longer_each_time_also_after_a_restart() {
    let mut stand = Stand::new();
    drop(stand.ready_page());
    let mut page = stand.page();
    assert_eq!(page.unlock("0000"), Err(Failure::WrongPasscode { wait_seconds: 1 }));
    assert_eq!(page.unlock(PASSCODE), Err(Failure::PasscodeDelayed { wait_seconds: 1 }), "not even looked at");
    thread::sleep(Duration::from_millis(1_100));
    assert_eq!(page.unlock("0000"), Err(Failure::WrongPasscode { wait_seconds: 2 }));
    thread::sleep(Duration::from_millis(2_100));
    assert_eq!(page.unlock("0000"), Err(Failure::WrongPasscode { wait_seconds: 4 }));
    stand.restart_bridge();
    let mut page = stand.page();
    assert!(matches!(page.unlock(PASSCODE), Err(Failure::PasscodeDelayed { .. })));
    thread::sleep(Duration::from_millis(4_100));
    assert_eq!(page.unlock(PASSCODE), Ok(()));
    assert_eq!(page.unlock("0000"), Err(Failure::WrongPasscode { wait_seconds: 1 }), "starts from nothing again");
}
