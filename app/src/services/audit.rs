//! The office's audit records, as people read them: 操作履歴 (F-1), 閲覧履歴 (F-2), their export (F-3).

use domain::{Timestamp, account::AccountKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows on a page.
pub const PAGE_ROWS: u32 = 50;

/// More than so many are not counted: the page then says 「1,000件以上」.
pub const COUNTED: u64 = 1_000;

/// The longest file that F-3 writes, in rows.
pub const EXPORT_ROWS: u32 = 20_000;

/// Whether what was tried was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 成功: the result is `ok`.
    Done,
    /// 失敗: any other result.
    Refused,
}

impl Outcome {
    /// Both, in the order on screen.
    pub const ALL: [Self; 2] = [Self::Done, Self::Refused];

    /// The code that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// A record's place in the list, which is ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// When it happened.
    pub at: Timestamp,
    /// Its number in the trail.
    pub seq: i64,
}

/// From where on a page goes on. None of both: from the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cursor {
    /// What is older than this record.
    Older(Place),
    /// What is newer than this record.
    Newer(Place),
}

/// Which records; what is empty or cannot be read filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordQuery {
    /// First day, `2025-02-07`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The ユーザID of who acted.
    pub login_id: String,
    /// The part of the action before its point, such as `account`.
    pub group: String,
    /// Done or refused.
    pub outcome: Option<Outcome>,
    /// To whom it was done: an account or a person.
    pub target: Option<Uuid>,
    /// From where on.
    pub cursor: Option<Cursor>,
}

/// One further fact of a record: codes, which the screen puts into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What is told, such as `fields`.
    pub name: String,
    /// What it is.
    pub values: Vec<String>,
}

/// One record. Nothing secret is in it, as in the trail itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its number in the trail.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// ユーザID of who acted; empty: not known.
    pub login_id: String,
    /// 氏名 of who acted; empty for a 事業所ユーザ.
    pub name: String,
    /// As what.
    pub kind: Option<AccountKind>,
    /// 画面番号.
    pub screen: String,
    /// What was done, such as `account.register`.
    pub action: String,
    /// `ok`, or why not.
    pub result: String,
    /// To whom, in words: ユーザID and 氏名. Empty: to nobody, or to what has no name here.
    pub target: String,
    /// IP address.
    pub address: String,
    /// SHA-256 of the client certificate, hexadecimal: which device. Empty without one.
    pub certificate: String,
    /// The request, as in the log and on error screens.
    pub request_id: String,
    /// Further facts.
    pub facts: Vec<Fact>,
}

impl Record {
    /// Its place in the list.
    pub const fn place(&self) -> Place {
        Place { at: self.at, seq: self.seq }
    }

    /// What was tried was done.
    pub fn done(&self) -> bool {
        self.result == "ok"
    }

    /// The values of a fact; empty when it is not told.
    pub fn fact(&self, name: &str) -> &[String] {
        self.facts.iter().find(|fact| fact.name == name).map_or(&[], |fact| &fact.values)
    }
}

/// One page of the list, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordPage {
    /// The records.
    pub rows: Vec<Record>,
    /// How many there are with this filter; `None`: [`COUNTED`] or more.
    pub total: Option<u64>,
    /// There are newer ones.
    pub newer: bool,
    /// There are older ones.
    pub older: bool,
    /// Only the reader's own records are in it.
    pub own_only: bool,
}

/// One record, and whether it came from the device that reads it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDetail {
    /// The record.
    pub record: Record,
    /// Its client certificate is the present one.
    pub same_device: bool,
}

#[cfg(feature = "ssr")]
pub use server_side::AuditTrail;

#[cfg(feature = "ssr")]
mod server_side {
    use super::{RecordDetail, RecordPage, RecordQuery};
    use crate::{
        error::ApiError,
        services::{ReadRecords, RequestInfo},
    };
    use async_trait::async_trait;

    /// Audit records. Everything is scoped to the handle's office and, where it says so, to the reader's own records; what
    /// lies outside is [`ApiError::NotFound`], exactly as what does not exist.
    #[async_trait]
    pub trait AuditTrail: Send + Sync {
        /// F-1, F-2: one page.
        async fn records(&self, leave: &ReadRecords, query: &RecordQuery) -> Result<RecordPage, ApiError>;

        /// One record of F-1 or F-2. Errors: `NotFound`.
        async fn record(&self, leave: &ReadRecords, request: &RequestInfo, seq: i64) -> Result<RecordDetail, ApiError>;

        /// F-3: every record of the query as a CSV file (UTF-8 with BOM, CRLF), whose own audit row is written before
        /// anything leaves the server.
        ///
        /// Errors: `Invalid` on the period: more than [`super::EXPORT_ROWS`] records.
        async fn export(
            &self,
            leave: &ReadRecords,
            request: &RequestInfo,
            query: &RecordQuery,
        ) -> Result<Vec<u8>, ApiError>;
    }
}
