//! What goes out to a page: answers, and events with their numbers.

use futures::{SinkExt, StreamExt, stream::SplitSink, stream::SplitStream};
use protocol::{
    event::{Event, Numbered},
    failure::Failure,
    frame::{encode_answer, encode_event},
    method::Reply,
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        error::CapacityError,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use crate::server::limits;

/// The connection is over.
#[derive(Debug)]
pub(super) struct Closed;

/// The sending half.
pub(super) struct Outgoing {
    sink: SplitSink<WebSocketStream<TcpStream>, Message>,
    next_number: u64,
}

/// The receiving half.
pub(super) struct Incoming(SplitStream<WebSocketStream<TcpStream>>);

/// What came in.
pub(super) enum Received {
    /// A text frame. The WebSocket library owns its memory, which it reuses for the next frame.
    Text(Message),
    /// A frame above the limit.
    TooLarge,
    /// A binary frame, or text that is none.
    NoText,
}

pub(super) fn split(socket: WebSocketStream<TcpStream>) -> (Outgoing, Incoming) {
    let (sink, stream) = socket.split();
    (Outgoing { sink, next_number: 0 }, Incoming(stream))
}

impl Outgoing {
    pub(super) async fn answer(&mut self, id: Option<u64>, outcome: &Result<Reply, Failure>) -> Result<(), Closed> {
        self.send(Message::text(encode_answer(id, outcome))).await
    }

    pub(super) async fn event(&mut self, event: Event) -> Result<(), Closed> {
        let numbered = Numbered { number: self.next_number, event };
        self.next_number += 1;
        self.send(Message::text(encode_event(&numbered))).await
    }

    /// Says why and ends the connection.
    pub(super) async fn close(&mut self, code: CloseCode) {
        let _ = self.send(Message::Close(Some(CloseFrame { code, reason: "".into() }))).await;
    }

    async fn send(&mut self, message: Message) -> Result<(), Closed> {
        match tokio::time::timeout(limits::UNREAD, self.sink.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Closed),
        }
    }
}

impl Incoming {
    /// The next frame that means something. Errors: the page is gone, or broke the WebSocket protocol.
    pub(super) async fn next(&mut self) -> Result<Received, Closed> {
        loop {
            match self.0.next().await {
                Some(Ok(text @ Message::Text(_))) => return Ok(Received::Text(text)),
                Some(Ok(Message::Binary(_)) | Err(Error::Utf8(_))) => return Ok(Received::NoText),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Err(Error::Capacity(CapacityError::MessageTooLong { .. }))) => return Ok(Received::TooLarge),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Closed),
            }
        }
    }
}
