//! Administrators and staff of one office.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    account::{AccountState, MemberAct, MemberForm, MemberProfile, ServiceCode, Standing},
    form::{FieldErrors, Problem},
    job::Job,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The columns a list can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// ユーザ名, by its reading.
    Name,
    /// サービス種類, by the first one's code.
    Services,
    /// 職種区分, by the first one's place in the table.
    Jobs,
    /// 登録日; the newest first is what a list opens with.
    #[default]
    Registered,
    /// 最終ログイン; those who never signed in come first.
    SignIn,
}

/// Which accounts a list is narrowed to, by what can be said of their use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateFilter {
    /// Those that a list shows in this state; deleted ones, as long as that can be undone, are shown only to whoever
    /// may undo it.
    State(AccountState),
    /// 90日以上ログインなし: no sign-in for so long, or none at all since the registration.
    Dormant,
}

impl StateFilter {
    /// Every filter, in the order on screen.
    pub const ALL: [Self; 7] = [
        Self::State(AccountState::Active),
        Self::State(AccountState::NeverSignedIn),
        Self::State(AccountState::Locked),
        Self::State(AccountState::Suspended),
        Self::State(AccountState::Expired),
        Self::Dormant,
        Self::State(AccountState::Deleted),
    ];

    /// Deleted accounts, for which one needs leave of one's own.
    pub const DELETED: Self = Self::State(AccountState::Deleted);
}

/// The row of a page shown before, next to which another page lies. Its place is found at once, where counting pages
/// takes longer the further one goes; and nobody is skipped when others are registered meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The page begins behind this account.
    After(Uuid),
    /// The page ends before this account.
    Before(Uuid),
}

/// What a list shows: search, filters, order and page. All of it stands in the URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Looked for in ユーザID, kanji and reading, by `search_key`.
    pub search: String,
    /// Only accounts with this service.
    pub service: Option<ServiceCode>,
    /// Only accounts with this job.
    pub job: Option<Job>,
    /// Only accounts of which this can be said.
    pub state: Option<StateFilter>,
    /// Only accounts registered on or after this day (`2025-02-03`).
    pub registered_from: String,
    /// Only accounts registered on or before this day.
    pub registered_to: String,
    /// The order's column.
    pub sort: SortBy,
    /// Upside down: for 登録日 the newest first.
    pub descending: bool,
    /// From 1.
    pub page: u32,
    /// Where that page lies, when the page before or behind it was shown.
    pub anchor: Option<Anchor>,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            search: String::new(),
            service: None,
            job: None,
            state: None,
            registered_from: String::new(),
            registered_to: String::new(),
            sort: SortBy::Registered,
            descending: true,
            page: 1,
            anchor: None,
        }
    }
}

/// Rows on one page of a list.
pub const PAGE_ROWS: u32 = 20;

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns' names")]
pub struct AccountRow {
    pub id: Uuid,
    pub login_id: String,
    pub name: String,
    pub reading: String,
    pub services: BTreeSet<ServiceCode>,
    pub jobs: BTreeSet<Job>,
    pub registered_at: Timestamp,
    pub last_sign_in: Option<Timestamp>,
    pub state: AccountState,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// At most [`PAGE_ROWS`].
    pub rows: Vec<AccountRow>,
    /// How many match.
    pub total: u64,
    /// How many there are without search and filters: tells "none yet" from "none found".
    pub all: u64,
    /// The page shown: the last one when a later one was asked for.
    pub page: u32,
}

/// One account, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDetail {
    /// The account.
    pub id: Uuid,
    /// What its form says.
    pub profile: MemberProfile,
    /// Its state.
    pub state: AccountState,
    /// What the state follows from.
    pub standing: Standing,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Last change of what its form says.
    pub changed_at: Timestamp,
    /// Its password was given out by the service.
    pub initial_password: bool,
    /// Until when an initial password may be used.
    pub password_expires_at: Option<Timestamp>,
    /// Sessions that are open.
    pub open_sessions: i64,
    /// Counts changes; an edit that started from another version is refused.
    pub version: i64,
    /// The only 管理者ユーザ of its office that can be used.
    pub last_administrator: bool,
}

impl AccountDetail {
    /// What a confirmation screen was shown for, sent back with it: whoever presses the button a second time, or after
    /// somebody else, is recognised. For a re-issue it is the present initial password's end, else the version.
    pub fn seen(&self, act: MemberAct) -> i64 {
        match act {
            MemberAct::ReissuePassword => self.password_expires_at.map_or(0, Timestamp::micros),
            _ => self.version,
        }
    }
}

/// A form under way. Kept on the server, so that back, reload, a second tab and signing in again lose nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which one; stands in the URL.
    pub id: Uuid,
    /// What was typed.
    pub form: MemberForm,
    /// What is wrong with it; empty for a form that nobody has submitted yet.
    pub errors: FieldErrors,
    /// It has been submitted at least once.
    pub submitted: bool,
    /// It was completed: the account that came of it. What was typed is gone then.
    pub completed: Option<Uuid>,
    /// For an edit: the account and what it says now.
    pub editing: Option<AccountDetail>,
    /// Codes of the サービス種類 that the office registered last: likely to be chosen again.
    pub usual: Vec<String>,
}

/// The answer to a check while typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginIdCheck {
    /// `None`: it can be had.
    pub problem: Option<Problem>,
}

