//! One try of one message: open it, hand it to its sender, write down what became of it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{
    Timestamp,
    contact::{Email, Phone},
};
use tokio::time::{sleep, timeout};
use tracing::Instrument;
use uuid::Uuid;

use super::{
    Outgoing, Pace,
    sealed::Contents,
    sender::{Failure, Letter, MailSender, ShortMessage, SmsSender},
};
use crate::{
    clock::Ambient,
    secret::Keys,
    storage::{
        Db, StoreError,
        outbox::{self, Channel, Leased},
    },
};

/// The ways out.
#[derive(Clone)]
pub struct Senders {
    /// Mail.
    pub mail: Arc<dyn MailSender>,
    /// SMS. Without one, short messages wait in the outbox until a server has one.
    pub sms: Option<Arc<dyn SmsSender>>,
}

/// What every try needs.
pub(super) struct Courier {
    db: Db,
    keys: Arc<Keys>,
    pub(super) ambient: Ambient,
    senders: Senders,
    pub(super) pace: Pace,
    /// Rows being sent here, with the newest lease on each. When the clock jumps, our own lease seems to have run out
    /// and we lease a row again that we are still sending: then only the lease is renewed.
    under_way: Mutex<HashMap<Uuid, Uuid>>,
    /// Held while rows are leased and while an outcome is written down, so that an outcome always meets the newest
    /// lease: else a jump of the clock at the wrong moment would lose it, and a delivered mail would be sent again.
    books: tokio::sync::Mutex<()>,
}

/// What became of a try.
enum Outcome {
    Delivered,
    Failed(Failure),
    /// Not even tried: nobody needs it any more.
    TooLate,
}

impl Courier {
    pub(super) fn new(db: Db, outgoing: &Outgoing, senders: Senders, pace: Pace) -> Self {
        let (keys, ambient) = (outgoing.keys(), outgoing.ambient());
        Self { db, keys, ambient, senders, pace, under_way: Mutex::default(), books: tokio::sync::Mutex::default() }
    }

    pub(super) async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let mut tx = self.db.read().await?;
        outbox::next_due(&mut tx).await
    }

    /// Takes at most `limit` due rows; those that are being sent already only get their lease renewed.
    pub(super) async fn take(self: &Arc<Self>, limit: usize) -> Result<Vec<Delivery>, StoreError> {
        let _books = self.books.lock().await;
        let leased = self.lease(limit).await?;
        Ok(leased.into_iter().filter_map(|leased| self.accept(leased)).collect())
    }

    async fn lease(&self, limit: usize) -> Result<Vec<Leased>, StoreError> {
        let now = self.ambient.now();
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let mut tx = self.db.write().await?;
        let leased = outbox::lease_due(&mut tx, now, later(now, self.pace.lease()), limit).await?;
        tx.commit().await?;
        Ok(leased)
    }

    /// `None`: this row is being sent already.
    fn accept(self: &Arc<Self>, leased: Leased) -> Option<Delivery> {
        let Leased { message, tries, lease } = leased;
        match self.under_way().insert(message.id, lease) {
            Some(_earlier) => None,
            None => Some(Delivery { courier: Arc::clone(self), message, tries }),
        }
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<Uuid, Uuid>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows being sent here, with their leases.
    pub(super) fn held(&self) -> Vec<(Uuid, Uuid)> {
        self.under_way().iter().map(|(id, lease)| (*id, *lease)).collect()
    }

    /// Gives rows back whose sending was broken off. One may have been accepted after all: whoever gets it twice sees
    /// the same Message-ID.
    pub(super) async fn release(&self, rows: &[(Uuid, Uuid)]) -> Result<(), StoreError> {
        let (now, reason) = (self.ambient.now(), Failure::Interrupted.to_string());
        let mut tx = self.db.write().await?;
        for (id, lease) in rows {
            outbox::failed(&mut tx, *id, *lease, now, &reason).await?;
        }
        tx.commit().await
    }

    async fn send(&self, message: &outbox::Message) -> Result<(), Failure> {
        let Contents { to, subject, text } = Contents::open(&self.keys, message.id, &message.sealed)?;
        let id = message.id;
        match (message.channel, &self.senders.sms) {
            (Channel::Mail, _) => {
                let to = Email::parse(&to).map_err(|_| Failure::Unreadable)?;
                self.senders.mail.send(&Letter { id, to, subject, text, written_at: message.created_at }).await
            }
            (Channel::Sms, Some(sms)) => {
                let to = Phone::parse(&to).map_err(|_| Failure::Unreadable)?;
                sms.send(&ShortMessage { id, to, text }).await
            }
            (Channel::Sms, None) => Err(Failure::NoSender),
        }
    }
}

