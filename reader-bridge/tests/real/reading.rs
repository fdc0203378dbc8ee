//! Readings that come about, and those that the card itself prevents.

use p256::pkcs8::DecodePublicKey;
use protocol::{
    bytes::{Bytes, Nonce},
    challenge::{self, Origin, SignatureAlgorithm},
    event::Step,
    failure::Failure,
    reading::{AuthenticationReading, FaceReading, Sex, TerminalSignature},
    reply::CardKind,
    request::{
        Authenticate, Counted, GetCardStatus, GetTerminalId, GetTriesLeft, ReadCertificate, ReadFace, SelectReader,
    },
    secret::{NumberB, Pin},
};
use virtual_card::{
    authority::Algorithm,
    content::Application,
    person::{EXPIRY, PAST_EXPIRY, PEOPLE, Person},
    preset::Preset,
};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::{
    page::Page,
    stand::{ORIGIN, READERS, Stand, card},
};

const NONCE: Nonce = Nonce([7; 32]);

pub fn pin(text: &str) -> Authenticate {
    Authenticate { nonce: NONCE, pin: Pin::parse(text).unwrap(), confirm_last_try: false }
}

pub fn number_b(text: &str) -> ReadFace {
    ReadFace { nonce: NONCE, number_b: NumberB::parse(text).unwrap(), confirm_last_try: false }
}

pub fn face_of(person: &Person) -> ReadFace {
    number_b(&person.number_b(EXPIRY))
}

fn tries(page: &mut Page, of: Counted) -> u8 {
    page.call(GetTriesLeft { of }).unwrap().tries_left
}

fn origin() -> Origin {
    ORIGIN.parse().unwrap()
}

/// The terminal's signature over `signed`, by a key whose fingerprint is the 端末固有ID.
fn verify_terminal(page: &mut Page, terminal: &TerminalSignature, signed: &[u8]) {
    use p256::ecdsa::{DerSignature, VerifyingKey, signature::Verifier};
    assert_eq!(terminal.terminal, page.call(GetTerminalId {}).unwrap());
    let key = VerifyingKey::from_public_key_der(&terminal.terminal.public_key.0).unwrap();
    key.verify(signed, &DerSignature::from_bytes(&terminal.signature.0).unwrap()).unwrap();
}

/// Everything a server would check of it, but the chain.
fn verify_reading(page: &mut Page, reading: &AuthenticationReading) {
    let message = challenge::message(&origin(), &NONCE, reading.card.algorithm);
    verify_card(&reading.card.certificate, reading.card.algorithm, &message, &reading.signature.0);
    let signed = AuthenticationReading::signed_bytes(&reading.card, &reading.signature, &origin(), &NONCE);
    verify_terminal(page, &reading.terminal, &signed);
}

fn verify_card(certificate: &Bytes, algorithm: SignatureAlgorithm, message: &[u8], signature: &[u8]) {
    let (_, certificate) = X509Certificate::from_der(&certificate.0).unwrap();
    let spki = certificate.public_key().raw;
    match algorithm {
        SignatureAlgorithm::RsaSha256 => {
            use rsa::{pkcs1v15::VerifyingKey, signature::Verifier};
            let key = VerifyingKey::<sha2::Sha256>::from_public_key_der(spki).unwrap();
            key.verify(message, &signature.try_into().unwrap()).unwrap();
        }
        SignatureAlgorithm::EcdsaP384Sha384 => {
            use p384::ecdsa::{DerSignature, VerifyingKey, signature::Verifier};
            let key = VerifyingKey::from_public_key_der(spki).unwrap();
            key.verify(message, &DerSignature::from_bytes(signature).unwrap()).unwrap();
        }
        SignatureAlgorithm::EcdsaP256Sha256 => panic!("no card signs so"),
    }
}

#[test]
fn by_pin_the_card_signs_our_challenge_and_the_terminal_signs_the_reading() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    let id = page.start(pin("1234"));
    let reading = page.finish::<Authenticate>(id).unwrap();
    assert_eq!(reading.card.algorithm, SignatureAlgorithm::RsaSha256);
    verify_reading(&mut page, &reading);
    assert_eq!(page.steps(id), [Step::Recognising, Step::Reading, Step::Verifying, Step::Signing]);
    assert_eq!(page.call(ReadCertificate {}).unwrap(), reading.card);

    let log = stand.apdu_log();
    let after_signing = log.rsplit_once("> 802A0080").unwrap().1;
    assert!(after_signing.contains("* reset"), "the verified PIN is not left to other programs");
}

