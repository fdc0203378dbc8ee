//! Signing in: certificate → ID and password → security code (事業所ユーザ) → one-time code → session, or a new password
//! first when the present one is an initial one.

use serde::{Deserialize, Serialize};

/// Who signs in: each has screens and limits of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// 事業所ユーザ, B-1, B-2.
    Office,
    /// 管理者ユーザ and 一般ユーザ: A-4, B-11, B-12.
    Member,
}

impl Who {
    /// As whom accounts of this kind sign in.
    pub const fn of(kind: domain::account::AccountKind) -> Self {
        match kind {
            domain::account::AccountKind::Office => Self::Office,
            _ => Self::Member,
        }
    }
}

/// How a one-time code reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeChannel {
    /// Mail.
    Mail,
    /// SMS; not for 事業所ユーザ.
    Sms,
    /// Not at all: the person's own authenticator app makes it. Not for 事業所ユーザ.
    App,
    /// On paper: one of the recovery codes. Not for 事業所ユーザ.
    Recovery,
}

impl CodeChannel {
    /// The code that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
            Self::App => "app",
            Self::Recovery => "recovery",
        }
    }
}

/// The step that a started sign-in is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Password right; the security code is asked for.
    SecurityCode,
    /// Both right; the code has not been sent yet (B-1).
    SendCode,
    /// A code was sent (B-2).
    Code,
}

/// What the screens of a started sign-in show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Who signs in.
    pub who: Who,
    /// Where it is.
    pub step: Step,
    /// The mail address that codes can go to, masked.
    pub email: Option<String>,
    /// The phone number that codes can go to, masked; always `None` for a 事業所ユーザ.
    pub phone: Option<String>,
    /// An authenticator app is registered.
    pub app: bool,
    /// Recovery codes that are left.
    pub recovery_codes_left: i64,
    /// The way that was chosen for the codes.
    pub channel: Option<CodeChannel>,
    /// Seconds until another code may be sent.
    pub resend_in: i64,
    /// Whether another code may be sent at all.
    pub resends_left: bool,
    /// More than one code was sent: the screen says so (B-2's information banner).
    pub resent: bool,
    /// Seconds for which the newest code is valid.
    pub valid_for: i64,
    /// Tries left for the one-time code.
    pub tries_left: i64,
}

impl Progress {
    /// Whether there is any other way than the one that was chosen.
    pub fn has_another_way(&self) -> bool {
        let ways = [
            (CodeChannel::Mail, self.email.is_some()),
            (CodeChannel::Sms, self.phone.is_some()),
            (CodeChannel::App, self.app),
            (CodeChannel::Recovery, self.recovery_codes_left > 0),
        ];
        ways.iter().any(|(way, exists)| *exists && self.channel != Some(*way))
    }

    /// Where codes go, masked. `None`: nowhere yet, or nowhere at all.
    pub fn sent_to(&self) -> Option<&str> {
        match self.channel? {
            CodeChannel::Mail => self.email.as_deref(),
            CodeChannel::Sms => self.phone.as_deref(),
            CodeChannel::App | CodeChannel::Recovery => None,
        }
    }
}

#[cfg(feature = "ssr")]
pub use server_side::{Redeemed, SessionTimes, SignIn, StartedSession, StartedSignIn};

#[cfg(feature = "ssr")]
mod server_side {
    use super::{CodeChannel, Progress, Step, Who};
    use crate::{
        error::ApiError,
        services::{Actor, RequestInfo, SignedInSummary},
    };
    use async_trait::async_trait;

    /// A sign-in that was let past the password.
    #[derive(Debug)]
    pub struct StartedSignIn {
        /// Secret for the sign-in cookie.
        pub token: String,
        /// The next step.
        pub step: Step,
    }

    /// A session that was just opened.
    #[derive(Debug)]
    pub struct StartedSession {
        /// Secret for the session cookie; a new one at every sign-in.
        pub token: String,
        /// Whom it belongs to.
        pub actor: Actor,
        /// Secret for the device cookie of a browser that has none yet.
        pub device: Option<String>,
    }

