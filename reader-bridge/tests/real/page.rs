//! A page of the web app, as far as the bridge can tell: a WebSocket with an Origin.

use std::{
    net::TcpStream,
    time::{Duration, Instant},
};

use protocol::{
    event::{Event, Snapshot, Step, View},
    failure::Failure,
    frame::{Message as Frame, RawReply, RequestFrame},
    label::Label,
    level::LEVELS,
    method::{Call, Request},
    reply::Stage,
    request::{AcceptTerms, Hello, Register, SelectReader, SetPasscode, Unlock},
    secret::{Passcode, Password, Token},
};
use tokio_tungstenite::tungstenite::{
    Error, Message, WebSocket,
    client::IntoClientRequest,
    http::{HeaderValue, Request as HttpRequest, StatusCode, header},
};

pub const PASSCODE: &str = "8642";
/// Nothing in these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Page {
    socket: WebSocket<TcpStream>,
    view: View,
    /// All events so far but the snapshot.
    pub events: Vec<Event>,
    pub token: Option<Token>,
    next_id: u64,
    answers: Vec<(Option<u64>, Result<RawReply, Failure>)>,
}

pub fn handshake(port: u16, origin: Option<&str>) -> HttpRequest<()> {
    let mut request = format!("ws://127.0.0.1:{port}/").into_client_request().unwrap();
    if let Some(origin) = origin {
        request.headers_mut().insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
    }
    request
}

/// The WebSocket, or the HTTP status it was refused with; `None`: closed without one.
pub fn try_connect(port: u16, request: HttpRequest<()>) -> Result<WebSocket<TcpStream>, Option<StatusCode>> {
    let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|_| None)?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    match tokio_tungstenite::tungstenite::client(request, stream) {
        Ok((socket, _)) => Ok(socket),
        Err(tokio_tungstenite::tungstenite::HandshakeError::Failure(Error::Http(response))) => {
            Err(Some(response.status()))
        }
        Err(_) => Err(None),
    }
}

impl Page {
    /// Connects without a word.
    pub fn silent(port: u16, origin: &str) -> Self {
        let socket = try_connect(port, handshake(port, Some(origin))).expect("a WebSocket");
        Self { socket, view: View::default(), events: Vec::new(), token: None, next_id: 1, answers: Vec::new() }
    }

    /// Connects and says hello.
    pub fn connect(port: u16, origin: &str) -> Self {
        let mut page = Self::silent(port, origin);
        page.call(Hello { levels: LEVELS }).expect("hello");
        page
    }

    /// From whatever stage to being unlocked with `reader` chosen.
    pub fn set_up(&mut self, reader: &str) {
        self.set_up_without_reader();
        self.call(SelectReader { reader: Label::parse(reader).unwrap() }).unwrap();
    }

    /// From whatever stage to being unlocked.
    pub fn set_up_without_reader(&mut self) {
        let stage = self.call(Hello { levels: LEVELS }).unwrap().state.stage;
        let passcode = Passcode::parse(PASSCODE).unwrap();
        if stage == Stage::Locked {
            self.unlock(PASSCODE).unwrap();
        } else {
            self.call(AcceptTerms { edition: 1 }).unwrap();
            let user_id = Label::parse("K1234567").unwrap();
            self.call(Register { user_id, password: Password::parse("Secret-Password-1").unwrap() }).unwrap();
            let unlocked = self.call(SetPasscode { current: None, new: passcode }).unwrap();
            self.token = Some(unlocked.token);
        }
    }

    pub fn unlock(&mut self, passcode: &str) -> Result<(), Failure> {
        let unlocked = self.call(Unlock { passcode: Passcode::parse(passcode).unwrap() })?;
        self.token = Some(unlocked.token);
        Ok(())
    }

    /// Asks and waits for the answer.
    pub fn call<C: Call>(&mut self, call: C) -> Result<C::Result, Failure> {
        let id = self.start(call);
        self.finish::<C>(id)
    }

    /// Asks only.
    pub fn start(&mut self, request: impl Into<Request>) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        let frame = RequestFrame { id, token: self.token.clone(), request: request.into() };
        self.send_text(&frame.encode());
        id
    }

    /// Waits for the answer to `id`.
    pub fn finish<C: Call>(&mut self, id: u64) -> Result<C::Result, Failure> {
        self.answer(Some(id)).map(|raw| raw.read::<C>().expect("the result of the call"))
    }

    /// Waits for an answer by its id.
    pub fn answer(&mut self, id: Option<u64>) -> Result<RawReply, Failure> {
        loop {
            if let Some(at) = self.answers.iter().position(|(of, _)| *of == id) {
                return self.answers.remove(at).1;
            }
            assert!(self.receive(), "the connection ended before the answer to {id:?}");
        }
    }

    pub fn send_text(&mut self, text: &str) {
        self.try_send(Message::text(text)).expect("the connection is open");
    }

    pub fn try_send(&mut self, message: Message) -> Result<(), Error> {
        self.socket.send(message)
    }

    /// Takes one message in. Returns whether the connection is still open.
    pub fn receive(&mut self) -> bool {
        let text = match self.socket.read() {
            Ok(Message::Text(text)) => text,
            Ok(Message::Close(_)) => return false,
            Ok(other) => panic!("{other:?}"),
            Err(Error::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => panic!("nothing came for long"),
            Err(_) => return false,
        };
        match Frame::decode(&text).expect("a frame of this protocol") {
            Frame::Answer(id, outcome) => self.answers.push((id, outcome)),
            Frame::Event(numbered) => {
                self.view.receive(&numbered).expect("no gap in the numbers");
                if numbered.number > 0 {
                    self.events.push(numbered.event);
                }
            }
        }
        true
    }

    /// Until the bridge closes the connection.
    pub fn read_to_the_end(&mut self) {
        while self.receive() {}
    }

    /// What the page knows of the readers.
    pub fn snapshot(&self) -> &Snapshot {
        self.view.snapshot()
    }

    /// Takes events in until the picture is as wanted.
    pub fn wait_until(&mut self, wanted: impl Fn(&Snapshot) -> bool) {
        let started = Instant::now();
        while !wanted(self.view.snapshot()) {
            assert!(started.elapsed() < PATIENCE, "the picture stays {:?}", self.view.snapshot());
            assert!(self.receive(), "the connection ended");
        }
    }

    /// Takes messages in until such an event has come.
    pub fn wait_for(&mut self, wanted: impl Fn(&Event) -> bool) {
        while !self.events.iter().any(&wanted) {
            assert!(self.receive(), "the connection ended");
        }
    }

    /// The steps told of a request, in order, each once.
    pub fn steps(&self, id: u64) -> Vec<Step> {
        let mut steps: Vec<_> = self
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Progress { request, step, .. } if *request == id => Some(*step),
                _ => None,
            })
            .collect();
        steps.dedup();
        steps
    }
}
