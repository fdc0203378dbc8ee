//! `/livez`: the process answers. `/readyz`: it can serve, database included.

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;

use super::Site;

pub(super) async fn live() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(site): State<Arc<Site>>) -> (StatusCode, &'static str) {
    if site.core.db.ready().await {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "database does not answer\n")
    }
}