    /// What a right code leads to.
    #[derive(Debug)]
    pub enum Redeemed {
        /// Signed in.
        Session(StartedSession),
        /// The password is an initial one: a new one must be set first (G-3).
        NewPassword {
            /// Secret that gives leave for it, for the sign-in cookie.
            token: String,
        },
    }

    /// How long a session lasts from now.
    #[derive(Clone, Copy, Debug)]
    pub struct SessionTimes {
        /// Seconds until it ends without a further request.
        pub idle_seconds: i64,
    }

    /// Signing in, sessions, signing out. Every call that decides something writes its audit row in the same
    /// transaction.
    #[async_trait]
    pub trait SignIn: Send + Sync {
        /// Checks certificate, limits, ID and password. On A-4 the right ones send the first one-time code when
        /// there is one way only for it: nothing is left to be chosen on B-11.
        ///
        /// Errors: `Invalid`, `SignInRefused`, `TooManyRequests`, `Certificate` (only after a right password when the
        /// certificate is another office's).
        async fn start(
            &self,
            who: Who,
            request: &RequestInfo,
            login_id: &str,
            password: &str,
        ) -> Result<StartedSignIn, ApiError>;

        /// Where the sign-in of the request's cookie stands. Errors: `SignInOver`, `Certificate`.
        async fn progress(&self, request: &RequestInfo) -> Result<Progress, ApiError>;

        /// The right code sends the first one-time code; the answer is the next step. With no contact registered
        /// that is [`Step::SendCode`], whose screen says so.
        ///
        /// Errors: `Invalid`, `SignInOver`, `Locked`, `Certificate`.
        async fn security_code(&self, request: &RequestInfo, code: &str) -> Result<Step, ApiError>;

        /// B-1 and B-11. A way that sends nothing only leads to B-12. Sends the first one-time code; does nothing when one
        /// was sent already the same way (reload, back button).
        ///
        /// Errors: `SignInOver`, `NoContact` (no such contact is registered), `ResendTooSoon`, `ResendLimit`,
        /// `Certificate`.
        async fn send_code(&self, request: &RequestInfo, channel: CodeChannel) -> Result<Who, ApiError>;

        /// B-2 and B-12. Sends another code the same way; earlier ones stay valid, tries are not given back.
        ///
        /// Errors: `SignInOver`, `ResendTooSoon`, `ResendLimit`, `Certificate`.
        async fn resend_code(&self, request: &RequestInfo) -> Result<Who, ApiError>;

        /// B-2 and B-12. Redeems a code, sent or from the app, for a session; each code once, however many requests
        /// arrive together.
        ///
        /// Errors: `Invalid` (form, expired, used), `WrongCode`, `SignInOver`, `Locked`, `Certificate`.
        async fn redeem_code(&self, request: &RequestInfo, code: &str) -> Result<Redeemed, ApiError>;

        /// B-12. The same with a recovery code; wrong ones count as wrong codes.
        ///
        /// Errors: `Invalid` (form, used), `WrongCode`, `SignInOver`, `Certificate`.
        async fn redeem_recovery_code(&self, request: &RequestInfo, code: &str) -> Result<Redeemed, ApiError>;

        /// The account of the request's session.
        ///
        /// Errors: `SessionTimedOut` (none, ended, idle too long, another certificate), `Certificate`.
        async fn actor(&self, request: &RequestInfo) -> Result<Actor, ApiError>;

        /// The frame's data of the request's session; also counts as activity. `Ok(None)`: nobody is signed in.
        ///
        /// Errors: `SessionTimedOut` when a session cookie came whose session is over, `Certificate`.
        async fn summary(&self, request: &RequestInfo) -> Result<Option<SignedInSummary>, ApiError>;

        /// The person wants to go on: counts as activity. Errors: `SessionTimedOut`, `Certificate`.
        async fn extend(&self, request: &RequestInfo) -> Result<SessionTimes, ApiError>;

        /// Ends the request's session, if there is one. Errors: `Internal` only.
        async fn sign_out(&self, request: &RequestInfo) -> Result<(), ApiError>;
    }
}
