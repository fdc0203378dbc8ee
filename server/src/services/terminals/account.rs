//! The password of a terminal's account at the platform, kept sealed.

use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    secret::{CannotOpen, Keys},
    services::Core,
};

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
