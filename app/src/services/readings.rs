//! 読み取り: what a terminal read from a My Number card, as evidence that the server judges.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A challenge for one reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// 32 bytes, base64url: what reader-bridge and the card sign.
    pub nonce: String,
}

/// A reading that the server took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which one; stands in the address of what it is used for.
    pub id: Uuid,
}

#[cfg(feature = "ssr")]
pub use server_side::Readings;

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use domain::reading::Mode;
    use uuid::Uuid;

    use super::{Challenge, Taken};
    use crate::{
        error::ApiError,
        services::{CareLeave, RequestInfo},
    };

    /// Challenges and readings of the handle's own session; another session's answer as if there were none.
    #[async_trait]
    pub trait Readings: Send + Sync {
        /// A fresh challenge, bound to session, mode and this site; it replaces one that was not answered.
        async fn challenge(&self, leave: &CareLeave, request: &RequestInfo, mode: Mode) -> Result<Challenge, ApiError>;

        /// Judges a reading (`protocol::reading`, JSON). The challenge is used up whatever comes of it.
        ///
        /// Errors: `Reading` with the reason, `Malformed` (no reading at all), `CardsNotConfigured`.
        async fn submit(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            mode: Mode,
            nonce: &str,
            reading: &str,
        ) -> Result<Taken, ApiError>;

        /// 目視: what the member of staff saw. 一致しない forgets what was read.
        ///
        /// Errors: `NotFound` (none that waits for this, or its time is over).
        async fn confirm(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid, same: bool)
        -> Result<(), ApiError>;

        /// Whose card it was: the match that E-4 shows. A reading is good for one person once, and not after its
        /// terminal was revoked.
        ///
        /// Errors: `NotFound` (not compared yet, used, its time is over), `Reading`, `NoMatch`, `InsurerNotJoined`,
        /// `PlatformUnavailable` (it can be used again then).
        async fn person(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid) -> Result<Uuid, ApiError>;
    }
}
