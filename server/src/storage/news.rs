//! お知らせ.

use domain::Timestamp;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// One お知らせ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNews {
    /// Which one.
    pub id: Uuid,
    /// From when on it is shown.
    pub published_at: Timestamp,
    /// Not shown from then on; `None`: until it is removed.
    pub ends_at: Option<Timestamp>,
    /// Its heading.
    pub title: String,
    /// Plain text.
    pub body: String,
}

read_from_row!(StoredNews { id, published_at, ends_at, title, body });

/// Adds one.
pub async fn insert(tx: &mut Tx, news: &StoredNews) -> Result<(), StoreError> {
    let sql = "INSERT INTO news (id, published_at, ends_at, title, body) VALUES ($1, $2, $3, $4, $5)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(news.id)
        .bind(news.published_at.raw())
        .bind(news.ends_at.raw())
        .bind(&news.title)
        .bind(&news.body)
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// What is published and has not ended at `now`, the newest first.
pub async fn current(tx: &mut Tx, now: Timestamp, at_most: u32) -> Result<Vec<StoredNews>, StoreError> {
    let sql = "SELECT id, published_at, ends_at, title, body FROM news
         WHERE published_at <= $1 AND (ends_at IS NULL OR ends_at > $1)
         ORDER BY published_at DESC, id DESC LIMIT $2";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(now.raw())
        .bind(i64::from(at_most))
        .fetch_all(conn).await)?)
}

/// All of them, ended and future ones too, the newest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<StoredNews>, StoreError> {
    let sql = "SELECT id, published_at, ends_at, title, body FROM news ORDER BY published_at DESC, id DESC";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await)?)
}

/// Removes one. `false`: there was none with this id.
pub async fn delete(tx: &mut Tx, id: Uuid) -> Result<bool, StoreError> {
    let sql = "DELETE FROM news WHERE id = $1";
    let done = on_engine!(tx, conn => sqlx::query(sql).bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}
