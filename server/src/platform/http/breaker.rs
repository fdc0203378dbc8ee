//! Gives a platform that is away a rest: after some failures in a row nobody asks it for a while, then one does.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::Timestamp;

/// When the breaker opens, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerSettings {
    /// Calls that fail one after another until no more are made.
    pub failures: u32,
    /// Seconds until one call tries whether the platform is back.
    pub pause_seconds: i64,
}

/// A circuit breaker. It has no clock of its own: the present is a parameter.
#[derive(Debug)]
pub(super) struct Breaker {
    settings: BreakerSettings,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Everybody may ask; so many calls in a row have failed.
    Closed { failures: u32 },
    /// Nobody may ask.
    Open { since: Timestamp },
    /// One call is trying; `since` is when the breaker opened.
    HalfOpen { since: Timestamp },
}

/// Leave to make one call. Dropped without a verdict (the caller went away), it leaves the next probe to somebody else.
#[derive(Debug)]
#[must_use]
pub(super) struct Pass<'a> {
    breaker: &'a Breaker,
    probe: bool,
}

impl Breaker {
    pub(super) const fn new(settings: BreakerSettings) -> Self {
        Self { settings, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// Leave for one call; `None`: the platform is to be left alone.
    pub(super) fn admit(&self, now: Timestamp) -> Option<Pass<'_>> {
        let mut state = self.state();
        let probe = match *state {
            State::Closed { .. } => false,
            State::Open { since } if self.rested(since, now) => {
                *state = State::HalfOpen { since };
                true
            }
            State::Open { .. } | State::HalfOpen { .. } => return None,
        };
        drop(state);
        Some(Pass { breaker: self, probe })
    }

    /// Whether the pause is over. A clock that was set back ends it as well: nobody knows how much of it is left.
    fn rested(&self, since: Timestamp, now: Timestamp) -> bool {
        now < since || since.plus_seconds(self.settings.pause_seconds) <= now
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is one assignment: whoever panicked left a whole state behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass<'_> {
    /// Whether this call finds out if the platform is back.
    pub(super) const fn is_probe(&self) -> bool {
        self.probe
    }

    /// The platform answered.
    pub(super) fn succeeded(mut self) {
        let mut state = self.breaker.state();
        match *state {
            State::HalfOpen { .. } if self.probe => {
                tracing::info!("the platform is back");
                *state = State::Closed { failures: 0 };
            }
            State::Closed { .. } => *state = State::Closed { failures: 0 },
            // A call from before the breaker opened: the probe decides.
            State::HalfOpen { .. } | State::Open { .. } => {}
        }
        drop(state);
        self.probe = false;
    }

    /// The platform did not answer.
    pub(super) fn failed(mut self, now: Timestamp) {
        let mut state = self.breaker.state();
        match *state {
            State::HalfOpen { .. } if self.probe => *state = State::Open { since: now },
            State::Closed { failures } if failures + 1 >= self.breaker.settings.failures => {
                tracing::warn!(
                    breaker.pause_seconds = self.breaker.settings.pause_seconds,
                    "the platform is away; it is not asked for a while"
                );
                *state = State::Open { since: now };
            }
            State::Closed { failures } => *state = State::Closed { failures: failures + 1 },
            State::HalfOpen { .. } | State::Open { .. } => {}
        }
        drop(state);
        self.probe = false;
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut state = self.breaker.state();
        if let (true, State::HalfOpen { since }) = (self.probe, *state) {
            *state = State::Open { since };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_seconds(1_738_890_000);

    fn breaker() -> Breaker {
        Breaker::new(BreakerSettings { failures: 3, pause_seconds: 30 })
    }

    fn fail(breaker: &Breaker, times: u32) {
        (0..times).for_each(|_| breaker.admit(START).unwrap().failed(START));
    }

    #[test]
    fn it_opens_after_failures_in_a_row_only() {
        let breaker = breaker();
        fail(&breaker, 2);
        breaker.admit(START).unwrap().succeeded();
        fail(&breaker, 2);
        assert!(breaker.admit(START).is_some());
        fail(&breaker, 1);
        assert!(breaker.admit(START.plus_seconds(29)).is_none());
    }

    #[test]
    fn one_probe_decides() {
        let breaker = breaker();
        fail(&breaker, 3);
        let later = START.plus_seconds(30);
        let probe = breaker.admit(later).unwrap();
        assert!(probe.is_probe() && breaker.admit(later).is_none());
        probe.failed(later);
        assert!(breaker.admit(later.plus_seconds(29)).is_none());
        let later = later.plus_seconds(30);
        breaker.admit(later).unwrap().succeeded();
        assert!(!breaker.admit(later).unwrap().is_probe());
    }

    #[test]
    fn a_probe_that_nobody_waits_for_is_somebody_elses() {
        let breaker = breaker();
        fail(&breaker, 3);
        let later = START.plus_seconds(30);
        drop(breaker.admit(later));
        assert!(breaker.admit(later).is_some_and(|pass| pass.is_probe()));
    }

    #[test]
    fn calls_from_before_it_opened_decide_nothing() {
        let breaker = breaker();
        let (slow, late) = (breaker.admit(START).unwrap(), breaker.admit(START).unwrap());
        fail(&breaker, 3);
        slow.succeeded();
        assert!(breaker.admit(START).is_none());
        let probe = breaker.admit(START.plus_seconds(30)).unwrap();
        late.failed(START.plus_seconds(30));
        probe.succeeded();
        assert!(breaker.admit(START.plus_seconds(30)).is_some());
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_keep_it_open() {
        let breaker = breaker();
        fail(&breaker, 3);
        assert!(breaker.admit(START.plus_seconds(-3_600)).is_some());
    }
}