#[cfg(feature = "ssr")]
pub use server_side::{Accounts, Confirmed};

#[cfg(feature = "ssr")]
mod server_side {
    use async_trait::async_trait;
    use domain::account::{MemberAct, MemberForm};
    use uuid::Uuid;

    use super::{AccountDetail, AccountPage, Draft, ListQuery, LoginIdCheck};
    use crate::{
        error::ApiError,
        routes::Members,
        services::{ChangeKind, ManageMembers, RequestInfo},
    };

    /// What a person agreed to on a confirmation screen.
    #[derive(Clone, Copy, Debug)]
    pub struct Confirmed<'a> {
        /// [`AccountDetail::seen`] as the screen showed it.
        pub seen: i64,
        /// The screen warned that this is the office's last 管理者ユーザ.
        pub warned: bool,
        /// What was typed into 「利用できる最後の日」.
        pub expires_on: &'a str,
    }

    /// Administrators and staff. Everything is scoped to the handle's office and kind; what lies outside is
    /// [`ApiError::NotFound`], exactly as what does not exist.
    #[async_trait]
    pub trait Accounts: Send + Sync {
        /// D-1, D-11.
        async fn list(&self, leave: &ManageMembers, query: &ListQuery) -> Result<AccountPage, ApiError>;

        /// D-5, D-6, D-8. Deleted accounts are `NotFound`, unless `with_deleted` (D-7).
        async fn detail(&self, leave: &ManageMembers, id: Uuid, with_deleted: bool) -> Result<AccountDetail, ApiError>;

        /// An ID for a form that is about to be opened.
        fn new_draft(&self) -> Uuid;

        /// A draft of the actor's own. A `draft` id that is not known yet starts an empty form (or, with `editing`, the
        /// account's present values) under that id. What others keep under the
        /// same id is not seen. Errors: `NotFound` (no such account, or a draft for something else).
        async fn draft(&self, leave: &ManageMembers, draft: Uuid, editing: Option<Uuid>) -> Result<Draft, ApiError>;

        /// Keeps what was typed and judges it, uniqueness included. The draft is kept in either case.
        ///
        /// Errors: `Invalid`, `NotFound`.
        async fn submit_draft(
            &self,
            leave: &ManageMembers,
            draft: Uuid,
            editing: Option<Uuid>,
            form: MemberForm,
        ) -> Result<(), ApiError>;

        /// Keeps what was typed when the session turned out to have timed out, for the same account's next session.
        /// Does nothing for anybody else.
        async fn keep_draft(
            &self,
            request: &RequestInfo,
            members: Members,
            draft: Uuid,
            editing: Option<Uuid>,
            form: MemberForm,
        ) -> Result<(), ApiError>;

        /// D-3 → D-4: makes the account from a valid draft, once. Sends the account notice. A draft that was completed
        /// already answers with the same account.
        ///
        /// Errors: `Invalid` (the ID was taken meanwhile; the draft stays), `NotFound`.
        async fn register(&self, leave: &ManageMembers, request: &RequestInfo, draft: Uuid) -> Result<Uuid, ApiError>;

        /// D-8: changes the account from a valid draft. Sends notices of the change.
        ///
        /// Errors: `Invalid`, `NotFound`, `Conflict` (changed by somebody else since the draft was begun).
        async fn change(&self, leave: &ManageMembers, request: &RequestInfo, draft: Uuid) -> Result<Uuid, ApiError>;

        /// D-6 → D-7. Ends its sessions and sends a notice. Deleting what is deleted changes nothing. `warned`: the
        /// person knows if it is the office's last 管理者ユーザ.
        ///
        /// Errors: `NotFound`, `Conflict` (it is the last, and nobody said so).
        async fn delete(
            &self,
            leave: &ManageMembers,
            request: &RequestInfo,
            id: Uuid,
            warned: bool,
        ) -> Result<(), ApiError>;

        /// D-10, D-19. Writes the audit row, tells the owner, and ends the sessions where the act says so. What is as
        /// wanted already stays as it is, and nobody is told again.
        ///
        /// Errors: `Invalid` (the day), `NotFound` (also: no longer to be restored), `NotPermitted` (restoring),
        /// `Conflict` (changed since the screen was shown; or the last 管理者ユーザ, and nobody said so).
        async fn act(
            &self,
            leave: &ManageMembers,
            request: &RequestInfo,
            id: Uuid,
            act: MemberAct,
            confirmed: Confirmed<'_>,
        ) -> Result<(), ApiError>;

        /// D-9: makes a 管理者ユーザ a 一般ユーザ or the other way round. Ends its sessions and tells the owner.
        ///
        /// Errors: `Invalid` (a contact that the new kind needs is missing), `NotFound`, `Conflict`.
        async fn change_kind(
            &self,
            leave: &ChangeKind,
            request: &RequestInfo,
            id: Uuid,
            confirmed: Confirmed<'_>,
        ) -> Result<(), ApiError>;

        /// Whether a ユーザID can be had, while it is typed. `draft` names the form, so that an edit's own ID is free.
        async fn check_login_id(
            &self,
            leave: &ManageMembers,
            login_id: &str,
            editing: Option<Uuid>,
        ) -> Result<LoginIdCheck, ApiError>;
    }
}
