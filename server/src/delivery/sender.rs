//! The two ways out, as the worker sees them, and why one may be closed.

use std::fmt;

use async_trait::async_trait;
use domain::{
    Timestamp,
    contact::{Email, Phone},
};
use uuid::Uuid;

/// A mail on its way.
pub struct Letter {
    /// The outbox row's ID: becomes the Message-ID, the same at every try.
    pub id: Uuid,
    /// To whom.
    pub to: Email,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({})", self.id)
    }
}

/// An SMS on its way.
pub struct ShortMessage {
    /// The outbox row's ID.
    pub id: Uuid,
    /// To whom.
    pub to: Phone,
    /// Plain text.
    pub text: String,
}

impl fmt::Debug for ShortMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ShortMessage({})", self.id)
    }
}

/// Why a message did not leave. Carries no text from the other side: servers like to repeat the recipient in theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection, or it broke.
    #[error("unreachable")]
    Unreachable,
    /// No answer in time.
    #[error("timeout")]
    TimedOut,
    /// "Try later" (SMTP 4yz, HTTP 408, 429 and 5xx).
    #[error("deferred {0}")]
    Deferred(u16),
    /// A no that somebody can turn into a yes: our sign-in, our rights, the receiver's mailbox (SMTP 5yz, HTTP 401,
    /// 403, 404).
    #[error("refused {0}")]
    Refused(u16),
    /// This message will never be taken (any other HTTP 4xx).
    #[error("undeliverable {0}")]
    Undeliverable(u16),
    /// Our settings and what the server offers do not fit: no STARTTLS, no common way to sign in.
    #[error("misconfigured")]
    Misconfigured,
    /// No sender is configured for this channel.
    #[error("no sender")]
    NoSender,
    /// The sealed row cannot be opened: the server runs with another key.
    #[error("sealed with another key")]
    OtherKey,
    /// The row opens but holds something else than expected.
    #[error("unreadable")]
    Unreadable,
    /// The server was shut down meanwhile.
    #[error("interrupted")]
    Interrupted,
}

impl Failure {
    /// Trying again is pointless.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Undeliverable(_) | Self::Unreadable)
    }

    /// Somebody said no, or must change something first: asking again every few minutes for days would only earn us
    /// a bad name.
    pub const fn needs_somebody(self) -> bool {
        matches!(self, Self::Refused(_) | Self::Misconfigured | Self::NoSender | Self::OtherKey)
    }
}

/// Hands mails to a mail server.
#[async_trait]
pub trait MailSender: Send + Sync {
    /// Returns when the server has taken responsibility for the letter. May be dropped at any moment (timeout); what
    /// was under way then must not leak into the next letter. Errors: [`Failure`].
    async fn send(&self, letter: &Letter) -> Result<(), Failure>;
}

/// Hands short messages to a gateway.
#[async_trait]
pub trait SmsSender: Send + Sync {
    /// Returns when the gateway has taken the message. May be dropped at any moment. Errors: [`Failure`].
    async fn send(&self, message: &ShortMessage) -> Result<(), Failure>;
}