/// A leased row on its way.
pub(super) struct Delivery {
    courier: Arc<Courier>,
    message: outbox::Message,
    tries: i64,
}

impl Drop for Delivery {
    /// Also when the task is aborted or panics.
    fn drop(&mut self) {
        self.courier.under_way().remove(&self.message.id);
    }
}

/// Tries to write an outcome down before leaving it to the lease.
const RECORD_TRIES: u32 = 6;

impl Delivery {
    pub(super) async fn run(self) {
        let outbox::Message { id, kind, channel, .. } = &self.message;
        let span = tracing::info_span!(
            "delivery",
            outbox.id = %id,
            outbox.kind = kind,
            outbox.channel = ?channel,
            outbox.tries = self.tries,
        );
        self.try_once().instrument(span).await;
    }

    async fn try_once(&self) {
        let outcome = self.attempt().await;
        self.log(&outcome);
        // An outcome that is not written down means a message sent twice: worth some patience with the database.
        for wait in (0..RECORD_TRIES).map(|n| Duration::from_millis(200 << n)) {
            match self.record(&outcome).await {
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "what became of a message could not be stored"),
            }
            sleep(wait).await;
        }
    }

    async fn attempt(&self) -> Outcome {
        let Courier { ambient, pace, .. } = &*self.courier;
        if self.message.not_after.is_some_and(|end| end <= ambient.now()) {
            return Outcome::TooLate;
        }
        match timeout(pace.timeout, self.courier.send(&self.message)).await {
            Ok(Ok(())) => Outcome::Delivered,
            Ok(Err(failure)) => Outcome::Failed(failure),
            Err(_) => Outcome::Failed(Failure::TimedOut),
        }
    }

    async fn record(&self, outcome: &Outcome) -> Result<(), StoreError> {
        let Courier { ambient, pace, db, .. } = &*self.courier;
        let _books = self.courier.books.lock().await;
        let (id, now) = (self.message.id, ambient.now());
        let Some(lease) = self.courier.under_way().get(&id).copied() else { return Ok(()) };
        let mut tx = db.write().await?;
        let ours = match outcome {
            Outcome::Delivered => outbox::delivered(&mut tx, id, lease, now).await?,
            Outcome::TooLate => outbox::given_up(&mut tx, id, lease, now, "expired").await?,
            Outcome::Failed(failure) if self.is_hopeless(*failure, now) => {
                outbox::given_up(&mut tx, id, lease, now, &failure.to_string()).await?
            }
            Outcome::Failed(failure) => {
                let chance = u32::from_le_bytes(ambient.bytes());
                let next_try = later(now, pace.pause(self.tries, *failure, chance));
                outbox::failed(&mut tx, id, lease, next_try, &failure.to_string()).await?
            }
        };
        tx.commit().await?;
        if !ours {
            tracing::warn!("the lease on a message ran out while it was being sent");
        }
        Ok(())
    }

    /// A try counts as the last when it failed for good or the message is too old.
    fn is_hopeless(&self, failure: Failure, now: Timestamp) -> bool {
        failure.is_final() || later(self.message.created_at, self.courier.pace.give_up_after) <= now
    }

    fn log(&self, outcome: &Outcome) {
        match outcome {
            Outcome::Delivered => tracing::info!("message delivered"),
            Outcome::TooLate => tracing::warn!("message dropped: it is of no use any more"),
            Outcome::Failed(failure) => {
                let given_up = self.is_hopeless(*failure, self.courier.ambient.now());
                tracing::warn!(outbox.error = %failure, outbox.given_up = given_up, "message not delivered");
            }
        }
    }
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    Timestamp::from_micros(time.micros().saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
}
