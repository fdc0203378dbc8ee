//! The WebSocket on loopback.
//!
//! ```text
//! [`handshake`]   Host, Origin; refused with an HTTP status before anything is a WebSocket
//! [`pairing`]     a page whose origin nobody allowed yet hears `not_paired` and nothing else
//! [`connection`]  frames in, frames out, events numbered, limits
//! [`requests`]    each method; those that need a card run beside each other as tasks
//! ```
//! Everything that arrives here may come from any page on the internet, since a browser lets every page try.

mod connection;
mod handshake;
pub mod limits;
mod outgoing;
mod pairing;
mod requests;

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::sync::CancellationToken;

use crate::{bridge::Bridge, reader::lane::Client};

/// The documented port.
pub const PORT: u16 = protocol::DEFAULT_PORT;

/// Listening on both loopback addresses, and on no other.
pub struct Server {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Server {
    /// Binds `port`; 0 takes a free one. A computer without IPv6 is served on IPv4 alone. Errors: the port is taken.
    pub async fn bind(port: u16) -> io::Result<Self> {
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = v4.local_addr()?.port();
        let v6 = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            other => other.ok(),
        };
        Ok(Self { listeners: std::iter::once(v4).chain(v6).collect(), port })
    }

    /// The port in use.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Serves until `stop`, then ends all connections.
    pub async fn run(self, bridge: Arc<Bridge>, stop: CancellationToken) {
        let door = Arc::new(Door {
            bridge,
            port: self.port,
            places: Arc::new(Semaphore::new(limits::CONNECTIONS)),
            clients: AtomicU64::new(0),
            by_origin: limits::ByOrigin::default(),
            stop: stop.clone(),
        });
        let accepting = self.listeners.into_iter().map(|listener| accept(listener, Arc::clone(&door)));
        tokio::select! {
            _ = futures::future::join_all(accepting) => {}
            () = stop.cancelled() => {}
        }
        // Connections see the same signal; they hold the places until they are done.
        let all = u32::try_from(limits::CONNECTIONS).unwrap_or(u32::MAX);
        let _ = tokio::time::timeout(limits::FAREWELL, door.places.acquire_many(all)).await;
    }
}

/// What a new connection passes.
struct Door {
    bridge: Arc<Bridge>,
    port: u16,
    places: Arc<Semaphore>,
    clients: AtomicU64,
    by_origin: limits::ByOrigin,
    stop: CancellationToken,
}

async fn accept(listener: TcpListener, door: Arc<Door>) {
    loop {
        match listener.accept().await {
            Ok((stream, from)) => admit(stream, from, &door),
            Err(error) => {
                // Out of file descriptors, mostly; trying again at once would only burn time.
                tracing::warn!(socket.error = %error, "no connection could be accepted");
                tokio::time::sleep(limits::PAUSE).await;
            }
        }
    }
}

/// A connection above the limit is closed without a word: answering would take what is scarce.
fn admit(stream: TcpStream, from: SocketAddr, door: &Arc<Door>) {
    if !from.ip().is_loopback() {
        return;
    }
    let Ok(place) = Arc::clone(&door.places).try_acquire_owned() else { return };
    let door = Arc::clone(door);
    tokio::spawn(async move {
        let stop = door.stop.clone();
        tokio::select! {
            () = serve(stream, &door) => {}
            () = stop.cancelled() => {}
        }
        drop(place);
    });
}

async fn serve(stream: TcpStream, door: &Door) {
    // Answers are small and the page waits for each.
    let _ = stream.set_nodelay(true);
    let handshake = handshake::perform(stream, door.port, &door.bridge);
    let Ok(Some((socket, origin))) = tokio::time::timeout(limits::HANDSHAKE, handshake).await else { return };
    let Some(_visit) = door.by_origin.enter(&origin) else { return };
    let client = Client(door.clients.fetch_add(1, Ordering::Relaxed));
    connection::serve(socket, client, origin, &door.bridge).await;
}
