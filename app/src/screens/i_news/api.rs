//! Server function of A-1 and I-1.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;

use crate::{error::ApiError, services::news::NewsItem};

/// The newest お知らせ, 50 at most; open to everybody.
#[server(endpoint = "current_news")]
pub async fn current_news(at_most: u32) -> Result<Vec<NewsItem>, ApiError> {
    crate::services::services()?.news.current(at_most.min(50)).await
}
