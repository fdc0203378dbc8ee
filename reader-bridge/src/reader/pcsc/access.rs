//! One card for one transaction.

use std::ffi::CString;

use ::pcsc::{Card, Context, Disposition, Error, MAX_BUFFER_SIZE, Protocols, ShareMode, Transaction};
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
    fn connect(&mut self, reader: &Label) -> Result<Card, Failure> {
        let name = CString::new(reader.as_str()).map_err(|_| Failure::NoReader)?;
        if let Some(context) = &self.context {
            match connect(context, &name) {
                Err(error) if kills_context(error) => self.context = None,
                outcome => return outcome.map_err(failure),
            }
        }
        let context = self.context.insert(establish().map_err(failure)?);
        connect(context, &name).map_err(failure)
    }
}

fn connect(context: &Context, reader: &CString) -> Result<Card, Error> {
    context.connect(reader, ShareMode::Shared, Protocols::ANY)
}

impl Access for PcscAccess {
    fn with_card(&mut self, reader: &Label, work: Work<'_>) -> Result<(), Failure> {
        let mut card = self.connect(reader)?;
        let outcome = in_transaction(&mut card, work, true);
        // A card that cannot be left is gone, and so is its handle.
        let _ = card.disconnect(Disposition::LeaveCard);
        outcome
    }
}

/// The card may have been reset, or exchanged, while another program held it: then it is connected once more.
fn in_transaction(card: &mut Card, work: Work<'_>, again: bool) -> Result<(), Failure> {
    match card.transaction2() {
        Ok(transaction) => {
            run(transaction, work);
            Ok(())
        }
        Err((card, Error::ResetCard | Error::RemovedCard)) if again => {
            reconnect(card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard))?;
            in_transaction(card, work, false)
        }
        Err((_, error)) => Err(failure(error)),
    }
}

/// Before a transaction, a card that is not there is no card; only within one it was pulled.
fn reconnect(outcome: Result<(), Error>) -> Result<(), Failure> {
    outcome.map_err(|error| match failure(error) {
        Failure::CardPulled => Failure::NoCard,
        other => other,
    })
}

fn run(transaction: Transaction<'_>, work: Work<'_>) {
    let mut channel = PcscChannel { transaction, reset_afterwards: false };
    work(&mut channel);
    let disposition = if channel.reset_afterwards { Disposition::ResetCard } else { Disposition::LeaveCard };
    if let Err((_, error)) = channel.transaction.end(disposition) {
        tracing::debug!(pcsc.error = ?error, "the transaction could not be ended");
    }
}

struct PcscChannel<'a> {
    transaction: Transaction<'a>,
    reset_afterwards: bool,
}

impl Channel for PcscChannel<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut buffer = [0; MAX_BUFFER_SIZE];
        match self.transaction.transmit(command, &mut buffer) {
            Ok(answer) => Ok(answer.to_vec()),
            // Here no card means that it was there a moment ago.
            Err(Error::NoSmartcard) => Err(Failure::CardPulled),
            // The service going away shows first as a broken line; so does a broken reader.
            Err(Error::CommError) if establish().is_ok() => Err(Failure::ReaderFault),
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
