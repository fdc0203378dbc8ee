//! The card's own rules, without a reader.

use std::path::Path;

use getrandom::{SysRng, rand_core::UnwrapErr};
use time::OffsetDateTime;
use virtual_card::{
    authority::{Algorithm, Authority},
    card::{Card, Reaction},
    content::Application,
    person::{EXPIRY, PEOPLE},
    preset::Preset,
};

fn card(preset: Preset) -> Card {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ca");
    let now = OffsetDateTime::from_unix_timestamp(1_790_000_000).unwrap();
    let mut rng = UnwrapErr(SysRng);
    let authority = Authority::open(&dir, now, &mut rng).unwrap();
    Card::new(&authority, &PEOPLE[0], Algorithm::Rsa, preset, now, &mut rng).unwrap()
}

fn send(card: &mut Card, command: &[u8]) -> Vec<u8> {
    match card.command(command) {
        Reaction::Answer(answer) => answer,
        Reaction::Leave => panic!("left at {command:02X?}"),
    }
}

fn select(card: &mut Card, application: Application, file: u16) -> Vec<u8> {
    send(card, &[&[0x00, 0xA4, 0x04, 0x0C, 0x0A][..], &application.aid()].concat());
    send(card, &[&[0x00, 0xA4, 0x02, 0x0C, 0x02][..], &file.to_be_bytes()].concat())
}

fn verify(card: &mut Card, secret: &str) -> Vec<u8> {
    let length = u8::try_from(secret.len()).unwrap();
    send(card, &[&[0x00, 0x20, 0x00, 0x80, length], secret.as_bytes()].concat())
}

const TRIES_LEFT: [u8; 4] = [0x00, 0x20, 0x00, 0x80];

#[test]
fn a_wrong_pin_costs_a_try_and_the_right_one_gives_them_back() {
    let mut card = card(Preset::Normal);
    select(&mut card, Application::Jpki, 0x0018);
    assert_eq!(send(&mut card, &TRIES_LEFT), [0x63, 0xC3]);
    assert_eq!(verify(&mut card, "0000"), [0x63, 0xC2]);
    assert_eq!(send(&mut card, &TRIES_LEFT), [0x63, 0xC2], "asking costs nothing");
    assert_eq!(verify(&mut card, "1234"), [0x90, 0x00]);
    assert_eq!(send(&mut card, &TRIES_LEFT), [0x63, 0xC3]);
    for left in [0xC2, 0xC1, 0xC0] {
        assert_eq!(verify(&mut card, "0000"), [0x63, left]);
    }
    card.reset();
    select(&mut card, Application::Jpki, 0x0018);
    assert_eq!(verify(&mut card, "1234"), [0x69, 0x84], "blocked, also for the right one, also after a reset");
}

#[test]
fn a_key_signs_only_while_its_pin_is_verified() {
    let mut card = card(Preset::Normal);
    let sign = [&[0x80, 0x2A, 0x00, 0x80, 51][..], &[7; 51], &[0]].concat();
    select(&mut card, Application::Jpki, 0x0017);
    assert_eq!(send(&mut card, &sign), [0x69, 0x82]);
    select(&mut card, Application::Jpki, 0x0018);
    verify(&mut card, "1234");
    select(&mut card, Application::Jpki, 0x0017);
    assert_eq!(send(&mut card, &sign).len(), 256 + 2);
    select(&mut card, Application::Face, 0x0012);
    select(&mut card, Application::Jpki, 0x0017);
    assert_eq!(send(&mut card, &sign), [0x69, 0x82], "another application ends it");
}

#[test]
fn the_face_opens_by_its_own_number_b() {
    let mut card = card(Preset::Normal);
    let read = [0x00, 0xB0, 0x00, 0x00, 0x00];
    select(&mut card, Application::Face, 0x0002);
    assert_eq!(send(&mut card, &read), [0x69, 0x82]);
    select(&mut card, Application::Face, 0x0012);
    assert_eq!(verify(&mut card, &PEOPLE[0].number_b(EXPIRY)), [0x90, 0x00]);
    select(&mut card, Application::Face, 0x0002);
    assert_eq!(send(&mut card, &read).len(), 256 + 2);
    assert_eq!(send(&mut card, &[0x00, 0xB0, 0x7F, 0xFF, 0x00]), [0x6B, 0x00], "past the end");
}

#[test]
fn what_is_no_command_is_refused() {
    let mut card = card(Preset::Normal);
    for bytes in [&[][..], &[0x00], &[0x00, 0xA4, 0x04], &[0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3]] {
        assert_eq!(send(&mut card, bytes), [0x67, 0x00], "{bytes:02X?}");
    }
    assert_eq!(send(&mut card, &[0x00, 0xFF, 0x00, 0x00]), [0x6D, 0x00]);
}

#[test]
fn a_dying_card_leaves_once() {
    let mut card = card(Preset::DiesInMidRead);
    select(&mut card, Application::Jpki, 0x000A);
    let late = [0x00, 0xB0, 0x02, 0x00, 0x00];
    assert_eq!(card.command(&late), Reaction::Leave);
    assert!(send(&mut card, &late).ends_with(&[0x90, 0x00]));
}

#[test]
fn another_card_knows_no_application() {
    let mut card = card(Preset::NotAMyNumberCard);
    assert_eq!(select(&mut card, Application::Jpki, 0x000A), [0x6A, 0x82]);
}
