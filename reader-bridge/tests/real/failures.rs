//! Readers, cards and other programs that get in the way; after each, the next read works.

use std::{
    thread,
    time::{Duration, Instant},
};

use protocol::{
    event::{Event, Step},
    failure::Failure,
    label::Label,
    request::{Authenticate, Cancel, Counted, GetCardStatus, GetTriesLeft, ListReaders, ReadFace, SelectReader},
};
use virtual_card::{authority::Algorithm, person::PEOPLE, preset::Preset};

use crate::{
    page::Page,
    reading::{face_of, pin},
    stand::{ORIGIN, READERS, Stand, card},
};

fn reads(page: &mut Page) {
    page.call(pin("1234")).expect("the next read works");
}

#[test]
fn without_a_reader_there_is_none() {
    let mut stand = Stand::without_readers();
    let mut page = stand.page();
    assert!(page.snapshot().service_running && page.snapshot().readers.is_empty());
    stand.service.stop().unwrap();
    stand.service.start().unwrap();
    page.wait_until(|view| view.readers.len() == 2);
    page.set_up(READERS[0]);

    stand.service.stop().unwrap();
    stand.service.start_without_readers().unwrap();
    page.wait_until(|view| view.service_running && view.readers.is_empty());
    assert_eq!(page.call(pin("1234")), Err(Failure::NoReader));
    assert_eq!(page.call(GetCardStatus {}), Err(Failure::NoReader));
}

#[test]
fn no_reader_is_used_before_one_is_chosen() {
    let stand = Stand::new();
    let mut page = stand.page();
    page.set_up_without_reader();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    assert_eq!(page.call(pin("1234")), Err(Failure::NoReader));
    let select = |name: &str| SelectReader { reader: Label::parse(name).unwrap() };
    assert_eq!(page.call(select("Unplugged 00")), Err(Failure::NoReader));
    assert_eq!(page.call(ListReaders {}).unwrap().selected, None);
    page.call(select(READERS[0])).unwrap();
    page.wait_for(|event| matches!(event, Event::ReaderSelected { reader } if reader.as_str() == READERS[0]));
    reads(&mut page);
}

#[test]
fn a_stopped_service_is_noticed_and_so_is_its_return() {
    let mut stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    reads(&mut page);
    stand.service.stop().unwrap();
    page.wait_until(|view| !view.service_running);
    assert_eq!(page.call(pin("1234")), Err(Failure::ServiceStopped));
    assert_eq!(page.call(GetCardStatus {}), Err(Failure::ServiceStopped));
    stand.service.start().unwrap();
    page.wait_until(|view| view.readers.first().is_some_and(|reader| reader.card));
    assert!(page.events.contains(&Event::ServiceStopped) && page.events.contains(&Event::ServiceStarted));
    reads(&mut page);
}

#[test]
fn a_service_that_stops_in_mid_read_ends_the_read() {
    let mut stand = Stand::new();
    let mut page = stand.ready_page();
    let slow = stand.lay_on_first(&mut page, Preset::Slow);
    let id = page.start(pin("1234"));
    page.wait_for(|event| matches!(event, Event::Progress { step: Step::Recognising, .. }));
    stand.service.stop().unwrap();
    assert_eq!(page.finish::<Authenticate>(id), Err(Failure::ServiceStopped));
    page.wait_until(|view| !view.service_running);
    drop(slow);
    stand.service.start().unwrap();
    page.wait_until(|view| view.readers.len() == 2);
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    reads(&mut page);
}

#[test]
fn a_card_pulled_in_mid_read_is_told_and_the_next_read_works() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::DiesInMidRead);
    assert_eq!(page.call(pin("1234")), Err(Failure::CardPulled));
    page.wait_until(|view| !view.readers[0].card);
    page.wait_until(|view| view.readers[0].card);
    reads(&mut page);
    assert_eq!(page.call(GetTriesLeft { of: Counted::Pin }).unwrap().tries_left, 3, "no try was lost");
}

#[test]
fn a_card_pulled_while_its_face_is_read_is_told_and_the_next_read_works() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::DiesInMidRead);
    assert_eq!(page.call(face_of(&PEOPLE[0])), Err(Failure::CardPulled));
    // The next one waits for the card by itself, even before PC/SC has noticed that the last is gone.
    assert_eq!(page.call(face_of(&PEOPLE[0])).map(drop), Ok(()));
}

#[test]
fn another_programs_transaction_is_busy_and_then_the_next_read_works() {
    let stand = Stand::with(&["--allow-origin", ORIGIN, "--reader-wait", "0.5"]);
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    let rival = stand.rival("SHARED", "LEAVE");
    let started = Instant::now();
    assert_eq!(page.call(pin("1234")), Err(Failure::Busy));
    assert!((0.5..3.0).contains(&started.elapsed().as_secs_f64()), "{:?}", started.elapsed());
    assert!(page.call(GetTriesLeft { of: Counted::Pin }).is_err(), "still held");
    rival.let_go();
    let mut again = page.call(pin("1234"));
    while again == Err(Failure::Busy) && started.elapsed() < Duration::from_secs(10) {
        again = page.call(pin("1234"));
    }
    again.expect("the next read works");
    assert!(!stand.apdu_log().contains("63C2"));
}

#[test]
fn a_card_that_another_program_has_to_itself_is_busy() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    let rival = stand.rival("EXCLUSIVE", "LEAVE");
    assert_eq!(page.call(pin("1234")), Err(Failure::Busy));
    rival.let_go();
    reads(&mut page);
}

#[test]
fn a_card_that_another_program_reset_is_read_all_the_same() {
    let stand = Stand::with(&["--allow-origin", ORIGIN, "--reader-wait", "10"]);
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    reads(&mut page);
    let rival = stand.rival("SHARED", "RESET");
    let id = page.start(pin("1234"));
    thread::sleep(Duration::from_millis(300));
    rival.let_go();
    page.finish::<Authenticate>(id).expect("reads after the reset");
}

