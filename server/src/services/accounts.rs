//! Administrators and staff of one office: lists, forms under way, registration, change, deletion.

mod acts;
mod change;
mod draft;
mod export;
mod files;
mod import;
mod kind;

use app::{
    error::ApiError,
    routes::Members,
    services::{
        ChangeKind, ManageMembers, RequestInfo,
        accounts::{AccountDetail, AccountPage, Accounts, Confirmed, Draft, ListQuery, LoginIdCheck, StateFilter},
    },
};
use async_trait::async_trait;
use domain::{
    account::{AccountKind, ContactRule, LoginId, MemberAct, MemberForm, MemberProfile, is_office_login_id},
    form::Problem,
    sign_in::Failures,
};
use uuid::Uuid;

use super::Core;
use crate::storage::{
    Tx,
    accounts::{self, Account},
    sessions,
};

/// [`Accounts`] and [`app::services::member_files::MemberFiles`] on our own database.
#[derive(Clone)]
pub struct AccountsService(pub Core);

/// 管理者 need a mail address, 一般 one contact of the two.
pub(super) const fn contact_rule(members: Members) -> ContactRule {
    match members {
        Members::Administrators => ContactRule::EmailRequired,
        Members::Staff => ContactRule::EitherRequired,
    }
}

/// The form's view of a stored member. Errors: `Internal` when the row lacks what every member has.
fn profile_of(account: &Account) -> Result<MemberProfile, ApiError> {
    Ok(MemberProfile {
        login_id: LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?,
        name: account.name.clone().ok_or(ApiError::Internal)?,
        services: account.services.clone(),
        jobs: account.jobs.clone(),
        email: account.email.clone(),
        phone: account.phone.clone(),
    })
}

impl AccountsService {
    /// The account, if it is one that `leave` is for. Everything else is `NotFound`, whatever the reason.
    async fn member(
        &self,
        tx: &mut Tx,
        leave: &ManageMembers,
        id: Uuid,
        with_deleted: bool,
    ) -> Result<Account, ApiError> {
        let (office, kind, now) = (leave.actor().office_id, leave.members().kind(), self.0.ambient.now());
        let found = accounts::find_in_office(tx, office, kind, id, with_deleted).await?;
        // A deletion that can no longer be undone is final.
        let seen =
            |account: &Account| account.deleted_at.is_none() || account.standing(&Failures::default()).restorable(now);
        found.filter(seen).ok_or(ApiError::NotFound)
    }

    async fn detail_of(&self, tx: &mut Tx, account: Account) -> Result<AccountDetail, ApiError> {
        let (now, policy) = (self.0.ambient.now(), &self.0.policy);
        let standing = self.standing(tx, &account).await?;
        let (begun, seen) = (now.plus_minutes(-policy.session_minutes), now.plus_minutes(-policy.idle_minutes));
        let open_sessions = sessions::count_open(tx, account.id, begun, seen).await?;
        let last_administrator = account.kind == AccountKind::Administrator
            && standing.usable(now)
            && !accounts::has_other_administrator(tx, account.office_id, account.id, now).await?;
        Ok(AccountDetail {
            id: account.id,
            state: standing.state(now),
            standing,
            profile: profile_of(&account)?,
            registered_at: account.created_at,
            changed_at: account.changed_at,
            initial_password: account.password_initial,
            password_expires_at: account.password_expires_at,
            open_sessions,
            version: account.version,
            last_administrator,
        })
    }
}

/// The deleted ones are for whoever may restore them. Errors: `NotPermitted`.
fn may_list(leave: &ManageMembers, query: &ListQuery) -> Result<(), ApiError> {
    if query.state == Some(StateFilter::DELETED) { leave.restore().map(drop) } else { Ok(()) }
}

#[async_trait]
impl Accounts for AccountsService {
    async fn list(&self, leave: &ManageMembers, query: &ListQuery) -> Result<AccountPage, ApiError> {
        may_list(leave, query)?;
        let mut tx = self.0.db.read().await?;
        let (office, kind) = (leave.actor().office_id, leave.members().kind());
        let listed = accounts::list(&mut tx, office, kind, query, self.0.ambient.now()).await?;
        Ok(AccountPage { rows: listed.rows, total: listed.total, all: listed.all, page: listed.page })
    }

    async fn detail(&self, leave: &ManageMembers, id: Uuid, with_deleted: bool) -> Result<AccountDetail, ApiError> {
        let mut tx = self.0.db.read().await?;
        let account = self.member(&mut tx, leave, id, with_deleted).await?;
        self.detail_of(&mut tx, account).await
    }

    fn new_draft(&self) -> Uuid {
        self.0.ambient.id()
    }

    async fn draft(&self, leave: &ManageMembers, draft: Uuid, editing: Option<Uuid>) -> Result<Draft, ApiError> {
        self.load_draft(leave, draft, editing).await
    }

    async fn submit_draft(
        &self,
        leave: &ManageMembers,
        draft: Uuid,
        editing: Option<Uuid>,
        form: MemberForm,
    ) -> Result<(), ApiError> {
        self.judge_draft(leave, draft, editing, form).await
    }

    async fn keep_draft(
        &self,
        request: &RequestInfo,
        members: Members,
        draft: Uuid,
        editing: Option<Uuid>,
        form: MemberForm,
    ) -> Result<(), ApiError> {
        self.keep_for_next_session(request, members, draft, editing, form).await
    }

    async fn register(&self, leave: &ManageMembers, request: &RequestInfo, draft: Uuid) -> Result<Uuid, ApiError> {
        self.register_from(leave, request, draft).await
    }

    async fn change(&self, leave: &ManageMembers, request: &RequestInfo, draft: Uuid) -> Result<Uuid, ApiError> {
        self.change_from(leave, request, draft).await
    }

    async fn delete(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        id: Uuid,
        warned: bool,
    ) -> Result<(), ApiError> {
        self.delete_member(leave, request, id, warned).await
    }

    async fn act(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        id: Uuid,
        act: MemberAct,
        confirmed: Confirmed<'_>,
    ) -> Result<(), ApiError> {
        self.act_on(id, acts::Asked { leave, request, act, confirmed }).await
    }

    async fn change_kind(
        &self,
        leave: &ChangeKind,
        request: &RequestInfo,
        id: Uuid,
        confirmed: Confirmed<'_>,
    ) -> Result<(), ApiError> {
        self.move_to_other(leave, request, id, confirmed).await
    }

    async fn check_login_id(
        &self,
        leave: &ManageMembers,
        login_id: &str,
        editing: Option<Uuid>,
    ) -> Result<LoginIdCheck, ApiError> {
        let mut tx = self.0.db.read().await?;
        if let Some(id) = editing {
            // Else one could ask to which account an ID belongs.
            self.member(&mut tx, leave, id, false).await?;
        }
        let problem = match LoginId::parse(login_id) {
            Err(problem) => Some(problem),
            Ok(id) if is_office_login_id(&id) => Some(Problem::Taken),
            Ok(id) => accounts::login_id_taken(&mut tx, &id, editing).await?.then_some(Problem::Taken),
        };
        Ok(LoginIdCheck { problem })
    }
}
