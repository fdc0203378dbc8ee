//! お知らせ: shown to everybody, written by the operator on the command line.

use app::{
    error::ApiError,
    services::news::{News, NewsItem},
};
use async_trait::async_trait;
use domain::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::{Core, audit::operator_entry};
use crate::storage::{
    StoreError, audit,
    news::{self, StoredNews},
};

/// [`News`] on our own database.
pub struct NewsService(pub Core);

#[async_trait]
impl News for NewsService {
    async fn current(&self, at_most: u32) -> Result<Vec<NewsItem>, ApiError> {
        let mut tx = self.0.db.read().await?;
        let current = news::current(&mut tx, self.0.ambient.now(), at_most).await?;
        let item = |StoredNews { id, published_at, title, body, .. }| NewsItem { id, published_at, title, body };
        Ok(current.into_iter().map(item).collect())
    }
}

/// Publishes an お知らせ now and says which one it is. `ends_at`: not shown from then on.
///
/// Errors: [`StoreError`].
pub async fn publish(core: &Core, title: &str, body: &str, ends_at: Option<Timestamp>) -> Result<Uuid, StoreError> {
    let now = core.ambient.now();
    let id = core.ambient.id();
    let (title, body) = (title.trim().to_owned(), body.trim().replace("\r\n", "\n"));
    let mut tx = core.db.write().await?;
    news::insert(&mut tx, &StoredNews { id, published_at: now, ends_at, title, body }).await?;
    audit::append(&mut tx, &operator_entry(now, "operator.publish_news", json!({ "news": id }))).await?;
    tx.commit().await?;
    Ok(id)
}

/// Removes an お知らせ. `false`: there is none with this id.
///
/// Errors: [`StoreError`].
pub async fn remove(core: &Core, id: Uuid) -> Result<bool, StoreError> {
    let mut tx = core.db.write().await?;
    if !news::delete(&mut tx, id).await? {
        return Ok(false);
    }
    audit::append(&mut tx, &operator_entry(core.ambient.now(), "operator.remove_news", json!({ "news": id }))).await?;
    tx.commit().await?;
    Ok(true)
}
