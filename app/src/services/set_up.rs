//! What an office has to do before it can begin, and how far it is: the guide on C-1 and C-11.

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::{error::ApiError, services::Actor};

/// What was done at least once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "four steps, each done or not")]
pub struct SetUpProgress {
    /// A 管理者ユーザ is registered.
    pub administrator: bool,
    /// A 一般ユーザ is registered.
    pub staff: bool,
    /// A terminal's マイナ資格確認アプリ情報 was registered.
    pub terminal: bool,
    /// A person was identified for the first time.
    pub identified: bool,
}

impl SetUpProgress {
    /// Nothing is left to do.
    pub const fn complete(self) -> bool {
        self.administrator && self.staff && self.terminal && self.identified
    }
}

/// How far an office is.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait SetUp: Send + Sync {
    /// Of the actor's own office. Errors: `NotPermitted` for accounts that cannot set up anything.
    async fn progress(&self, actor: &Actor) -> Result<SetUpProgress, ApiError>;
}
