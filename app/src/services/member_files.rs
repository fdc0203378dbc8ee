//! CSV files of administrators and staff: taking many at once, and giving a list out.

use domain::{Timestamp, form::FieldErrors};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// People in one file.
pub const IMPORT_ROWS: usize = 500;

/// Bytes of one file.
pub const IMPORT_BYTES: usize = 1024 * 1024;

/// Rows on one page of D-21.
pub const IMPORT_PAGE_ROWS: u32 = 50;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Read and judged; nothing is registered.
    Checked,
    /// Initial passwords are being made; everything is registered together at the end.
    Running {
        /// Passwords made so far.
        prepared: u32,
    },
    /// It ended before its time: nothing is registered, and it can be begun again.
    Interrupted,
    /// Everybody in the file is registered.
    Done,
}

/// What would become of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Its line in the file, from 1, as an editor counts.
    pub line: u64,
    /// ユーザID as written.
    pub login_id: String,
    /// 氏名 as written.
    pub name: String,
    /// What is wrong with it; nothing: it can be registered.
    pub errors: FieldErrors,
}

/// A file under way. Its rows are judged anew each time: an ID may be taken meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Which one; stands in the address.
    pub id: Uuid,
    /// The file's name, without its folder.
    pub file_name: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Where it stands.
    pub state: ImportState,
    /// People in it.
    pub total: u32,
    /// Those of them that cannot be registered as they are.
    pub faulty: u32,
    /// One page of the rows asked for; empty once they are registered.
    pub rows: Vec<ImportRow>,
    /// The page shown, from 1.
    pub page: u32,
}

#[cfg(feature = "ssr")]
pub use server_side::MemberFiles;

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use uuid::Uuid;

    use super::Import;
    use crate::{
        error::ApiError,
        routes::Members,
        services::{ManageMembers, RequestInfo, accounts::ListQuery},
    };

    /// Everything is scoped to the handle's office and kind; imports are their owner's alone, as drafts are.
    #[async_trait]
    pub trait MemberFiles: Send + Sync {
        /// The file to fill in: header and an example, in Japanese, as Excel opens it.
        fn template(&self, members: Members) -> Vec<u8>;

        /// Reads a file and keeps it for a day. Answers the import's ID.
        ///
        /// Errors: `Invalid` (what is wrong with the file as a whole, on `Field::File`).
        async fn upload(&self, leave: &ManageMembers, file_name: &str, bytes: &[u8]) -> Result<Uuid, ApiError>;

        /// D-21: an import of the actor's own with a page of its rows, all of them or only the `faulty` ones.
        ///
        /// Errors: `NotFound`.
        async fn import(
            &self,
            leave: &ManageMembers,
            import: Uuid,
            page: u32,
            faulty: bool,
        ) -> Result<Import, ApiError>;

        /// Begins to register everybody in the file, or nobody: returns at once, [`Self::import`] tells how far it is. An
        /// import that is running or done is left alone.
        ///
        /// Errors: `NotFound`, `Conflict` (some row cannot be registered).
        async fn register(&self, leave: &ManageMembers, request: &RequestInfo, import: Uuid) -> Result<(), ApiError>;

        /// Every account that the list in the state `query` shows on all its pages, as CSV.
        ///
        /// Errors: `TooManyRequests`.
        async fn export(
            &self,
            leave: &ManageMembers,
            request: &RequestInfo,
            query: &ListQuery,
        ) -> Result<Vec<u8>, ApiError>;
    }
}
