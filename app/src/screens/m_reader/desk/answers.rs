//! What reader-bridge answers, and what it tells unasked.

use protocol::{
    failure::Failure,
    method::{Method, Reply},
    reply::{Stage, Welcome},
    request::GetState,
};

use super::{Connection, Desk, Moment, Note, Order};
use crate::{routes::ReaderStep, screens::m_reader::trouble::Trouble};

impl Desk {
    pub(super) fn answered(&mut self, reply: Reply) -> Vec<Order> {
        match reply {
            Reply::Hello(Welcome { state, .. }) => {
                self.connection = Connection::Ready;
                self.at_stage(state.stage)
            }
            Reply::GetState(state) | Reply::AcceptTerms(state) | Reply::Lock(state) => self.at_stage(state.stage),
            Reply::Register(_) => self.show(ReaderStep::Registered),
            Reply::SetPasscode(_) => self.show(ReaderStep::PasscodeSet),
            Reply::Unlock(_) => self.set_up(),
            Reply::SelectReader(_) => self.show(ReaderStep::Choose),
            Reply::GetTerminalId(terminal) => {
                self.terminal = Some(terminal.id.to_string());
                Vec::new()
            }
            Reply::GetTriesLeft(left) => self.may_enter(left),
            Reply::Authenticate(reading) => self.submit(&reading, None),
            Reply::ReadFace(reading) => self.submit(&reading, Some(&reading)),
            Reply::ListReaders(_) | Reply::GetCardStatus(_) | Reply::ReadCertificate(_) | Reply::Cancel(_) => {
                Vec::new()
            }
        }
    }

    /// What reader-bridge waits for.
    fn at_stage(&mut self, stage: Stage) -> Vec<Order> {
        match stage {
            Stage::Terms => self.show(ReaderStep::Terms),
            Stage::Registration => self.show(ReaderStep::Account),
            Stage::Passcode => self.show(ReaderStep::Passcode),
            Stage::Locked => self.show(ReaderStep::Unlock),
            Stage::Ready => self.set_up(),
        }
    }

    /// Nothing is left to set up: the screen that the page was opened for, if it is one of those that need no other
    /// before it.
    fn set_up(&mut self) -> Vec<Order> {
        let wanted = self.opened.take();
        let free = [ReaderStep::Menu, ReaderStep::Readers, ReaderStep::TerminalId];
        self.show(wanted.filter(|step| free.contains(step)).unwrap_or(ReaderStep::Choose))
    }

    pub(super) fn failed(&mut self, method: Method, failure: Failure) -> Vec<Order> {
        self.busy = false;
        match (method, failure) {
            (_, Failure::Locked) => {
                self.forget();
                self.show(ReaderStep::Unlock)
            }
            (_, Failure::NotSetUp) => self.ask(GetState {}),
            (Method::Unlock, Failure::WrongPasscode { .. } | Failure::PasscodeDelayed { .. })
            | (Method::Register, Failure::InvalidParams) => self.noted(Note::Bridge(failure)),
            // It may be said of the card before, while the next one lies there already.
            (Method::GetTriesLeft, Failure::NoCard | Failure::CardPulled) => self.begin_reading(),
            (Method::Authenticate | Method::ReadFace, _) => self.not_read(failure),
            (Method::Cancel, _) => Vec::new(),
            _ => self.in_trouble(Trouble::Bridge(failure)),
        }
    }

    pub(super) fn in_trouble(&mut self, trouble: Trouble) -> Vec<Order> {
        self.forget();
        self.moment = Moment::NoCard;
        self.trouble = Some(trouble);
        Vec::new()
    }

    /// After readers or cards changed.
    pub(super) fn look(&mut self) -> Vec<Order> {
        if self.connection != Connection::Ready {
            return Vec::new();
        }
        if self.trouble.as_ref().is_some_and(Trouble::ends_by_itself) {
            return match self.reader_trouble() {
                None => self.again(),
                // The service may be back without the reader.
                Some(failure) => self.in_trouble(Trouble::Bridge(failure)),
            };
        }
        if self.trouble.is_some() || self.step != Some(ReaderStep::Read) || self.reading.is_some() {
            return Vec::new();
        }
        match self.moment {
            Moment::Asking | Moment::Enter { .. } if self.card_there() && self.reader_trouble().is_none() => Vec::new(),
            Moment::NoCard | Moment::Asking | Moment::Enter { .. } => self.begin_reading(),
            _ => Vec::new(),
        }
    }

    /// Why no reader can be used, as far as events tell.
    pub(super) fn reader_trouble(&self) -> Option<Failure> {
        let now = self.snapshot();
        let selected = now.selected.as_ref().is_some_and(|name| now.readers.iter().any(|reader| reader.name == *name));
        match (now.service_running, selected) {
            (false, _) => Some(Failure::ServiceStopped),
            (true, false) => Some(Failure::NoReader),
            (true, true) => None,
        }
    }

    /// A card lies on the selected reader.
    pub(super) fn card_there(&self) -> bool {
        let now = self.snapshot();
        now.readers.iter().any(|reader| reader.card && now.selected.as_ref() == Some(&reader.name))
    }
}
