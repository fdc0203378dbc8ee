//! One page's connection, from the snapshot to the end.

use std::{collections::HashMap, sync::Arc};

use protocol::{
    challenge::Origin,
    event::Event,
    failure::Failure,
    frame::RequestFrame,
    level::{LEVELS, negotiate},
    method::{Reply, Request},
};
use tokio::{
    net::TcpStream,
    sync::{broadcast, mpsc},
    time::Instant,
};
use tokio_tungstenite::{WebSocketStream, tungstenite::protocol::frame::coding::CloseCode};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{
    bridge::{Bridge, Grant},
    reader::lane::Client,
    server::{
        limits::{self, Rate, Verdict},
        outgoing::{self, Closed, Outgoing, Received},
        pairing,
        requests::{self, cards},
    },
};

/// What the tasks of a connection hand in.
pub(super) enum Message {
    /// How far a request is.
    Progress(Event),
    /// A request is done.
    Done(u64, Result<Reply, Failure>),
}

/// What a connection knows.
pub(super) struct Connection {
    pub(super) bridge: Arc<Bridge>,
    pub(super) origin: Origin,
    pub(super) client: Client,
    pub(super) grant: Option<Grant>,
    greeted: bool,
    rate: Rate,
    /// Requests under way; dropping a guard cancels its request, so that nothing outlives the connection.
    running: HashMap<u64, DropGuard>,
    results: mpsc::Sender<Message>,
}

/// Serves until the page leaves or must go.
pub(super) async fn serve(socket: WebSocketStream<TcpStream>, client: Client, origin: Origin, bridge: &Arc<Bridge>) {
    let (mut outgoing, mut incoming) = outgoing::split(socket);
    let first = if bridge.is_paired(&origin) {
        None
    } else {
        match pairing::wait(&mut outgoing, &mut incoming, &origin, bridge).await {
            Ok(hello) => Some(hello),
            Err(Closed) => return,
        }
    };
    let (results, done) = mpsc::channel(limits::REQUESTS * 4);
    let connection = Connection {
        bridge: Arc::clone(bridge),
        origin,
        client,
        grant: None,
        greeted: false,
        rate: Rate::new(Instant::now()),
        running: HashMap::new(),
        results,
    };
    // However it ends, it is over.
    let _ = connection.run(&mut outgoing, &mut incoming, done, first).await;
}

impl Connection {
    async fn run(
        mut self,
        outgoing: &mut Outgoing,
        incoming: &mut outgoing::Incoming,
        mut done: mpsc::Receiver<Message>,
        first: Option<RequestFrame>,
    ) -> Result<(), Closed> {
        let (snapshot, mut news) = self.bridge.hub.subscribe();
        outgoing.event(Event::Snapshot(snapshot)).await?;
        if let Some(hello) = first {
            self.take(hello, outgoing).await?;
        }
        loop {
            // In this order: what happened before an answer is told before it.
            tokio::select! {
                biased;
                event = news.recv() => match event {
                    Ok(event) => outgoing.event(event).await?,
                    Err(broadcast::error::RecvError::Lagged(_) | broadcast::error::RecvError::Closed) => {
                        outgoing.close(CloseCode::Again).await;
                        return Err(Closed);
                    }
                },
                Some(message) = done.recv() => self.hand_out(message, outgoing).await?,
                received = incoming.next() => self.receive(received?, outgoing).await?,
            }
        }
    }

    async fn hand_out(&mut self, message: Message, outgoing: &mut Outgoing) -> Result<(), Closed> {
        match message {
            Message::Progress(event) => outgoing.event(event).await,
            Message::Done(id, outcome) => {
                if let Some(guard) = self.running.remove(&id) {
                    guard.disarm();
                }
                outgoing.answer(Some(id), &outcome).await
            }
        }
    }

