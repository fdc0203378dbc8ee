//! A row of the trail as it is stored and hashed, and the chain's end.

use domain::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Entry;
use crate::storage::{
    StoreError,
    row::{Stored, read_from_row},
};

/// A row. What the hash covers is its JSON with the fields in this order, so neither order nor names may change;
/// `detail` is covered as the text that is stored.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) request_id: String,
    pub(super) office_id: Option<Uuid>,
    pub(super) account_id: Option<Uuid>,
    pub(super) account_kind: Option<String>,
    pub(super) login_id: String,
    pub(super) certificate: String,
    pub(super) address: String,
    pub(super) screen: String,
    pub(super) action: String,
    pub(super) target: Option<Uuid>,
    pub(super) result: String,
    pub(super) detail: String,
}

read_from_row!(Row {
    seq,
    at,
    request_id,
    office_id,
    account_id,
    account_kind,
    login_id,
    certificate,
    address,
    screen,
    action,
    target,
    result,
    detail,
});

impl Row {
    pub(super) fn new(seq: i64, entry: Entry) -> Self {
        Self {
            seq,
            at: entry.at.raw(),
            request_id: entry.request_id,
            office_id: entry.office_id,
            account_id: entry.account_id,
            account_kind: entry.account_kind.raw(),
            login_id: entry.login_id,
            certificate: entry.certificate,
            address: entry.address,
            screen: entry.screen,
            action: entry.action,
            target: entry.target,
            result: entry.result,
            detail: entry.detail.to_string(),
        }
    }

    pub(super) fn into_entry(self) -> Result<Entry, StoreError> {
        Ok(Entry {
            at: Timestamp::from_micros(self.at),
            request_id: self.request_id,
            office_id: self.office_id,
            account_id: self.account_id,
            account_kind: Stored::from_raw(self.account_kind).ok_or(StoreError::Corrupt("account_kind"))?,
            login_id: self.login_id,
            certificate: self.certificate,
            address: self.address,
            screen: self.screen,
            action: self.action,
            target: self.target,
            result: self.result,
            detail: serde_json::from_str(&self.detail).map_err(|_| StoreError::Corrupt("detail"))?,
        })
    }
}

/// The end of the chain, or of a part of it: a row's number and hash.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) seq: i64,
    pub(super) hash: Vec<u8>,
}

read_from_row!(Head { seq, hash });

impl Head {
    /// Before the first row.
    pub(super) fn start() -> Self {
        Self { seq: 0, hash: vec![0; 32] }
    }

    /// The end once `row` has been added.
    pub(super) fn next(&self, row: &Row) -> Self {
        // Numbers, texts and ids only: there is nothing in a row that JSON cannot hold.
        let json = serde_json::to_vec(row).unwrap_or_default();
        let hash = Sha256::new().chain_update(&self.hash).chain_update(json).finalize();
        Self { seq: row.seq, hash: hash.to_vec() }
    }
}
