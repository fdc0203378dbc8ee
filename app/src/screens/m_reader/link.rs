//! One connection to reader-bridge: request numbers, the token, who waits for which answer, the picture of the readers.

use std::collections::BTreeMap;

use protocol::{
    event::{Event, View},
    failure::Failure,
    frame::{Message, RequestFrame},
    method::{Method, Reply, Request},
    secret::Token,
};
use zeroize::Zeroizing;

/// A connection, as far as its frames go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    asked: u64,
    token: Option<Token>,
    waiting: BTreeMap<u64, Method>,
    view: View,
}

/// What a frame says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Something happened; the picture is up to date.
    Event(Event),
    /// An answer.
    Reply(Reply),
    /// A request was not fulfilled.
    Failed(Method, Failure),
    /// Nothing that anybody waits for.
    Nothing,
    /// An event is missing or a frame makes no sense: only a new connection gives a true picture.
    Broken,
}

impl Link {
    /// Readers and cards as of the latest event.
    pub(super) fn view(&self) -> &View {
        &self.view
    }

    /// Writes a request down as waiting; answers its number and its frame.
    pub(super) fn ask(&mut self, request: impl Into<Request>) -> (u64, Zeroizing<String>) {
        let request = request.into();
        self.asked += 1;
        let method = request.method();
        self.waiting.insert(self.asked, method);
        let token = self.token.clone().filter(|_| method.needs_token());
        (self.asked, RequestFrame { id: self.asked, token, request }.encode())
    }

    /// Takes a frame.
    pub(super) fn hear(&mut self, text: &str) -> Heard {
        match Message::decode(text) {
            Ok(Message::Event(numbered)) => match self.view.receive(&numbered) {
                Ok(()) => Heard::Event(numbered.event),
                Err(_) => Heard::Broken,
            },
            Ok(Message::Answer(Some(id), outcome)) => {
                let Some(method) = self.waiting.remove(&id) else { return Heard::Nothing };
                match outcome.map(|raw| raw.reply(method)) {
                    Ok(Ok(reply)) => self.keep_token(reply),
                    Ok(Err(_)) => Heard::Broken,
                    Err(failure) => Heard::Failed(method, failure),
                }
            }
            Ok(Message::Answer(None, _)) => Heard::Nothing,
            Err(_) => Heard::Broken,
        }
    }

    fn keep_token(&mut self, reply: Reply) -> Heard {
        match &reply {
            Reply::Unlock(unlocked) | Reply::SetPasscode(unlocked) => self.token = Some(unlocked.token.clone()),
            Reply::Lock(_) => self.token = None,
            _ => {}
        }
        Heard::Reply(reply)
    }
}
