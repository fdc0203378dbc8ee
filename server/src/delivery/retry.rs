//! When a message is tried again.

use std::time::Duration;

use super::sender::Failure;

/// The worker's times and limits. [`Pace::default`] is what a deployment wants; tests shorten it.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Messages sent at a time, so that one hung connection does not hold up the others.
    pub concurrency: usize,
    /// Longest that one try may take.
    pub timeout: Duration,
    /// Pause after the first failure; doubles from there.
    pub first_pause: Duration,
    /// Longest pause while a server is away.
    pub longest_pause: Duration,
    /// Longest pause after a refusal (see [`Failure::needs_somebody`]).
    pub longest_pause_after_refusal: Duration,
    /// A message this old is given up after its next failure.
    pub give_up_after: Duration,
    /// How often to look for work that nobody announced: other instances' messages and lapsed leases.
    pub look_every: Duration,
    /// At shutdown: how long messages being sent may take to finish.
    pub drain: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            concurrency: 4,
            timeout: Duration::from_secs(30),
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_mins(5),
            longest_pause_after_refusal: Duration::from_hours(1),
            give_up_after: Duration::from_hours(3 * 24),
            look_every: Duration::from_secs(5),
            drain: Duration::from_secs(10),
        }
    }
}

impl Pace {
    /// How long a message is ours once taken: two tries' worth, so that a slow database does not cost us the lease.
    pub(super) fn lease(&self) -> Duration {
        self.timeout * 2 + Duration::from_secs(30)
    }

    /// The pause before the next try. `failures` counts from 1; `chance` spreads the pauses by a quarter either way,
    /// so that messages that failed together do not come back together.
    pub(super) fn pause(&self, failures: i64, failure: Failure, chance: u32) -> Duration {
        let longest = if failure.needs_somebody() { self.longest_pause_after_refusal } else { self.longest_pause };
        let doublings = u32::try_from(failures.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
        let pause = self.first_pause.saturating_mul(1 << doublings).min(longest);
        pause.mul_f64(0.75 + 0.5 * f64::from(chance) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIDDLE: u32 = u32::MAX / 2;

    fn seconds(failures: i64, failure: Failure, chance: u32) -> u64 {
        Pace::default().pause(failures, failure, chance).mul_f64(1.0001).as_secs()
    }

    #[test]
    fn pauses_double_up_to_five_minutes() {
        let pauses: Vec<u64> = (1..=10).map(|n| seconds(n, Failure::Unreachable, MIDDLE)).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(seconds(i64::MAX, Failure::TimedOut, MIDDLE), 300);
    }

    #[test]
    fn a_refusal_is_asked_again_ever_less_often() {
        assert_eq!(seconds(1, Failure::Refused(550), MIDDLE), 2);
        assert_eq!(seconds(40, Failure::Refused(550), MIDDLE), 3_600);
    }

    #[test]
    fn chance_spreads_by_a_quarter() {
        assert_eq!(seconds(20, Failure::Unreachable, 0), 225);
        assert_eq!(seconds(20, Failure::Unreachable, u32::MAX), 375);
    }
}
