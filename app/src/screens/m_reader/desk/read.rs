//! M-11: from a card on the reader to a reading that the server took.

use domain::reading::Mode;
use protocol::{
    bytes::Nonce,
    failure::Failure,
    reading::FaceReading,
    reply::TriesLeft,
    request::{Authenticate, Cancel, GetTriesLeft, ReadFace},
    secret::{NumberB, Pin},
};
use serde::Serialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Desk, Face, Input, Key, Moment, Note, Order};
use crate::{error::ApiError, routes::ReaderStep, screens::m_reader::trouble::Trouble};

impl Desk {
    /// Waits for a card, or asks how many tries the one that lies there has left.
    pub(super) fn begin_reading(&mut self) -> Vec<Order> {
        self.forget();
        if let Some(failure) = self.reader_trouble() {
            return self.in_trouble(Trouble::Bridge(failure));
        }
        if self.card_there() {
            self.moment = Moment::Asking;
            return self.ask(GetTriesLeft { of: self.counted() });
        }
        self.moment = Moment::NoCard;
        Vec::new()
    }

    pub(super) fn may_enter(&mut self, left: TriesLeft) -> Vec<Order> {
        if self.moment != Moment::Asking || left.of != self.counted() {
            return Vec::new();
        }
        if left.tries_left == 0 {
            return self.in_trouble(Trouble::Bridge(self.blocked()));
        }
        self.moment = Moment::Enter { tries: left.tries_left };
        Vec::new()
    }

    const fn blocked(&self) -> Failure {
        match self.mode {
            Mode::Pin => Failure::PinBlocked,
            Mode::Face => Failure::NumberBBlocked,
        }
    }

    /// What belongs to a reading under way; whatever comes too late is passed over.
    pub(super) fn reading(&mut self, input: Input) -> Vec<Order> {
        match (input, &self.moment) {
            (Input::Enter(typed, last), Moment::Enter { tries }) => self.entered(&typed, last || *tries > 1),
            (Input::Challenge(Ok(nonce)), Moment::Challenging) => self.read_card(nonce),
            (Input::Judged(Ok(id)), Moment::Judging) => match self.face.take() {
                Some(face) => {
                    self.moment = Moment::Compare { id, face };
                    Vec::new()
                }
                None => self.done(id),
            },
            (Input::Compared(same), Moment::Compare { id, .. }) => {
                let id = *id;
                self.moment = Moment::Confirming { id };
                vec![Order::Confirm(id, same)]
            }
            (Input::Confirmed(true, Ok(())), Moment::Confirming { id }) => self.done(*id),
            (Input::Confirmed(false, Ok(())), Moment::Confirming { .. }) => self.in_trouble(Trouble::Different),
            (Input::Challenge(Err(error)), Moment::Challenging)
            | (Input::Judged(Err(error)), Moment::Judging)
            | (Input::Confirmed(_, Err(error)), Moment::Confirming { .. }) => self.in_trouble(Trouble::Server(error)),
            _ => Vec::new(),
        }
    }

    fn done(&mut self, id: Uuid) -> Vec<Order> {
        self.moment = Moment::Done;
        vec![Order::Use(id)]
    }

    /// A number was entered; `sure`: the person knows what a last try means, or it is none.
    fn entered(&mut self, typed: &Zeroizing<String>, sure: bool) -> Vec<Order> {
        let key = match self.mode {
            Mode::Pin => Pin::parse(typed).map(Key::Pin),
            Mode::Face => NumberB::parse(typed).map(Key::NumberB),
        };
        match key {
            Err(_) => self.noted(Note::Malformed),
            Ok(_) if !sure => self.noted(Note::ConfirmLast),
            Ok(key) => {
                self.last_try = matches!(self.moment, Moment::Enter { tries: 1 });
                (self.note, self.key, self.moment) = (None, Some(key), Moment::Challenging);
                vec![Order::Challenge(self.mode)]
            }
        }
    }

    /// The challenge is there: the card is asked to sign it, or to show the face. Whoever came this far was asked
    /// before a last try, by [`Self::entered`]; reader-bridge counts again.
    fn read_card(&mut self, nonce: String) -> Vec<Order> {
        let parsed: Option<Nonce> = serde_json::from_value(nonce.clone().into()).ok();
        let (Some(parsed), Some(key)) = (parsed, self.key.take()) else {
            return self.in_trouble(Trouble::Server(ApiError::Internal));
        };
        let confirm_last_try = self.last_try;
        let (id, frame) = match key {
            Key::Pin(pin) => self.link.ask(Authenticate { nonce: parsed, pin, confirm_last_try }),
            Key::NumberB(number_b) => self.link.ask(ReadFace { nonce: parsed, number_b, confirm_last_try }),
        };
        (self.nonce, self.reading, self.moment) = (Some(nonce), Some(id), Moment::Working);
        vec![Order::Send(frame)]
    }

    /// The card was read: the server judges.
    pub(super) fn submit(&mut self, reading: &impl Serialize, face: Option<&FaceReading>) -> Vec<Order> {
        let (Some(nonce), Ok(json)) = (self.nonce.take(), serde_json::to_string(reading)) else { return Vec::new() };
        let face = face.map(|face| Face { attributes: face.attributes.clone(), photo: face.photo.0.clone() });
        (self.reading, self.progress, self.face) = (None, None, face.map(Box::new));
        self.moment = Moment::Judging;
        vec![Order::Submit(self.mode, nonce, json)]
    }

    /// The card was not read. A wrong number may be entered again; everything else is M-12's.
    pub(super) fn not_read(&mut self, failure: Failure) -> Vec<Order> {
        self.forget();
        match failure {
            Failure::WrongPin { tries_left: 0 } | Failure::WrongNumberB { tries_left: 0 } => {
                self.in_trouble(Trouble::Bridge(self.blocked()))
            }
            Failure::WrongPin { tries_left }
            | Failure::WrongNumberB { tries_left }
            | Failure::PinLastTry { tries_left }
            | Failure::NumberBLastTry { tries_left } => {
                self.moment = Moment::Enter { tries: tries_left };
                self.noted(Note::Bridge(failure))
            }
            other => self.in_trouble(Trouble::Bridge(other)),
        }
    }

    /// 「読み取りを中止する」: the request itself answers `cancelled`; before and after it there is nothing to stop.
    pub(super) fn cancel(&mut self) -> Vec<Order> {
        if let Some(request) = self.reading {
            return self.ask(Cancel { request });
        }
        self.forget();
        self.moment = Moment::NoCard;
        self.show(ReaderStep::Choose)
    }
}