#[test]
fn by_number_b_the_face_and_the_attributes_are_read() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    let reading = page.call(face_of(&PEOPLE[0])).unwrap();
    let person = &PEOPLE[0];
    assert_eq!((&*reading.attributes.name, &*reading.attributes.address), (person.name, person.address));
    assert_eq!(reading.attributes.birth_date.as_str(), person.birth_date);
    assert!(reading.attributes.sex == Sex::Female);
    assert_eq!(reading.photo.0, person.photo);
    assert_eq!(reading.expiry.as_str(), EXPIRY);
    let FaceReading { attributes, photo, expiry, terminal } = reading;
    let signed = FaceReading::signed_bytes(&attributes, &photo, &expiry, &origin(), &NONCE);
    verify_terminal(&mut page, &terminal, &signed);
}

#[test]
fn the_second_of_two_readers_is_used_when_it_is_chosen() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _first = stand.lay(0, card(&PEOPLE[0], Algorithm::Rsa, Preset::Normal));
    let _second = stand.lay(1, card(&PEOPLE[1], Algorithm::Rsa, Preset::Normal));
    page.wait_until(|view| view.readers.iter().all(|reader| reader.card));
    let chosen = page.call(SelectReader { reader: protocol::label::Label::parse(READERS[1]).unwrap() }).unwrap();
    assert_eq!(chosen.selected.unwrap().as_str(), READERS[1]);
    assert_eq!(page.call(GetCardStatus {}).unwrap().card, CardKind::MyNumber);
    assert_eq!(page.call(face_of(&PEOPLE[1])).unwrap().attributes.name, PEOPLE[1].name);
    let reading = page.call(pin(PEOPLE[1].pin)).unwrap();
    verify_reading(&mut page, &reading);
}

#[test]
fn a_p384_card_signs_too() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay(0, card(&PEOPLE[2], Algorithm::P384, Preset::Normal));
    let reading = page.call(pin(PEOPLE[2].pin)).unwrap();
    assert_eq!(reading.card.algorithm, SignatureAlgorithm::EcdsaP384Sha384);
    verify_reading(&mut page, &reading);
    let face = page.call(face_of(&PEOPLE[2])).unwrap();
    assert_eq!(face.attributes.birth_date.as_str(), "19450000", "a birthday that is not known");
}

#[test]
fn a_wrong_pin_costs_one_try_and_the_right_one_gives_it_back() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    assert_eq!(tries(&mut page, Counted::Pin), 3);
    assert_eq!(page.call(pin("0000")), Err(Failure::WrongPin { tries_left: 2 }));
    assert_eq!(tries(&mut page, Counted::Pin), 2);
    assert!(page.call(pin("1234")).is_ok());
    assert_eq!(tries(&mut page, Counted::Pin), 3);
}

#[test]
fn a_wrong_number_b_costs_one_try_of_it_and_none_of_the_pin() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    assert_eq!(page.call(number_b("25040120359999")), Err(Failure::WrongNumberB { tries_left: 9 }));
    assert_eq!(tries(&mut page, Counted::NumberB), 9);
    assert_eq!(tries(&mut page, Counted::Pin), 3);
    assert!(page.call(face_of(&PEOPLE[0])).is_ok());
    assert_eq!(tries(&mut page, Counted::NumberB), 10);
}

#[test]
fn the_last_try_is_kept_until_it_is_confirmed() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::WrongPinTwice);
    assert_eq!(page.call(pin("0000")), Err(Failure::PinLastTry { tries_left: 1 }));
    assert_eq!(tries(&mut page, Counted::Pin), 1);
    assert!(!stand.apdu_log().contains("0020008004"), "the card never saw a PIN");
    assert!(page.call(Authenticate { confirm_last_try: true, ..pin("1234") }).is_ok());
    assert_eq!(tries(&mut page, Counted::Pin), 3);

    assert_eq!(page.call(number_b("25040120359999")), Err(Failure::WrongNumberB { tries_left: 1 }));
    assert_eq!(page.call(face_of(&PEOPLE[0])), Err(Failure::NumberBLastTry { tries_left: 1 }));
    let wrong = ReadFace { confirm_last_try: true, ..number_b("25040120359999") };
    assert_eq!(page.call(wrong), Err(Failure::NumberBBlocked));
}