#[test]
fn a_second_page_hears_busy_at_once() {
    let stand = Stand::new();
    let mut first = stand.ready_page();
    let mut second = stand.page();
    second.set_up(READERS[0]);
    let _card = stand.lay_on_first(&mut first, Preset::Slow);
    second.wait_until(|view| view.readers[0].card);
    let id = first.start(GetTriesLeft { of: Counted::Pin });
    thread::sleep(Duration::from_millis(200));
    let started = Instant::now();
    assert_eq!(second.call(pin("1234")), Err(Failure::Busy));
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    assert_eq!(first.finish::<GetTriesLeft>(id).unwrap().tries_left, 3);
    assert_eq!(second.call(GetTriesLeft { of: Counted::Pin }).unwrap().tries_left, 3, "free again");
}

#[test]
fn one_pages_requests_wait_for_each_other() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    let ids = [0; 4].map(|_| page.start(GetTriesLeft { of: Counted::Pin }));
    for id in ids {
        assert_eq!(page.finish::<GetTriesLeft>(id).unwrap().tries_left, 3);
    }
}

#[test]
fn a_cancelled_read_stops_the_card_before_the_pin() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let slow = stand.lay_on_first(&mut page, Preset::Slow);
    let id = page.start(pin("1234"));
    page.wait_for(|event| matches!(event, Event::Progress { step: Step::Recognising, .. }));
    let started = Instant::now();
    assert!(page.call(Cancel { request: id }).unwrap().found);
    assert_eq!(page.finish::<Authenticate>(id), Err(Failure::Cancelled));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert!(!page.call(Cancel { request: id }).unwrap().found, "it is over");
    drop(slow);
    page.wait_until(|view| !view.readers[0].card);
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    assert!(!stand.apdu_log().contains("0020008004"), "the PIN never reached the card");
    reads(&mut page);
}

#[test]
fn a_read_waits_for_a_card_and_can_be_cancelled_while_it_waits() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let id = page.start(pin("1234"));
    page.wait_for(|event| matches!(event, Event::Progress { step: Step::WaitingForCard, .. }));
    assert!(page.call(Cancel { request: id }).unwrap().found);
    assert_eq!(page.finish::<Authenticate>(id), Err(Failure::Cancelled));

    let id = page.start(pin("1234"));
    page.wait_for(|event| matches!(event, Event::Progress { request, .. } if *request == id));
    let _card = stand.lay(0, card(&PEOPLE[0], Algorithm::Rsa, Preset::Normal));
    page.finish::<Authenticate>(id).expect("reads once the card is there");
}

#[test]
fn a_read_does_not_wait_for_a_card_for_ever() {
    let stand = Stand::with(&["--allow-origin", ORIGIN, "--card-wait", "0.3"]);
    let mut page = stand.ready_page();
    assert_eq!(page.call(pin("1234")), Err(Failure::NoCard));
    assert_eq!(page.call(GetTriesLeft { of: Counted::Pin }), Err(Failure::NoCard));
}

#[test]
fn a_page_that_leaves_frees_the_reader() {
    let stand = Stand::new();
    let mut first = stand.ready_page();
    let mut second = stand.page();
    second.set_up(READERS[0]);
    let id = first.start(pin("1234"));
    first.wait_for(|event| matches!(event, Event::Progress { request, .. } if *request == id));
    assert_eq!(second.call(pin("1234")), Err(Failure::Busy));
    drop(first);
    let _card = stand.lay_on_first(&mut second, Preset::Normal);
    let started = Instant::now();
    while second.call(pin("1234")).is_err() {
        assert!(started.elapsed() < Duration::from_secs(5), "the reader stays taken");
    }
}

#[test]
fn a_slow_card_runs_into_the_time_limit() {
    let stand = Stand::with(&["--allow-origin", ORIGIN, "--time-limit", "1"]);
    let mut page = stand.ready_page();
    let slow = stand.lay_on_first(&mut page, Preset::Slow);
    let started = Instant::now();
    assert_eq!(page.call(face_of(&PEOPLE[0])), Err(Failure::TimedOut));
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    drop(slow);
    page.wait_until(|view| !view.readers[0].card);
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    page.call(face_of(&PEOPLE[0])).expect("the next read works");
}

#[test]
fn cards_coming_and_going_are_told_to_every_page() {
    let stand = Stand::new();
    let mut first = stand.page();
    let mut second = stand.page();
    let laid = stand.lay(1, card(&PEOPLE[0], Algorithm::Rsa, Preset::Normal));
    for page in [&mut first, &mut second] {
        page.wait_for(|event| matches!(event, Event::CardInserted { reader } if reader.as_str() == READERS[1]));
    }
    drop(laid);
    for page in [&mut first, &mut second] {
        page.wait_for(|event| matches!(event, Event::CardRemoved { reader } if reader.as_str() == READERS[1]));
    }
}

#[test]
fn looking_at_a_card_does_not_disturb_other_programs() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    page.call(GetCardStatus {}).unwrap();
    let resets = || stand.apdu_log().matches("* reset").count();
    let before = resets();
    page.call(GetCardStatus {}).unwrap();
    page.call(GetTriesLeft { of: Counted::Pin }).unwrap();
    page.call(ReadFace { ..face_of(&PEOPLE[1]) }).unwrap_err();
    assert!(resets() > before, "a VERIFY is followed by a reset, also a wrong one");
    let after = resets();
    page.call(GetTriesLeft { of: Counted::Pin }).unwrap();
    assert_eq!(resets(), after, "nothing else is");
}
