//! What happens on M-1 … M-13, without a browser: inputs come in, orders go out, the screen follows from the state.
//!
//! ```text
//!  person, socket, server ──▶ Desk::take(Input) ──▶ Vec<Order> ──▶ socket, server, next page
//!                                  │
//!                                  └──▶ step, moment, trouble: what the island draws
//! ```

mod answers;
mod read;
#[cfg(test)]
mod tests;
mod words;

use domain::reading::Mode;
use protocol::{
    event::{Event, Snapshot},
    label::Label,
    level::LEVELS,
    request::{AcceptTerms, Counted, GetTerminalId, Hello, Lock, Register, SelectReader, SetPasscode, Unlock},
    secret::{NumberB, Passcode, Password, Pin},
};

use super::{
    link::{Heard, Link},
    trouble::Trouble,
};
use crate::routes::ReaderStep;

pub use words::Permission;
pub(super) use words::{Connection, Face, Input, Moment, Note, Order};

/// The edition of the terms on M-1; reader-bridge takes no other.
pub(super) const TERMS_EDITION: u32 = 1;

/// Seconds between the first tries to connect, and the longest wait.
const BACK_OFF: (u32, u32) = (1, 15);

/// A secret on its way to the card, while the server makes the challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Pin(Pin),
    NumberB(NumberB),
}

/// Everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Desk {
    /// The screen.
    pub(super) step: Option<ReaderStep>,
    /// Where the page was opened, and where a set-up that is done leads.
    opened: Option<ReaderStep>,
    pub(super) connection: Connection,
    pub(super) trouble: Option<Trouble>,
    pub(super) moment: Moment,
    pub(super) mode: Mode,
    /// A request is under way that the person waits for.
    pub(super) busy: bool,
    pub(super) note: Option<Note>,
    /// 端末固有ID, once it was asked for.
    pub(super) terminal: Option<String>,
    /// How far the card is: the step and percent of the whole.
    pub(super) progress: Option<(protocol::event::Step, u8)>,
    tries: u32,
    link: Link,
    first_passcode: Option<Passcode>,
    key: Option<Key>,
    last_try: bool,
    nonce: Option<String>,
    reading: Option<u64>,
    face: Option<Box<Face>>,
}

impl Desk {
    /// The page as it is opened at `step`, before anything is known.
    pub(super) fn opened_at(step: ReaderStep) -> Self {
        let trouble = (step == ReaderStep::Failed).then_some(Trouble::NotRunning);
        Self { step: Some(step), opened: Some(step), trouble, ..Self::default() }
    }

    /// The screen.
    pub(super) fn screen(&self) -> ReaderStep {
        if self.trouble.is_some() { ReaderStep::Failed } else { self.step.unwrap_or(ReaderStep::Choose) }
    }

    /// Readers and cards.
    pub(super) fn snapshot(&self) -> &Snapshot {
        self.link.view().snapshot()
    }

    /// What tries are counted for.
    pub(super) const fn counted(&self) -> Counted {
        match self.mode {
            Mode::Pin => Counted::Pin,
            Mode::Face => Counted::NumberB,
        }
    }

    /// Takes what happened; answers what is to be done.
    pub(super) fn take(&mut self, input: Input) -> Vec<Order> {
        match input {
            Input::Permission(permission) => self.permitted(permission),
            Input::Opened => {
                (self.connection, self.tries, self.link) = (Connection::Greeting, 0, Link::default());
                self.ask(Hello { levels: LEVELS })
            }
            Input::Closed => self.closed(),
            Input::Frame(text) => self.heard(&text),
            Input::Reconnect if self.connection == Connection::Closed => self.connect(0),
            Input::Reconnect => Vec::new(),
            Input::NotUsed(error) if self.moment == Moment::Done => self.in_trouble(Trouble::Server(error)),
            Input::Challenge(_) | Input::Judged(_) | Input::Confirmed(..) | Input::Compared(_) | Input::Enter(..) => {
                self.reading(input)
            }
            Input::Again => self.again(),
            person => self.person(person),
        }
    }

    fn permitted(&mut self, permission: Permission) -> Vec<Order> {
        match permission {
            Permission::Granted => return self.connect(0),
            Permission::Prompt => self.trouble = Some(Trouble::AskNetwork),
            Permission::Denied => self.trouble = Some(Trouble::NetworkDenied),
        }
        Vec::new()
    }

    fn connect(&mut self, after: u32) -> Vec<Order> {
        if after == 0 {
            self.connection = Connection::Opening;
        }
        vec![Order::Connect(after)]
    }

    /// Waits longer from try to try.
    fn closed(&mut self) -> Vec<Order> {
        let was = std::mem::replace(&mut self.connection, Connection::Closed);
        let wait = (BACK_OFF.0 << self.tries.min(4)).min(BACK_OFF.1);
        self.tries += 1;
        self.forget();
        let known =
            self.trouble.as_ref().is_some_and(|trouble| !trouble.reconnects() && *trouble != Trouble::AskNetwork);
        if !known {
            let never = was == Connection::Opening;
            self.trouble = Some(if never { Trouble::NotRunning } else { Trouble::Lost });
        }
        self.connect(wait)
    }

