//! One queue for each reader, and one connection in it at a time.
//!
//! Requests of the connection that has the reader wait for each other. Another connection is told `busy` at once. A job
//! that nobody waits for any more (deadline, cancel) keeps its lane until its thread is back from the operating system:
//! until then the reader really is busy.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use protocol::{failure::Failure, label::Label};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot};
use tokio_util::sync::CancellationToken;

use crate::reader::{Access, Channel, Readers};

/// Which connection asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub u64);

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until the reader is ours; another program may hold it.
    pub reader: Duration,
    /// Until a card lies on it.
    pub card: Duration,
    /// For the whole operation once the card is ours.
    pub operation: Duration,
}

/// All lanes.
pub struct Lanes {
    readers: Arc<dyn Readers>,
    patience: Patience,
    by_reader: Mutex<HashMap<Label, Arc<Lane>>>,
}

struct Lane {
    jobs: mpsc::Sender<Job>,
    line: Mutex<Line>,
    turn: Arc<Semaphore>,
}

/// Who has the reader, and with how many requests.
#[derive(Default)]
struct Line {
    client: Option<Client>,
    requests: usize,
    /// Nobody waits for the job that runs; its thread is still with the operating system.
    abandoned: bool,
}

type Job = Box<dyn FnOnce(&mut dyn Access) + Send>;

/// A place in a reader's queue, given back when dropped.
pub struct Place {
    lane: Arc<Lane>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut line = self.lane.line();
        line.requests -= 1;
        if line.requests == 0 {
            *line = Line::default();
        }
    }
}

impl Lane {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lanes {
    /// No threads yet; each reader gets one at its first use.
    pub fn new(readers: Arc<dyn Readers>, patience: Patience) -> Self {
        Self { readers, patience, by_reader: Mutex::default() }
    }

    /// How long things may take.
    pub const fn patience(&self) -> Patience {
        self.patience
    }

    /// Takes a place in `reader`'s queue. Errors: `busy` while another connection has it.
    pub fn enter(&self, client: Client, reader: &Label) -> Result<Place, Failure> {
        let lane = self.lane(reader);
        let mut line = lane.line();
        if line.client.is_some_and(|other| other != client) {
            return Err(Failure::Busy);
        }
        line.client = Some(client);
        line.requests += 1;
        drop(line);
        Ok(Place { lane })
    }

    fn lane(&self, reader: &Label) -> Arc<Lane> {
        let mut lanes = self.by_reader.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = lanes.entry(reader.clone()).or_insert_with(|| Arc::new(Lane::start(self.readers.access())));
        Arc::clone(lane)
    }

    /// Runs `work` with the card on `reader`, on that reader's thread.
    ///
    /// Errors: those of `work` and of [`Access::with_card`]; `busy` when the card could not be had in time, `timed_out` when
    /// it could but `work` took too long, `cancelled` when `stop` was cancelled. In the last three the card is let go as soon
    /// as the operating system allows.
    pub async fn run<T: Send + 'static>(
        &self,
        place: Place,
        reader: &Label,
        stop: &CancellationToken,
        work: impl FnOnce(&mut dyn Channel) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        // Whatever ends this function also stops the thread before its next command.
        let stop = stop.child_token();
        let _stop_at_the_end = stop.clone().drop_guard();
        let lane = Arc::clone(&place.lane);
        let turn = self.turn(&place, &stop).await?;
        let begun = Arc::new(Begun::default());
        let (send, receive) = oneshot::channel();
        let job = job(place, turn, reader.clone(), stop.clone(), Arc::clone(&begun), work, send);
        lane.line().abandoned = false;
        lane.jobs.send(job).map_err(|_| Failure::Internal)?;
        let failure = tokio::select! {
            outcome = receive => return outcome.unwrap_or(Err(Failure::Internal)),
            () = stop.cancelled() => Failure::Cancelled,
            failure = self.deadline(&begun) => failure,
        };
        lane.line().abandoned = true;
        Err(failure)
    }

    /// Waits for this connection's earlier requests; for one that was given up, only as long as for another program.
    async fn turn(&self, place: &Place, stop: &CancellationToken) -> Result<OwnedSemaphorePermit, Failure> {
        let abandoned = place.lane.line().abandoned;
        let patience = if abandoned { self.patience.reader } else { self.patience.operation };
        let turn = Arc::clone(&place.lane.turn).acquire_owned();
        tokio::select! {
            permit = turn => permit.map_err(|_| Failure::Internal),
            () = stop.cancelled() => Err(Failure::Cancelled),
            () = tokio::time::sleep(patience) => Err(Failure::Busy),
        }
    }

    async fn deadline(&self, begun: &Begun) -> Failure {
        if tokio::time::timeout(self.patience.reader, begun.wait()).await.is_err() {
            return Failure::Busy;
        }
        tokio::time::sleep(self.patience.operation).await;
        Failure::TimedOut
    }
}

impl Lane {
    fn start(mut access: Box<dyn Access>) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        thread::spawn(move || {
            for job in queue {
                job(access.as_mut());
            }
        });
        Self { jobs, line: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

/// Told once the card is ours.
#[derive(Default)]
struct Begun {
    so: AtomicBool,
    notify: Notify,
}

impl Begun {
    fn set(&self) {
        self.so.store(true, Ordering::SeqCst);
        self.notify.notify_one();
    }

    async fn wait(&self) {
        while !self.so.load(Ordering::SeqCst) {
            self.notify.notified().await;
        }
    }
}

fn job<T: Send + 'static>(
    place: Place,
    turn: OwnedSemaphorePermit,
    reader: Label,
    stop: CancellationToken,
    begun: Arc<Begun>,
    work: impl FnOnce(&mut dyn Channel) -> Result<T, Failure> + Send + 'static,
    send: oneshot::Sender<Result<T, Failure>>,
) -> Job {
    Box::new(move |access| {
        let mut work = Some(work);
        let mut outcome = Err(Failure::Internal);
        let opened = access.with_card(&reader, &mut |channel| {
            begun.set();
            if let Some(work) = work.take() {
                outcome = work(&mut Stoppable { channel, stop: &stop });
            }
        });
        // First the reader is free, then the answer goes out: whoever has it may ask again at once.
        drop(turn);
        drop(place);
        let _ = send.send(opened.and(outcome));
    })
}

/// Refuses further commands once nobody waits any more.
struct Stoppable<'a> {
    channel: &'a mut dyn Channel,
    stop: &'a CancellationToken,
}

impl Channel for Stoppable<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure> {
        if self.stop.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        self.channel.transmit(command)
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.channel.reset()
    }

    fn reset_afterwards(&mut self) {
        self.channel.reset_afterwards();
    }
}
