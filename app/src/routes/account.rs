//! One's own account.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Route;

/// What changed on one's own account, as it stands in the query of P-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// The authenticator app was removed.
    AuthenticatorRemoved,
    /// One other session was ended.
    SessionEnded,
    /// All other sessions were ended.
    OtherSessionsEnded,
}

impl AccountChange {
    const ALL: [Self; 5] = [
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::AuthenticatorRemoved,
        Self::SessionEnded,
        Self::OtherSessionsEnded,
    ];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::AuthenticatorRemoved => "authenticator_removed",
            Self::SessionEnded => "session_ended",
            Self::OtherSessionsEnded => "other_sessions_ended",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// The pages of P-1 that change what one signs in with: each asks for a fresh proof of who one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialPage {
    /// Adding a passkey.
    NewPasskey,
    /// Removing one.
    RemovePasskey(Uuid),
    /// Registering the authenticator app.
    Authenticator,
    /// Removing it.
    RemoveAuthenticator,
    /// New recovery codes.
    RecoveryCodes,
}

impl fmt::Display for CredentialPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewPasskey => f.write_str("/account/passkeys/new"),
            Self::RemovePasskey(id) => write!(f, "/account/passkeys/{id}/remove"),
            Self::Authenticator => f.write_str("/account/authenticator"),
            Self::RemoveAuthenticator => f.write_str("/account/authenticator/remove"),
            Self::RecoveryCodes => f.write_str("/account/recovery-codes"),
        }
    }
}

impl CredentialPage {
    /// The page at this path.
    pub fn parse(path: &str) -> Option<Self> {
        match Route::parse(path) {
            Some(Route::Credential(page)) => Some(page),
            _ => None,
        }
    }
}
