//! お知らせ of the operator.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[cfg(feature = "ssr")]
use crate::error::ApiError;

/// One お知らせ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsItem {
    /// Which one; its anchor on I-1.
    pub id: Uuid,
    /// When it was published.
    pub published_at: Timestamp,
    /// Its heading.
    pub title: String,
    /// Plain text; an empty line ends a paragraph.
    pub body: String,
}

/// What is to be read on A-1 and I-1.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait News: Send + Sync {
    /// What is published and has not ended, the newest first, `at_most` of it.
    async fn current(&self, at_most: u32) -> Result<Vec<NewsItem>, ApiError>;
}
