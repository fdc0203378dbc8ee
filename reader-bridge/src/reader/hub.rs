//! The one picture of all readers, and the news about it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use protocol::{
    event::{Event, Reader, Snapshot},
    failure::Failure,
    label::Label,
};
use tokio::sync::broadcast;

use crate::reader::{Picture, Slot, Watcher};

/// News that a slow connection may fall behind before it must connect again.
const BACKLOG: usize = 256;

/// Shared by the watching thread and all connections.
pub struct Hub {
    state: Mutex<State>,
    news: broadcast::Sender<Event>,
}

struct State {
    picture: Picture,
    selected: Option<Label>,
}

impl Hub {
    /// Takes a first look, then keeps looking from a thread of its own until the process ends.
    pub fn start(mut watcher: Box<dyn Watcher>, selected: Option<Label>) -> Arc<Self> {
        let mut known = watcher.next(None);
        let (news, _) = broadcast::channel(BACKLOG);
        let hub = Arc::new(Self { state: Mutex::new(State { picture: known.clone(), selected }), news });
        let told = Arc::clone(&hub);
        thread::spawn(move || {
            loop {
                let next = watcher.next(Some(&known));
                told.publish(next.clone());
                known = next;
            }
        });
        hub
    }

    /// The state now and the news from exactly here on.
    pub fn subscribe(&self) -> (Snapshot, broadcast::Receiver<Event>) {
        let state = self.state();
        (state.snapshot(), self.news.subscribe())
    }

    /// The state now.
    pub fn snapshot(&self) -> Snapshot {
        self.state().snapshot()
    }

    /// The reader to use. Errors: `no_reader` when none was chosen.
    pub fn selected(&self) -> Result<Label, Failure> {
        self.state().selected.clone().ok_or(Failure::NoReader)
    }

    /// Chooses a reader that is connected. Errors: `no_reader`.
    pub fn select(&self, reader: &Label) -> Result<Snapshot, Failure> {
        let mut state = self.state();
        if state.slot(reader).is_none() {
            return Err(Failure::NoReader);
        }
        state.selected = Some(reader.clone());
        // Nobody listening is fine, here and below.
        let _ = self.news.send(Event::ReaderSelected { reader: reader.clone() });
        Ok(state.snapshot())
    }

    /// Whether a card lies on `reader`. Errors: `service_stopped`, `no_reader`.
    pub fn card_on(&self, reader: &Label) -> Result<bool, Failure> {
        let state = self.state();
        if !state.picture.service_running {
            return Err(Failure::ServiceStopped);
        }
        state.slot(reader).map(|slot| slot.card).ok_or(Failure::NoReader)
    }

    /// How often PC/SC has seen a card come or go on `reader`: tells one card from the next.
    pub fn changes_on(&self, reader: &Label) -> u32 {
        self.state().slot(reader).map_or(0, |slot| slot.changes)
    }

    /// An operation found its card gone before PC/SC told: whoever comes next waits for a card. Does nothing when there
    /// was news from the reader since `changes`, for that may already be the next card.
    pub fn card_left(&self, reader: &Label, changes: u32) {
        let mut state = self.state();
        let slot = state.picture.slots.iter_mut().find(|slot| slot.name == *reader);
        if let Some(slot) = slot.filter(|slot| slot.card && slot.changes == changes) {
            slot.card = false;
            let _ = self.news.send(Event::CardRemoved { reader: reader.clone() });
        }
    }

    /// Waits until a card lies on `reader`. Errors: as [`Hub::card_on`], as soon as one of them is so.
    pub async fn card_laid_on(&self, reader: &Label) -> Result<(), Failure> {
        let mut news = self.news.subscribe();
        while !self.card_on(reader)? {
            // Falling behind is no matter: the question is asked anew.
            if let Err(broadcast::error::RecvError::Closed) = news.recv().await {
                return Err(Failure::Internal);
            }
        }
        Ok(())
    }

    fn publish(&self, picture: Picture) {
        let mut state = self.state();
        for event in differences(&state.picture, &picture) {
            let _ = self.news.send(event);
        }
        state.picture = picture;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn slot(&self, reader: &Label) -> Option<&Slot> {
        self.picture.slots.iter().find(|slot| slot.name == *reader)
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            service_running: self.picture.service_running,
            readers: self.picture.slots.iter().map(reader).collect(),
            selected: self.selected.clone(),
        }
    }
}

fn reader(slot: &Slot) -> Reader {
    Reader { name: slot.name.clone(), card: slot.card }
}

