//! 一括資格確認: a list of 被保険者番号, checked person by person while the page shows how far it is.

use domain::{
    Timestamp,
    care::{BatchStatus, CareLevel, Day},
    form::FieldErrors,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// People in one list.
pub const BATCH_ROWS: usize = 500;

/// Rows on one page of E-14.
pub const BATCH_PAGE_ROWS: u32 = 50;

/// Days for which a list and its results are kept.
pub const BATCH_DAYS: i64 = 3;

/// Where a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// Its rows are being checked.
    Running {
        /// Rows done so far.
        checked: u32,
    },
    /// It ended before its time: what is done stays, and it can go on with the rest.
    Interrupted {
        /// Rows done so far.
        checked: u32,
    },
    /// Every row has its result.
    Done,
}

/// A list of the actor's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchSummary {
    /// Which one; stands in the address.
    pub id: Uuid,
    /// The file's name, without its folder.
    pub file_name: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// 基準日.
    pub as_of: Day,
    /// Rows in it.
    pub total: u32,
    /// Where it stands.
    pub state: BatchState,
}

/// Who a row is, as far as this account may see it at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct BatchPerson {
    /// 担当 of this office: leads to E-6.
    pub charge: Uuid,
    pub name: String,
    pub level: Option<CareLevel>,
    pub until: Option<Day>,
}

/// One row with its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchLine {
    /// Its line in the file, from 1.
    pub line: u64,
    /// 被保険者番号 as it is written.
    pub insured_number: String,
    /// What came of it.
    pub status: BatchStatus,
    /// What is wrong with an unreadable row.
    pub errors: FieldErrors,
    /// Whose it is, where that may be said.
    pub person: Option<BatchPerson>,
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchShow {
    /// All of them.
    #[default]
    All,
    /// Those about which something has to be done.
    Attention,
}

/// A list with one page of its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Which list.
    pub summary: BatchSummary,
    /// How many rows have each result, in the order of the table; none of those without any.
    pub counts: Vec<(BatchStatus, u32)>,
    /// One page of the rows asked for; empty while the list is being checked.
    pub rows: Vec<BatchLine>,
    /// How many rows there are of those asked for.
    pub shown: u32,
    /// The page shown, from 1.
    pub page: u32,
}

impl Batch {
    /// Rows with this result.
    pub fn count(&self, status: BatchStatus) -> u32 {
        self.counts.iter().find(|(other, _)| *other == status).map_or(0, |(_, count)| *count)
    }
}

#[cfg(feature = "ssr")]
pub use server_side::CareBatches;

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use domain::care::AsOf;
    use uuid::Uuid;

    use super::{Batch, BatchShow, BatchSummary};
    use crate::{
        error::ApiError,
        services::{CareLeave, RequestInfo},
    };

    /// Lists are their owner's alone. Only people whom the office is in charge of are found in them, everybody else is
    /// 該当なし: a list is no look-up (E-4), learns nothing about others and does not count as one. Each person is judged
    /// and written down as on E-6, when the row is checked and again whenever results are shown.
    #[async_trait]
    pub trait CareBatches: Send + Sync {
        /// The file to fill in.
        fn template(&self) -> Vec<u8>;

        /// Reads a file, keeps it for [`super::BATCH_DAYS`] and begins to check it. Answers the list's ID.
        ///
        /// Errors: `Invalid` (what is wrong with the file as a whole, on `Field::PeopleFile`), `TooManyRequests`.
        async fn upload(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            as_of: AsOf,
            file_name: &str,
            bytes: &[u8],
        ) -> Result<Uuid, ApiError>;

        /// The actor's own lists, the newest first.
        async fn recent(&self, leave: &CareLeave) -> Result<Vec<BatchSummary>, ApiError>;

        /// E-14: a list of the actor's own with a page of its results, which are written down before anything is answered.
        ///
        /// Errors: `NotFound`.
        async fn result(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            id: Uuid,
            page: u32,
            show: BatchShow,
        ) -> Result<Batch, ApiError>;

        /// Goes on with the rows that have no answer yet; a list that is being checked is left alone.
        ///
        /// Errors: `NotFound`.
        async fn go_on(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid) -> Result<(), ApiError>;

        /// Every result as CSV. Errors: `NotFound` (also while the list is being checked).
        async fn export(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid) -> Result<Vec<u8>, ApiError>;
    }
}
