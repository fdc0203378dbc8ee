//! One of every request, reply and event, with synthetic data.

use protocol::{
    bytes::{Bytes, Nonce},
    challenge::SignatureAlgorithm,
    event::{Event, Reader, Snapshot, Step},
    label::Label,
    level::LEVELS,
    method::{Method, Reply, Request},
    reading::{Attributes, AuthenticationReading, FaceReading, Sex, TerminalSignature},
    reply::{CancelSent, CardKind, CardStatus, Certificate, Stage, State, Terminal, TriesLeft, Unlocked, Welcome},
    request::{
        AcceptTerms, Authenticate, Cancel, Counted, GetCardStatus, GetState, GetTerminalId, GetTriesLeft, Hello,
        ListReaders, Lock, ReadCertificate, ReadFace, Register, SelectReader, SetPasscode, Unlock,
    },
    secret::{NumberB, Passcode, Password, Pin, Token},
    terminal_id::TerminalId,
};

pub fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

pub fn token() -> Token {
    Token::parse("dG9rZW4tZm9yLXRlc3Rz").unwrap()
}

pub fn request(method: Method) -> Request {
    let nonce = Nonce([7; 32]);
    let passcode = |text| Passcode::parse(text).unwrap();
    match method {
        Method::Hello => Hello { levels: LEVELS }.into(),
        Method::GetState => GetState {}.into(),
        Method::AcceptTerms => AcceptTerms { edition: 1 }.into(),
        Method::Register => {
            Register { user_id: label("K1234567"), password: Password::parse("Passw0rd!").unwrap() }.into()
        }
        Method::SetPasscode => SetPasscode { current: Some(passcode("1111")), new: passcode("2222") }.into(),
        Method::Unlock => Unlock { passcode: passcode("2222") }.into(),
        Method::Lock => Lock {}.into(),
        Method::ListReaders => ListReaders {}.into(),
        Method::SelectReader => SelectReader { reader: label("Virtual PCD 00 01") }.into(),
        Method::GetTerminalId => GetTerminalId {}.into(),
        Method::GetCardStatus => GetCardStatus {}.into(),
        Method::GetTriesLeft => GetTriesLeft { of: Counted::Pin }.into(),
        Method::ReadCertificate => ReadCertificate {}.into(),
        Method::Authenticate => {
            Authenticate { nonce, pin: Pin::parse("1234").unwrap(), confirm_last_try: false }.into()
        }
        Method::ReadFace => {
            ReadFace { nonce, number_b: NumberB::parse("25040120301234").unwrap(), confirm_last_try: true }.into()
        }
        Method::Cancel => Cancel { request: 6 }.into(),
    }
}

fn terminal() -> Terminal {
    let public_key = b"a public key".to_vec();
    Terminal { id: TerminalId::of_public_key(&public_key), public_key: Bytes(public_key) }
}

fn signed_by_terminal() -> TerminalSignature {
    let signature = Bytes(b"terminal's signature".to_vec());
    TerminalSignature { terminal: terminal(), algorithm: SignatureAlgorithm::EcdsaP256Sha256, signature }
}

fn certificate() -> Certificate {
    Certificate { certificate: Bytes(vec![0x30, 0x82, 0, 0]), algorithm: SignatureAlgorithm::RsaSha256 }
}

fn face() -> FaceReading {
    let attributes = Attributes {
        name: "見本 花子".into(),
        address: "東京都千代田区見本1-1".into(),
        birth_date: "19500401".parse().unwrap(),
        sex: Sex::Female,
    };
    FaceReading {
        attributes,
        photo: Bytes(b"JPEG 2000".to_vec()),
        expiry: "20300401".parse().unwrap(),
        terminal: signed_by_terminal(),
    }
}

pub fn snapshot() -> Snapshot {
    let reader = |name, card| Reader { name: label(name), card };
    Snapshot {
        service_running: true,
        readers: vec![reader("Virtual PCD 00 00", false), reader("Virtual PCD 00 01", true)],
        selected: Some(label("Virtual PCD 00 01")),
    }
}

pub fn reply(method: Method) -> Reply {
    let state = State { stage: Stage::Registration };
    match method {
        Method::Hello => Reply::Hello(Welcome {
            agreed: LEVELS.level,
            levels: LEVELS,
            version: label("0.1.0"),
            state: State { stage: Stage::Terms },
        }),
        Method::GetState => Reply::GetState(state),
        Method::AcceptTerms => Reply::AcceptTerms(state),
        Method::Register => Reply::Register(terminal()),
        Method::SetPasscode => Reply::SetPasscode(Unlocked { token: token() }),
        Method::Unlock => Reply::Unlock(Unlocked { token: token() }),
        Method::Lock => Reply::Lock(State { stage: Stage::Locked }),
        Method::ListReaders => Reply::ListReaders(snapshot()),
        Method::SelectReader => Reply::SelectReader(snapshot()),
        Method::GetTerminalId => Reply::GetTerminalId(terminal()),
        Method::GetCardStatus => {
            Reply::GetCardStatus(CardStatus { reader: label("Virtual PCD 00 01"), card: CardKind::MyNumber })
        }
        Method::GetTriesLeft => Reply::GetTriesLeft(TriesLeft { of: Counted::Pin, tries_left: 3 }),
        Method::ReadCertificate => Reply::ReadCertificate(certificate()),
        Method::Authenticate => Reply::Authenticate(AuthenticationReading {
            card: certificate(),
            signature: Bytes(b"card's signature".to_vec()),
            terminal: signed_by_terminal(),
        }),
        Method::ReadFace => Reply::ReadFace(face()),
        Method::Cancel => Reply::Cancel(CancelSent { found: true }),
    }
}

pub fn events() -> Vec<Event> {
    let reader = label("Virtual PCD 00 01");
    vec![
        Event::Snapshot(snapshot()),
        Event::ReaderAdded { reader: Reader { name: reader.clone(), card: false } },
        Event::ReaderSelected { reader: reader.clone() },
        Event::CardInserted { reader: reader.clone() },
        Event::Progress { request: 7, step: Step::Reading, percent: 40 },
        Event::CardRemoved { reader: reader.clone() },
        Event::ReaderRemoved { reader },
        Event::ServiceStopped,
        Event::ServiceStarted,
    ]
}
