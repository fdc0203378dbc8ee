//! Reading a My Number card: in which way, and why the server does not take a reading.

use serde::{Deserialize, Serialize};

/// How a card is read (care-info.md).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 暗証番号: the card signs the server's challenge.
    #[default]
    Pin,
    /// 目視: a member of staff compares photo and person.
    Face,
}

impl Mode {
    /// The code in storage, forms and audit.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Face => "face",
        }
    }

    /// The mode with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Pin, Self::Face].into_iter().find(|mode| mode.code() == code)
    }
}

/// Minutes from a challenge to its reading: as long as somebody may look for a card and remember a PIN.
pub const CHALLENGE_MINUTES: i64 = 5;

/// Minutes from a reading to what it is used for: comparing the photo, finding the person.
pub const READING_MINUTES: i64 = 10;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal;)+) => {
        /// Why the server does not take a reading.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Refusal { $($(#[$doc])* $name,)+ }

        impl Refusal {
            /// Every one, for tests.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code in the audit trail.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

refusals! {
    /// The challenge was not issued by this server to this session for this mode: unknown, altered or another's.
    Challenge "challenge";
    /// The challenge has been answered already.
    Replayed "replayed";
    /// The challenge was issued too long ago.
    Stale "stale";
    /// The terminal is not one that the office has registered.
    Terminal "terminal";
    /// The office has revoked the terminal.
    TerminalRevoked "terminal_revoked";
    /// The terminal is registered, but the platform has not accepted it.
    TerminalUnverified "terminal_unverified";
    /// The terminal did not sign this reading for this challenge and this site.
    TerminalSignature "terminal_signature";
    /// The card's certificate was issued by another CA, or is none.
    CardIssuer "card_issuer";
    /// The certificate or the card is past its validity, or not valid yet.
    CardExpired "card_expired";
    /// The certificate was revoked.
    CardRevoked "card_revoked";
    /// The card's key is too short or of a kind that is not taken.
    CardKey "card_key";
    /// The card did not sign this challenge for this site.
    CardSignature "card_signature";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique() {
        let codes: std::collections::BTreeSet<&str> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
        assert_eq!(Mode::from_code("face"), Some(Mode::Face));
        assert_eq!(Mode::from_code(""), None);
    }
}
