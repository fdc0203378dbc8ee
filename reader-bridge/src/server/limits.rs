//! How much a page may take. All of it is far above what the web app needs.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use protocol::challenge::Origin;
use tokio::time::Instant;

/// Connections at the same time, of all pages together.
pub const CONNECTIONS: usize = 64;
/// Connections at the same time from pages of one origin, so that one cannot keep the others out.
pub const CONNECTIONS_OF_ONE_ORIGIN: usize = 16;
/// From connecting to being a WebSocket.
pub const HANDSHAKE: Duration = Duration::from_secs(5);
/// How long a page that nobody allowed may stay.
pub const UNPAIRED: Duration = Duration::from_mins(3);
/// How long a page may leave what it was sent unread.
pub const UNREAD: Duration = Duration::from_secs(10);
/// Requests under way at the same time on one connection.
pub const REQUESTS: usize = 8;
/// After a failed accept.
pub const PAUSE: Duration = Duration::from_millis(100);
/// For the connections' last words when the program ends.
pub const FAREWELL: Duration = Duration::from_secs(2);

/// Requests at once, and a second, of one connection.
const BURST: u32 = 60;
const PER_SECOND: u32 = 20;
/// A page that is told `too_many` this often without a pause is broken or hostile.
const REFUSALS: u32 = 200;

/// Counts a connection's requests.
pub(super) struct Rate {
    left: f64,
    since: Instant,
    refused: u32,
}

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is taken.
    Taken,
    /// It is answered `too_many`.
    TooMany,
    /// The connection ends.
    Hostile,
}

impl Rate {
    pub(super) fn new(now: Instant) -> Self {
        Self { left: f64::from(BURST), since: now, refused: 0 }
    }

    pub(super) fn take(&mut self, now: Instant) -> Verdict {
        let gained = now.duration_since(self.since).as_secs_f64() * f64::from(PER_SECOND);
        self.left = (self.left + gained).min(f64::from(BURST));
        self.since = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            self.refused = 0;
            return Verdict::Taken;
        }
        self.refused += 1;
        if self.refused > REFUSALS { Verdict::Hostile } else { Verdict::TooMany }
    }
}

/// How many connections each origin has.
#[derive(Clone, Default)]
pub(super) struct ByOrigin(Arc<Mutex<HashMap<Origin, usize>>>);

/// One connection, counted until it is dropped.
pub(super) struct Visit {
    counts: ByOrigin,
    origin: Origin,
}

impl ByOrigin {
    /// `None`: the origin has all it may have.
    pub(super) fn enter(&self, origin: &Origin) -> Option<Visit> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(origin.clone()).or_default();
        if *count >= CONNECTIONS_OF_ONE_ORIGIN {
            return None;
        }
        *count += 1;
        Some(Visit { counts: self.clone(), origin: origin.clone() })
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut counts = self.counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.origin) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.origin);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_then_a_steady_pace() {
        let start = Instant::now();
        let mut rate = Rate::new(start);
        assert!((0..BURST).all(|_| rate.take(start) == Verdict::Taken));
        assert_eq!(rate.take(start), Verdict::TooMany);
        let later = start + Duration::from_secs(1);
        assert!((0..PER_SECOND).all(|_| rate.take(later) == Verdict::Taken));
        assert_eq!(rate.take(later), Verdict::TooMany);
    }

    #[test]
    fn whoever_does_not_stop_is_cut_off() {
        let start = Instant::now();
        let mut rate = Rate::new(start);
        let verdicts: Vec<_> = (0..=BURST + REFUSALS).map(|_| rate.take(start)).collect();
        assert_eq!(verdicts.last(), Some(&Verdict::Hostile));
        assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::Hostile).count(), 1);
    }

    #[test]
    fn an_origin_has_its_share_and_gets_it_back() {
        let counts = ByOrigin::default();
        let origin: Origin = "https://care.example.jp".parse().unwrap();
        let visits: Vec<_> = (0..CONNECTIONS_OF_ONE_ORIGIN).map_while(|_| counts.enter(&origin)).collect();
        assert_eq!(visits.len(), CONNECTIONS_OF_ONE_ORIGIN);
        assert!(counts.enter(&origin).is_none());
        assert!(counts.enter(&"https://other.example.jp".parse().unwrap()).is_some());
        drop(visits);
        assert!(counts.enter(&origin).is_some());
        assert!(counts.0.lock().unwrap().is_empty(), "nothing is kept of those that left");
    }
}
