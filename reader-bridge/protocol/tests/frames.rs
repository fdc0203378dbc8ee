//! Every frame as text, and what is refused.

mod samples;

use std::fmt::Write;

use protocol::{
    event::{Event, Gap, Numbered, View},
    failure::Failure,
    frame::{MAX_MESSAGE_BYTES, MAX_REQUEST_BYTES, Message, RequestFrame, encode_answer, encode_event},
    method::Method,
};

fn frame(id: u64, method: Method) -> RequestFrame {
    RequestFrame { id, token: method.needs_token().then(samples::token), request: samples::request(method) }
}

fn numbered() -> Vec<Numbered> {
    (0..).zip(samples::events()).map(|(number, event)| Numbered { number, event }).collect()
}

#[test]
fn every_request() {
    let mut text = String::new();
    for (id, method) in (1..).zip(Method::ALL) {
        let sent = frame(id, *method);
        let line = sent.encode();
        assert_eq!(RequestFrame::decode(&line), Ok(sent));
        writeln!(text, "{}", *line).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_result() {
    let mut text = String::new();
    for (id, method) in (1..).zip(Method::ALL) {
        let reply = samples::reply(*method);
        let line = encode_answer(Some(id), &Ok(reply.clone()));
        let Ok(Message::Answer(Some(read), Ok(raw))) = Message::decode(&line) else { panic!("{line}") };
        assert_eq!((read, raw.reply(*method)), (id, Ok(reply)));
        writeln!(text, "{line}").unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_failure() {
    let mut text = String::new();
    for failure in Failure::EXAMPLES {
        let line = encode_answer(None, &Err(*failure));
        assert!(matches!(Message::decode(&line), Ok(Message::Answer(None, Err(read))) if read == *failure), "{line}");
        writeln!(text, "{line}").unwrap();
    }
    let mut codes: Vec<_> = Failure::EXAMPLES.iter().map(Failure::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Failure::EXAMPLES.len());
    insta::assert_snapshot!(text);
}

#[test]
fn every_event() {
    let mut text = String::new();
    for event in numbered() {
        let line = encode_event(&event);
        assert!(matches!(Message::decode(&line), Ok(Message::Event(read)) if read == event), "{line}");
        writeln!(text, "{line}").unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn debug_shows_no_secret_and_no_person() {
    for method in Method::ALL {
        let text = format!("{:?} {:?}", frame(1, *method), samples::reply(*method));
        for hidden in ["1234\"", "25040120301234", "1111", "2222", "Passw0rd", "dG9rZW4", "見本", "1950"] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
}

#[test]
fn what_is_no_request_is_refused_with_its_reason() {
    let cases = [
        ("", None, Failure::NotJson),
        ("{", None, Failure::NotJson),
        ("[]", None, Failure::InvalidRequest),
        (r#"["2.0",1,"state"]"#, None, Failure::InvalidRequest),
        (r#"{"jsonrpc":"1.0","id":1,"method":"state"}"#, None, Failure::InvalidRequest),
        (r#"{"jsonrpc":"2.0","method":"state"}"#, None, Failure::InvalidRequest),
        (r#"{"jsonrpc":"2.0","id":"1","method":"state"}"#, None, Failure::InvalidRequest),
        (r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"state"}"#, None, Failure::InvalidRequest),
        (r#"{"jsonrpc":"2.0","id":1,"method":"state","more":1}"#, None, Failure::InvalidRequest),
        (r#"{"jsonrpc":"2.0","id":1,"method":"card.apdu"}"#, Some(1), Failure::UnknownMethod),
        (r#"{"jsonrpc":"2.0","id":1,"method":"state","params":[]}"#, Some(1), Failure::InvalidParams),
        (r#"{"jsonrpc":"2.0","id":1,"method":"state","params":{"x":1}}"#, Some(1), Failure::InvalidParams),
        (r#"{"jsonrpc":"2.0","id":1,"method":"passcode.unlock"}"#, Some(1), Failure::InvalidParams),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"passcode.unlock","params":{"passcode":"12345"}}"#,
            Some(1),
            Failure::InvalidParams,
        ),
    ];
    for (text, id, failure) in cases {
        let refused = RequestFrame::decode(text).unwrap_err();
        assert_eq!((refused.id, refused.failure), (id, failure), "{text}");
    }
    let large = " ".repeat(MAX_REQUEST_BYTES + 1);
    assert_eq!(RequestFrame::decode(&large).unwrap_err().failure, Failure::TooLarge);
    assert!(Message::decode(&" ".repeat(MAX_MESSAGE_BYTES + 1)).is_err());
}

#[test]
fn parameters_may_be_left_out_where_there_are_none() {
    let text = r#"{"jsonrpc":"2.0","id":1,"method":"state"}"#;
    assert_eq!(RequestFrame::decode(text).unwrap().request, samples::request(Method::GetState));
}

#[test]
fn a_newer_peer_may_add_fields_to_hello_results_and_events() {
    let hello = r#"{"jsonrpc":"2.0","id":1,"method":"hello","params":{"levels":{"level":9,"minimum":1,"x":0},"y":0}}"#;
    assert!(RequestFrame::decode(hello).is_ok());
    let result = r#"{"jsonrpc":"2.0","id":1,"x":0,"result":{"stage":"ready","y":0}}"#;
    let Ok(Message::Answer(_, Ok(raw))) = Message::decode(result) else { panic!() };
    assert!(raw.read::<protocol::request::GetState>().is_ok());
    let event = r#"{"jsonrpc":"2.0","method":"event","params":{"number":1,"event":{"kind":"service_stopped","x":0}}}"#;
    assert!(Message::decode(event).is_ok());
}

#[test]
fn a_view_follows_the_events_and_notices_a_gap() {
    let mut view = View::default();
    assert_eq!(view.receive(&Numbered { number: 0, event: Event::ServiceStarted }), Err(Gap));
    for event in numbered() {
        view.receive(&event).unwrap();
        match event.event {
            Event::CardInserted { .. } => assert!(view.snapshot().readers[1].card),
            Event::CardRemoved { .. } => assert!(!view.snapshot().readers[1].card),
            Event::ReaderRemoved { .. } => assert_eq!(view.snapshot().readers.len(), 1),
            Event::ServiceStopped => assert!(view.snapshot().readers.is_empty()),
            _ => {}
        }
    }
    let before = view.clone();
    assert_eq!(view.receive(&Numbered { number: 99, event: Event::ServiceStopped }), Err(Gap));
    assert_eq!(view, before);
}
