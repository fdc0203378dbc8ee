//! What was decided about an account's use.

use domain::{account::Standing, sign_in::Failures};

use super::Account;

impl Account {
    /// What was decided about its use, by people and, with these failures, by wrong passwords.
    pub fn standing(&self, failures: &Failures) -> Standing {
        Standing {
            locked_at: self.locked_at,
            locked_until: failures.locked_until,
            suspended_at: self.suspended_at,
            expires_at: self.expires_at,
            deleted_at: self.deleted_at,
            last_sign_in: self.last_sign_in_at,
        }
    }
}
