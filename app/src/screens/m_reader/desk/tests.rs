//! The desk against frames as reader-bridge writes them.

use domain::reading::Refusal;
use protocol::{
    bytes::Bytes,
    challenge::SignatureAlgorithm,
    event::{Numbered, Reader, Step},
    failure::Failure,
    frame::{RequestFrame, encode_answer, encode_event},
    level::{LEVELS, Level},
    method::{Reply, Request},
    reading::{Attributes, AuthenticationReading, FaceReading, Sex, TerminalSignature},
    reply::{Certificate, Stage, State, Terminal, TriesLeft, Unlocked, Welcome},
    secret::Token,
    terminal_id::TerminalId,
};

use uuid::Uuid;
use zeroize::Zeroizing;

use super::*;
use crate::error::ApiError;

const READER: &str = "Virtual PCD 00 01";
const NONCE: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";

/// A desk and the bridge at the other end.
struct Scene {
    desk: Desk,
    events: u64,
    last: Option<RequestFrame>,
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn terminal() -> Terminal {
    let public_key = b"a public key".to_vec();
    Terminal { id: TerminalId::of_public_key(&public_key), public_key: Bytes(public_key) }
}

fn signed() -> TerminalSignature {
    let algorithm = SignatureAlgorithm::EcdsaP256Sha256;
    TerminalSignature { terminal: terminal(), algorithm, signature: Bytes(vec![1]) }
}

fn authentication() -> Reply {
    let card = Certificate { certificate: Bytes(vec![0x30]), algorithm: SignatureAlgorithm::RsaSha256 };
    Reply::Authenticate(AuthenticationReading { card, signature: Bytes(vec![2]), terminal: signed() })
}

fn face() -> Reply {
    let attributes = Attributes {
        name: "見本 花子".into(),
        address: "東京都千代田区見本1-1".into(),
        birth_date: "19500401".parse().unwrap(),
        sex: Sex::Female,
    };
    let expiry = "20300401".parse().unwrap();
    Reply::ReadFace(FaceReading { attributes, photo: Bytes(vec![3]), expiry, terminal: signed() })
}

impl Scene {
    /// Connected, with two readers of which the second is chosen; `stage` is what is to be done first.
    fn new(stage: Stage) -> Self {
        let mut scene = Self { desk: Desk::opened_at(ReaderStep::Choose), events: 0, last: None };
        assert_eq!(scene.desk.take(Input::Permission(Permission::Granted)), [Order::Connect(0)]);
        scene.give(Input::Opened);
        assert!(matches!(scene.asked(), Request::Hello(_)));
        let reader = |name, card| Reader { name: label(name), card };
        scene.event(Event::Snapshot(Snapshot {
            service_running: true,
            readers: vec![reader("Virtual PCD 00 00", false), reader(READER, false)],
            selected: Some(label(READER)),
        }));
        let state = State { stage };
        let welcome = Welcome { agreed: Level(1), levels: LEVELS, version: label("0.1.0"), state };
        scene.answer(&Ok(Reply::Hello(welcome)));
        scene
    }

    /// Unlocked, a card on the reader, the PIN may be entered.
    fn at_pin(tries_left: u8) -> Self {
        let mut scene = Self::new(Stage::Ready);
        scene.give(Input::Next);
        assert_eq!(scene.desk.moment, Moment::NoCard);
        scene.event(Event::CardInserted { reader: label(READER) });
        scene.answer(&Ok(Reply::GetTriesLeft(TriesLeft { of: Counted::Pin, tries_left })));
        scene
    }

    fn give(&mut self, input: Input) -> Vec<Order> {
        let orders = self.desk.take(input);
        for order in &orders {
            if let Order::Send(frame) = order {
                self.last = Some(RequestFrame::decode(frame).unwrap());
            }
        }
        orders
    }

    /// The latest request.
    fn asked(&self) -> &Request {
        &self.last.as_ref().unwrap().request
    }

    fn event(&mut self, event: Event) -> Vec<Order> {
        let frame = encode_event(&Numbered { number: self.events, event });
        self.events += 1;
        self.give(Input::Frame(frame))
    }

    fn answer(&mut self, outcome: &Result<Reply, Failure>) -> Vec<Order> {
        let frame = encode_answer(self.last.as_ref().map(|frame| frame.id), outcome);
        self.give(Input::Frame(frame))
    }

    fn enter(&mut self, typed: &str, last: bool) -> Vec<Order> {
        self.give(Input::Enter(Zeroizing::new(typed.to_owned()), last))
    }

