//! パスコード: its slow hash, and the delay that grows with every wrong attempt.
//!
//! Four digits fall to whoever may try ten thousand times, so it is the delay that protects them, and it must outlive a
//! restart. An attempt is counted on the disk before it is looked at: pulling the plug wins nothing.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use protocol::secret::Passcode;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// Memory of one hash (KiB) and passes over it: OWASP's first recommended setting. Not the second, 19 MiB twice: blocks up
/// to 32 MiB the C library keeps for later, one for each thread, and this program would idle at a hundred megabytes.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
/// The longest delay.
const LONGEST_WAIT: u32 = 3600;

/// A hash and the wrong attempts since the last right one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPasscode {
    hash: String,
    failures: u32,
    /// Milliseconds since 1970.
    last_attempt: i64,
}

/// The hash could not be computed: out of memory, or parameters that argon2 does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashingFailed;

impl StoredPasscode {
    /// Hashes `passcode`. Takes some ten milliseconds: not for the thread that serves connections.
    pub fn new(passcode: &Passcode, salt: &[u8; 16]) -> Result<Self, HashingFailed> {
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|_| HashingFailed)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash: PasswordHash =
            argon.hash_password_with_salt(passcode.expose().as_bytes(), salt).map_err(|_| HashingFailed)?;
        Ok(Self { hash: hash.to_string(), failures: 0, last_attempt: 0 })
    }

    /// Whether `passcode` is the one. As slow as [`StoredPasscode::new`].
    pub fn fits(&self, passcode: &Passcode) -> bool {
        let Ok(hash) = PasswordHash::new(&self.hash) else { return false };
        Argon2::default().verify_password(passcode.expose().as_bytes(), &hash).is_ok()
    }

    /// Seconds until the next attempt is taken. A clock set back does not make it longer than the delay itself.
    pub fn wait(&self, now: Timestamp) -> u32 {
        let delay = i64::from(delay(self.failures)) * 1_000;
        let passed = now.0.saturating_sub(self.last_attempt).max(0);
        let left = delay.saturating_sub(passed).max(0);
        // Rounded up: the delay is never shorter than was told.
        u32::try_from(left.saturating_add(999) / 1_000).unwrap_or(u32::MAX)
    }

    /// An attempt begins; it is wrong until [`StoredPasscode::was_right`] says otherwise.
    pub fn begin_attempt(&mut self, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        self.last_attempt = now.0;
    }

    /// The attempt was wrong; the delay begins with the answer, however long the hash took.
    pub fn was_wrong(&mut self, now: Timestamp) {
        self.last_attempt = now.0;
    }

    /// The attempt was right: the delay starts from nothing again.
    pub fn was_right(&mut self) {
        self.failures = 0;
    }
}

/// 1, 2, 4 … seconds, up to an hour.
fn delay(failures: u32) -> u32 {
    match failures {
        0 => 0,
        n => 1_u32.checked_shl(n - 1).map_or(LONGEST_WAIT, |seconds| seconds.min(LONGEST_WAIT)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passcode(text: &str) -> Passcode {
        Passcode::parse(text).unwrap()
    }

    #[test]
    fn only_the_right_one_fits() {
        let stored = StoredPasscode::new(&passcode("1111"), &[7; 16]).unwrap();
        assert!(stored.fits(&passcode("1111")));
        assert!(!stored.fits(&passcode("1112")));
        assert!(stored.hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{}", stored.hash);
    }

    #[test]
    fn the_delay_doubles_up_to_an_hour_and_ends_with_a_right_attempt() {
        let mut stored = StoredPasscode::new(&passcode("1111"), &[7; 16]).unwrap();
        assert_eq!(stored.wait(Timestamp(0)), 0);
        let mut now = Timestamp(1_000_000);
        let mut waits = Vec::new();
        for _ in 0..40 {
            stored.begin_attempt(now);
            now.0 += 5_000;
            stored.was_wrong(now);
            waits.push(stored.wait(now));
            now.0 += i64::from(stored.wait(now)) * 1_000 - 1;
            assert_eq!(stored.wait(now), 1, "not a millisecond earlier");
            now.0 += 1;
            assert_eq!(stored.wait(now), 0);
        }
        assert_eq!(waits[..5], [1, 2, 4, 8, 16]);
        assert!(waits[12..].iter().all(|wait| *wait == 3600));
        stored.was_right();
        assert_eq!(stored.wait(now), 0);
    }

    #[test]
    fn a_clock_set_back_does_not_lock_for_years() {
        let mut stored = StoredPasscode::new(&passcode("1111"), &[7; 16]).unwrap();
        stored.begin_attempt(Timestamp(2_000_000_000_000));
        assert_eq!(stored.wait(Timestamp(1_000)), 1);
    }
}
