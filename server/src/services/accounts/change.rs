//! D-4, D-7, D-8: making, changing and deleting an account, each in one transaction with its audit row and messages.

use app::{
    error::ApiError,
    services::{ManageMembers, RequestInfo},
};
use domain::{
    Timestamp,
    account::{AccountKind, INITIAL_PASSWORD_DAYS, MemberProfile, days_after},
    form::{Field, Problem},
    sign_in::Failures,
};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{AccountsService, contact_rule};
use crate::{
    delivery::Message,
    services::{audit::Row, notices::recipient, passwords::initial_password},
    storage::{
        StoreError, Tx,
        accounts::{self, Account},
        drafts::{self, StoredDraft},
        offices,
        sessions::EndReason,
    },
};

pub(super) fn taken_or(error: StoreError) -> ApiError {
    match error {
        StoreError::LoginIdTaken => ApiError::field(Field::LoginId, Problem::Taken),
        other => other.into(),
    }
}

impl AccountsService {
    /// The actor's own draft for registering (`editing: None`) or changing. Errors: `NotFound`.
    async fn own_draft(&self, tx: &mut Tx, leave: &ManageMembers, id: Uuid) -> Result<StoredDraft, ApiError> {
        let draft = drafts::lock(tx, leave.actor().account_id, id).await?.ok_or(ApiError::NotFound)?;
        if Self::is_own(leave, &draft) { Ok(draft) } else { Err(ApiError::NotFound) }
    }

    pub(super) async fn register_from(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        draft_id: Uuid,
    ) -> Result<Uuid, ApiError> {
        // Hashing takes longer than everything else here: before the transaction, so that nobody waits for it.
        let password = initial_password(&self.0.ambient);
        let hash = self.0.passwords.hash(&self.0.ambient, password.clone()).await?;

        let mut tx = self.0.db.write().await?;
        let draft = self.own_draft(&mut tx, leave, draft_id).await?;
        if let Some(account) = draft.completed {
            return Ok(account);
        }
        if draft.editing.is_some() {
            return Err(ApiError::NotFound);
        }
        let profile = self.judge(&mut tx, leave.members(), &draft).await?.map_err(ApiError::Invalid)?;
        let now = self.0.ambient.now();
        let account = self.new_account(leave, &profile, hash, now);
        accounts::insert(&mut tx, &account).await.map_err(taken_or)?;
        drafts::complete(&mut tx, &draft, account.id, now).await?;
        Row::new(now, request, leave.members().screens().check, "account.register")
            .actor(leave.actor())
            .target(account.id)
            .detail(json!({ "kind": account.kind.code(), "login_id": account.login_id }))
            .write(&mut tx)
            .await?;
        self.send_account_notice(&mut tx, leave, &account, password).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(account.id)
    }

    pub(super) fn new_account(
        &self,
        leave: &ManageMembers,
        profile: &MemberProfile,
        hash: SecretString,
        now: Timestamp,
    ) -> Account {
        Account {
            id: self.0.ambient.id(),
            office_id: leave.actor().office_id,
            kind: leave.members().kind(),
            login_id: profile.login_id.to_string(),
            name: Some(profile.name.clone()),
            services: profile.services.clone(),
            jobs: profile.jobs.clone(),
            email: profile.email.clone(),
            phone: profile.phone.clone(),
            created_at: now,
            changed_at: now,
            last_sign_in_at: None,
            locked_at: None,
            suspended_at: None,
            expires_at: None,
            deleted_at: None,
            version: 1,
            password_hash: hash,
            password_initial: true,
            password_expires_at: Some(days_after(now, INITIAL_PASSWORD_DAYS)),
            security_code_hash: None,
        }
    }

    pub(super) async fn send_account_notice(
        &self,
        tx: &mut Tx,
        leave: &ManageMembers,
        account: &Account,
        initial_password: SecretString,
    ) -> Result<(), ApiError> {
        let message = Message::AccountIssued {
            office_name: leave.actor().office_name.clone(),
            office_number: leave.actor().office_number.clone(),
            login_id: account.login_id.clone(),
            kind: account.kind,
            url: self.0.sign_in_url.to_string(),
            initial_password,
            expires_at: account.password_expires_at.unwrap_or(account.created_at),
        };
        let Some(to) = recipient(account.email.as_ref(), account.phone.as_ref()) else { return Ok(()) };
        Ok(self.0.outgoing.enqueue(tx, to, &message).await?)
    }

