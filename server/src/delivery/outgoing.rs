//! Writing a message into the outbox, inside the transaction of the change that it tells about.

use std::{fmt, sync::Arc};

use domain::contact::{Email, Phone};
use tokio::sync::Notify;

use super::{
    message::Message,
    sealed::Contents,
    templates::{TemplateError, Templates},
};
use crate::{
    clock::Ambient,
    secret::Keys,
    storage::{
        StoreError, Tx,
        outbox::{self, Channel},
    },
};

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// By mail.
    Mail(Email),
    /// By SMS.
    Sms(Phone),
}

/// Why a message could not be written down. The caller's transaction must not be committed then.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum EnqueueError {
    #[error("the message's template cannot be rendered: {0}")]
    Template(#[from] TemplateError),
    #[error("the message cannot be sealed: {0}")]
    Seal(#[from] serde_json::Error),
    #[error("the message cannot be stored: {0}")]
    Store(#[from] StoreError),
}

/// The services' end of the outbox. Cheap to clone.
#[derive(Clone)]
pub struct Outgoing {
    templates: Arc<Templates>,
    keys: Arc<Keys>,
    ambient: Ambient,
    due: Arc<Notify>,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outgoing(…)")
    }
}

impl Outgoing {
    /// Writes with these templates and keys; the worker must have the same keys.
    pub fn new(templates: Arc<Templates>, keys: Arc<Keys>, ambient: Ambient) -> Self {
        Self { templates, keys, ambient, due: Arc::new(Notify::new()) }
    }

    /// Renders and seals `message` and writes it into the outbox as part of `tx`: it will be sent if, and only if, `tx`
    /// is committed. Call [`Self::wake`] after that.
    ///
    /// Errors: [`EnqueueError`].
    pub async fn enqueue(&self, tx: &mut Tx, to: Recipient, message: &Message) -> Result<(), EnqueueError> {
        let (channel, to, rendered) = match &to {
            Recipient::Mail(email) => (Channel::Mail, email.as_str(), self.templates.mail(message)?),
            Recipient::Sms(phone) => (Channel::Sms, phone.as_str(), self.templates.sms(message)?),
        };
        let (id, now) = (self.ambient.id(), self.ambient.now());
        let contents = Contents { to: to.to_owned(), subject: rendered.subject, text: rendered.text };
        let row = outbox::Message {
            id,
            channel,
            sealed: contents.seal(&self.keys, &self.ambient, id)?,
            kind: message.kind().to_owned(),
            created_at: now,
            not_after: message.not_after(now),
        };
        Ok(outbox::enqueue(tx, &row).await?)
    }

    /// Tells this process's worker that something was committed, so that a code leaves at once and not at the worker's
    /// next look.
    pub fn wake(&self) {
        self.due.notify_one();
    }

    /// What [`Self::wake`] rings.
    pub(super) fn due(&self) -> Arc<Notify> {
        Arc::clone(&self.due)
    }

    pub(super) fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys)
    }

    pub(super) fn ambient(&self) -> Ambient {
        self.ambient.clone()
    }
}
