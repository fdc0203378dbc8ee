//! Insured persons: identification, consent, and what may be seen of them.

use domain::{
    Timestamp,
    account::PersonName,
    care::{Basis, CareLevel, Content, Day, Extent, Hidden, Item, Relation, Sex, Validity},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::emergencies::{EmergencyRecord, OpenEmergency};

/// Rows on one page of E-1.
pub const PEOPLE_PAGE_ROWS: u32 = 20;

/// What narrows E-1 besides the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleFilter {
    /// 認定 ends within 60 days.
    EndsIn60,
    /// 認定 ends within 30 days.
    EndsIn30,
    /// 認定 is past its last day.
    Expired,
    /// No consent holds.
    NoConsent,
    /// Changed since the account last looked.
    Changed,
}

/// The columns E-1 can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleSort {
    /// 氏名, by its reading: what a list opens with.
    #[default]
    Name,
    /// 被保険者番号.
    Number,
    /// 要介護状態区分.
    Level,
    /// The last day of 認定有効期間.
    Until,
}

/// What E-1 shows. All of it stands in the URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleQuery {
    /// Looked for in number, kanji and reading, by `search_key`.
    pub search: String,
    /// One filter at a time.
    pub filter: Option<PeopleFilter>,
    /// The order's column.
    pub sort: PeopleSort,
    /// Upside down.
    pub descending: bool,
    /// From 1.
    pub page: u32,
}

impl Default for PeopleQuery {
    fn default() -> Self {
        Self { search: String::new(), filter: None, sort: PeopleSort::Name, descending: false, page: 1 }
    }
}

/// One row of E-1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns' names")]
pub struct PersonRow {
    pub id: Uuid,
    pub insured_number: String,
    pub name: String,
    pub reading: String,
    pub born_on: Day,
    pub level: Option<CareLevel>,
    pub until: Option<Day>,
    /// `None`: this account may not see the certificate, nor level and last day.
    pub validity: Option<Validity>,
    pub consented: bool,
    pub changed: bool,
}

/// One page of E-1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// At most [`PEOPLE_PAGE_ROWS`].
    pub rows: Vec<PersonRow>,
    /// How many match.
    pub total: u64,
    /// How many there are without search and filter.
    pub all: u64,
    /// The page shown: the last one when a later one was asked for.
    pub page: u32,
}

/// Who a person is: enough to tell them from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct PersonHead {
    /// 担当 of this office, or the match on E-4.
    pub id: Uuid,
    pub insurer_number: String,
    pub insurer_name: String,
    pub insured_number: String,
    pub name: PersonName,
    pub born_on: Day,
    pub sex: Sex,
}

/// Somebody found on E-4 (or by card), to be registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPerson {
    /// Who.
    pub person: PersonHead,
    /// The office is in charge already.
    pub charge: Option<Uuid>,
}

/// A screen of care information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareView {
    /// E-6 資格確認結果.
    Eligibility,
    /// E-7 要介護認定.
    Certification,
    /// E-8 審査会進捗.
    Review,
    /// E-9 住宅改修・福祉用具.
    Benefits,
    /// E-10 LIFE.
    Life,
    /// E-11 ケアプラン.
    CarePlan,
    /// E-12 print.
    Print,
}

impl CareView {
    /// Every one.
    pub const ALL: &[Self] = &[
        Self::Eligibility,
        Self::Certification,
        Self::Review,
        Self::Benefits,
        Self::Life,
        Self::CarePlan,
        Self::Print,
    ];

    /// The items it shows.
    pub const fn items(self) -> &'static [Item] {
        match self {
            Self::Eligibility | Self::Print => &[Item::InsuranceCard, Item::BurdenRatio, Item::BurdenLimit],
            Self::Certification => &[Item::Survey, Item::Opinion],
            Self::Review => &[Item::Review],
            Self::Benefits => &[Item::Renovation, Item::Equipment],
            Self::Life => &[Item::Life],
            Self::CarePlan => &[Item::CarePlan],
        }
    }
}

/// One item on a screen: what it holds (`None`: nothing is known), or why it is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetItem {
    /// Which.
    pub item: Item,
    /// Its content.
    pub content: Result<Option<Content>, Hidden>,
    /// On what ground it is shown, where it is.
    pub basis: Basis,
}

/// One screen of care information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareSheet {
    /// Whose.
    pub person: PersonHead,
    /// The day on which it was looked at.
    pub today: Day,
    /// When exactly.
    pub at: Timestamp,
    /// The banner, where the certificate may be seen.
    pub validity: Option<Validity>,
    /// The items of the screen.
    pub items: Vec<SheetItem>,
    /// Every item and whether this account may see it: for the ways to the other screens.
    pub reach: Vec<(Item, Result<Extent, Hidden>)>,
    /// 災害時の閲覧 by this account that is under way.
    pub emergency: Option<OpenEmergency>,
    /// Every 災害時の閲覧 by this office, the newest first.
    pub emergencies: Vec<EmergencyRecord>,
}

