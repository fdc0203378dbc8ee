//! What the tests of a remote platform share: a present that only the test moves, short patience, known people.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::{
    Timestamp,
    care::{Day, FourItems},
};
use server::{
    clock::Clock,
    demo::people,
    platform::{
        Found, Person, Platform,
        http::{BreakerSettings, HttpPlatform, Patience},
    },
    services::care::import::ImportPerson,
};

use crate::stand::Stand;

/// 2025-02-07 10:00 in Japan.
pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_738_890_000);

/// Stands still until it is moved.
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(NOW.micros())))
    }

    pub(crate) fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Patience enough for a busy machine, and pauses short enough for a test.
pub(crate) fn patience() -> Patience {
    Patience {
        attempt: Duration::from_secs(20),
        total: Duration::from_mins(1),
        first_pause: Duration::from_millis(10),
        longest_pause: Duration::from_millis(20),
        breaker: BreakerSettings { failures: 3, pause_seconds: 30 },
        ..Patience::default()
    }
}

/// For tests in which answers come too late.
pub(crate) fn impatient() -> Patience {
    let (attempt, total) = (Duration::from_millis(400), Duration::from_secs(5));
    Patience { attempt, total, retries: 0, ..patience() }
}

/// A stand, a client of it and the client's clock.
pub(crate) async fn remote(patience: Patience) -> (Stand, HttpPlatform, Arc<ManualClock>) {
    let (stand, clock) = (Stand::start(NOW).await, ManualClock::new());
    let platform = stand.platform(Arc::clone(&clock) as _, patience);
    (stand, platform, clock)
}

/// The demo's `n`th person.
pub(crate) fn somebody(n: usize) -> ImportPerson {
    people::person(n, Day::new(NOW.date())).unwrap()
}

/// What they are looked up by without a card.
pub(crate) fn items(person: &ImportPerson) -> FourItems {
    FourItems {
        insurer: person.insurer_number.clone(),
        insured: person.insured_number.clone(),
        born_on: person.born_on,
        sex: person.sex,
    }
}

/// The demo's `n`th person as the platform has them.
pub(crate) async fn found(platform: &dyn Platform, n: usize) -> Person {
    match platform.find_by_four_items(&items(&somebody(n))).await.unwrap() {
        Found::One(person) => *person,
        other => panic!("{other:?}"),
    }
}
