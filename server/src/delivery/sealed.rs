//! What an outbox row hides: recipient and text, readable only with the server's key and only for that row.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::sender::Failure;
use crate::{clock::Ambient, secret::Keys};

/// The sealed part of an outbox row.
#[derive(Serialize, Deserialize)]
pub(super) struct Contents {
    /// Mail address or phone number, as the domain types write themselves.
    pub(super) to: String,
    /// Empty for SMS.
    pub(super) subject: String,
    pub(super) text: String,
}

impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contents(…)")
    }
}

/// Binds the sealed bytes to their row, so that nobody who can write the table can swap recipients.
fn context(id: Uuid) -> Vec<u8> {
    [b"outbox/".as_slice(), id.as_bytes()].concat()
}

impl Contents {
    /// Errors: only if the contents cannot be written as JSON, which strings always can.
    pub(super) fn seal(&self, keys: &Keys, ambient: &Ambient, id: Uuid) -> Result<Vec<u8>, serde_json::Error> {
        let plain = Zeroizing::new(serde_json::to_vec(self)?);
        Ok(keys.seal(ambient, &context(id), &plain))
    }

    /// Errors: [`Failure::OtherKey`], [`Failure::Unreadable`].
    pub(super) fn open(keys: &Keys, id: Uuid, sealed: &[u8]) -> Result<Self, Failure> {
        let plain = Zeroizing::new(keys.open(&context(id), sealed).map_err(|_| Failure::OtherKey)?);
        serde_json::from_slice(&plain).map_err(|_| Failure::Unreadable)
    }
}
