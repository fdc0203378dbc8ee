//! Forms under way: kept under an ID that stands in the URL, owned by the account that types.

use app::{
    error::ApiError,
    routes::Members,
    services::{ManageMembers, RequestInfo, accounts::Draft},
};
use domain::{
    account::{MemberForm, MemberProfile},
    form::{Field, FieldErrors, Problem},
};
use uuid::Uuid;

use super::{AccountsService, contact_rule, profile_of};
use crate::{
    services::sign_in::SignInService,
    storage::{
        Tx, accounts,
        drafts::{self, StoredDraft},
    },
};

/// What is wrong with a form in which the database, or the rest of a file, found one thing more.
pub(super) fn with_problem(judged: Result<MemberProfile, FieldErrors>, field: Field, problem: Problem) -> FieldErrors {
    let mut errors = FieldErrors::one(field, problem);
    for (field, problem) in judged.err().unwrap_or_default().iter() {
        errors.add(field, problem);
    }
    errors
}

impl AccountsService {
    /// Whether one of the actor's drafts is of the kind that `leave` is for, and of the office that the actor acts in.
    pub(super) fn is_own(leave: &ManageMembers, draft: &StoredDraft) -> bool {
        draft.office_id == leave.actor().office_id && draft.members == leave.members().kind()
    }

    pub(super) async fn load_draft(
        &self,
        leave: &ManageMembers,
        id: Uuid,
        editing: Option<Uuid>,
    ) -> Result<Draft, ApiError> {
        let mut tx = self.0.db.read().await?;
        let account = match editing {
            Some(account) => Some(self.member(&mut tx, leave, account, false).await?),
            None => None,
        };
        let editing = match account {
            Some(account) => Some(self.detail_of(&mut tx, account).await?),
            None => None,
        };
        let usual = accounts::usual_services(&mut tx, leave.actor().office_id, leave.members().kind()).await?;
        let Some(stored) = drafts::find(&mut tx, leave.actor().account_id, id).await? else {
            let form = editing.as_ref().map(|detail| detail.profile.to_form()).unwrap_or_default();
            let errors = FieldErrors::default();
            return Ok(Draft { id, form, errors, submitted: false, completed: None, editing, usual });
        };
        if !Self::is_own(leave, &stored) || stored.editing != editing.as_ref().map(|detail| detail.id) {
            return Err(ApiError::NotFound);
        }
        let judged = if stored.submitted && stored.completed.is_none() {
            self.judge(&mut tx, leave.members(), &stored).await?.err().unwrap_or_default()
        } else {
            FieldErrors::default()
        };
        let (submitted, completed) = (stored.submitted, stored.completed);
        Ok(Draft { id, form: stored.form, errors: judged, submitted, completed, editing, usual })
    }

    /// Every rule, uniqueness included.
    pub(super) async fn judge(
        &self,
        tx: &mut Tx,
        members: Members,
        draft: &StoredDraft,
    ) -> Result<Result<MemberProfile, FieldErrors>, ApiError> {
        let judged = draft.form.validate(contact_rule(members));
        let login_id = domain::account::LoginId::parse(&draft.form.login_id);
        let taken = match login_id {
            Ok(id) => accounts::login_id_taken(tx, &id, draft.editing).await?,
            Err(_) => false,
        };
        Ok(if taken { Err(with_problem(judged, Field::LoginId, Problem::Taken)) } else { judged })
    }

    pub(super) async fn judge_draft(
        &self,
        leave: &ManageMembers,
        id: Uuid,
        editing: Option<Uuid>,
        form: MemberForm,
    ) -> Result<(), ApiError> {
        let mut tx = self.0.db.write().await?;
        let account = match editing {
            Some(account) => Some(self.member(&mut tx, leave, account, false).await?),
            None => None,
        };
        let existing = drafts::lock(&mut tx, leave.actor().account_id, id).await?;
        if existing.as_ref().is_some_and(|draft| !Self::is_own(leave, draft) || draft.editing != editing) {
            return Err(ApiError::NotFound);
        }
        if existing.as_ref().is_some_and(|draft| draft.completed.is_some()) {
            return Err(ApiError::Conflict);
        }
        let mut form = form.bounded();
        if let Some(account) = &account {
            // A ユーザID is for life: audit, mail and people's memory refer to it.
            form.login_id = profile_of(account)?.login_id.to_string();
        }
        let actor = leave.actor();
        let mut draft = StoredDraft {
            id,
            account_id: actor.account_id,
            office_id: actor.office_id,
            members: leave.members().kind(),
            editing,
            editing_version: existing.and_then(|d| d.editing_version).or(account.map(|account| account.version)),
            form,
            submitted: true,
            completed: None,
            updated_at: self.0.ambient.now(),
        };
        let judged = self.judge(&mut tx, leave.members(), &draft).await?;
        if let Ok(profile) = &judged {
            // The check screen shows what will be stored: kana as hiragana, half-width where the field says so.
            draft.form = profile.to_form();
        }
        drafts::put(&mut tx, &draft).await?;
        tx.commit().await?;
        judged.map(|_| ()).map_err(ApiError::Invalid)
    }

    /// Keeps the form for an account whose session timed out while it was typing. Says nothing about what exists.
    pub(super) async fn keep_for_next_session(
        &self,
        request: &RequestInfo,
        members: Members,
        id: Uuid,
        editing: Option<Uuid>,
        form: MemberForm,
    ) -> Result<(), ApiError> {
        let Some(account) = SignInService::account_of_timed_out_session(&self.0, request).await? else {
            return Ok(());
        };
        let mut tx = self.0.db.write().await?;
        if let Some(id) = editing
            && accounts::find_in_office(&mut tx, account.office_id, members.kind(), id, false).await?.is_none()
        {
            return Ok(());
        }
        let existing = drafts::lock(&mut tx, account.id, id).await?;
        if existing.as_ref().is_some_and(|draft| draft.editing != editing || draft.completed.is_some()) {
            return Ok(());
        }
        let draft = StoredDraft {
            id,
            account_id: account.id,
            office_id: account.office_id,
            members: members.kind(),
            editing,
            editing_version: existing.and_then(|draft| draft.editing_version),
            form: form.bounded(),
            submitted: false,
            completed: None,
            updated_at: self.0.ambient.now(),
        };
        drafts::put(&mut tx, &draft).await?;
        tx.commit().await?;
        Ok(())
    }
}