/// Consent to one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct ConsentEntry {
    pub item: Item,
    pub given_at: Timestamp,
    pub until: Day,
    /// Name and relation; `None`: the person themselves.
    pub proxy: Option<(String, Relation)>,
    /// Set when it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

/// E-5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentSheet {
    /// Whose.
    pub person: PersonHead,
    /// The items that need consent, each with its newest consent.
    pub items: Vec<(Item, Option<ConsentEntry>)>,
    /// Today.
    pub today: Day,
    /// Every 災害時の閲覧 by this office, the newest first.
    pub emergencies: Vec<EmergencyRecord>,
}

#[cfg(feature = "ssr")]
pub use server_side::{Care, PrintedFace};

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use domain::care::{ConsentForm, Day, Item, LookupForm, Sex};
    use uuid::Uuid;

    use super::{CareSheet, CareView, ConsentSheet, FoundPerson, PeoplePage, PeopleQuery, PersonHead};
    use crate::{
        error::ApiError,
        services::{CareLeave, RequestInfo},
    };

    /// What a My Number card shows of its holder.
    #[derive(Clone, PartialEq, Eq)]
    pub struct PrintedFace {
        /// 氏名.
        pub name: String,
        /// 生年月日.
        pub born_on: Day,
        /// 性別.
        pub sex: Sex,
    }

    /// Insured persons of the actor's own office. A person whom the office is not in charge of is
    /// [`ApiError::NotFound`], exactly as one that does not exist. When the platform is away:
    /// [`ApiError::PlatformUnavailable`].
    #[async_trait]
    pub trait Care: Send + Sync {
        /// E-1. What it shows of certificates is written down first, as in [`Care::view`].
        async fn list(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            query: &PeopleQuery,
        ) -> Result<PeoplePage, ApiError>;

        /// E-4: looks a person up by four items; answers the match, which only this account can use, for 15 minutes.
        ///
        /// Errors: `Invalid`, `NoMatch` (none or several), `InsurerNotJoined`, `TooManyRequests`.
        async fn look_up(&self, leave: &CareLeave, request: &RequestInfo, form: LookupForm) -> Result<Uuid, ApiError>;

        /// E-3: the same by the serial number of a card certificate that has been verified. `matched` is the match.
        ///
        /// Errors: `NoMatch`, `InsurerNotJoined`, `TooManyRequests`.
        async fn look_up_card(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            certificate: &str,
        ) -> Result<Uuid, ApiError>;

        /// The same by what the card shows, after a member of staff has compared it with the person.
        ///
        /// Errors: `NoMatch`, `InsurerNotJoined`, `TooManyRequests`.
        async fn look_up_face(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            face: &PrintedFace,
        ) -> Result<Uuid, ApiError>;

        /// E-4: who was found. Errors: `NotFound`.
        async fn found(&self, leave: &CareLeave, matched: Uuid) -> Result<FoundPerson, ApiError>;

        /// E-4: makes the office a 担当事業所 of the person found, once. Answers the 担当.
        ///
        /// Errors: `NotFound`.
        async fn take_charge(&self, leave: &CareLeave, request: &RequestInfo, matched: Uuid) -> Result<Uuid, ApiError>;

        /// E-13: who it is. Errors: `NotFound`.
        async fn person(&self, leave: &CareLeave, charge: Uuid) -> Result<PersonHead, ApiError>;

        /// E-6 … E-12. Its audit rows are on disk before anything is answered; if they cannot be written, nothing is.
        ///
        /// Errors: `NotFound`.
        async fn view(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            charge: Uuid,
            view: CareView,
        ) -> Result<CareSheet, ApiError>;

        /// E-5. Errors: `NotFound`.
        async fn consents(&self, leave: &CareLeave, charge: Uuid) -> Result<ConsentSheet, ApiError>;

        /// E-5: records consent; consent given before to the same items is replaced. Errors: `Invalid`, `NotFound`.
        async fn give_consent(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            charge: Uuid,
            form: ConsentForm,
        ) -> Result<(), ApiError>;

        /// E-5: withdraws consent to one item, or to all. Holds from the next request on. Errors: `NotFound`.
        async fn withdraw_consent(
            &self,
            leave: &CareLeave,
            request: &RequestInfo,
            charge: Uuid,
            item: Option<Item>,
        ) -> Result<(), ApiError>;

        /// E-13: the office no longer serves the person: every consent ends with it. Errors: `NotFound`.
        async fn end_charge(&self, leave: &CareLeave, request: &RequestInfo, charge: Uuid) -> Result<(), ApiError>;
    }
}
