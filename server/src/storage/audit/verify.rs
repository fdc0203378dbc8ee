//! Checking the whole trail.

use std::fmt;

use super::{
    chain::{Head, Row},
    select, select_head,
};
use crate::storage::{Db, StoreError, Tx, row::column, tx::on_engine};

/// The trail is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many rows it has.
    pub rows: i64,
}

/// The trail is not whole, or could not be read.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Somebody went past this program. Everything before `seq` is as it was written.
    #[error("the audit trail is broken at row {seq}: {why}")]
    Broken {
        /// The first row that is wrong or missing.
        seq: i64,
        /// What is wrong with it.
        why: Flaw,
    },
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is wrong with a row of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The row is missing, though later ones exist.
    Missing,
    /// The row, or its hash, is not what was written: changed, moved or put in.
    Changed,
    /// The trail's last rows, from this one on, are missing.
    CutOff,
    /// The row stands where none was written: before the first or after the last.
    Surplus,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Changed => "not what was written",
            Self::CutOff => "missing, and all after it",
            Self::Surplus => "was never written",
        })
    }
}

/// A row and the hash stored with it.
struct Hashed {
    row: Row,
    hash: Vec<u8>,
}

/// Rows in memory at a time.
const BATCH: i64 = 1_000;

/// Reads the whole trail, as it is at the beginning, and checks every row and the head.
pub async fn verify(db: &Db) -> Result<Verified, VerifyError> {
    let mut tx = db.read().await?;
    let sql = select_head!("");
    let head: Head = on_engine!(tx, conn => sqlx::query_as(sql).fetch_one(conn).await).map_err(StoreError::from)?;
    let mut end = Head::start();
    let mut after = i64::MIN;
    loop {
        let batch = rows_after(&mut tx, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.row.seq;
        for Hashed { row, hash } in &batch {
            end = extended(&end, &head, row, hash)?;
        }
    }
    match end.seq {
        seq if seq < head.seq => Err(VerifyError::Broken { seq: seq + 1, why: Flaw::CutOff }),
        seq if end != head => Err(VerifyError::Broken { seq, why: Flaw::Changed }),
        rows => Ok(Verified { rows }),
    }
}

/// The end after one more row, if that row is the one that was written there.
fn extended(end: &Head, head: &Head, row: &Row, hash: &[u8]) -> Result<Head, VerifyError> {
    let due = end.seq + 1;
    if row.seq < due || row.seq > head.seq {
        return Err(VerifyError::Broken { seq: row.seq, why: Flaw::Surplus });
    }
    if row.seq > due {
        return Err(VerifyError::Broken { seq: due, why: Flaw::Missing });
    }
    let next = end.next(row);
    if next.hash == hash { Ok(next) } else { Err(VerifyError::Broken { seq: due, why: Flaw::Changed }) }
}

async fn rows_after(tx: &mut Tx, seq: i64) -> Result<Vec<Hashed>, StoreError> {
    let sql = select!("WHERE seq > $1 ORDER BY seq LIMIT $2");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(seq).bind(BATCH).fetch_all(conn).await)?)
}

impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for Hashed
where
    Row: sqlx::FromRow<'r, R>,
    Vec<u8>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    &'static str: sqlx::ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        Ok(Self { row: sqlx::FromRow::from_row(row)?, hash: column(row, "hash")? })
    }
}