    /// Nothing of a reading outlives its connection.
    fn forget(&mut self) {
        (self.busy, self.note, self.progress) = (false, None, None);
        (self.key, self.nonce, self.reading, self.face, self.first_passcode) = (None, None, None, None, None);
    }

    fn heard(&mut self, text: &str) -> Vec<Order> {
        match self.link.hear(text) {
            Heard::Event(Event::Progress { request, step, percent }) => {
                if self.reading == Some(request) {
                    self.progress = Some((step, percent));
                }
                Vec::new()
            }
            Heard::Event(_) => self.look(),
            Heard::Reply(reply) => self.answered(reply),
            Heard::Failed(method, failure) => self.failed(method, failure),
            Heard::Nothing => Vec::new(),
            Heard::Broken => vec![Order::Hang],
        }
    }

    fn ask(&mut self, request: impl Into<protocol::method::Request>) -> Vec<Order> {
        let (_, frame) = self.link.ask(request);
        vec![Order::Send(frame)]
    }

    /// The same, and the person waits for the answer.
    fn ask_busily(&mut self, request: impl Into<protocol::method::Request>) -> Vec<Order> {
        (self.busy, self.note) = (true, None);
        self.ask(request)
    }

    fn show(&mut self, step: ReaderStep) -> Vec<Order> {
        (self.step, self.trouble, self.note, self.busy) = (Some(step), None, None, false);
        match step {
            ReaderStep::Read => self.begin_reading(),
            ReaderStep::TerminalId => self.ask(GetTerminalId {}),
            _ => Vec::new(),
        }
    }

    /// What a person does outside a reading. Nothing twice while an answer is awaited.
    fn person(&mut self, input: Input) -> Vec<Order> {
        if self.connection != Connection::Ready || (self.busy && input != Input::Cancel) {
            return Vec::new();
        }
        match input {
            Input::Accept => self.ask_busily(AcceptTerms { edition: TERMS_EDITION }),
            Input::Account(user, password) => match (Label::parse(user.trim()), Password::parse(&password)) {
                (Ok(user_id), Ok(password)) => self.ask_busily(Register { user_id, password }),
                _ => self.noted(Note::Malformed),
            },
            Input::Passcode(typed) => match Passcode::parse(&typed) {
                Ok(passcode) => self.passcode(passcode),
                Err(_) => self.noted(Note::Malformed),
            },
            Input::Next => self.next(),
            Input::Mode(mode) => {
                self.mode = mode;
                Vec::new()
            }
            Input::Go(step) => self.show(step),
            Input::Select(reader) => self.ask_busily(SelectReader { reader }),
            Input::Lock => self.ask_busily(Lock {}),
            Input::Cancel => self.cancel(),
            _ => Vec::new(),
        }
    }

    fn noted(&mut self, note: Note) -> Vec<Order> {
        self.note = Some(note);
        Vec::new()
    }

    fn passcode(&mut self, typed: Passcode) -> Vec<Order> {
        match self.screen() {
            ReaderStep::Passcode => {
                self.first_passcode = Some(typed);
                self.show(ReaderStep::PasscodeAgain)
            }
            ReaderStep::PasscodeAgain if self.first_passcode.as_ref() == Some(&typed) => {
                self.first_passcode = None;
                self.ask_busily(SetPasscode { current: None, new: typed })
            }
            ReaderStep::PasscodeAgain => {
                // Both again: which of the two was meant, nobody knows.
                self.first_passcode = None;
                let orders = self.show(ReaderStep::Passcode);
                self.note = Some(Note::Differs);
                orders
            }
            ReaderStep::Unlock => self.ask_busily(Unlock { passcode: typed }),
            _ => Vec::new(),
        }
    }

    fn next(&mut self) -> Vec<Order> {
        match self.screen() {
            ReaderStep::Registered => self.show(ReaderStep::Passcode),
            ReaderStep::PasscodeSet => self.show(ReaderStep::Choose),
            ReaderStep::Choose if self.snapshot().selected.is_none() => self.show(ReaderStep::Readers),
            ReaderStep::Choose => self.show(ReaderStep::Read),
            _ => Vec::new(),
        }
    }

    /// M-12's button.
    fn again(&mut self) -> Vec<Order> {
        let trouble = self.trouble.take();
        match (trouble, self.connection) {
            (_, Connection::Closed | Connection::Opening) => {
                self.tries = 0;
                self.connect(0)
            }
            (Some(Trouble::Bridge(_)), Connection::Greeting) => self.ask(Hello { levels: LEVELS }),
            (Some(Trouble::Bridge(_)), _) => match self.step {
                Some(ReaderStep::Read) => self.show(ReaderStep::Read),
                Some(step) => self.show(step),
                None => self.show(ReaderStep::Choose),
            },
            _ => self.show(ReaderStep::Choose),
        }
    }
}
