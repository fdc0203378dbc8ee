//! One call to the platform: its place among the others, its tries, and what is taken of an answer.
//!
//! ```text
//! call ── place (bulkhead) ── breaker ── try ─┬─ answer: its bytes, or `Untrusted`
//!                                             ├─ away, may be tried again: pause, try
//!                                             └─ away for good: `Away`
//! ```
//!
//! Logs name the operation, the try and the call's ID, which the platform gets as `X-Request-ID`; never what was asked.

use std::time::Duration;

use reqwest::{
    Client, RequestBuilder, Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER},
};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout_at},
};
use uuid::Uuid;

use super::{
    breaker::{Breaker, Pass},
    patience::{Patience, retry_after},
};
use crate::{clock::Ambient, platform::PlatformError};

/// What a call sends.
pub(super) enum Payload {
    /// Nothing: a GET.
    None,
    /// A FHIR search.
    Form(Vec<(&'static str, String)>),
    /// A FHIR resource or plain JSON.
    Json { media: &'static str, text: String },
}

/// One call. Its path is fixed: nothing of a person is in an address.
pub(super) struct Call {
    /// Names it in logs.
    pub(super) operation: &'static str,
    /// Below the base address.
    pub(super) path: &'static [&'static str],
    pub(super) payload: Payload,
    /// The kind of JSON that is accepted.
    pub(super) accepts: &'static str,
    /// It may be made twice.
    pub(super) idempotent: bool,
}

/// The way to the platform.
pub(super) struct Transport {
    client: Client,
    base: Url,
    token: HeaderValue,
    patience: Patience,
    breaker: Breaker,
    places: Semaphore,
    ambient: Ambient,
}

/// Why a try brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// No connection.
    Connect,
    /// No answer in time.
    TimedOut,
    /// The connection broke.
    Broken,
    /// Another status than success; with what the platform asks for by `Retry-After`.
    Status(StatusCode, Option<Duration>),
    /// The answer is larger than is read.
    TooLarge,
    /// The answer says itself that it is no JSON of the kind that was asked for.
    OtherMedia,
}

impl Failure {
    /// Connections, time-outs and 502, 503, 504: somebody before the platform, or its next instant, may do better.
    const fn may_pass(self) -> bool {
        match self {
            Self::Connect | Self::TimedOut => true,
            Self::Status(status, _) => matches!(status.as_u16(), 502..=504),
            Self::Broken | Self::TooLarge | Self::OtherMedia => false,
        }
    }

    /// Whether the platform as such is in trouble, not this question or our account.
    fn is_outage(self) -> bool {
        match self {
            Self::Connect | Self::TimedOut | Self::Broken => true,
            Self::Status(status, _) => status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge | Self::OtherMedia => false,
        }
    }

    const fn asked(self) -> Option<Duration> {
        match self {
            Self::Status(_, asked) => asked,
            _ => None,
        }
    }

    const fn error(self) -> PlatformError {
        match self {
            Self::TooLarge | Self::OtherMedia => PlatformError::Untrusted,
            Self::Connect | Self::TimedOut | Self::Broken | Self::Status(..) => PlatformError::Away,
        }
    }

    /// For the log: the kind alone. A library's words could quote what was sent.
    fn text(self) -> String {
        match self {
            Self::Connect => "no connection".to_owned(),
            Self::TimedOut => "no answer in time".to_owned(),
            Self::Broken => "the connection broke".to_owned(),
            Self::Status(status, _) => format!("status {}", status.as_u16()),
            Self::TooLarge => "the answer is too large".to_owned(),
            Self::OtherMedia => "the answer is of another media type".to_owned(),
        }
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        // Connecting has a time-out of its own, and is no connection all the same.
        if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Broken
        }
    }
}

