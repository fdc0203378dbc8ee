//! First start, in the order of the setup manual, and what is kept.

use std::fs;

use protocol::{
    failure::Failure,
    label::Label,
    reply::Stage,
    request::{AcceptTerms, GetState, GetTerminalId, ListReaders, Register, SelectReader, SetPasscode},
    secret::{Passcode, Password},
};

use crate::{
    page::PASSCODE,
    stand::{READERS, Stand},
};

fn register(user_id: &str) -> Register {
    Register { user_id: Label::parse(user_id).unwrap(), password: Password::parse("Secret-Password-1").unwrap() }
}

fn set(current: Option<&str>, new: &str) -> SetPasscode {
    let passcode = |text| Passcode::parse(text).unwrap();
    SetPasscode { current: current.map(passcode), new: passcode(new) }
}

#[test]
fn every_step_waits_for_the_one_before() {
    let stand = Stand::new();
    let mut page = stand.page();
    assert_eq!(page.call(GetState {}).unwrap().stage, Stage::Terms);
    assert_eq!(page.call(register("K1234567")), Err(Failure::NotSetUp));
    assert_eq!(page.call(set(None, PASSCODE)), Err(Failure::NotSetUp));
    assert_eq!(page.unlock(PASSCODE), Err(Failure::NotSetUp));
    assert_eq!(page.call(ListReaders {}), Err(Failure::NotSetUp));
    assert_eq!(page.call(AcceptTerms { edition: 99 }), Err(Failure::InvalidParams));
    assert_eq!(page.call(AcceptTerms { edition: 1 }).unwrap().stage, Stage::Registration);
    assert_eq!(page.call(set(None, PASSCODE)), Err(Failure::NotSetUp));
    let terminal = page.call(register("K1234567")).unwrap();
    assert_eq!(page.call(GetState {}).unwrap().stage, Stage::Passcode);
    page.token = Some(page.call(set(None, PASSCODE)).unwrap().token);
    assert_eq!(page.call(GetState {}).unwrap().stage, Stage::Ready);
    assert_eq!(page.call(GetTerminalId {}).unwrap(), terminal);
}

#[test]
fn terminal_reader_and_passcode_outlive_a_restart() {
    let mut stand = Stand::new();
    let mut page = stand.ready_page();
    page.call(SelectReader { reader: Label::parse(READERS[1]).unwrap() }).unwrap();
    let terminal = page.call(GetTerminalId {}).unwrap();
    stand.restart_bridge();
    let mut page = stand.page();
    assert_eq!(page.snapshot().selected.as_ref().map(Label::as_str), Some(READERS[1]));
    assert_eq!(page.call(GetState {}).unwrap().stage, Stage::Locked);
    page.unlock(PASSCODE).unwrap();
    assert_eq!(page.call(GetTerminalId {}).unwrap(), terminal);
}

#[test]
fn a_second_registration_needs_the_passcode_and_keeps_the_key() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let terminal = page.call(GetTerminalId {}).unwrap();
    let mut stranger = stand.page();
    assert_eq!(stranger.call(register("K7654321")), Err(Failure::Locked));
    assert_eq!(page.call(register("K7654321")).unwrap(), terminal);
    assert!(fs::read_to_string(stand.config().join("settings.json")).unwrap().contains("K7654321"));
}

#[test]
fn a_passcode_is_changed_only_with_the_present_one() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let mut other = stand.page();
    other.unlock(PASSCODE).unwrap();
    assert_eq!(page.call(set(None, "1111")), Err(Failure::InvalidParams));
    page.token = Some(page.call(set(Some(PASSCODE), "1111")).unwrap().token);
    assert!(page.call(ListReaders {}).is_ok());
    assert_eq!(other.call(ListReaders {}), Err(Failure::Locked), "earlier tokens are void");
    assert!(matches!(other.unlock(PASSCODE), Err(Failure::WrongPasscode { .. })));
    assert!(matches!(other.call(set(Some("0000"), "2222")), Err(Failure::PasscodeDelayed { .. })));
}
