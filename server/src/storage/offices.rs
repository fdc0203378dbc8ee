//! 事業所.

use domain::Timestamp;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// An 事業所.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Which one.
    pub id: Uuid,
    /// 事業所番号, unique.
    pub number: String,
    /// 事業所名.
    pub name: String,
    /// When this service came to know it.
    pub created_at: Timestamp,
}

read_from_row!(Office { id, number, name, created_at });

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, number, name, created_at FROM offices ", $rest)
    };
}

/// Adds an office. Errors: `Sql` (the number exists).
pub async fn insert(tx: &mut Tx, office: &Office) -> Result<(), StoreError> {
    let sql = "INSERT INTO offices (id, number, name, created_at) VALUES ($1, $2, $3, $4)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(office.id)
        .bind(&office.number)
        .bind(&office.name)
        .bind(office.created_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The office with this id.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Office>, StoreError> {
    let sql = select!("WHERE id = $1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(id).fetch_optional(conn).await)?)
}

/// Makes whoever else calls this for the same office wait until the transaction ends.
pub async fn lock(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    let sql = tx.text("SELECT 1 FROM offices WHERE id = $1", "SELECT 1 FROM offices WHERE id = $1 FOR NO KEY UPDATE");
    Ok(on_engine!(tx, conn => sqlx::query(sql).bind(id).execute(conn).await.map(drop))?)
}

/// The office with this 事業所番号, written as `OfficeNumber` writes it.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<Office>, StoreError> {
    let sql = select!("WHERE number = $1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(number).fetch_optional(conn).await)?)
}

/// How many there are.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(on_engine!(tx, conn => sqlx::query_scalar("SELECT COUNT(*) FROM offices").fetch_one(conn).await)?)
}

/// Gives the office another name; does nothing when there is none with this id.
pub async fn rename(tx: &mut Tx, id: Uuid, name: &str) -> Result<(), StoreError> {
    let sql = "UPDATE offices SET name = $2 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(name).execute(conn).await.map(drop))?;
    Ok(())
}
