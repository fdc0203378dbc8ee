//! Card readers: which there are, what lies on them, and a card of one's own for a moment.
//!
//! ```text
//!  watching thread ── [`Watcher`] ──▶ [`hub`] ── snapshot, events ──▶ every connection
//!  a thread for each reader ── [`Access`] ◀── jobs ── [`lane`] ◀── one connection at a time; others hear `busy`
//! ```
//! The operating system's calls block, some of them for as long as another program likes. So they run on threads of
//! their own, and what waits for them has a deadline. The traits are here so that tests can script what real readers
//! do rarely; the one implementation that is shipped is [`pcsc`].

pub mod hub;
pub mod lane;
pub mod pcsc;
#[cfg(test)]
pub(crate) mod scripted;

use protocol::{failure::Failure, label::Label};

/// The way to one card during one transaction.
pub trait Channel {
    /// Sends a command APDU.
    ///
    /// Returns: the answer with its status.
    /// Errors: `card_pulled`, `reader_fault`, `service_stopped`; `cancelled` once nobody waits for the answer any more.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure>;

    /// Resets the card within the transaction, so that it forgets what was verified.
    fn reset(&mut self) -> Result<(), Failure>;

    /// Resets the card when the transaction ends, so that no other program finds what is verified from here on.
    fn reset_afterwards(&mut self);
}

/// Work on a card. Its outcome travels inside the closure.
pub type Work<'a> = &'a mut dyn FnMut(&mut dyn Channel);

/// Opens cards, from one thread.
pub trait Access: Send {
    /// Runs `work` once, with the card on `reader`, while no other program can use that card.
    ///
    /// Blocks as long as another program holds the card. Errors: `work` did not run: `no_card`, `no_reader`, `busy`,
    /// `service_stopped`, `reader_fault`, `not_my_number_card`.
    fn with_card(&mut self, reader: &Label, work: Work<'_>) -> Result<(), Failure>;
}

/// A reader as the operating system sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its name.
    pub name: Label,
    /// A card lies on it.
    pub card: bool,
    /// Grows with each insertion and removal, so that a quick exchange is noticed.
    pub changes: u32,
}

/// What there is at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The PC/SC service answers.
    pub service_running: bool,
    /// All readers.
    pub slots: Vec<Slot>,
}

/// Watches readers, from one thread.
pub trait Watcher: Send {
    /// Blocks until the picture differs from `known`; with `None` it returns at once.
    fn next(&mut self, known: Option<&Picture>) -> Picture;
}

/// The operating system's card service.
pub trait Readers: Send + Sync + 'static {
    /// To be used by one thread.
    fn watcher(&self) -> Box<dyn Watcher>;
    /// To be used by one thread.
    fn access(&self) -> Box<dyn Access>;
}
