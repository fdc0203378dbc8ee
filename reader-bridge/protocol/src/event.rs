//! What reader-bridge tells without being asked, numbered per connection.
//!
//! Number 0 is a snapshot; each further event adds one. [`View`] keeps the picture up to date and notices a missing
//! number, after which only a new connection gives a true picture.

use serde::{Deserialize, Serialize};

use crate::label::Label;

/// An event and its place in the connection's sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// 0, 1, 2 …
    pub number: u64,
    /// What happened.
    pub event: Event,
}

/// A reader and whether a card lies on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// Name given by the operating system; unique at any one time.
    pub name: Label,
    /// A card lies on it.
    pub card: bool,
}

/// All that events tell about readers, at one moment. Also the answer to `readers.list` and `readers.select`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The PC/SC service answers.
    pub service_running: bool,
    /// All readers, in the service's order.
    pub readers: Vec<Reader>,
    /// The chosen one; may be unplugged at the moment.
    pub selected: Option<Label>,
}

/// A step of a read, in the words of screen M-11.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Waiting until a card lies on the reader.
    WaitingForCard,
    /// Finding out what card it is.
    Recognising,
    /// The card checks 暗証番号 or 照合番号B.
    Verifying,
    /// Data come from the card.
    Reading,
    /// Card or terminal signs.
    Signing,
}

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The state when the connection was accepted.
    Snapshot(Snapshot),
    /// A reader was plugged in.
    ReaderAdded {
        /// It.
        reader: Reader,
    },
    /// A reader was unplugged.
    ReaderRemoved {
        /// Its name.
        reader: Label,
    },
    /// A reader was chosen, here or in another tab.
    ReaderSelected {
        /// Its name.
        reader: Label,
    },
    /// A card was laid on a reader.
    CardInserted {
        /// The reader's name.
        reader: Label,
    },
    /// A card was taken away.
    CardRemoved {
        /// The reader's name.
        reader: Label,
    },
    /// A request of this connection got further.
    Progress {
        /// The request's id.
        request: u64,
        /// What is being done.
        step: Step,
        /// 0 to 100 of the whole request.
        percent: u8,
    },
    /// The PC/SC service is gone, and all readers with it.
    ServiceStopped,
    /// The PC/SC service is back; its readers follow as `reader_added`.
    ServiceStarted,
}

/// An event is missing, or the first was no snapshot: connect again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap;

/// The picture that a page keeps from the events of one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    next: u64,
    snapshot: Snapshot,
}

impl View {
    /// The picture now.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Takes the next event. Errors: [`Gap`]; the picture then stays as it was.
    pub fn receive(&mut self, numbered: &Numbered) -> Result<(), Gap> {
        let starts = matches!(numbered.event, Event::Snapshot(_));
        if numbered.number != self.next || (self.next == 0) != starts {
            return Err(Gap);
        }
        self.next += 1;
        self.apply(&numbered.event);
        Ok(())
    }

    fn apply(&mut self, event: &Event) {
        let now = &mut self.snapshot;
        match event {
            Event::Snapshot(snapshot) => *now = snapshot.clone(),
            Event::ReaderAdded { reader } => {
                now.readers.retain(|known| known.name != reader.name);
                now.readers.push(reader.clone());
            }
            Event::ReaderRemoved { reader } => now.readers.retain(|known| known.name != *reader),
            Event::ReaderSelected { reader } => now.selected = Some(reader.clone()),
            Event::CardInserted { reader } => now.set_card(reader, true),
            Event::CardRemoved { reader } => now.set_card(reader, false),
            Event::Progress { .. } => {}
            Event::ServiceStopped => {
                now.service_running = false;
                now.readers.clear();
            }
            Event::ServiceStarted => now.service_running = true,
        }
    }
}

impl Snapshot {
    fn set_card(&mut self, reader: &Label, card: bool) {
        for known in self.readers.iter_mut().filter(|known| known.name == *reader) {
            known.card = card;
        }
    }
}
