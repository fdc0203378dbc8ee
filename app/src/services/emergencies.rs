//! 災害時の閲覧: declared by the operator, used with a reason, reviewed afterwards.

use domain::{Timestamp, care::Item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::care::PersonHead;

/// Rows on one page of F-4.
pub const USES_PAGE_ROWS: u32 = 50;

/// What every page says while a disaster is declared for the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyNotice {
    /// What happened, in the operator's words.
    pub title: String,
    /// Until then.
    pub until: Timestamp,
}

/// That a person was opened without consent: part of the person's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyRecord {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// What this account may see of a person by 災害時の閲覧 at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenEmergency {
    /// The reason given.
    pub reason: String,
    /// Until then.
    pub until: Timestamp,
}

/// E-15, before a reason is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyQuestion {
    /// Whose information.
    pub person: PersonHead,
    /// What could be seen that is hidden now.
    pub items: Vec<Item>,
    /// What is declared.
    pub notice: EmergencyNotice,
}

/// One row of F-4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns' names")]
pub struct EmergencyUse {
    pub id: Uuid,
    pub at: Timestamp,
    /// ユーザID and 氏名 of who looked.
    pub login_id: String,
    pub name: String,
    /// 被保険者番号 and 氏名 of whom it was about.
    pub person: String,
    /// The person in the audit trail: F-2 shows what was looked at.
    pub person_id: Uuid,
    pub reason: String,
    /// When it was reviewed, and the ユーザID of who did.
    pub reviewed: Option<(Timestamp, String)>,
    /// The reader looked themselves: somebody else has to review it.
    pub own: bool,
}

/// Which uses are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseFilter {
    /// All of them.
    #[default]
    All,
    /// Those that nobody has reviewed.
    Open,
}

impl UseFilter {
    /// The code in addresses and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
        }
    }

    /// The one with this code; everything else is all of them.
    pub fn from_code(code: &str) -> Self {
        if code == Self::Open.code() { Self::Open } else { Self::All }
    }
}

/// One page of F-4, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyUses {
    /// At most [`USES_PAGE_ROWS`].
    pub rows: Vec<EmergencyUse>,
    /// How many there are with this filter.
    pub total: u64,
    /// How many nobody has reviewed.
    pub open: u64,
    /// The page shown, from 1.
    pub page: u32,
}

#[cfg(feature = "ssr")]
pub use server_side::Emergencies;

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use domain::care::EmergencyForm;
    use uuid::Uuid;

    use super::{EmergencyNotice, EmergencyQuestion, EmergencyUses, UseFilter};
    use crate::{
        error::ApiError,
        services::{CareLeave, RequestInfo, ReviewEmergencies},
    };

    /// Everything is scoped to the handle's office; what lies outside is [`ApiError::NotFound`], as what does not exist.
    #[async_trait]
    pub trait Emergencies: Send + Sync {
        /// What is declared for the office with this 事業所番号 now, if anything is.
        async fn announced(&self, office_number: &str) -> Result<Option<EmergencyNotice>, ApiError>;

        /// E-15. Errors: `NotFound` (also when nothing is declared).
        async fn question(&self, leave: &CareLeave, charge: Uuid) -> Result<EmergencyQuestion, ApiError>;

        /// E-15: opens a person to this account for an hour. The reason is in the audit trail before anything is shown.
        ///
        /// Errors: `Invalid`, `NotFound` (also when nothing is declared).
        async fn open(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            charge: Uuid,
            form: EmergencyForm,
        ) -> Result<(), ApiError>;

        /// F-4.
        async fn uses(
            &self,
            leave: &ReviewEmergencies,
            filter: UseFilter,
            page: u32,
        ) -> Result<EmergencyUses, ApiError>;

        /// F-4: marks a use as reviewed, once. Errors: `NotFound`, `NotPermitted` (one's own).
        async fn review(&self, leave: &ReviewEmergencies, request: &RequestInfo, id: Uuid) -> Result<(), ApiError>;

        /// F-4: the uses as CSV; that they were given out is written down first.
        async fn export(
            &self,
            leave: &ReviewEmergencies,
            request: &RequestInfo,
            filter: UseFilter,
        ) -> Result<Vec<u8>, ApiError>;
    }
}
