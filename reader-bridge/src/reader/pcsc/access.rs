//! One card for one transaction.

use std::{
    ffi::{CStr, CString},
    time::Duration,
};

use ::pcsc::{
    Card, Context, Disposition, Error, MAX_BUFFER_SIZE, Protocols, ReaderState, ShareMode, State, Transaction,
};
use protocol::{failure::Failure, label::Label};

use super::{establish, failure, kills_context};
use crate::reader::{Access, Channel, Work};

/// Keeps its context from one operation to the next, but no card: a connection held open would keep the card powered and
/// other programs from having it to themselves.
#[derive(Default)]
pub(super) struct PcscAccess {
    context: Option<Context>,
}

impl PcscAccess {
    /// Connects, with a new context where the old one has died.
    fn connect(&mut self, reader: &CStr) -> Result<Card, Failure> {
        if let Some(context) = &self.context {
            match connect(context, reader) {
                Err(error) if kills_context(error) => self.context = None,
                outcome => return outcome.map_err(failure),
            }
        }
        let context = self.context.insert(establish().map_err(failure)?);
        connect(context, reader).map_err(failure)
    }
}

fn connect(context: &Context, reader: &CStr) -> Result<Card, Error> {
    context.connect(reader, ShareMode::Shared, Protocols::ANY)
}

impl Access for PcscAccess {
    fn with_card(&mut self, reader: &Label, work: Work<'_>) -> Result<(), Failure> {
        let name = CString::new(reader.as_str()).map_err(|_| Failure::NoReader)?;
        let mut card = match self.connect(&name) {
            // A card that does not wake up may just be leaving.
            Err(Failure::ReaderFault) => return Err(too_early(why_no_answer(&name))),
            connected => connected?,
        };
        let outcome = in_transaction(&mut card, &name, work, true);
        // A card that cannot be left is gone, and so is its handle.
        let _ = card.disconnect(Disposition::LeaveCard);
        outcome
    }
}

/// The card may have been reset, or exchanged, while another program held it: then it is connected once more.
fn in_transaction(card: &mut Card, reader: &CStr, work: Work<'_>, again: bool) -> Result<(), Failure> {
    match card.transaction2() {
        Ok(transaction) => {
            run(transaction, reader, work);
            Ok(())
        }
        Err((card, Error::ResetCard | Error::RemovedCard)) if again => {
            let connected = card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard);
            connected.map_err(|error| too_early(failure(error)))?;
            in_transaction(card, reader, work, false)
        }
        Err((_, error)) => Err(failure(error)),
    }
}

/// Before a transaction, a card that is not there is no card; only within one it was pulled.
fn too_early(failure: Failure) -> Failure {
    if failure == Failure::CardPulled { Failure::NoCard } else { failure }
}

fn run(transaction: Transaction<'_>, reader: &CStr, work: Work<'_>) {
    let mut channel = PcscChannel { reader, transaction, reset_afterwards: false };
    work(&mut channel);
    let disposition = if channel.reset_afterwards { Disposition::ResetCard } else { Disposition::LeaveCard };
    if let Err((_, error)) = channel.transaction.end(disposition) {
        tracing::debug!(pcsc.error = ?error, "the transaction could not be ended");
    }
}

/// A command without an answer: the service may be going, the card may have been pulled, the reader may be broken. The
/// error is the same; what is there a moment later is not.
fn why_no_answer(reader: &CStr) -> Failure {
    /// A removed card shows after 30 to 400 ms.
    const NOTICED: Duration = Duration::from_secs(1);
    let Ok(context) = establish() else { return Failure::ServiceStopped };
    let mut states = [ReaderState::new(reader, State::UNAWARE)];
    let mut look = |patience| {
        let outcome = context.get_status_change(patience, &mut states);
        states[0].sync_current_state();
        match outcome {
            Ok(()) | Err(Error::Timeout) => {
                Ok((states[0].current_state().contains(State::PRESENT), states[0].event_count()))
            }
            Err(error) => Err(failure(error)),
        }
    };
    let there = match look(Duration::ZERO) {
        // Cards are counted: one that lies there a moment later may already be the next.
        Ok((true, count)) => look(NOTICED).map(|(present, later)| present && later == count),
        Ok((false, _)) => Ok(false),
        Err(failure) => Err(failure),
    };
    match there {
        Ok(true) => Failure::ReaderFault,
        Ok(false) => Failure::CardPulled,
        Err(failure) => failure,
    }
}

struct PcscChannel<'a> {
    reader: &'a CStr,
    transaction: Transaction<'a>,
    reset_afterwards: bool,
}

impl Channel for PcscChannel<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut buffer = [0; MAX_BUFFER_SIZE];
        match self.transaction.transmit(command, &mut buffer) {
            // Some drivers give nothing for a card that has just gone.
            Ok([] | [_]) => Err(why_no_answer(self.reader)),
            Ok(answer) => Ok(answer.to_vec()),
            // Here no card means that it was there a moment ago.
            Err(Error::NoSmartcard) => Err(Failure::CardPulled),
            Err(error @ (Error::CommError | Error::NotTransacted)) => {
                tracing::debug!(pcsc.error = ?error, "a command got no answer");
                Err(why_no_answer(self.reader))
            }
            Err(error) => Err(failure(error)),
        }
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.transaction.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::ResetCard).map_err(failure)
    }

    fn reset_afterwards(&mut self) {
        self.reset_afterwards = true;
    }
}
