//! The command line beside `run`.

use std::{os::unix::fs::PermissionsExt, thread, time::Duration};

use protocol::{
    level::LEVELS,
    request::{GetTerminalId, Hello},
};

use crate::{
    page::Page,
    stand::{ORIGIN, READERS, Stand},
};

#[test]
fn status_and_readers_tell_what_there_is() {
    let mut stand = Stand::new();
    let (ok, text) = stand.command(&["status"]);
    assert!(ok && text.contains("起動しています") && text.contains("利用規約への同意がまだです"), "{text}");
    drop(stand.ready_page());
    let (_, text) = stand.command(&["status"]);
    assert!(text.contains("完了しています") && text.contains(&format!("* {}", READERS[0])), "{text}");
    let (ok, text) = stand.command(&["readers"]);
    assert!(ok && text.contains("2台") && text.contains(READERS[1]), "{text}");
    stand.service.stop().unwrap();
    let (_, text) = stand.command(&["readers"]);
    assert!(text.contains("スマートカードサービスが動作していません"), "{text}");
    assert!(stand.bridge.end(), "SIGTERM ends it in good order");
    let (_, text) = stand.command(&["status"]);
    assert!(text.contains("起動していません"), "{text}");
}

#[test]
fn the_device_id_is_the_one_that_pages_see() {
    let stand = Stand::new();
    let (ok, text) = stand.command(&["device-id"]);
    assert!(!ok && text.contains("アカウント登録がまだ"), "{text}");
    let terminal = stand.ready_page().call(GetTerminalId {}).unwrap();
    assert_eq!(stand.command(&["device-id"]), (true, format!("{}\n", terminal.id)));
}

#[test]
fn a_second_one_does_not_start_and_reset_waits_for_the_end() {
    let mut stand = Stand::new();
    drop(stand.ready_page());
    let (ok, text) = stand.command(&["run", "--port", "0"]);
    assert!(!ok && text.contains("すでに起動しています"), "{text}");
    let (ok, text) = stand.command(&["reset", "--yes"]);
    assert!(!ok && text.contains("すでに起動しています"), "{text}");
    assert!(stand.config().join("settings.json").exists());

    stand.bridge.end();
    let (ok, _) = stand.command(&["reset"]);
    assert!(!ok, "nobody said yes");
    assert!(stand.config().join("settings.json").exists());
    let (ok, _) = stand.command(&["reset", "--yes"]);
    assert!(ok && !stand.config().join("settings.json").exists());
}

#[test]
fn settings_belong_to_their_owner_alone() {
    let stand = Stand::new();
    drop(stand.ready_page());
    let mode = |name: &str| std::fs::metadata(stand.config().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("settings.json")), (0o700, 0o600));
}

#[test]
fn a_port_in_use_and_a_bad_origin_are_explained() {
    let mut stand = Stand::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    stand.bridge.end();
    let (ok, text) = stand.command(&["run", "--port", &taken.local_addr().unwrap().port().to_string()]);
    assert!(!ok && text.contains("使用中です"), "{text}");
    let (ok, text) = stand.command(&["run", "--allow-origin", "https://care.example.jp/"]);
    assert!(!ok && text.contains("の形で指定してください"), "{text}");
    let (ok, text) = stand.command(&["--version"]);
    assert!(ok && text.contains(env!("CARGO_PKG_VERSION")), "{text}");
}

/// Once, text for a closed window ended what wanted to print it.
#[test]
fn it_goes_on_without_a_window() {
    let mut stand = Stand::without_a_window();
    let mut page = Page::silent(stand.bridge.port, ORIGIN);
    let id = page.start(Hello { levels: LEVELS });
    thread::sleep(Duration::from_secs(2));
    stand.bridge.type_line("y");
    assert!(page.finish::<Hello>(id).is_ok());
}
