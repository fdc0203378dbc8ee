//! What a list says about an account at a glance.

use domain::{Timestamp, account::AccountState, sign_in::Failures};

use super::Account;

/// What decides the state besides the present time.
pub(super) struct Marks {
    pub(super) suspended: bool,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) locked_until: Option<Timestamp>,
    pub(super) signed_in_once: bool,
}

impl Marks {
    /// Of several states the one that its administrators have to deal with first.
    pub(super) fn state(&self, now: Timestamp) -> AccountState {
        if self.suspended {
            AccountState::Suspended
        } else if self.expires_at.is_some_and(|end| end <= now) {
            AccountState::Expired
        } else if self.locked_until.is_some_and(|end| now < end) {
            AccountState::Locked
        } else if self.signed_in_once {
            AccountState::Active
        } else {
            AccountState::NeverSignedIn
        }
    }
}

/// The state of one account whose failures are `failures`; a list's rows follow the same rule.
pub fn state_of(account: &Account, failures: &Failures, now: Timestamp) -> AccountState {
    let marks = Marks {
        suspended: account.suspended_at.is_some(),
        expires_at: account.expires_at,
        locked_until: failures.locked_until,
        signed_in_once: account.last_sign_in_at.is_some(),
    };
    marks.state(now)
}