impl Transport {
    pub(super) fn new(client: Client, base: Url, token: HeaderValue, patience: Patience, ambient: Ambient) -> Self {
        let breaker = Breaker::new(patience.breaker);
        let places = Semaphore::new(patience.concurrent);
        Self { client, base, token, patience, breaker, places, ambient }
    }

    /// Makes the call; answers the bytes of its answer. Never takes longer than [`Patience::total`].
    ///
    /// Errors: `Away`; `Untrusted` (too large, or not the media type that was asked for).
    pub(super) async fn call(&self, call: &Call) -> Result<Vec<u8>, PlatformError> {
        let deadline = Instant::now() + self.patience.total;
        let Ok(Ok(_place)) = timeout_at(deadline, self.places.acquire()).await else {
            tracing::warn!(platform.operation = call.operation, "too many calls wait for the platform");
            return Err(PlatformError::Away);
        };
        let Some(pass) = self.breaker.admit(self.ambient.now()) else {
            tracing::debug!(platform.operation = call.operation, "the platform is being left alone");
            return Err(PlatformError::Away);
        };
        self.tries(call, pass, deadline).await
    }

    async fn tries(&self, call: &Call, pass: Pass<'_>, deadline: Instant) -> Result<Vec<u8>, PlatformError> {
        let id = self.ambient.id();
        let mut failures = 0;
        loop {
            let until = deadline.min(Instant::now() + self.patience.attempt);
            let answer = timeout_at(until, self.attempt(call, id)).await;
            let failure = match answer.unwrap_or(Err(Failure::TimedOut)) {
                Ok(bytes) => {
                    pass.succeeded();
                    return Ok(bytes);
                }
                Err(failure) => failure,
            };
            failures += 1;
            tracing::warn!(
                platform.operation = call.operation,
                platform.request_id = %id,
                platform.attempt = failures,
                platform.failure = failure.text(),
                "a call to the platform failed"
            );
            // A probe is one request, not a burst on a platform that is just getting up.
            let again = call.idempotent && failure.may_pass() && !pass.is_probe();
            let left = deadline.saturating_duration_since(Instant::now());
            let chance = u32::from_le_bytes(self.ambient.bytes());
            match self.patience.pause(failures, failure.asked(), left, chance).filter(|_| again) {
                Some(pause) => sleep(pause).await,
                None => return Err(self.given_up(failure, pass)),
            }
        }
    }

    fn given_up(&self, failure: Failure, pass: Pass<'_>) -> PlatformError {
        if failure.is_outage() {
            pass.failed(self.ambient.now());
        } else {
            pass.succeeded();
        }
        failure.error()
    }

    async fn attempt(&self, call: &Call, id: Uuid) -> Result<Vec<u8>, Failure> {
        let answer = self.request(call).header("X-Request-ID", id.to_string()).send().await?;
        let status = answer.status();
        if !status.is_success() {
            let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            return Err(Failure::Status(status, asked.and_then(|text| retry_after(text, self.ambient.now()))));
        }
        let media = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if media.split(';').next().is_none_or(|media| !media.trim().eq_ignore_ascii_case(call.accepts)) {
            return Err(Failure::OtherMedia);
        }
        self.read(answer).await
    }

    fn request(&self, call: &Call) -> RequestBuilder {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(call.path);
        }
        let request = match &call.payload {
            Payload::None => self.client.get(url),
            Payload::Form(fields) => self.client.post(url).form(fields),
            Payload::Json { media, text } => self.client.post(url).header(CONTENT_TYPE, *media).body(text.clone()),
        };
        request.header(ACCEPT, call.accepts).header(AUTHORIZATION, self.token.clone())
    }

    /// The body, as far as it is read: what it says of its length is not relied on.
    async fn read(&self, mut answer: Response) -> Result<Vec<u8>, Failure> {
        let max = self.patience.max_bytes;
        if answer.content_length().is_some_and(|length| length > max as u64) {
            return Err(Failure::TooLarge);
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if bytes.len() + chunk.len() > max {
                return Err(Failure::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}
