//! What holds for any input: reading gives back what was written, and no bytes make it panic.

mod samples;

use proptest::prelude::*;
use protocol::{
    bytes::{Bytes, Nonce},
    event::{Event, Numbered, Step},
    failure::Failure,
    frame::{Message, RequestFrame, encode_answer, encode_event},
    label::Label,
    method::{Method, Reply, Request},
    reading::{AuthenticationReading, FaceReading},
    request::{Authenticate, Register, SelectReader},
    secret::{Password, Pin, Token},
    terminal_id::TerminalId,
};

fn label() -> impl Strategy<Value = Label> {
    "\\PC{1,100}".prop_filter_map("a label", |text| Label::parse(text).ok())
}

fn method() -> impl Strategy<Value = Method> {
    prop::sample::select(Method::ALL)
}

fn request() -> impl Strategy<Value = Request> {
    let password = "\\PC{1,30}".prop_filter_map("a password", |text| Password::parse(&text).ok());
    prop_oneof![
        method().prop_map(samples::request),
        label().prop_map(|reader| SelectReader { reader }.into()),
        (label(), password).prop_map(|(user_id, password)| Register { user_id, password }.into()),
        (any::<[u8; 32]>(), "[0-9]{4}", any::<bool>()).prop_map(|(nonce, pin, confirm_last_try)| {
            Authenticate { nonce: Nonce(nonce), pin: Pin::parse(&pin).unwrap(), confirm_last_try }.into()
        }),
    ]
}

/// The samples, with any bytes and texts where cards and people put them.
fn reply() -> impl Strategy<Value = Reply> {
    (method(), any::<Vec<u8>>(), any::<String>()).prop_map(|(method, bytes, text)| match samples::reply(method) {
        Reply::Authenticate(reading) => {
            Reply::Authenticate(AuthenticationReading { signature: Bytes(bytes), ..reading })
        }
        Reply::ReadFace(mut reading) => {
            reading.attributes.name = text;
            Reply::ReadFace(FaceReading { photo: Bytes(bytes), ..reading })
        }
        other => other,
    })
}

fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        prop::sample::select(Failure::EXAMPLES),
        any::<u8>().prop_map(|tries_left| Failure::WrongPin { tries_left }),
        any::<u32>().prop_map(|wait_seconds| Failure::WrongPasscode { wait_seconds }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        prop::sample::select(samples::events()),
        label().prop_map(|reader| Event::CardInserted { reader }),
        (any::<u64>(), any::<u8>()).prop_map(|(request, percent)| Event::Progress {
            request,
            step: Step::Signing,
            percent
        }),
    ]
}

proptest! {
    #[test]
    fn a_request_comes_back(id: u64, token in prop::option::of("[A-Za-z0-9_-]{16,128}"), request in request()) {
        let frame = RequestFrame { id, token: token.map(|text| Token::parse(&text).unwrap()), request };
        prop_assert_eq!(RequestFrame::decode(&frame.encode()), Ok(frame));
    }

    #[test]
    fn a_reply_comes_back(id: u64, reply in reply()) {
        let Ok(Message::Answer(Some(read), Ok(raw))) = Message::decode(&encode_answer(Some(id), &Ok(reply.clone())))
            else { return Err(TestCaseError::fail("no answer")) };
        prop_assert_eq!((read, raw.reply(reply.method())), (id, Ok(reply)));
    }

    #[test]
    fn a_failure_comes_back(id: Option<u64>, failure in failure()) {
        let Ok(Message::Answer(read, Err(found))) = Message::decode(&encode_answer(id, &Err(failure)))
            else { return Err(TestCaseError::fail("no failure")) };
        prop_assert_eq!((read, found), (id, failure));
    }

    #[test]
    fn an_event_comes_back(number: u64, event in event()) {
        let sent = Numbered { number, event };
        let Ok(Message::Event(read)) = Message::decode(&encode_event(&sent))
            else { return Err(TestCaseError::fail("no event")) };
        prop_assert_eq!(read, sent);
    }

    #[test]
    fn a_terminal_id_comes_back(key: Vec<u8>) {
        let id = TerminalId::of_public_key(&key);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        read_everything(&String::from_utf8_lossy(&bytes));
    }

    /// Gets past the first brace: a true frame with a piece cut out and other bytes put in.
    #[test]
    fn damaged_frames_never_panic(request in request(), reply in reply(), from: prop::sample::Index,
                                  length in 0_usize..40, put: Vec<u8>) {
        let frame = RequestFrame { id: 1, token: Some(samples::token()), request };
        for text in [frame.encode().to_string(), encode_answer(Some(1), &Ok(reply))] {
            let mut bytes = text.into_bytes();
            let start = from.index(bytes.len());
            let end = bytes.len().min(start + length);
            bytes.splice(start..end, put.iter().copied());
            read_everything(&String::from_utf8_lossy(&bytes));
        }
    }
}

fn read_everything(text: &str) {
    let _ = RequestFrame::decode(text);
    let _ = text.parse::<TerminalId>();
    let _ = text.parse::<protocol::challenge::Origin>();
    if let Ok(Message::Answer(_, Ok(raw))) = Message::decode(text) {
        for method in Method::ALL {
            let _ = raw.reply(*method);
        }
    }
}
