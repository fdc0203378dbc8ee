//! The one table of methods: name on the wire, parameters, result.
//!
//! This is all that a page can ask for. There is no raw APDU, no choice of files and nothing that reads the 個人番号
//! (番号法); adding a line here is the only way to add a command, and a snapshot test shows it to the reviewer.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    event::Snapshot,
    reading::{AuthenticationReading, FaceReading},
    reply::{CancelSent, CardStatus, Certificate, State, Terminal, TriesLeft, Unlocked, Welcome},
    request::{
        AcceptTerms, Authenticate, Cancel, GetCardStatus, GetState, GetTerminalId, GetTriesLeft, Hello, ListReaders,
        Lock, ReadCertificate, ReadFace, Register, SelectReader, SetPasscode, Unlock,
    },
};

/// The parameters of a method; ties them to their result.
pub trait Call: Into<Request> {
    /// The method's name.
    const METHOD: Method;
    /// What it answers when all went well.
    type Result: Serialize + DeserializeOwned;
}

/// The text does not fit the method. Carries no detail: the text may hold secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unfitting;

/// Reads a JSON object; the arrays that serde would take for a struct are refused.
pub(crate) fn object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unfitting> {
    if !text.trim_ascii_start().starts_with('{') {
        return Err(Unfitting);
    }
    serde_json::from_str(text).map_err(|_| Unfitting)
}

macro_rules! methods {
    ($($name:ident $wire:literal needs_token: $token:literal -> $answer:ty;)+) => {
        /// A method by name; its parameters' type has the same name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Method { $(#[doc = concat!("`", $wire, "`")] $name,)+ }

        impl Method {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The name on the wire.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $wire,)+ }
            }

            /// The method of that name at this level.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($wire => Some(Self::$name),)+ _ => None }
            }

            /// Whether it is refused as `locked` unless the request carries the token of an unlocked passcode.
            pub const fn needs_token(self) -> bool {
                match self { $(Self::$name => $token,)+ }
            }
        }

        /// A request with its parameters.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Request { $(#[doc = concat!("`", $wire, "`")] $name($name),)+ }

        impl Request {
            /// Which method it is.
            pub const fn method(&self) -> Method {
                match self { $(Self::$name(_) => Method::$name,)+ }
            }

            pub(crate) fn decode(method: Method, params: &str) -> Result<Self, Unfitting> {
                match method { $(Method::$name => object(params).map(Self::$name),)+ }
            }
        }

        /// The result of a request.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Reply { $(#[doc = concat!("Of `", $wire, "`.")] $name($answer),)+ }

        impl Reply {
            /// Which method it answers.
            pub const fn method(&self) -> Method {
                match self { $(Self::$name(_) => Method::$name,)+ }
            }

            pub(crate) fn decode(method: Method, result: &str) -> Result<Self, Unfitting> {
                match method { $(Method::$name => object(result).map(Self::$name),)+ }
            }
        }

        $(
            impl From<$name> for Request {
                fn from(params: $name) -> Self {
                    Self::$name(params)
                }
            }

            impl Call for $name {
                const METHOD: Method = Method::$name;
                type Result = $answer;
            }
        )+
    };
}

methods! {
    Hello "hello" needs_token: false -> Welcome;
    GetState "state" needs_token: false -> State;
    AcceptTerms "terms.accept" needs_token: false -> State;
    Register "register" needs_token: false -> Terminal;
    SetPasscode "passcode.set" needs_token: false -> Unlocked;
    Unlock "passcode.unlock" needs_token: false -> Unlocked;
    Lock "passcode.lock" needs_token: true -> State;
    ListReaders "readers.list" needs_token: true -> Snapshot;
    SelectReader "readers.select" needs_token: true -> Snapshot;
    GetTerminalId "terminal.id" needs_token: true -> Terminal;
    GetCardStatus "card.status" needs_token: true -> CardStatus;
    GetTriesLeft "card.tries_left" needs_token: true -> TriesLeft;
    ReadCertificate "card.certificate" needs_token: true -> Certificate;
    Authenticate "card.authenticate" needs_token: true -> AuthenticationReading;
    ReadFace "card.face" needs_token: true -> FaceReading;
    Cancel "cancel" needs_token: true -> CancelSent;
}
