//! The worker that empties the outbox.
//!
//! Any number of servers may run one on the same database: a row is *leased*, sent, and then marked. Whoever loses its
//! lease (crash, power cut) loses the row to the next who looks. Only as many rows are leased as can be sent at once,
//! so a lease starts with the sending. A row's ID is its Message-ID at every try.
//!
//! Logs say which row, which kind of message and what class of failure; never to whom or what.

use std::{fmt, sync::Arc, time::Duration};

use tokio::{
    sync::Notify,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{
    Outgoing, Pace,
    courier::{Courier, Senders},
};
use crate::storage::{Db, StoreError};

/// Takes what is due from the outbox and sends it, until told to stop.
pub struct Worker {
    courier: Arc<Courier>,
    due: Arc<Notify>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Worker(…)")
    }
}

/// Shortest pause between two looks: another worker may hold what is due, and the database may be away.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
/// At shutdown: longest wait for the database.
const GIVE_BACK_MAX: Duration = Duration::from_secs(3);
/// Pause after the database failed.
const PAUSE_WITHOUT_DATABASE: Duration = Duration::from_secs(1);

impl Worker {
    /// Sends what `outgoing` (and every other server on this database) writes.
    pub fn new(db: Db, outgoing: &Outgoing, senders: Senders, pace: Pace) -> Self {
        Self { courier: Arc::new(Courier::new(db, outgoing, senders, pace)), due: outgoing.due() }
    }

    /// Works until `shutdown` is cancelled; then finishes what is being sent ([`Pace::drain`] at most) and gives the
    /// rest back, so that another server or the next start can take it at once.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut sending = JoinSet::new();
        while !shutdown.is_cancelled() {
            let pause = match self.take(&mut sending).await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read; trying again");
                    PAUSE_WITHOUT_DATABASE
                }
            };
            let has_room = sending.len() < self.courier.pace.concurrency;
            tokio::select! {
                () = shutdown.cancelled() => {}
                Some(ended) = sending.join_next() => report(ended),
                () = self.due.notified(), if has_room => {}
                () = sleep(pause), if has_room => {}
            }
        }
        self.drain(sending).await;
    }

    /// Starts sending what is due, as far as there is room; returns how long there will be nothing to do.
    async fn take(&self, sending: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        let Courier { ambient, pace, .. } = &*self.courier;
        let room = pace.concurrency.saturating_sub(sending.len());
        if room == 0 {
            return Ok(pace.look_every);
        }
        if self.courier.next_due().await?.is_some_and(|due| due <= ambient.now()) {
            for delivery in self.courier.take(room).await? {
                sending.spawn(delivery.run());
            }
        }
        let pause = match self.courier.next_due().await? {
            Some(due) => micros(due.micros().saturating_sub(ambient.now().micros())),
            None => pace.look_every,
        };
        Ok(pause.clamp(SHORTEST_PAUSE, pace.look_every))
    }

    async fn drain(&self, mut sending: JoinSet<()>) {
        let all_ended = async {
            while let Some(ended) = sending.join_next().await {
                report(ended);
            }
        };
        if timeout(self.courier.pace.drain, all_ended).await.is_ok() {
            return;
        }
        let held = self.courier.held();
        sending.shutdown().await;
        tracing::warn!(outbox.rows = held.len(), "shut down while messages were being sent; they will be sent again");
        match timeout(GIVE_BACK_MAX, self.courier.release(&held)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "messages could not be given back; their leases will run out"),
            Err(_) => tracing::warn!("messages could not be given back in time; their leases will run out"),
        }
    }
}

fn micros(micros: i64) -> Duration {
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

/// A panic while sending costs one try, not the worker: the row's lease runs out and it is tried again.
fn report(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended
        && error.is_panic()
    {
        tracing::error!(%error, "sending a message panicked");
    }
}
