//! A point of the trail that is noted outside the database. Who can write the whole database can cut the trail and move its
//! head back, or write it anew from some row on, and leave a chain that is whole; against a noted point that shows.

use std::fmt;

use super::{Flaw, VerifyError, chain::Head, select_head};
use crate::{
    secret::hexadecimal,
    storage::{Db, StoreError, tx::on_engine},
};

/// A row's number and hash, written `1234:a1b2…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    seq: i64,
    hash: String,
}

impl Anchor {
    /// Reads what [`fmt::Display`] wrote. `None`: it is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, hash) = text.trim().split_once(':')?;
        let whole = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        whole.then_some(())?;
        Some(Self { seq: seq.parse().ok()?, hash: hash.to_owned() })
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

/// Where the trail ends now, to be noted. `None`: it is empty.
pub async fn end(db: &Db) -> Result<Option<Anchor>, StoreError> {
    let mut tx = db.read().await?;
    let sql = select_head!("");
    let head: Head = on_engine!(tx, conn => sqlx::query_as(sql).fetch_one(conn).await)?;
    Ok((head.seq > 0).then(|| Anchor { seq: head.seq, hash: hexadecimal(&head.hash) }))
}

/// Whether the trail still holds a noted point. Together with [`super::verify`] that says: everything up to there is as it was.
pub async fn check_anchor(db: &Db, anchor: &Anchor) -> Result<(), VerifyError> {
    let mut tx = db.read().await?;
    let sql = "SELECT hash FROM audit WHERE seq = $1";
    let hash: Option<Vec<u8>> =
        on_engine!(tx, conn => sqlx::query_scalar(sql).bind(anchor.seq).fetch_optional(conn).await)
            .map_err(StoreError::from)?;
    let why = match hash {
        None => Flaw::CutOff,
        Some(hash) if hexadecimal(&hash) != anchor.hash => Flaw::Changed,
        Some(_) => return Ok(()),
    };
    Err(VerifyError::Broken { seq: anchor.seq, why })
}
