//! Laying a card on a virtual reader and taking it away.

use std::{
    io,
    net::{Ipv4Addr, Shutdown, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    apdu_log::ApduLog,
    card::{ATR, Card, Reaction},
    vpcd::{self, Order},
};

/// How long a card that left by itself stays away.
const AWAY: Duration = Duration::from_secs(2);
/// How often a card tries to reach a reader that is not there (the PC/SC service is stopped).
const RETRY: Duration = Duration::from_millis(50);

/// A card lying on a reader, served by a thread. Dropping it takes the card away.
pub struct Insertion {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<Card>>,
}

#[derive(Default)]
struct Shared {
    taken: AtomicBool,
    stream: Mutex<Option<TcpStream>>,
}

impl Insertion {
    /// Lays `card` on the reader behind vpcd's `port`; waits in the background until that reader exists.
    pub fn insert(card: Card, port: u16, log: ApduLog) -> Self {
        let shared = Arc::new(Shared::default());
        let seen = Arc::clone(&shared);
        Self { shared, thread: Some(thread::spawn(move || stay(card, port, log, &seen))) }
    }

    /// Takes the card away and gives it back with its counters.
    pub fn remove(mut self) -> Option<Card> {
        self.take()
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    fn take(&mut self) -> Option<Card> {
        self.shared.taken.store(true, Ordering::SeqCst);
        if let Some(stream) = self.shared.stream.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.thread.take()?.join().ok()
    }
}

impl Drop for Insertion {
    fn drop(&mut self) {
        let _ = self.take();
    }
}

fn stay(mut card: Card, port: u16, mut log: ApduLog, shared: &Shared) -> Card {
    let taken = || shared.taken.load(Ordering::SeqCst);
    while !taken() {
        let Ok(mut stream) = connect(port) else {
            thread::sleep(RETRY);
            continue;
        };
        *shared.stream.lock().unwrap_or_else(PoisonError::into_inner) = stream.try_clone().ok();
        if taken() {
            break;
        }
        card.reset();
        let left = matches!(serve(&mut stream, &mut card, &mut log), Ok(Left));
        drop(stream);
        shared.stream.lock().unwrap_or_else(PoisonError::into_inner).take();
        if left && !taken() {
            thread::sleep(AWAY);
        }
    }
    card
}

fn connect(port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The card left by itself. (When it is taken away, reading fails instead.)
struct Left;

fn serve(stream: &mut TcpStream, card: &mut Card, log: &mut ApduLog) -> io::Result<Left> {
    loop {
        match vpcd::receive(stream)? {
            Order::Reset => {
                log.reset();
                card.reset();
            }
            Order::Atr => vpcd::send(stream, &ATR)?,
            Order::Command(bytes) => {
                log.command(&bytes);
                thread::sleep(card.delay());
                match card.command(&bytes) {
                    Reaction::Answer(answer) => {
                        log.answer(&answer);
                        vpcd::send(stream, &answer)?;
                    }
                    Reaction::Leave => {
                        stream.shutdown(Shutdown::Both)?;
                        return Ok(Left);
                    }
                }
            }
        }
    }
}
