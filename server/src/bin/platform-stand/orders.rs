//! What tests tell the stand to do: `PUT /stand/orders` with [`Order`], `GET /stand/counts` for what happened.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{get, put},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::contract::Stand;

/// How the stand behaves until it is told otherwise. Left out: as it should.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Order {
    /// Milliseconds before each answer.
    delay_ms: u64,
    /// Never answers.
    hang: bool,
    /// The status of the next answers, …
    fail: Option<u16>,
    /// … of so many of them (0: of all), …
    fail_times: u32,
    /// … with this `Retry-After`.
    retry_after: Option<String>,
    /// Changes what is true.
    lie: Option<Lie>,
}

/// Answers that nobody may believe.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Lie {
    /// Puts other values in (by JSON pointer), whatever they mean.
    Set(Vec<(String, Value)>),
    /// Sends this text.
    Text(String),
    /// Sends this as the media type.
    Media(String),
    /// Sends so many bytes of white space before the answer, without saying how many.
    Padding(usize),
}

/// The present order, and requests that are being answered.
#[derive(Default)]
pub(crate) struct Orders {
    present: Mutex<Order>,
    under_way: AtomicI64,
}

impl Orders {
    /// The order for one request; counts failures down.
    fn next(&self) -> Order {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let order = present.clone();
        if present.fail.is_some() && present.fail_times > 0 {
            present.fail_times -= 1;
            if present.fail_times == 0 {
                present.fail = None;
            }
        }
        order
    }
}

/// Counts a request for as long as somebody waits for it.
struct UnderWay<'a>(&'a AtomicI64);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(crate) fn router() -> Router<Arc<Stand>> {
    Router::new().route("/stand/orders", put(take)).route("/stand/counts", get(counts))
}

async fn take(State(stand): State<Arc<Stand>>, Json(order): Json<Order>) -> StatusCode {
    *stand.orders.present.lock().unwrap_or_else(PoisonError::into_inner) = order;
    StatusCode::NO_CONTENT
}

async fn counts(State(stand): State<Arc<Stand>>) -> Json<Value> {
    let under_way = stand.orders.under_way.load(Ordering::SeqCst);
    Json(json!({ "requests": stand.requests.load(Ordering::SeqCst), "under_way": under_way }))
}

/// Does to a request what the present order says.
pub(crate) async fn obey(State(stand): State<Arc<Stand>>, request: Request, next: Next) -> Response {
    stand.orders.under_way.fetch_add(1, Ordering::SeqCst);
    let _counted = UnderWay(&stand.orders.under_way);
    let order = stand.orders.next();
    if order.hang {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(Duration::from_millis(order.delay_ms)).await;
    if let Some(status) = order.fail.and_then(|code| StatusCode::from_u16(code).ok()) {
        let mut answer = status.into_response();
        if let Some(asked) = order.retry_after.and_then(|text| text.parse().ok()) {
            answer.headers_mut().insert(header::RETRY_AFTER, asked);
        }
        return answer;
    }
    let answer = next.run(request).await;
    match order.lie {
        Some(lie) => lied(&lie, answer).await,
        None => answer,
    }
}

async fn lied(lie: &Lie, answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let truth = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let told = match lie {
        Lie::Text(text) => Body::from(text.clone()),
        Lie::Set(changes) => {
            let mut value: Value = serde_json::from_slice(&truth).unwrap_or_default();
            for (pointer, to) in changes {
                if let Some(place) = value.pointer_mut(pointer) {
                    *place = to.clone();
                }
            }
            Body::from(value.to_string())
        }
        Lie::Media(media) => {
            if let Ok(media) = media.parse() {
                parts.headers.insert(header::CONTENT_TYPE, media);
            }
            Body::from(truth)
        }
        Lie::Padding(bytes) => {
            let chunks = (0..bytes / 1_024).map(|_| Ok::<_, std::io::Error>(" ".repeat(1_024)));
            let chunks = chunks.chain([Ok(String::from_utf8_lossy(&truth).into_owned())]);
            Body::from_stream(futures::stream::iter(chunks.collect::<Vec<_>>()))
        }
    };
    Response::from_parts(parts, told)
}
