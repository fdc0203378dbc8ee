//! How long the platform is waited for, and when it is asked again.

use std::time::Duration;

use domain::Timestamp;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use super::breaker::BreakerSettings;

/// Times and limits of the calls. [`Patience::default`] is what a deployment wants; tests shorten it.
#[derive(Clone, Debug)]
pub struct Patience {
    /// Longest time to connect.
    pub connect: Duration,
    /// Longest time of one try, its answer included.
    pub attempt: Duration,
    /// Longest time of a call, with all its tries and pauses.
    pub total: Duration,
    /// How often a call is tried again, if it may be.
    pub retries: u32,
    /// Most that is waited after the first failure; doubles from there.
    pub first_pause: Duration,
    /// Most that is waited after any failure.
    pub longest_pause: Duration,
    /// A platform that asks for more time than this by `Retry-After` is not waited for.
    pub longest_retry_after: Duration,
    /// Largest answer that is read, in bytes.
    pub max_bytes: usize,
    /// Calls at the same time; the others wait for a place, within their `total`.
    pub concurrent: usize,
    /// When the platform is given a rest.
    pub breaker: BreakerSettings,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(5),
            total: Duration::from_secs(12),
            retries: 2,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(2),
            longest_retry_after: Duration::from_secs(5),
            max_bytes: 1_048_576,
            concurrent: 64,
            breaker: BreakerSettings { failures: 5, pause_seconds: 30 },
        }
    }
}

impl Patience {
    /// The pause before the next try, with full jitter: callers that failed together do not come back together.
    /// `failures` counts from 1, `chance` is random, `asked` is what the platform asked for, `left` what is left of the
    /// whole time. `None`: there is no next try.
    pub(super) fn pause(
        &self,
        failures: u32,
        asked: Option<Duration>,
        left: Duration,
        chance: u32,
    ) -> Option<Duration> {
        if failures > self.retries || asked.is_some_and(|asked| asked > self.longest_retry_after) {
            return None;
        }
        let top = self.first_pause.saturating_mul(1 << (failures - 1).min(20)).min(self.longest_pause);
        let jitter = top.mul_f64(f64::from(chance) / f64::from(u32::MAX));
        let pause = asked.map_or(jitter, |asked| asked + jitter);
        (pause < left).then_some(pause)
    }
}

/// What a `Retry-After` says: seconds, or a moment. `None`: neither.
pub(super) fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = OffsetDateTime::parse(text.trim(), &Rfc2822).ok()?;
    let seconds = now.seconds_until(Timestamp::from_seconds(moment.unix_timestamp()));
    Some(Duration::from_secs(seconds.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    fn millis(failures: u32, chance: u32) -> Option<u128> {
        Patience { retries: 9, ..Patience::default() }.pause(failures, None, LONG, chance).map(|p| p.as_millis())
    }

    #[test]
    fn pauses_double_up_to_a_limit_and_chance_takes_any_part_of_them() {
        let longest: Vec<_> = (1..=10).filter_map(|failures| millis(failures, u32::MAX)).collect();
        assert_eq!(longest, [200, 400, 800, 1_600, 2_000, 2_000, 2_000, 2_000, 2_000]);
        assert_eq!((millis(1, 0), millis(9, 0)), (Some(0), Some(0)));
    }

    #[test]
    fn the_last_try_and_the_deadline_end_it() {
        let patience = Patience::default();
        assert!(patience.pause(2, None, LONG, u32::MAX).is_some());
        assert_eq!(patience.pause(3, None, LONG, u32::MAX), None);
        assert_eq!(patience.pause(1, None, Duration::from_millis(200), u32::MAX), None);
    }

    #[test]
    fn the_platform_may_ask_for_time_within_reason() {
        let patience = Patience::default();
        let asked = |seconds| patience.pause(1, Some(Duration::from_secs(seconds)), LONG, 0);
        assert_eq!(asked(3), Some(Duration::from_secs(3)));
        assert_eq!(asked(6), None);
        let now = Timestamp::from_seconds(1_738_890_000); // Fri, 07 Feb 2025 01:00:00 GMT
        assert_eq!(retry_after("2", now), Some(Duration::from_secs(2)));
        assert_eq!(retry_after("Fri, 07 Feb 2025 01:00:04 GMT", now), Some(Duration::from_secs(4)));
        assert_eq!(retry_after("Fri, 07 Feb 2025 00:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }
}
