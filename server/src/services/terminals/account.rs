//! A terminal's account at the platform: asked for, and its password kept sealed.

use async_trait::async_trait;
use domain::terminal::Verdict;
use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    secret::{CannotOpen, Keys},
    services::Core,
};

/// What J-2 hands to the platform.
#[derive(Clone, Debug)]
pub struct TerminalAccount {
    /// 事業所番号 of the office that registers.
    pub office_number: String,
    /// オンライン資格確認ユーザID.
    pub user: String,
    /// Its password.
    pub password: SecretString,
    /// 端末固有ID, grouped.
    pub terminal_id: String,
}

/// Whether accounts and terminals belong together, as the platform knows.
#[async_trait]
pub trait TerminalAccounts: Send + Sync {
    /// `Unavailable` when there is no answer; never an error, since that is kept as well.
    async fn verify(&self, account: &TerminalAccount) -> Verdict;
}

/// No platform is connected to this server.
pub struct NoPlatform;

#[async_trait]
impl TerminalAccounts for NoPlatform {
    async fn verify(&self, _: &TerminalAccount) -> Verdict {
        Verdict::Unavailable
    }
}

/// Binds a sealed password to its row.
fn context(id: Uuid) -> Vec<u8> {
    [b"terminals/".as_slice(), id.as_bytes()].concat()
}

pub(super) fn seal(core: &Core, id: Uuid, password: &str) -> Vec<u8> {
    core.keys.seal(&core.ambient, &context(id), password.as_bytes())
}

/// Errors: [`CannotOpen`] when its key is gone.
pub(super) fn open(keys: &Keys, id: Uuid, sealed: &[u8]) -> Result<SecretString, CannotOpen> {
    let plain = keys.open(&context(id), sealed)?;
    String::from_utf8(plain).map(SecretString::from).map_err(|_| CannotOpen)
}
