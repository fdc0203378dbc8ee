//! Rules of signing in that need no storage: limits, locks, times.

use crate::{Timestamp, account::AccountKind};

/// Limits and times of sign-in. Every number is configurable; [`SignInPolicy::default`] is rules.md's.
#[derive(Clone, Copy, Debug)]
pub struct SignInPolicy {
    /// Wrong passwords or security codes until a 事業所ユーザ is locked.
    pub office_failures: i64,
    /// Wrong passwords until a 管理者 or 一般ユーザ is locked.
    pub member_failures: i64,
    /// First lock, minutes.
    pub lock_minutes: i64,
    /// How long a started sign-in may take, minutes.
    pub attempt_minutes: i64,
    /// How long a one-time code is valid, minutes.
    pub code_minutes: i64,
    /// Wrong one-time codes that end a sign-in.
    pub wrong_codes: i64,
    /// Seconds before a code may be sent again.
    pub resend_cooldown_seconds: i64,
    /// Codes sent in one sign-in, the first included.
    pub codes_per_attempt: i64,
    /// Wrong passwords from one address in [`Self::address_window_minutes`] before it must wait.
    pub address_failures: i64,
    /// Window of [`Self::address_failures`], minutes.
    pub address_window_minutes: i64,
    /// A session without a request ends after this, minutes.
    pub idle_minutes: i64,
    /// A session ends after this whatever happens, minutes.
    pub session_minutes: i64,
    /// How long a proof of who is signed in counts for changing passkeys and authenticator app, minutes.
    pub confirm_minutes: i64,
}

impl Default for SignInPolicy {
    fn default() -> Self {
        Self {
            office_failures: 3,
            member_failures: 5,
            lock_minutes: 30,
            attempt_minutes: 60,
            code_minutes: 30,
            wrong_codes: 5,
            resend_cooldown_seconds: 60,
            codes_per_attempt: 5,
            address_failures: 50,
            address_window_minutes: 15,
            idle_minutes: 30,
            session_minutes: 8 * 60,
            confirm_minutes: 5,
        }
    }
}

/// Failures counted against one account or address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Failures since the last success or lock.
    pub count: i64,
    /// Locks since the last success.
    pub locks: i64,
    /// Locked until then, if ever.
    pub locked_until: Option<Timestamp>,
}

impl Failures {
    /// Whether sign-in is refused at `now`, whatever is typed.
    pub fn locked_at(&self, now: Timestamp) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }

    /// The state after one more wrong answer at `now`.
    ///
    /// 事業所ユーザ: always [`SignInPolicy::lock_minutes`]. Others: each further lock doubles, up to a day (rules.md,
    /// "Locks and limits").
    #[must_use]
    pub fn after_failure(self, kind: AccountKind, policy: &SignInPolicy, now: Timestamp) -> Self {
        let limit = if kind == AccountKind::Office { policy.office_failures } else { policy.member_failures };
        let count = self.count + 1;
        if count < limit {
            return Self { count, ..self };
        }
        let doublings = if kind == AccountKind::Office { 0 } else { self.locks.clamp(0, 6) };
        let minutes = (policy.lock_minutes << doublings).min(24 * 60);
        Self { count: 0, locks: self.locks + 1, locked_until: Some(now.plus_minutes(minutes)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_738_854_000);

    fn fail(times: usize, kind: AccountKind, from: Failures) -> Failures {
        (0..times).fold(from, |f, _| f.after_failure(kind, &SignInPolicy::default(), NOON))
    }

    #[test]
    fn an_office_user_is_locked_for_thirty_minutes_by_the_third_failure() {
        assert!(!fail(2, AccountKind::Office, Failures::default()).locked_at(NOON));
        let locked = fail(3, AccountKind::Office, Failures::default());
        assert!(locked.locked_at(NOON.plus_minutes(29)));
        assert!(!locked.locked_at(NOON.plus_minutes(30)));
        assert_eq!(fail(3, AccountKind::Office, locked).locked_until, Some(NOON.plus_minutes(30)));
    }

    #[test]
    fn other_locks_grow_to_a_day() {
        let once = fail(5, AccountKind::Staff, Failures::default());
        assert_eq!(once.locked_until, Some(NOON.plus_minutes(30)));
        let twice = fail(5, AccountKind::Staff, once);
        assert_eq!(twice.locked_until, Some(NOON.plus_minutes(60)));
        let often = fail(50, AccountKind::Staff, Failures::default());
        assert_eq!(often.locked_until, Some(NOON.plus_minutes(24 * 60)));
    }
}
