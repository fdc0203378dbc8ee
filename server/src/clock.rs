//! Time and randomness as parameters. Nothing else in the server asks the operating system for either.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use domain::Timestamp;
use uuid::Uuid;

/// Where the present comes from.
pub trait Clock: Send + Sync {
    /// Now, to the microsecond.
    fn now(&self) -> Timestamp;
}

/// The machine's clock, moved by an offset that only the demo and tests change.
#[derive(Debug, Default)]
pub struct SystemClock {
    offset_micros: AtomicI64,
}

impl SystemClock {
    /// Moves this clock, for the demo's and the tests' time travel.
    pub fn advance_seconds(&self, seconds: i64) {
        self.offset_micros.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let micros = time::OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000;
        Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX) + self.offset_micros.load(Ordering::SeqCst))
    }
}

/// Where unpredictable bytes come from.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with bytes that nobody can predict.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // A system without randomness cannot run this service; there is nothing sensible to do but stop.
        if let Err(error) = getrandom::fill(bytes) {
            tracing::error!(%error, "the operating system gives no random bytes");
            std::process::abort();
        }
    }
}

/// Clock and randomness together, cheap to clone, handed to every service.
#[derive(Clone)]
pub struct Ambient {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}

impl Ambient {
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A new identifier (UUIDv7: sorts by time, so that indexes grow at their end).
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().micros() / 1_000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// Six random decimal digits without bias.
    pub fn six_digits(&self) -> String {
        // 2^32 is no multiple of a million: draw again above the last whole one.
        const LIMIT: u32 = u32::MAX - u32::MAX % 1_000_000;
        loop {
            let number = u32::from_le_bytes(self.bytes());
            if number < LIMIT {
                return format!("{:06}", number % 1_000_000);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system() -> Ambient {
        Ambient { clock: Arc::new(SystemClock::default()), entropy: Arc::new(SystemEntropy) }
    }

    #[test]
    fn codes_have_six_digits_and_differ() {
        let codes: Vec<String> = (0..50).map(|_| system().six_digits()).collect();
        assert!(codes.iter().all(|c| c.len() == 6 && c.bytes().all(|b| b.is_ascii_digit())));
        assert!(codes.iter().any(|c| *c != codes[0]));
    }

    #[test]
    fn a_moved_clock_shows_the_moved_time() {
        let clock = SystemClock::default();
        let before = clock.now();
        clock.advance_seconds(1_800);
        assert!(before.seconds_until(clock.now()) >= 1_800);
    }
}