    pub(super) async fn change_from(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        draft_id: Uuid,
    ) -> Result<Uuid, ApiError> {
        let mut tx = self.0.db.write().await?;
        let draft = self.own_draft(&mut tx, leave, draft_id).await?;
        if let Some(account) = draft.completed {
            return Ok(account);
        }
        let id = draft.editing.ok_or(ApiError::NotFound)?;
        let before = self.member(&mut tx, leave, id, false).await?;
        let profile = draft.form.validate(contact_rule(leave.members())).map_err(ApiError::Invalid)?;
        let now = self.0.ambient.now();
        let version = draft.editing_version.unwrap_or(before.version);
        let office = leave.actor().office_id;
        if !accounts::update_profile(&mut tx, office, id, version, &profile, now).await.map_err(taken_or)? {
            return Err(ApiError::Conflict);
        }
        drafts::complete(&mut tx, &draft, id, now).await?;
        let changed = changed_fields(&before, &profile);
        let names: Vec<&str> = changed.iter().map(|field| field.name()).collect();
        Row::new(now, request, leave.members().screens().edit, "account.change")
            .actor(leave.actor())
            .target(id)
            .detail(json!({ "fields": names }))
            .write(&mut tx)
            .await?;
        self.send_change_notices(&mut tx, leave, &before, &profile, &changed, now).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(id)
    }

    /// To the account's contact and, when that changed, to the one it had before: whoever takes over an account cannot
    /// keep its owner from hearing of it.
    async fn send_change_notices(
        &self,
        tx: &mut Tx,
        leave: &ManageMembers,
        before: &Account,
        after: &MemberProfile,
        changed: &[Field],
        now: Timestamp,
    ) -> Result<(), ApiError> {
        if changed.is_empty() {
            return Ok(());
        }
        let message = Message::AccountChanged {
            what: changed.iter().map(|field| field_name(*field)).collect::<Vec<_>>().join("、"),
            when: now,
            by: leave.actor().kind.name().to_owned(),
        };
        if let Some(to) = recipient(after.email.as_ref(), after.phone.as_ref()) {
            self.0.outgoing.enqueue(tx, to, &message).await?;
        }
        let contact_changed = before.email != after.email || before.phone != after.phone;
        let old = recipient(before.email.as_ref(), before.phone.as_ref());
        if let Some(to) = old.filter(|_| contact_changed) {
            let message = Message::ContactChanged { when: now, by: leave.actor().kind.name().to_owned() };
            self.0.outgoing.enqueue(tx, to, &message).await?;
        }
        Ok(())
    }

    pub(super) async fn delete_member(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        id: Uuid,
        warned: bool,
    ) -> Result<(), ApiError> {
        let mut tx = self.0.db.write().await?;
        let account = self.member(&mut tx, leave, id, true).await?;
        if account.deleted_at.is_some() {
            return Ok(());
        }
        let now = self.0.ambient.now();
        if last_and_unsaid(&mut tx, &account, warned, now).await? {
            return Err(ApiError::Conflict);
        }
        accounts::mark_deleted(&mut tx, account.office_id, account.kind, id, now).await?;
        let ended = self.end_use(&mut tx, &account, Some(EndReason::AccountDeleted), now).await?;
        Row::new(now, request, leave.members().screens().delete, "account.delete")
            .actor(leave.actor())
            .target(id)
            .detail(json!({ "login_id": account.login_id, "sessions_ended": ended }))
            .write(&mut tx)
            .await?;
        if let Some(to) = recipient(account.email.as_ref(), account.phone.as_ref()) {
            let by = leave.actor().kind.name().to_owned();
            let message = Message::AccountDeleted { login_id: account.login_id.clone(), when: now, by };
            self.0.outgoing.enqueue(&mut tx, to, &message).await?;
        }
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }
}

/// Whether it is the office's last 管理者ユーザ that can be used, and the screen did not say so: with two such screens open,
/// the second one's warning would be missing.
pub(super) async fn last_and_unsaid(
    tx: &mut Tx,
    account: &Account,
    warned: bool,
    now: Timestamp,
) -> Result<bool, ApiError> {
    let usable = account.standing(&Failures::default()).usable(now);
    if warned || account.kind != AccountKind::Administrator || !usable {
        return Ok(false);
    }
    // Two of them going at once would each find the other still there.
    offices::lock(tx, account.office_id).await?;
    Ok(!accounts::has_other_administrator(tx, account.office_id, account.id, now).await?)
}

fn changed_fields(before: &Account, after: &MemberProfile) -> Vec<Field> {
    let name_changed = before.name.as_ref() != Some(&after.name);
    let all = [
        (Field::FamilyName, name_changed),
        (Field::Services, before.services != after.services),
        (Field::Jobs, before.jobs != after.jobs),
        (Field::Email, before.email != after.email),
        (Field::Phone, before.phone != after.phone),
    ];
    all.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}

/// The word for a field in a change notice.
const fn field_name(field: Field) -> &'static str {
    match field {
        Field::Services => "サービス種類",
        Field::Jobs => "職種区分",
        Field::Email => "メールアドレス",
        Field::Phone => "携帯電話番号",
        _ => "氏名",
    }
}