    fn passcode(&mut self, typed: &str) -> Vec<Order> {
        self.give(Input::Passcode(Zeroizing::new(typed.to_owned())))
    }
}

fn unlocked() -> Unlocked {
    Unlocked { token: Token::parse("dG9rZW4tZm9yLXRlc3Rz").unwrap() }
}

#[test]
fn a_new_terminal_goes_from_the_terms_to_the_choice() {
    let mut scene = Scene::new(Stage::Terms);
    assert_eq!(scene.desk.screen(), ReaderStep::Terms);
    scene.give(Input::Accept);
    assert!(matches!(scene.asked(), Request::AcceptTerms(AcceptTerms { edition: TERMS_EDITION })));
    scene.answer(&Ok(Reply::AcceptTerms(State { stage: Stage::Registration })));
    assert_eq!(scene.desk.screen(), ReaderStep::Account);
    scene.give(Input::Account(" K123 ".into(), Zeroizing::new(String::new())));
    assert_eq!(scene.desk.note, Some(Note::Malformed));
    scene.give(Input::Account(" K123 ".into(), Zeroizing::new("secret".into())));
    assert!(matches!(scene.asked(), Request::Register(register) if register.user_id.as_str() == "K123"));
    scene.answer(&Ok(Reply::Register(terminal())));
    assert_eq!(scene.desk.screen(), ReaderStep::Registered);
    scene.give(Input::Next);
    scene.passcode("1234");
    assert_eq!(scene.desk.screen(), ReaderStep::PasscodeAgain);
    scene.passcode("1235");
    assert_eq!((scene.desk.screen(), &scene.desk.note), (ReaderStep::Passcode, &Some(Note::Differs)));
    scene.passcode("1234");
    scene.passcode("1234");
    scene.answer(&Ok(Reply::SetPasscode(unlocked())));
    assert_eq!(scene.desk.screen(), ReaderStep::PasscodeSet);
    scene.give(Input::Next);
    assert_eq!(scene.desk.screen(), ReaderStep::Choose);
    scene.give(Input::Go(ReaderStep::TerminalId));
    assert!(scene.last.as_ref().unwrap().token.is_some(), "the token goes into what needs it");
    scene.answer(&Ok(Reply::GetTerminalId(terminal())));
    assert_eq!(scene.desk.terminal.as_deref(), Some("1DSM-HYG3-H5RC-93P0-FKBE"));
}

#[test]
fn a_wrong_passcode_says_how_long_to_wait() {
    let mut scene = Scene::new(Stage::Locked);
    assert_eq!(scene.desk.screen(), ReaderStep::Unlock);
    scene.passcode("12");
    assert_eq!(scene.desk.note, Some(Note::Malformed));
    scene.passcode("9999");
    scene.answer(&Err(Failure::WrongPasscode { wait_seconds: 4 }));
    assert_eq!(scene.desk.note, Some(Note::Bridge(Failure::WrongPasscode { wait_seconds: 4 })));
    scene.passcode("1234");
    scene.answer(&Ok(Reply::Unlock(unlocked())));
    assert_eq!(scene.desk.screen(), ReaderStep::Choose);
}

#[test]
fn a_pin_is_read_and_judged() {
    let mut scene = Scene::at_pin(3);
    assert_eq!(scene.desk.moment, Moment::Enter { tries: 3 });
    assert_eq!(scene.enter("12a4", false), []);
    assert_eq!(scene.desk.note, Some(Note::Malformed));
    assert_eq!(scene.enter("1234", false), [Order::Challenge(Mode::Pin)]);
    scene.give(Input::Challenge(Ok(NONCE.into())));
    assert!(matches!(scene.asked(), Request::Authenticate(a) if a.pin.expose() == "1234" && !a.confirm_last_try));
    let request = scene.last.as_ref().unwrap().id;
    scene.event(Event::Progress { request, step: Step::Signing, percent: 70 });
    assert_eq!(scene.desk.progress, Some((Step::Signing, 70)));
    let orders = scene.answer(&Ok(authentication()));
    assert!(matches!(&orders[..], [Order::Submit(Mode::Pin, nonce, json)] if nonce == NONCE && json.contains("card")));
    let id = Uuid::from_u128(7);
    assert_eq!(scene.give(Input::Judged(Ok(id))), [Order::Use(id)]);
    assert_eq!(scene.desk.moment, Moment::Done);
}

#[test]
fn a_face_is_compared_before_it_counts() {
    let mut scene = Scene::new(Stage::Ready);
    scene.give(Input::Mode(Mode::Face));
    scene.give(Input::Next);
    scene.event(Event::CardInserted { reader: label(READER) });
    scene.answer(&Ok(Reply::GetTriesLeft(TriesLeft { of: Counted::NumberB, tries_left: 10 })));
    scene.enter("25040120301234", false);
    scene.give(Input::Challenge(Ok(NONCE.into())));
    scene.answer(&Ok(face()));
    let id = Uuid::from_u128(7);
    assert_eq!(scene.give(Input::Judged(Ok(id))), []);
    assert!(matches!(&scene.desk.moment, Moment::Compare { face, .. } if face.photo == [3]));
    let mut other = Scene { desk: scene.desk.clone(), events: scene.events, last: None };
    assert_eq!(scene.give(Input::Compared(true)), [Order::Confirm(id, true)]);
    assert_eq!(scene.give(Input::Confirmed(true, Ok(()))), [Order::Use(id)]);
    other.give(Input::Compared(false));
    assert_eq!(other.give(Input::Confirmed(false, Ok(()))), []);
    assert_eq!(other.desk.trouble, Some(Trouble::Different));
}

#[test]
fn the_last_try_must_be_meant() {
    let mut scene = Scene::at_pin(1);
    assert_eq!(scene.enter("1234", false), []);
    assert_eq!(scene.desk.note, Some(Note::ConfirmLast));
    assert_eq!(scene.enter("1234", true), [Order::Challenge(Mode::Pin)]);
    scene.give(Input::Challenge(Ok(NONCE.into())));
    assert!(matches!(scene.asked(), Request::Authenticate(a) if a.confirm_last_try));
    scene.answer(&Err(Failure::WrongPin { tries_left: 0 }));
    assert_eq!(scene.desk.trouble, Some(Trouble::Bridge(Failure::PinBlocked)));
    assert_eq!(Scene::at_pin(0).desk.trouble, Some(Trouble::Bridge(Failure::PinBlocked)));
}

#[test]
fn a_wrong_pin_may_be_entered_again() {
    let mut scene = Scene::at_pin(3);
    scene.enter("9999", false);
    scene.give(Input::Challenge(Ok(NONCE.into())));
    scene.answer(&Err(Failure::WrongPin { tries_left: 2 }));
    assert_eq!(scene.desk.moment, Moment::Enter { tries: 2 });
    assert_eq!(scene.desk.note, Some(Note::Bridge(Failure::WrongPin { tries_left: 2 })));
    assert_eq!(scene.enter("1234", false), [Order::Challenge(Mode::Pin)]);
}

#[test]
fn every_failure_has_its_screen_and_the_next_reading_works() {
    for failure in Failure::EXAMPLES {
        let mut scene = Scene::at_pin(3);
        scene.enter("1234", false);
        scene.give(Input::Challenge(Ok(NONCE.into())));
        scene.answer(&Err(*failure));
        match failure {
            Failure::Locked => assert_eq!(scene.desk.screen(), ReaderStep::Unlock),
            Failure::NotSetUp => assert!(matches!(scene.asked(), Request::GetState(_))),
            Failure::WrongPin { .. }
            | Failure::WrongNumberB { .. }
            | Failure::PinLastTry { .. }
            | Failure::NumberBLastTry { .. } => assert_eq!(scene.desk.moment, Moment::Enter { tries: 1 }),
            _ => {
                assert_eq!(scene.desk.trouble, Some(Trouble::Bridge(*failure)));
                scene.give(Input::Again);
                assert_eq!(scene.desk.moment, Moment::Asking, "{failure}");
                scene.answer(&Ok(Reply::GetTriesLeft(TriesLeft { of: Counted::Pin, tries_left: 3 })));
                assert_eq!(scene.enter("1234", false), [Order::Challenge(Mode::Pin)], "{failure}");
            }
        }
    }
}

#[test]
fn the_servers_refusals_are_shown() {
    let refused = ApiError::Reading(Refusal::CardRevoked);
    let mut scene = Scene::at_pin(3);
    scene.enter("1234", false);
    scene.give(Input::Challenge(Ok(NONCE.into())));
    scene.answer(&Ok(authentication()));
    scene.give(Input::Judged(Err(refused.clone())));
    assert_eq!(scene.desk.trouble, Some(Trouble::Server(refused)));
    scene.give(Input::Again);
    assert_eq!(scene.desk.screen(), ReaderStep::Choose);
}

#[test]
fn a_stopped_service_is_shown_and_left_again() {
    let mut scene = Scene::at_pin(3);
    scene.event(Event::ServiceStopped);
    assert_eq!(scene.desk.trouble, Some(Trouble::Bridge(Failure::ServiceStopped)));
    scene.event(Event::ServiceStarted);
    assert_eq!(scene.desk.trouble, Some(Trouble::Bridge(Failure::NoReader)), "its readers are not there yet");
    scene.event(Event::ReaderAdded { reader: Reader { name: label(READER), card: true } });
    assert_eq!((scene.desk.screen(), &scene.desk.moment), (ReaderStep::Read, &Moment::Asking));
    scene.event(Event::CardRemoved { reader: label(READER) });
    assert_eq!(scene.desk.moment, Moment::NoCard);
}

#[test]
fn a_late_word_of_the_card_before_does_not_leave_the_next_one_waiting() {
    let mut scene = Scene::new(Stage::Ready);
    scene.event(Event::CardInserted { reader: label(READER) });
    scene.give(Input::Next);
    let of_the_card_before = scene.last.take();
    scene.event(Event::CardRemoved { reader: label(READER) });
    scene.event(Event::CardInserted { reader: label(READER) });
    scene.last = of_the_card_before;
    scene.answer(&Err(Failure::NoCard));
    assert_eq!(scene.desk.moment, Moment::Asking);
    scene.answer(&Ok(Reply::GetTriesLeft(TriesLeft { of: Counted::Pin, tries_left: 3 })));
    assert_eq!(scene.desk.moment, Moment::Enter { tries: 3 });
}

#[test]
fn a_reading_can_be_cancelled_at_any_moment() {
    let mut scene = Scene::at_pin(3);
    scene.give(Input::Cancel);
    assert_eq!(scene.desk.screen(), ReaderStep::Choose);
    scene.give(Input::Next);
    scene.answer(&Ok(Reply::GetTriesLeft(TriesLeft { of: Counted::Pin, tries_left: 3 })));
    scene.enter("1234", false);
    scene.give(Input::Cancel);
    assert_eq!(scene.give(Input::Challenge(Ok(NONCE.into()))), [], "a challenge that comes too late reads nothing");
    scene.give(Input::Next);
    scene.answer(&Ok(Reply::GetTriesLeft(TriesLeft { of: Counted::Pin, tries_left: 3 })));
    scene.enter("1234", false);
    scene.give(Input::Challenge(Ok(NONCE.into())));
    let reading = scene.last.clone();
    scene.give(Input::Cancel);
    assert!(matches!(scene.asked(), Request::Cancel(_)));
    scene.last = reading;
    scene.answer(&Err(Failure::Cancelled));
    assert_eq!(scene.desk.trouble, Some(Trouble::Bridge(Failure::Cancelled)));
}

#[test]
fn a_lost_connection_is_made_again_ever_more_slowly() {
    let mut desk = Desk::opened_at(ReaderStep::Choose);
    assert_eq!(desk.take(Input::Permission(Permission::Granted)), [Order::Connect(0)]);
    let mut waits = Vec::new();
    for _ in 0..6 {
        match desk.take(Input::Closed)[..] {
            [Order::Connect(seconds)] => waits.push(seconds),
            ref other => panic!("{other:?}"),
        }
        assert_eq!(desk.trouble, Some(Trouble::NotRunning));
        assert_eq!(desk.take(Input::Reconnect), [Order::Connect(0)]);
    }
    assert_eq!(waits, [1, 2, 4, 8, 15, 15]);
    let mut scene = Scene::at_pin(3);
    scene.enter("1234", false);
    scene.give(Input::Closed);
    assert_eq!(scene.desk.trouble, Some(Trouble::Lost));
    assert_eq!(scene.desk.key, None, "the PIN is gone with its connection");
}

#[test]
fn the_browsers_question_is_explained_first() {
    let mut desk = Desk::opened_at(ReaderStep::Choose);
    assert_eq!(desk.take(Input::Permission(Permission::Prompt)), []);
    assert_eq!(desk.trouble, Some(Trouble::AskNetwork));
    assert_eq!(desk.take(Input::Again), [Order::Connect(0)]);
    let mut desk = Desk::opened_at(ReaderStep::Choose);
    desk.take(Input::Permission(Permission::Denied));
    assert_eq!(desk.trouble, Some(Trouble::NetworkDenied));
}

#[test]
fn a_missing_event_asks_for_a_new_connection() {
    let mut scene = Scene::new(Stage::Ready);
    scene.events += 1;
    assert_eq!(scene.event(Event::ServiceStopped), [Order::Hang]);
    assert_eq!(scene.give(Input::Frame("{}".into())), [Order::Hang]);
}
