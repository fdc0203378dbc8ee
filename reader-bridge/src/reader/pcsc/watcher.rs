//! Sleeps until a reader or a card comes or goes.

use std::{ffi::CString, thread, time::Duration};

use ::pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState, State};
use protocol::label::Label;

use super::establish;
use crate::reader::{Picture, Slot, Watcher};

/// How often a stopped service is looked for.
const RETRY: Duration = Duration::from_millis(500);
/// How long to sleep at most: a reader that came between listing and sleeping would otherwise go unnoticed.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// A context and what it last told of each reader.
#[derive(Default)]
pub(super) struct PcscWatcher {
    context: Option<Context>,
    states: Vec<ReaderState>,
}

impl Watcher for PcscWatcher {
    fn next(&mut self, known: Option<&Picture>) -> Picture {
        loop {
            let picture = self.look();
            if known != Some(&picture) {
                return picture;
            }
            if picture.service_running {
                self.sleep();
            } else {
                thread::sleep(RETRY);
            }
        }
    }
}

impl PcscWatcher {
    fn look(&mut self) -> Picture {
        match self.try_look() {
            Ok(slots) => Picture { service_running: true, slots },
            Err(error) => {
                tracing::debug!(pcsc.error = ?error, "the card service does not answer");
                self.forget();
                Picture::default()
            }
        }
    }

    fn forget(&mut self) {
        self.context = None;
        self.states.clear();
    }

    fn try_look(&mut self) -> Result<Vec<Slot>, Error> {
        let context = match &self.context {
            Some(context) => context,
            None => self.context.insert(establish()?),
        };
        let names = match context.list_readers_owned() {
            Err(Error::NoReadersAvailable) => Vec::new(),
            other => other?,
        };
        keep(&mut self.states, names);
        let unknown = self.states.iter().any(|state| state.current_state() == State::UNAWARE);
        if unknown {
            match context.get_status_change(Duration::ZERO, &mut self.states) {
                Ok(()) | Err(Error::Timeout) => {}
                // A reader went away since the list was made; the next look finds it gone.
                Err(Error::UnknownReader) => self.states.clear(),
                Err(error) => return Err(error),
            }
            self.states.iter_mut().for_each(ReaderState::sync_current_state);
        }
        Ok(self.states.iter().filter_map(slot).collect())
    }

    /// Until something changes. Errors are left to the next look.
    fn sleep(&mut self) {
        let Some(context) = &self.context else { return };
        match context.get_status_change(LONGEST_SLEEP, &mut self.states) {
            Ok(()) => self.states.iter_mut().for_each(ReaderState::sync_current_state),
            Err(Error::Timeout) => {}
            Err(Error::UnknownReader) => self.states.clear(),
            Err(_) => self.forget(),
        }
    }
}

/// Makes `states` watch exactly `names`, and the coming of readers; keeps what is known of those that stay.
fn keep(states: &mut Vec<ReaderState>, mut names: Vec<CString>) {
    names.push(PNP_NOTIFICATION().to_owned());
    states.retain(|state| names.iter().any(|name| name.as_c_str() == state.name()));
    for name in names {
        if !states.iter().any(|state| state.name() == name.as_c_str()) {
            states.push(ReaderState::new(name, State::UNAWARE));
        }
    }
}

/// `None`: the entry that watches for new readers, a reader that is going away, a name that is not text.
fn slot(state: &ReaderState) -> Option<Slot> {
    if state.name() == PNP_NOTIFICATION() || state.event_state().intersects(State::UNKNOWN | State::UNAVAILABLE) {
        return None;
    }
    let name = Label::parse(state.name().to_str().ok()?).ok()?;
    Some(Slot { name, card: state.event_state().contains(State::PRESENT), changes: state.event_count() })
}