#[test]
fn a_blocked_card_says_so() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Blocked);
    assert_eq!(page.call(Authenticate { confirm_last_try: true, ..pin("1234") }), Err(Failure::PinBlocked));
    assert_eq!(page.call(face_of(&PEOPLE[0])), Err(Failure::NumberBBlocked));
    assert_eq!((tries(&mut page, Counted::Pin), tries(&mut page, Counted::NumberB)), (0, 0));
}

#[test]
fn an_expired_card_says_so_and_keeps_its_tries() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::ExpiredCertificate);
    assert_eq!(page.call(pin("0000")), Err(Failure::CardExpired));
    assert_eq!(tries(&mut page, Counted::Pin), 3);
    assert_eq!(page.call(ReadCertificate {}), Err(Failure::CardExpired));
    assert_eq!(page.call(number_b(&PEOPLE[0].number_b(PAST_EXPIRY))), Err(Failure::CardExpired));
}

#[test]
fn another_card_is_told_apart() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let card = stand.lay_on_first(&mut page, Preset::NotAMyNumberCard);
    assert_eq!(page.call(GetCardStatus {}).unwrap().card, CardKind::Other);
    assert_eq!(page.call(pin("1234")), Err(Failure::NotMyNumberCard));
    assert_eq!(page.call(face_of(&PEOPLE[0])), Err(Failure::NotMyNumberCard));
    drop(card);
    page.wait_until(|view| !view.readers[0].card);
    assert_eq!(page.call(GetCardStatus {}).unwrap().card, CardKind::Absent);
}

/// 番号法: over all that a page can ask for, no command may come near the files of the 個人番号.
#[test]
fn no_command_ever_reaches_the_individual_number() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    page.call(GetCardStatus {}).unwrap();
    page.call(ReadCertificate {}).unwrap();
    tries(&mut page, Counted::Pin);
    tries(&mut page, Counted::NumberB);
    page.call(pin("1234")).unwrap();
    page.call(face_of(&PEOPLE[0])).unwrap();
    page.call(number_b("25040120359999")).unwrap_err();

    let log = stand.apdu_log();
    let mut application = None;
    let mut selected = 0;
    for command in log.lines().filter_map(|line| line.strip_prefix("> ")) {
        if let Some(aid) = command.strip_prefix("00A4040C0A") {
            application = [Application::Jpki, Application::Attributes, Application::Face]
                .into_iter()
                .find(|known| known.aid().map(|byte| format!("{byte:02X}")).concat() == aid);
            assert!(application.is_some(), "an unknown application: {command}");
        } else if let Some(file) = command.strip_prefix("00A4020C02") {
            let file = u16::from_str_radix(file, 16).unwrap();
            assert!(!application.unwrap().forbidden().contains(&file), "{application:?} {file:04X}");
            selected += 1;
        } else if let Some(offset) = command.strip_prefix("00B0") {
            assert!(u8::from_str_radix(&offset[..2], 16).unwrap() < 0x80, "a file named by a read: {command}");
        } else {
            assert!(command.starts_with("00200080") || command.starts_with("802A0080"), "unexpected: {command}");
        }
    }
    assert!(selected > 10, "the log is not empty");
}

#[test]
fn the_log_holds_no_secret_and_no_person() {
    let stand = Stand::new();
    let mut page = stand.ready_page();
    let _card = stand.lay_on_first(&mut page, Preset::Normal);
    page.call(pin("9753")).unwrap_err();
    page.call(face_of(&PEOPLE[0])).unwrap();
    let log = std::fs::read_to_string(stand.config().join("reader-bridge.log")).unwrap();
    assert!(log.contains("card.authenticate") && log.contains("wrong_pin"), "{log}");
    let number_b = PEOPLE[0].number_b(EXPIRY);
    let token = page.token.clone().unwrap();
    for hidden in ["9753", &number_b, crate::page::PASSCODE, token.expose(), "Secret-Password", "見本", "K1234567"] {
        assert!(!log.contains(hidden), "{hidden} in {log}");
    }
    let settings = std::fs::read_to_string(stand.config().join("settings.json")).unwrap();
    for hidden in ["Secret-Password", &number_b, token.expose(), &format!("\"{}\"", crate::page::PASSCODE)] {
        assert!(!settings.contains(hidden), "{hidden} in the settings");
    }
}
