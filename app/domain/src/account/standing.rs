//! Whether an account may be used: what was decided about it, and what follows at a given time.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{AccountState, MemberAct};
use crate::{Timestamp, form::Problem, time::parse_day};

/// Days without a sign-in after which a list calls an account 「90日以上ログインなし」.
pub const DORMANT_DAYS: i64 = 90;

/// Days in which a deletion can be undone.
pub const RESTORE_DAYS: i64 = 30;

/// How long an initial password may be used, days.
pub const INITIAL_PASSWORD_DAYS: i64 = 7;

const DAY_MINUTES: i64 = 24 * 60;

/// `now`, so many days earlier.
pub const fn days_before(now: Timestamp, days: i64) -> Timestamp {
    now.plus_minutes(-days * DAY_MINUTES)
}

/// `now`, so many days later.
pub const fn days_after(now: Timestamp, days: i64) -> Timestamp {
    now.plus_minutes(days * DAY_MINUTES)
}

/// What was decided about an account's use, by people and by wrong passwords.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Locked by an administrator since then, until somebody unlocks.
    pub locked_at: Option<Timestamp>,
    /// Locked by wrong passwords until then.
    pub locked_until: Option<Timestamp>,
    /// Suspended since then.
    pub suspended_at: Option<Timestamp>,
    /// Expires, or has expired, then.
    pub expires_at: Option<Timestamp>,
    /// Deleted since then.
    pub deleted_at: Option<Timestamp>,
    /// Last sign-in.
    pub last_sign_in: Option<Timestamp>,
}

impl Standing {
    /// Of several states the one that its administrators have to deal with first.
    pub fn state(&self, now: Timestamp) -> AccountState {
        if self.deleted_at.is_some() {
            AccountState::Deleted
        } else if self.suspended_at.is_some() {
            AccountState::Suspended
        } else if self.expired(now) {
            AccountState::Expired
        } else if self.locked(now) {
            AccountState::Locked
        } else if self.last_sign_in.is_some() {
            AccountState::Active
        } else {
            AccountState::NeverSignedIn
        }
    }

    /// Whether nothing that was decided forbids its use. A lock by wrong passwords does not end what is open: else
    /// anybody who knows a ユーザID could sign its owner out.
    pub fn usable(&self, now: Timestamp) -> bool {
        self.deleted_at.is_none() && self.suspended_at.is_none() && self.locked_at.is_none() && !self.expired(now)
    }

    /// Past its last day.
    pub fn expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// Locked in either way.
    pub fn locked(&self, now: Timestamp) -> bool {
        self.locked_at.is_some() || self.locked_until.is_some_and(|end| now < end)
    }

    /// Deleted so recently that it can be undone.
    pub fn restorable(&self, now: Timestamp) -> bool {
        self.deleted_at.is_some_and(|at| now < days_after(at, RESTORE_DAYS))
    }

    /// Whether there is something for `act` to do.
    pub fn takes(&self, act: MemberAct, now: Timestamp) -> bool {
        if act == MemberAct::Restore {
            return self.restorable(now);
        }
        let there_is = match act {
            MemberAct::Lock => !self.locked(now),
            MemberAct::Unlock => self.locked(now),
            MemberAct::Suspend => self.suspended_at.is_none(),
            MemberAct::Resume => self.suspended_at.is_some(),
            MemberAct::RemoveExpiry => self.expires_at.is_some(),
            _ => true,
        };
        self.deleted_at.is_none() && there_is
    }
}

/// The moment at which an account whose last day is `input` (`2025-03-31`) expires: when the next day begins in Japan.
///
/// Errors: `Missing`, `Malformed`, `Past` (a last day before today's).
pub fn expiry(input: &str, now: Timestamp) -> Result<Timestamp, Problem> {
    if input.trim().is_empty() {
        return Err(Problem::Missing);
    }
    let end = parse_day(input).and_then(Date::next_day).map(Timestamp::start_of).ok_or(Problem::Malformed)?;
    if end <= now { Err(Problem::Past) } else { Ok(end) }
}

