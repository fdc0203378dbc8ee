//! Messages to people: what they say, how they wait, how they leave the house.
//!
//! A change that tells somebody something writes the finished message into the outbox in its own transaction
//! ([`Outgoing::enqueue`]), so that neither can exist without the other and no screen ever waits for a mail server. The
//! [`worker::Worker`] takes what is due and hands it to a sender ([`smtp`], [`sms`]) until one says "accepted".
//!
//! Delivery is at least once: a receiver that accepted a message but could not say so gets it again, under the same
//! Message-ID. In the outbox, recipient and text are sealed; once a message is delivered or given up, they are gone.

mod courier;
pub mod message;
mod outgoing;
mod retry;
mod sealed;
pub mod sender;
pub mod sms;
pub mod smtp;
pub mod templates;
pub mod worker;

pub use courier::Senders;
pub use message::Message;
pub use outgoing::{EnqueueError, Outgoing, Recipient};
pub use retry::Pace;
pub use worker::Worker;
