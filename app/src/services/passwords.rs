//! Setting a password of one's own: after the first sign-in, by a link when it was forgotten, or by choice.

use domain::form::Problem;
use serde::{Deserialize, Serialize};

/// What G-3 shows about the account whose password is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordLeave {
    /// ユーザID as registered.
    pub login_id: String,
    /// The present password is an initial one.
    pub first: bool,
}

/// What is wrong with a password that is being typed; `None`: nothing so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordAdvice {
    /// The problem.
    pub problem: Option<Problem>,
}

#[cfg(feature = "ssr")]
pub use server_side::{NewPassword, OwnPassword};

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;

    use super::{PasswordAdvice, PasswordLeave};
    use crate::{
        error::ApiError,
        services::{Actor, RequestInfo, sign_in::StartedSession},
    };

    /// Two inputs of a new password.
    #[derive(Clone, Copy)]
    pub struct NewPassword<'a> {
        /// The password.
        pub password: &'a str,
        /// The same once more.
        pub again: &'a str,
    }

    /// Setting one's own password. Every change ends the account's sessions, writes its audit row and tells the owner,
    /// in one transaction.
    #[async_trait]
    pub trait OwnPassword: Send + Sync {
        /// G-1. Sends a link when ID and contact belong together; the answer is the same when they do not.
        ///
        /// Errors: `Invalid` (fields left empty), `TooManyRequests`, `Certificate`.
        async fn forgotten(&self, request: &RequestInfo, login_id: &str, contact: &str) -> Result<(), ApiError>;

        /// Whose password `token` gives leave to set; without a token, the leave of this browser's first sign-in.
        ///
        /// Errors: `SignInOver` (none, used, expired, another office's certificate), `Certificate`.
        async fn leave(&self, request: &RequestInfo, token: &str) -> Result<PasswordLeave, ApiError>;

        /// What is wrong with a password that is being typed on G-3 (`leave`'s token) or G-5 (`None`: the session's).
        ///
        /// Errors: as [`Self::leave`] and `SessionTimedOut`.
        async fn advice(
            &self,
            request: &RequestInfo,
            token: Option<&str>,
            password: &str,
        ) -> Result<PasswordAdvice, ApiError>;

        /// G-3. After a first sign-in the session begins with it; after a link one has to sign in.
        ///
        /// Errors: `Invalid`, `SignInOver`, `Certificate`.
        async fn set(
            &self,
            request: &RequestInfo,
            token: &str,
            new: NewPassword<'_>,
        ) -> Result<Option<StartedSession>, ApiError>;

        /// G-5. Every session ends but a new one for this browser.
        ///
        /// Errors: `Invalid`, `Locked`, `NotPermitted`, `SessionTimedOut`, `Certificate`.
        async fn change(
            &self,
            request: &RequestInfo,
            actor: &Actor,
            current: &str,
            new: NewPassword<'_>,
        ) -> Result<StartedSession, ApiError>;
    }
}