    async fn receive(&mut self, received: Received, outgoing: &mut Outgoing) -> Result<(), Closed> {
        let verdict = self.rate.take(Instant::now());
        if verdict == Verdict::Hostile {
            outgoing.close(CloseCode::Policy).await;
            return Err(Closed);
        }
        let text = match received {
            Received::Text(text) => text,
            Received::NoText => return outgoing.answer(None, &Err(Failure::InvalidRequest)).await,
            Received::TooLarge => {
                outgoing.answer(None, &Err(Failure::TooLarge)).await?;
                outgoing.close(CloseCode::Size).await;
                return Err(Closed);
            }
        };
        let decoded = RequestFrame::decode(text.to_text().map_err(|_| Closed)?);
        drop(text);
        match decoded {
            Ok(frame) if verdict == Verdict::TooMany => {
                outgoing.answer(Some(frame.id), &Err(Failure::TooMany { wait_seconds: 1 })).await
            }
            Ok(frame) => self.take(frame, outgoing).await,
            Err(refused) => outgoing.answer(refused.id, &Err(refused.failure)).await,
        }
    }

    async fn take(&mut self, frame: RequestFrame, outgoing: &mut Outgoing) -> Result<(), Closed> {
        let (id, method) = (frame.id, frame.request.method().name());
        match self.start(frame).await {
            Some(outcome) => {
                log(method, &outcome);
                outgoing.answer(Some(id), &outcome).await
            }
            None => Ok(()),
        }
    }

    /// Fulfils a request, or starts it: then `None`, and its answer comes as a [`Message`].
    async fn start(&mut self, frame: RequestFrame) -> Option<Result<Reply, Failure>> {
        if let Err(failure) = self.judge(&frame) {
            return Some(Err(failure));
        }
        match frame.request {
            Request::Hello(hello) => Some(match negotiate(LEVELS, hello.levels) {
                Ok(agreed) => {
                    self.greeted = true;
                    Ok(requests::welcome(self, agreed))
                }
                Err(mismatch) => Err(mismatch.into()),
            }),
            Request::Cancel(cancel) => Some(Ok(requests::cancelled(self.running.remove(&cancel.request).is_some()))),
            request => match cards::CardRequest::try_from(request) {
                Ok(request) => self.spawn(frame.id, request).map(Err),
                Err(other) => {
                    let authorised = self.bridge.authorise(self.grant.as_ref(), frame.token.as_ref()).is_ok();
                    Some(requests::fulfil(self, other, authorised).await)
                }
            },
        }
    }

    fn judge(&self, frame: &RequestFrame) -> Result<(), Failure> {
        let method = frame.request.method();
        if !self.greeted && !matches!(frame.request, Request::Hello(_)) {
            return Err(Failure::HelloFirst);
        }
        if method.needs_token() {
            self.bridge.authorise(self.grant.as_ref(), frame.token.as_ref())?;
        }
        Ok(())
    }

    /// Starts a request that needs a card. Returns why it could not be.
    fn spawn(&mut self, id: u64, request: cards::CardRequest) -> Option<Failure> {
        if self.running.contains_key(&id) {
            return Some(Failure::InvalidRequest);
        }
        if self.running.len() >= limits::REQUESTS {
            return Some(Failure::TooMany { wait_seconds: 1 });
        }
        let stop = CancellationToken::new();
        self.running.insert(id, stop.clone().drop_guard());
        let errand = cards::Errand {
            bridge: Arc::clone(&self.bridge),
            origin: self.origin.clone(),
            client: self.client,
            id,
            stop,
            results: self.results.clone(),
        };
        let method = request.method().name();
        tokio::spawn(async move {
            let results = errand.results.clone();
            let outcome = errand.run(request).await;
            log(method, &outcome);
            // The page may be gone.
            let _ = results.send(Message::Done(id, outcome)).await;
        });
        None
    }
}

fn log(method: &'static str, outcome: &Result<Reply, Failure>) {
    match outcome {
        Ok(_) => tracing::info!(request.method = method, "done"),
        Err(failure) => tracing::info!(request.method = method, request.failure = failure.name(), "not done"),
    }
}
