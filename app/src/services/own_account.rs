//! One's own account: what is registered, where it is signed in, which sign-ins there were lately, and proving once more
//! who one is before changing what one signs in with.

use domain::{Timestamp, account::AccountKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{passkeys::PasskeyLine, sign_in::CodeChannel};

/// What P-1 shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// ユーザID as registered.
    pub login_id: String,
    /// 氏名; a 事業所ユーザ has none.
    pub name: Option<String>,
    /// Its kind.
    pub kind: AccountKind,
    /// 事業所番号.
    pub office_number: String,
    /// 事業所名.
    pub office_name: String,
    /// Mail address, masked.
    pub email: Option<String>,
    /// Phone number, masked.
    pub phone: Option<String>,
    /// What it signs in with, as far as that can be changed here. `None`: a 事業所ユーザ.
    pub credentials: Option<Credentials>,
    /// Open sessions, the one in use first.
    pub sessions: Vec<SessionLine>,
    /// The newest sign-ins and failed ones, the newest first.
    pub sign_ins: Vec<SignInLine>,
}

/// What an account signs in with besides its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// Passkeys, the oldest first.
    pub passkeys: Vec<PasskeyLine>,
    /// When the authenticator app was registered.
    pub authenticator_since: Option<Timestamp>,
    /// Recovery codes that are left.
    pub recovery_codes_left: i64,
}

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Which one.
    pub id: Uuid,
    /// The browser in words.
    pub device: String,
    /// The address that it began from, shortened.
    pub address: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Its latest request, to the minute.
    pub last_seen_at: Timestamp,
    /// The one that asks.
    pub here: bool,
}

/// What was used in a sign-in, or failed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The password.
    Password,
    /// セキュリティコード.
    SecurityCode,
    /// A one-time code or what stands in for it.
    Code(CodeChannel),
    /// A passkey.
    Passkey,
}

/// How a sign-in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInResult {
    /// Signed in.
    Done,
    /// Refused.
    Refused,
    /// Refused, and the account was locked then or by that.
    Locked,
}

/// A sign-in, or one that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInLine {
    /// When.
    pub at: Timestamp,
    /// The browser in words.
    pub device: String,
    /// The address that it came from, shortened.
    pub address: String,
    /// With what.
    pub proof: Proof,
    /// How it ended.
    pub result: SignInResult,
}

#[cfg(feature = "ssr")]
pub use server_side::OwnAccount;

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use uuid::Uuid;

    use super::Overview;
    use crate::{
        error::ApiError,
        services::{Actor, RequestInfo},
    };

    /// One's own account. Every change writes its audit row in the same transaction.
    #[async_trait]
    pub trait OwnAccount: Send + Sync {
        /// P-1. Errors: `NotPermitted`.
        async fn overview(&self, actor: &Actor) -> Result<Overview, ApiError>;

        /// Ends another session of the same account, at once. Errors: `NotFound` (none of this account's, or ended
        /// already, or the one in use: that is signing out), `NotPermitted`.
        async fn end_session(&self, request: &RequestInfo, actor: &Actor, id: Uuid) -> Result<(), ApiError>;

        /// Ends every other session of the same account, at once. Errors: `NotPermitted`.
        async fn end_other_sessions(&self, request: &RequestInfo, actor: &Actor) -> Result<(), ApiError>;

        /// The password once more: for some minutes passkeys and the like may be changed in this session. Wrong ones
        /// count as at the sign-in. Answers the session's new token; the one before is worth nothing from then on
        /// (ASVS 7.2.4).
        ///
        /// Errors: `Invalid`, `Locked`, `NotPermitted`, `SessionTimedOut` (ended meanwhile).
        async fn confirm(&self, request: &RequestInfo, actor: &Actor, password: &str) -> Result<String, ApiError>;
    }
}
