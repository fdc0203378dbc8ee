//! Whose card was read: kept sealed from the reading to its one use.

use std::fmt;

use app::error::ApiError;
use protocol::reading::Attributes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{clock::Ambient, secret::Keys};

/// Whose card it was. Prints nothing: personal data stay out of logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// 暗証番号: the certificate's, which the platform knows.
    Certificate {
        /// The CA's name.
        issuer: String,
        /// Serial number, lower-case hexadecimal.
        serial: String,
    },
    /// 目視: 基本4情報 as the card has them.
    Attributes(Attributes),
}

impl fmt::Debug for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Whose(…)")
    }
}

/// Binds the sealed bytes to their row.
fn context(reading: Uuid) -> Vec<u8> {
    [b"readings/".as_slice(), reading.as_bytes()].concat()
}

impl Whose {
    /// Errors: `Internal`, only if this cannot be written as JSON, which text always can.
    pub(super) fn seal(&self, keys: &Keys, ambient: &Ambient, reading: Uuid) -> Result<Vec<u8>, ApiError> {
        let plain = Zeroizing::new(serde_json::to_vec(self).map_err(|_| ApiError::Internal)?);
        Ok(keys.seal(ambient, &context(reading), &plain))
    }

    /// Errors: `Internal` when the key was changed meanwhile.
    pub(super) fn open(keys: &Keys, reading: Uuid, sealed: &[u8]) -> Result<Self, ApiError> {
        let plain = Zeroizing::new(keys.open(&context(reading), sealed).map_err(|_| ApiError::Internal)?);
        serde_json::from_slice(&plain).map_err(|_| ApiError::Internal)
    }
}
