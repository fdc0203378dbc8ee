//! 端末: the PCs whose readings an office's people may use (J-1 … J-4).

use domain::{Timestamp, terminal::Verdict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One registered terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalInfo {
    /// Which one.
    pub id: Uuid,
    /// 端末固有ID, grouped.
    pub terminal_id: String,
    /// What the office calls it; may be empty.
    pub name: String,
    /// オンライン資格確認ユーザID.
    pub platform_user: String,
    /// 認証結果.
    pub verdict: Verdict,
    /// When the platform was asked last.
    pub verified_at: Timestamp,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Its latest reading that the server took.
    pub last_reading_at: Option<Timestamp>,
}

impl TerminalInfo {
    /// The name, or the 端末固有ID where it has none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.terminal_id } else { &self.name }
    }
}

#[cfg(feature = "ssr")]
pub use server_side::{NewTerminal, Terminals};

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use domain::terminal::Verdict;
    use uuid::Uuid;

    use super::TerminalInfo;
    use crate::{
        error::ApiError,
        services::{RegisterTerminals, RequestInfo},
    };

    /// J-2 as typed.
    #[derive(Clone, Copy)]
    pub struct NewTerminal<'a> {
        /// オンライン資格確認ユーザID.
        pub platform_user: &'a str,
        /// Its password.
        pub platform_password: &'a str,
        /// 端末固有ID.
        pub terminal_id: &'a str,
        /// What the office calls it.
        pub name: &'a str,
    }

    /// The terminals of the handle's office; what lies outside is [`ApiError::NotFound`], exactly as what does not exist.
    #[async_trait]
    pub trait Terminals: Send + Sync {
        /// J-1: the newest first, revoked ones left out.
        async fn list(&self, leave: &RegisterTerminals) -> Result<Vec<TerminalInfo>, ApiError>;

        /// J-3, J-4. Errors: `NotFound`.
        async fn detail(&self, leave: &RegisterTerminals, id: Uuid) -> Result<TerminalInfo, ApiError>;

        /// J-2 「認証」: asks the platform and keeps the terminal with what it said. A terminal that the platform has not
        /// accepted so far is entered anew.
        ///
        /// Errors: `Invalid` (a field; a terminal that is accepted already).
        async fn register(
            &self,
            leave: &RegisterTerminals,
            request: &RequestInfo,
            new: NewTerminal<'_>,
        ) -> Result<Verdict, ApiError>;

        /// J-3 「接続を確認する」: asks the platform again with the account as stored.
        ///
        /// Errors: `NotFound`.
        async fn test(&self, leave: &RegisterTerminals, request: &RequestInfo, id: Uuid) -> Result<Verdict, ApiError>;

        /// J-3 「名称を変更する」. Errors: `Invalid`, `NotFound`.
        async fn rename(
            &self,
            leave: &RegisterTerminals,
            request: &RequestInfo,
            id: Uuid,
            name: &str,
        ) -> Result<(), ApiError>;

        /// J-4: its readings are refused from this moment on. Errors: `NotFound`.
        async fn revoke(&self, leave: &RegisterTerminals, request: &RequestInfo, id: Uuid) -> Result<(), ApiError>;
    }
}
