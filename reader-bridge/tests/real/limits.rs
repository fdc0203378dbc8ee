//! Too large, too many, malformed.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use protocol::{
    failure::Failure,
    frame::MAX_REQUEST_BYTES,
    request::{GetState, GetTriesLeft},
};
use tokio_tungstenite::tungstenite::{Bytes, Message};
use virtual_card::preset::Preset;

use crate::{
    page::{Page, handshake, try_connect},
    reading::pin,
    stand::{ORIGIN, Stand},
};

/// Resident memory, KiB.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn open_files(process: u32) -> usize {
    fs::read_dir(format!("/proc/{process}/fd")).unwrap().count()
}

#[test]
fn an_oversized_frame_is_answered_and_ends_the_connection() {
    let stand = Stand::new();
    let mut page = stand.page();
    page.send_text(&" ".repeat(MAX_REQUEST_BYTES + 1));
    assert_eq!(page.answer(None).unwrap_err(), Failure::TooLarge);
    page.read_to_the_end();
    assert!(stand.page().call(GetState {}).is_ok());
}

#[test]
fn a_frame_that_only_claims_to_be_huge_takes_no_memory() {
    let stand = Stand::new();
    let before = memory(stand.bridge.id());
    let mut sockets: Vec<_> = (0..8)
        .map(|_| {
            let mut socket = try_connect(stand.bridge.port, handshake(stand.bridge.port, Some(ORIGIN))).unwrap();
            // FIN, text, masked, 64-bit length of a terabyte.
            socket.get_mut().write_all(&[0x81, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4, b'x']).unwrap();
            socket
        })
        .collect();
    for socket in &mut sockets {
        while socket.read().is_ok() {}
    }
    assert!(memory(stand.bridge.id()) < before + 4 * 1024);
}

/// A slow hash takes 46 MB for a moment; a program that idles all day must not keep them.
#[test]
fn the_memory_of_passcode_checks_is_given_back() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let before = memory(stand.bridge.id());
    for _ in 0..5 {
        page.unlock(crate::page::PASSCODE).unwrap();
    }
    let after = memory(stand.bridge.id());
    assert!(after < before + 4 * 1024, "{before} KiB before, {after} KiB after");
}

#[test]
fn a_malformed_frame_is_answered_and_the_connection_goes_on() {
    let stand = Stand::new();
    let mut page = stand.page();
    for (text, failure) in [
        ("{", Failure::NotJson),
        ("[]", Failure::InvalidRequest),
        (r#"{"jsonrpc":"2.0","method":"state"}"#, Failure::InvalidRequest),
    ] {
        page.send_text(text);
        assert_eq!(page.answer(None).unwrap_err(), failure, "{text}");
    }
    page.try_send(Message::Binary(Bytes::from_static(b"{}"))).unwrap();
    assert_eq!(page.answer(None).unwrap_err(), Failure::InvalidRequest);
    page.send_text(r#"{"jsonrpc":"2.0","id":900,"method":"card.apdu","params":{"apdu":"00A4"}}"#);
    assert_eq!(page.answer(Some(900)).unwrap_err(), Failure::UnknownMethod);
    assert!(page.call(GetState {}).is_ok());
}

#[test]
fn what_is_no_websocket_gets_none() {
    let stand = Stand::new();
    for bytes in [
        &b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST / HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n",
        &b"A".repeat(100_000),
    ] {
        let mut stream = TcpStream::connect(("127.0.0.1", stand.bridge.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 101"), "{:?}", &bytes[..bytes.len().min(20)]);
    }
    assert!(stand.page().call(GetState {}).is_ok());
}

#[test]
fn too_many_requests_are_told_so_and_a_flood_is_cut_off() {
    let stand = Stand::new();
    let mut page = stand.page();
    let ids: Vec<u64> = (0..100).map(|_| page.start(GetState {})).collect();
    let refused = ids.into_iter().filter(|id| page.finish::<GetState>(*id).is_err()).count();
    assert!((20..60).contains(&refused), "{refused} of 100 at once");
    thread::sleep(Duration::from_millis(200));
    assert!(page.call(GetState {}).is_ok(), "a moment later it goes on");

    let mut flood = stand.page();
    let frame = r#"{"jsonrpc":"2.0","id":1,"method":"state"}"#;
    let cut_off = (0..5_000).any(|_| flood.try_send(Message::text(frame)).is_err());
    flood.read_to_the_end();
    assert!(cut_off || flood.try_send(Message::text(frame)).is_err());
    assert!(stand.page().call(GetState {}).is_ok());
}

#[test]
fn one_page_has_a_limited_number_of_requests_under_way() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let ids: Vec<u64> = (0..9).map(|_| page.start(pin("1234"))).collect();
    assert_eq!(page.answer(ids.last().copied()).unwrap_err(), Failure::TooMany { wait_seconds: 1 });
}

#[test]
fn an_origin_has_its_share_of_connections() {
    let stand = Stand::with(&["--allow-origin", ORIGIN, "--allow-origin", "https://other.example.jp"]);
    let mut pages: Vec<Page> = (0..16).map(|_| stand.page()).collect();
    let mut beyond = Page::silent(stand.bridge.port, ORIGIN);
    assert!(!beyond.receive(), "the seventeenth is closed");
    assert!(Page::connect(stand.bridge.port, "https://other.example.jp").call(GetState {}).is_ok());
    assert!(pages.iter_mut().all(|page| page.call(GetState {}).is_ok()));
    drop(pages);
    thread::sleep(Duration::from_millis(200));
    assert!(stand.page().call(GetState {}).is_ok());
}

/// A quarter each: proper pages, foreign pages, garbage, connections that say nothing and go.
#[test]
fn ten_thousand_connections_leave_it_healthy() {
    const WORKERS: usize = 8;
    const EACH: usize = 1_250;
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    page.call(pin("1234")).unwrap();
    let (port, process) = (stand.bridge.port, stand.bridge.id());
    let files = open_files(process);
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            scope.spawn(move || (0..EACH).for_each(|round| visit(port, worker + round)));
        }
    });
    let started = Instant::now();
    while open_files(process) > files && started.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(open_files(process), files, "no connection is left over");
    assert!(memory(process) < 40 * 1024, "{} KiB", memory(process));
    page.call(pin("1234")).expect("the page that was there before still reads");
    let mut fresh = stand.page();
    fresh.set_up(crate::stand::READERS[0]);
    assert_eq!(fresh.call(GetTriesLeft { of: protocol::request::Counted::Pin }).unwrap().tries_left, 3);
}

fn visit(port: u16, kind: usize) {
    match kind % 4 {
        // Above the origin's share some are closed at once; that is as it should be.
        0 => drop(try_connect(port, handshake(port, Some(ORIGIN)))),
        1 => assert!(try_connect(port, handshake(port, Some("https://evil.example"))).is_err()),
        2 => {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            let _ = stream.write_all(b"\0\x01\x02garbage\r\n\r\n");
        }
        _ => drop(TcpStream::connect(("127.0.0.1", port)).unwrap()),
    }
}
