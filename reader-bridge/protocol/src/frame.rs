//! Frames: one JSON-RPC 2.0 object per WebSocket text message.
//!
//! ```json
//! → {"jsonrpc":"2.0","id":7,"method":"card.tries_left","token":"…","params":{"of":"pin"}}
//! ← {"jsonrpc":"2.0","id":7,"result":{"of":"pin","tries_left":3}}
//! ← {"jsonrpc":"2.0","id":7,"error":{"code":1301,"message":"no_card","data":{…}}}
//! ← {"jsonrpc":"2.0","method":"event","params":{"number":4,"event":{"kind":"card_inserted",…}}}
//! ```
//! Narrower than JSON-RPC: ids are whole numbers, requests always have one, parameters go by name, no batches. One
//! member more: `token`, beside the parameters so that no method has to repeat it. The envelope is the same at every
//! level. reader-bridge refuses members it does not know; a page ignores them.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::{
    event::Numbered,
    failure::Failure,
    method::{Call, Method, Reply, Request, object},
    secret::Token,
};

/// The largest request, in bytes; the WebSocket layer of reader-bridge is set to the same limit.
pub const MAX_REQUEST_BYTES: usize = 16 * 1024;
/// The largest answer or event, in bytes: a certificate or a photo in base64, with room.
pub const MAX_MESSAGE_BYTES: usize = 256 * 1024;

/// The method name of events.
const EVENT: &str = "event";

#[derive(Clone, Copy, Serialize, Deserialize)]
enum Version {
    #[serde(rename = "2.0")]
    Two,
}

/// A request, its id and the connection's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestFrame {
    /// Chosen by the page, unique within the connection.
    pub id: u64,
    /// From [`crate::reply::Unlocked`]; absent before.
    pub token: Option<Token>,
    /// What is asked for.
    pub request: Request,
}

#[derive(Serialize)]
struct RequestOut<'a> {
    jsonrpc: Version,
    id: u64,
    method: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a Token>,
    params: &'a Request,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestIn<'a> {
    #[serde(rename = "jsonrpc")]
    _version: Version,
    id: u64,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(default)]
    token: Option<Token>,
    #[serde(borrow, default)]
    params: Option<&'a RawValue>,
}

/// A frame that was not understood, and what to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The request's id, where it could be read.
    pub id: Option<u64>,
    /// Why.
    pub failure: Failure,
}

impl RequestFrame {
    /// The frame's text. It may hold secrets, so it overwrites itself; the buffer is never moved while it is written.
    pub fn encode(&self) -> Zeroizing<String> {
        let Self { id, token, request } = self;
        let frame = RequestOut {
            jsonrpc: Version::Two,
            id: *id,
            method: request.method().name(),
            token: token.as_ref(),
            params: request,
        };
        let mut bytes = Vec::with_capacity(MAX_REQUEST_BYTES);
        serde_json::to_writer(&mut bytes, &frame).unwrap_or_else(|_| unreachable!("{WRITES}"));
        Zeroizing::new(String::from_utf8(bytes).unwrap_or_else(|_| unreachable!("JSON is UTF-8")))
    }

    /// Reads a request. The caller overwrites `text` afterwards. Errors: [`Refused`], to be answered with
    /// [`encode_answer`].
    pub fn decode(text: &str) -> Result<Self, Refused> {
        let refused = |id, failure| Refused { id, failure };
        if text.len() > MAX_REQUEST_BYTES {
            return Err(refused(None, Failure::TooLarge));
        }
        let frame: RequestIn<'_> = object(text).map_err(|_| refused(None, not_a_request(text)))?;
        let id = frame.id;
        let method = Method::from_name(&frame.method).ok_or(refused(Some(id), Failure::UnknownMethod))?;
        let params = frame.params.map_or("{}", RawValue::get);
        let request = Request::decode(method, params).map_err(|_| refused(Some(id), Failure::InvalidParams))?;
        Ok(Self { id, token: frame.token, request })
    }
}

const WRITES: &str = "writing our own types to memory cannot fail";

/// Tells text that is no JSON from JSON that is no request.
fn not_a_request(text: &str) -> Failure {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => Failure::InvalidRequest,
        Err(_) => Failure::NotJson,
    }
}

#[derive(Serialize)]
struct MessageOut<'a> {
    jsonrpc: Version,
    #[serde(flatten)]
    body: BodyOut<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum BodyOut<'a> {
    Result { id: Option<u64>, result: &'a Reply },
    Error { id: Option<u64>, error: Failure },
    Event { method: &'static str, params: &'a Numbered },
}

fn message(body: BodyOut<'_>) -> String {
    serde_json::to_string(&MessageOut { jsonrpc: Version::Two, body }).unwrap_or_else(|_| unreachable!("{WRITES}"))
}

/// The frame that answers a request; `id` is `None` only where the request's could not be read.
pub fn encode_answer(id: Option<u64>, outcome: &Result<Reply, Failure>) -> String {
    message(match outcome {
        Ok(result) => BodyOut::Result { id, result },
        Err(error) => BodyOut::Error { id, error: *error },
    })
}

/// The frame of an event.
pub fn encode_event(event: &Numbered) -> String {
    message(BodyOut::Event { method: EVENT, params: event })
}

/// What a page receives.
#[derive(Debug)]
pub enum Message {
    /// To the request with this id; `None`: to a frame that the bridge could not read.
    Answer(Option<u64>, Result<RawReply, Failure>),
    /// Unasked for.
    Event(Numbered),
}

/// A result whose type is known only together with its request. Prints nothing.
pub struct RawReply(Box<RawValue>);

/// The peer sent something that this level does not have. Carries no detail, since the text may hold personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUnderstood;

#[derive(Deserialize)]
struct MessageIn<'a> {
    #[serde(rename = "jsonrpc")]
    _version: Version,
    #[serde(default)]
    id: Option<u64>,
    #[serde(borrow, default)]
    result: Option<&'a RawValue>,
    #[serde(default)]
    error: Option<Failure>,
    #[serde(borrow, default)]
    method: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    params: Option<&'a RawValue>,
}

impl Message {
    /// Reads an answer or an event. Errors: [`NotUnderstood`], also for a frame above [`MAX_MESSAGE_BYTES`].
    pub fn decode(text: &str) -> Result<Self, NotUnderstood> {
        if text.len() > MAX_MESSAGE_BYTES {
            return Err(NotUnderstood);
        }
        let frame: MessageIn<'_> = object(text).map_err(|_| NotUnderstood)?;
        match (frame.method.as_deref(), frame.params, frame.id, frame.result, frame.error) {
            (None, None, Some(id), Some(result), None) => Ok(Self::Answer(Some(id), Ok(RawReply(result.to_owned())))),
            (None, None, id, None, Some(failure)) => Ok(Self::Answer(id, Err(failure))),
            (Some(EVENT), Some(params), None, None, None) => {
                object(params.get()).map(Self::Event).map_err(|_| NotUnderstood)
            }
            _ => Err(NotUnderstood),
        }
    }
}

impl RawReply {
    /// The result of the call that was made. Errors: [`NotUnderstood`].
    pub fn read<C: Call>(&self) -> Result<C::Result, NotUnderstood> {
        object(self.0.get()).map_err(|_| NotUnderstood)
    }

    /// The same, where the method is known only at run time.
    pub fn reply(&self, method: Method) -> Result<Reply, NotUnderstood> {
        Reply::decode(method, self.0.get()).map_err(|_| NotUnderstood)
    }
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawReply({} bytes)", self.0.get().len())
    }
}