/// The last day of an account that expires at `end`.
pub fn last_day(end: Timestamp) -> Date {
    Timestamp::from_micros(end.micros() - 1).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_738_897_200); // 2025-02-07 12:00 in Japan

    #[test]
    fn the_gravest_state_is_shown() {
        let mut standing = Standing::default();
        assert_eq!(standing.state(NOON), AccountState::NeverSignedIn);
        standing.last_sign_in = Some(NOON);
        assert_eq!(standing.state(NOON), AccountState::Active);
        standing.locked_until = Some(NOON.plus_seconds(1));
        assert_eq!(standing.state(NOON), AccountState::Locked);
        assert_eq!(standing.state(NOON.plus_seconds(1)), AccountState::Active);
        standing.locked_at = Some(NOON);
        assert_eq!(standing.state(NOON.plus_seconds(1)), AccountState::Locked, "by hand until somebody unlocks");
        standing.expires_at = Some(NOON.plus_seconds(1));
        assert_eq!(standing.state(NOON), AccountState::Locked);
        standing.expires_at = Some(NOON);
        assert_eq!(standing.state(NOON), AccountState::Expired);
        standing.suspended_at = Some(NOON);
        assert_eq!(standing.state(NOON), AccountState::Suspended);
        standing.deleted_at = Some(NOON);
        assert_eq!(standing.state(NOON), AccountState::Deleted);
    }

    #[test]
    fn wrong_passwords_do_not_sign_the_owner_out() {
        let guessed = Standing { locked_until: Some(NOON.plus_seconds(1)), ..Standing::default() };
        assert!(guessed.usable(NOON));
        for forbidden in [
            Standing { locked_at: Some(NOON), ..Standing::default() },
            Standing { suspended_at: Some(NOON), ..Standing::default() },
            Standing { expires_at: Some(NOON), ..Standing::default() },
            Standing { deleted_at: Some(NOON), ..Standing::default() },
        ] {
            assert!(!forbidden.usable(NOON), "{forbidden:?}");
        }
    }

    #[test]
    fn a_deleted_account_takes_nothing_but_its_return_and_that_for_thirty_days() {
        let deleted = Standing { deleted_at: Some(NOON), ..Standing::default() };
        let taken = |at| MemberAct::ALL.iter().copied().filter(|act| deleted.takes(*act, at)).collect::<Vec<_>>();
        assert_eq!(taken(NOON), [MemberAct::Restore]);
        assert_eq!(taken(Timestamp::from_micros(days_after(NOON, 30).micros() - 1)), [MemberAct::Restore]);
        assert_eq!(taken(days_after(NOON, 30)), []);
    }

    #[test]
    fn an_act_and_its_opposite_are_never_both_there() {
        use MemberAct::{EndSessions, Lock, ReissuePassword, RemoveExpiry, Resume, SetExpiry, Suspend, Unlock};
        let taken = |s: Standing| MemberAct::ALL.iter().copied().filter(|act| s.takes(*act, NOON)).collect::<Vec<_>>();
        assert_eq!(taken(Standing::default()), [ReissuePassword, EndSessions, Lock, Suspend, SetExpiry]);
        let all =
            Standing { locked_at: Some(NOON), suspended_at: Some(NOON), expires_at: Some(NOON), ..Standing::default() };
        assert_eq!(taken(all), [ReissuePassword, EndSessions, Unlock, Resume, SetExpiry, RemoveExpiry]);
    }

    #[test]
    fn the_last_day_is_a_whole_one() {
        let end = expiry("2025-02-07", NOON).unwrap();
        assert_eq!(end, NOON.plus_minutes(12 * 60));
        assert_eq!(crate::time::slashed(last_day(end)), "2025/02/07");
        assert_eq!(expiry("2025-02-06", NOON), Err(Problem::Past));
        assert_eq!(expiry(" ", NOON), Err(Problem::Missing));
        assert_eq!(expiry("2025-02-30", NOON), Err(Problem::Malformed));
        assert_eq!(expiry("9999-12-31", NOON), Err(Problem::Malformed));
    }
}
