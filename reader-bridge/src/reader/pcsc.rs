//! The operating system's PC/SC service.
//!
//! What it was measured to do, and what follows: a dropped `Card` resets the card under other programs, so it is always
//! disconnected by hand. After a restart of the service the old context is dead, although it claims to be valid, so every
//! such error makes a new one. A card reset by another program must be reconnected before it can be used.

mod access;
mod watcher;

use ::pcsc::{Context, Error, Scope};
use protocol::failure::Failure;

use crate::reader::{Access, Readers, Watcher};

/// All of PC/SC.
#[derive(Clone, Copy, Debug, Default)]
pub struct PcscReaders;

impl Readers for PcscReaders {
    fn watcher(&self) -> Box<dyn Watcher> {
        Box::new(watcher::PcscWatcher::default())
    }

    fn access(&self) -> Box<dyn Access> {
        Box::new(access::PcscAccess::default())
    }
}

fn establish() -> Result<Context, Error> {
    Context::establish(Scope::User)
}

/// Whether the context must be made anew.
const fn kills_context(error: Error) -> bool {
    matches!(
        error,
        Error::NoService
            | Error::ServiceStopped
            | Error::InvalidHandle
            | Error::CommError
            | Error::CommDataLost
            | Error::InternalError
            | Error::UnknownError
    )
}

/// What a failed call means to the person.
fn failure(error: Error) -> Failure {
    tracing::debug!(pcsc.error = ?error, "the card service refused");
    match error {
        Error::NoService | Error::ServiceStopped | Error::ServerTooBusy | Error::CommError => Failure::ServiceStopped,
        Error::UnknownReader | Error::ReaderUnavailable | Error::NoReadersAvailable => Failure::NoReader,
        Error::NoSmartcard => Failure::NoCard,
        Error::RemovedCard | Error::NotTransacted | Error::ResetCard => Failure::CardPulled,
        Error::SharingViolation => Failure::Busy,
        Error::UnsupportedCard | Error::ProtoMismatch => Failure::NotMyNumberCard,
        _ => Failure::ReaderFault,
    }
}