/// What to tell somebody who knows `old`.
fn differences(old: &Picture, new: &Picture) -> Vec<Event> {
    match (old.service_running, new.service_running) {
        (true, false) => return vec![Event::ServiceStopped],
        (false, false) => return Vec::new(),
        _ => {}
    }
    let mut events = Vec::new();
    if !old.service_running {
        events.push(Event::ServiceStarted);
    }
    let among = |slots: &[Slot], name: &Label| slots.iter().find(|slot| slot.name == *name).cloned();
    // A stopped service took its readers with it.
    let before = if old.service_running { &old.slots[..] } else { &[] };
    let gone = before.iter().filter(|slot| among(&new.slots, &slot.name).is_none());
    events.extend(gone.map(|slot| Event::ReaderRemoved { reader: slot.name.clone() }));
    for slot in &new.slots {
        match among(before, &slot.name) {
            None => events.push(Event::ReaderAdded { reader: reader(slot) }),
            Some(known) => events.extend(card_news(&known, slot)),
        }
    }
    events
}

fn card_news(old: &Slot, new: &Slot) -> Vec<Event> {
    let inserted = Event::CardInserted { reader: new.name.clone() };
    let removed = Event::CardRemoved { reader: new.name.clone() };
    match (old.card, new.card) {
        (false, true) => vec![inserted],
        (true, false) => vec![removed],
        (true, true) if old.changes != new.changes => vec![removed, inserted],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(name: &str, card: bool, changes: u32) -> Slot {
        Slot { name: Label::parse(name).unwrap(), card, changes }
    }

    fn running(slots: &[Slot]) -> Picture {
        Picture { service_running: true, slots: slots.to_vec() }
    }

    /// The events, applied to what was known, must give what is there now.
    fn lead_there(old: &Picture, new: &Picture) -> Vec<Event> {
        use protocol::event::{Numbered, View};
        let snapshot = |picture: &Picture| State { picture: picture.clone(), selected: None }.snapshot();
        let mut view = View::default();
        view.receive(&Numbered { number: 0, event: Event::Snapshot(snapshot(old)) }).unwrap();
        let events = differences(old, new);
        for (number, event) in (1..).zip(&events) {
            view.receive(&Numbered { number, event: event.clone() }).unwrap();
        }
        assert_eq!(*view.snapshot(), snapshot(new));
        events
    }

    #[test]
    fn readers_and_cards_coming_and_going_are_told() {
        let one = running(&[slot("a", false, 0)]);
        let two = running(&[slot("a", true, 1), slot("b", false, 0)]);
        assert_eq!(lead_there(&one, &two).len(), 2);
        assert_eq!(lead_there(&two, &one).len(), 2);
    }

    #[test]
    fn a_card_found_gone_is_told_once_and_the_next_one_is_not_mistaken_for_it() {
        let reader = Label::parse("a").unwrap();
        let (news, mut heard) = broadcast::channel(BACKLOG);
        let state = Mutex::new(State { picture: running(&[slot("a", true, 1)]), selected: None });
        let hub = Hub { state, news };
        let seen = hub.changes_on(&reader);
        hub.card_left(&reader, seen);
        hub.card_left(&reader, seen);
        assert_eq!(hub.card_on(&reader), Ok(false));
        // PC/SC is late with the removal, then sees the next card.
        hub.publish(running(&[slot("a", false, 2)]));
        hub.publish(running(&[slot("a", true, 3)]));
        hub.card_left(&reader, seen);
        assert_eq!(hub.card_on(&reader), Ok(true));
        assert!(matches!(heard.try_recv(), Ok(Event::CardRemoved { .. })));
        assert!(matches!(heard.try_recv(), Ok(Event::CardInserted { .. })));
        assert!(heard.try_recv().is_err());
    }

    #[test]
    fn a_card_quickly_exchanged_is_told_as_gone_and_come() {
        let events = lead_there(&running(&[slot("a", true, 1)]), &running(&[slot("a", true, 3)]));
        assert!(matches!(events[..], [Event::CardRemoved { .. }, Event::CardInserted { .. }]));
    }

    #[test]
    fn a_stopped_service_takes_its_readers_and_brings_them_back() {
        let before = running(&[slot("a", true, 1)]);
        assert_eq!(lead_there(&before, &Picture::default()), [Event::ServiceStopped]);
        let events = lead_there(&Picture::default(), &before);
        assert!(matches!(events[..], [Event::ServiceStarted, Event::ReaderAdded { .. }]));
    }
}
