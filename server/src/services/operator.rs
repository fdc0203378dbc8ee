//! What the operator does to accounts on the command line. Each act is an audit row of the account's office.

use app::error::ApiError;
use domain::account::{AccountKind, AccountState, INITIAL_PASSWORD_DAYS, LoginId, Standing, days_after};
use serde_json::{Value, json};

use super::{Core, audit::operator_entry, notices::tell, passwords};
use crate::{
    delivery::{EnqueueError, Message},
    storage::{
        StoreError, Tx,
        accounts::{self, Account, Overview},
        audit,
        guards::{self, Scope},
        offices, password_grants,
        sessions::{self, EndReason},
    },
};

/// Who sits at the command line: the name that the operating system knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator(pub String);

/// Why a command did nothing.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum OperatorError {
    #[error("there is no account {0}; `server user list` shows every ID")]
    Unknown(String),
    #[error("{0} was deleted; only its office can bring it back")]
    Deleted(String),
    #[error("{0} is not locked; nothing was changed")]
    NotLocked(String),
    #[error("there is no office {0}; give its 10-character 事業所番号")]
    UnknownOffice(String),
    #[error("{0} is a 事業所ユーザ: take its new password with `server import-office FILE.csv`")]
    OfficeUser(String),
    #[error("{0} has neither mail address nor phone number; its office has to enter one first")]
    NoContact(String),
    #[error("{0} was changed by somebody else at this moment; look at it again")]
    Changed(String),
    #[error("the password could not be hashed or the message not be queued; nothing was changed")]
    Internal,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ApiError> for OperatorError {
    fn from(_: ApiError) -> Self {
        Self::Internal
    }
}

impl From<EnqueueError> for OperatorError {
    fn from(_: EnqueueError) -> Self {
        Self::Internal
    }
}

/// Which accounts are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only this 事業所番号's.
    pub office: Option<String>,
    /// Only those in this state.
    pub state: Option<AccountState>,
    /// The deleted ones instead.
    pub deleted: bool,
}

/// Accounts without names and addresses.
///
/// Errors: `UnknownOffice`, `Store`.
pub async fn list(core: &Core, operator: &Operator, wanted: &Wanted) -> Result<Vec<Overview>, OperatorError> {
    let now = core.ambient.now();
    let mut tx = core.db.write().await?;
    if let Some(number) = &wanted.office
        && offices::find_by_number(&mut tx, number).await?.is_none()
    {
        return Err(OperatorError::UnknownOffice(number.clone()));
    }
    let mut found = accounts::overview(&mut tx, wanted.office.as_deref(), now).await?;
    found.retain(|account| account.state.is_none() == wanted.deleted);
    found.retain(|account| wanted.state.is_none() || account.state == wanted.state);
    let detail = json!({ "os_user": operator.0, "office": wanted.office, "rows": found.len() });
    audit::append(&mut tx, &operator_entry(now, "operator.list_users", detail)).await?;
    tx.commit().await?;
    Ok(found)
}

/// Takes away the lock that wrong passwords led to, or that an administrator set.
///
/// Errors: `Unknown`, `Deleted`, `NotLocked`, `Store`.
pub async fn unlock(core: &Core, operator: &Operator, login_id: &str) -> Result<(), OperatorError> {
    let mut tx = core.db.write().await?;
    let (account, key) = account(&mut tx, login_id).await?;
    let standing = account.standing(&guards::get(&mut tx, Scope::LoginId, &key).await?);
    if !standing.locked(core.ambient.now()) {
        return Err(OperatorError::NotLocked(account.login_id));
    }
    if !accounts::set_standing(&mut tx, &account, &Standing { locked_at: None, ..standing }).await? {
        return Err(OperatorError::Changed(account.login_id));
    }
    guards::clear(&mut tx, Scope::LoginId, &key).await?;
    note(core, &mut tx, operator, &account, "operator.unlock_user", json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends the account's owner a new initial password, which nobody else sees. The old one, open links and sessions end.
///
/// Errors: all but `NotLocked` and `UnknownOffice`.
pub async fn reset(core: &Core, operator: &Operator, login_id: &str) -> Result<(), OperatorError> {
    let password = passwords::initial_password(&core.ambient);
    let hash = core.passwords.hash(&core.ambient, password.clone()).await?;
    let now = core.ambient.now();
    let mut tx = core.db.write().await?;
    let (account, key) = account(&mut tx, login_id).await?;
    if account.kind == AccountKind::Office {
        return Err(OperatorError::OfficeUser(account.login_id));
    }
    if account.email.is_none() && account.phone.is_none() {
        return Err(OperatorError::NoContact(account.login_id));
    }
    let office = offices::find(&mut tx, account.office_id).await?.ok_or(StoreError::Corrupt("office_id"))?;
    let expires_at = days_after(now, INITIAL_PASSWORD_DAYS);
    if !accounts::issue_password(&mut tx, &account, &hash, expires_at).await? {
        return Err(OperatorError::Changed(account.login_id));
    }
    password_grants::end_all(&mut tx, account.id, now).await?;
    let ended = sessions::end_all(&mut tx, account.id, None, EndReason::PasswordChanged, now).await?;
    guards::clear(&mut tx, Scope::LoginId, &key).await?;
    let message = Message::PasswordReset {
        office_name: office.name,
        office_number: office.number,
        login_id: account.login_id.clone(),
        kind: account.kind,
        url: core.sign_in_url.to_string(),
        initial_password: password,
        expires_at,
    };
    tell(core, &mut tx, &account, &message).await?;
    note(core, &mut tx, operator, &account, "operator.reset_user", json!({ "sessions_ended": ended })).await?;
    tx.commit().await?;
    core.outgoing.wake();
    Ok(())
}

/// The account with this ID and the key under which its failures are counted.
async fn account(tx: &mut Tx, login_id: &str) -> Result<(Account, String), OperatorError> {
    let unknown = || OperatorError::Unknown(login_id.to_owned());
    let id = LoginId::parse(login_id).map_err(|_| unknown())?;
    match accounts::find_by_login_id(tx, &id).await? {
        Some(account) => Ok((account, id.key())),
        None if accounts::login_id_taken(tx, &id, None).await? => Err(OperatorError::Deleted(login_id.to_owned())),
        None => Err(unknown()),
    }
}

async fn note(
    core: &Core,
    tx: &mut Tx,
    operator: &Operator,
    account: &Account,
    action: &str,
    mut detail: Value,
) -> Result<(), StoreError> {
    detail["os_user"] = json!(operator.0);
    detail["login_id"] = json!(account.login_id);
    let mut entry = operator_entry(core.ambient.now(), action, detail);
    entry.office_id = Some(account.office_id);
    entry.target = Some(account.id);
    audit::append(tx, &entry).await
}
