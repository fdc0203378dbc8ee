//! Telling people about their account.

use app::error::ApiError;
use domain::contact::{Email, Phone};

use super::Core;
use crate::{
    delivery::{Message, Recipient},
    storage::{Tx, accounts::Account},
};

/// Where messages go: mail when there is an address, else SMS.
pub(super) fn recipient(email: Option<&Email>, phone: Option<&Phone>) -> Option<Recipient> {
    email.cloned().map(Recipient::Mail).or_else(|| phone.cloned().map(Recipient::Sms))
}

/// Queues `message` for the account's owner, if there is a way to reach them.
pub(super) async fn tell(core: &Core, tx: &mut Tx, account: &Account, message: &Message) -> Result<(), ApiError> {
    if let Some(to) = recipient(account.email.as_ref(), account.phone.as_ref()) {
        core.outgoing.enqueue(tx, to, message).await?;
    }
    Ok(())
}
