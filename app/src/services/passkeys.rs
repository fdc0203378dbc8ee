//! Passkeys: in place of password and code at the sign-in, never in place of the client certificate.
//!
//! A ceremony has two halves. The server makes a challenge; the browser has a passkey answer it and posts the answer
//! with the challenge's token. Each challenge is answered once.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A challenge for the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyChallenge {
    /// To be posted with the answer.
    pub token: String,
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON` of `WebAuthn`, as JSON text.
    pub options: String,
}

/// A passkey of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyLine {
    /// Which one.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// Whether it exists on more than one device, as far as it says.
    pub backed_up: bool,
}

#[cfg(feature = "ssr")]
pub use server_side::{PasskeyAnswer, Passkeys};

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use uuid::Uuid;

    use super::{PasskeyChallenge, PasskeyLine};
    use crate::{
        error::ApiError,
        services::{Actor, OwnCredentials, RequestInfo, sign_in::Redeemed},
    };

    /// What the browser posts.
    #[derive(Clone, Copy)]
    pub struct PasskeyAnswer<'a> {
        /// The challenge's token.
        pub token: &'a str,
        /// `PublicKeyCredential.toJSON()`, as JSON text.
        pub credential: &'a str,
    }

    /// Passkeys. Every change and every sign-in writes its audit row in the same transaction.
    ///
    /// An answer that is wrong in any way is `Invalid` with [`domain::form::Field::Passkey`]; what was wrong with it is
    /// in the log and the audit trail only.
    #[async_trait]
    pub trait Passkeys: Send + Sync {
        /// Errors: `Certificate`.
        async fn start_sign_in(&self, request: &RequestInfo) -> Result<PasskeyChallenge, ApiError>;

        /// Signs in whoever the passkey belongs to. Errors: `Invalid`, `Certificate`.
        async fn sign_in(&self, request: &RequestInfo, answer: PasskeyAnswer<'_>) -> Result<Redeemed, ApiError>;

        /// One's own passkey. Errors: `NotFound`.
        async fn find(&self, own: &OwnCredentials, id: Uuid) -> Result<PasskeyLine, ApiError>;

        /// Begins adding a passkey. Errors: `Certificate`.
        async fn start_adding(&self, request: &RequestInfo, own: &OwnCredentials)
        -> Result<PasskeyChallenge, ApiError>;

        /// Adds the passkey and tells the owner by mail or SMS. Errors: `Invalid`, `Certificate`.
        async fn add(
            &self,
            request: &RequestInfo,
            own: &OwnCredentials,
            answer: PasskeyAnswer<'_>,
            name: &str,
        ) -> Result<(), ApiError>;

        /// Removes a passkey and tells the owner. Errors: `NotFound`.
        async fn remove(&self, request: &RequestInfo, own: &OwnCredentials, id: Uuid) -> Result<(), ApiError>;

        /// Begins proving once more who is signed in. Errors: `NotPermitted`, `Certificate`.
        async fn start_confirming(&self, request: &RequestInfo, actor: &Actor) -> Result<PasskeyChallenge, ApiError>;

        /// As [`crate::services::own_account::OwnAccount::confirm`], by a passkey. Errors: `Invalid`, `NotPermitted`,
        /// `Certificate`, `SessionTimedOut`.
        async fn confirm(
            &self,
            request: &RequestInfo,
            actor: &Actor,
            answer: PasskeyAnswer<'_>,
        ) -> Result<String, ApiError>;
    }
}
