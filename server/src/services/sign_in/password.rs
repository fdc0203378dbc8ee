//! client certificate, limits, ID and password.

use app::{
    error::{ApiError, CertificateProblem},
    screens::ScreenId,
    services::{
        RequestInfo,
        sign_in::{StartedSignIn, Step, Who},
    },
};
use domain::{
    Timestamp,
    account::{AccountKind, LoginId, is_office_login_id},
    form::{Field, FieldErrors, Problem},
    password,
};
use secrecy::SecretString;
use serde_json::json;

use super::{SignInService, certificate, usable};
use crate::{
    delivery::Message,
    secret::{token, token_hash},
    services::{audit::Row, notices::tell},
    storage::{
        Tx,
        accounts::{self, Account},
        guards::{self, Scope},
        offices,
        sign_ins::{self, Attempt},
    },
};

/// What was typed, in a form that can be looked up.
fn typed(who: Who, login_id: &str, password: &str) -> Result<LoginId, FieldErrors> {
    let fits = |id: &LoginId| who == Who::Member || is_office_login_id(id);
    let mut errors = FieldErrors::default();
    let id = errors.take(
        Field::LoginId,
        LoginId::parse(login_id).and_then(|id| if fits(&id) { Ok(id) } else { Err(Problem::Malformed) }),
    );
    errors.take(Field::Password, password::typed(password));
    match id {
        Some(id) if errors.is_empty() => Ok(id),
        _ => Err(errors),
    }
}

///
pub(super) const fn password_screen(who: Who) -> ScreenId {
    match who {
        Who::Office => ScreenId::A2,
        Who::Member => ScreenId::A4,
    }
}

/// An initial password that was not used in time is none.
fn is_over(account: &Account, now: Timestamp) -> bool {
    account.password_expires_at.is_some_and(|end| end <= now)
}

impl SignInService {
    pub(super) async fn check_password(
        &self,
        who: Who,
        request: &RequestInfo,
        login_id: &str,
        password: &str,
    ) -> Result<StartedSignIn, ApiError> {
        certificate(request)?;
        let login_id = typed(who, login_id, password).map_err(ApiError::Invalid)?;
        let account = self.look_up(who, request, &login_id).await?;
        let stored: Option<&SecretString> = account.as_ref().map(|account| &account.password_hash);
        // Always one hash, whether or not there is such an account or it is locked: the time tells nothing.
        let right = self.0.passwords.verify(stored, password).await?;

        let mut tx = self.0.db.write().await?;
        let now = self.0.ambient.now();
        let failures = guards::get(&mut tx, Scope::LoginId, &login_id.key()).await?;
        match account {
            Some(account) if right && !failures.locked_at(now) && usable(&account, now) && !is_over(&account, now) => {
                self.begin(who, tx, request, &account).await
            }
            account => {
                self.count_failure(who, &mut tx, request, &login_id, account.as_ref()).await?;
                tx.commit().await?;
                self.0.outgoing.wake();
                Err(ApiError::SignInRefused)
            }
        }
    }

    /// The account, after the address's own limit was checked.
    async fn look_up(&self, who: Who, request: &RequestInfo, login_id: &LoginId) -> Result<Option<Account>, ApiError> {
        let mut tx = self.0.db.read().await?;
        let policy = &self.0.policy;
        let since = self.0.ambient.now().plus_minutes(-policy.address_window_minutes);
        let from_here = guards::address_failures(&mut tx, &request.address.to_string(), since).await?;
        if from_here >= policy.address_failures {
            tracing::warn!(sign_in.address_failures = from_here, "too many wrong sign-ins from one address");
            return Err(ApiError::TooManyRequests { seconds: policy.address_window_minutes * 60 });
        }
        let account = accounts::find_by_login_id(&mut tx, login_id).await?;
        Ok(account.filter(|account| Who::of(account.kind) == who))
    }

    /// One more wrong answer against the ID and the address; a lock that it causes is told to the account's owner.
    async fn count_failure(
        &self,
        who: Who,
        tx: &mut Tx,
        request: &RequestInfo,
        login_id: &LoginId,
        account: Option<&Account>,
    ) -> Result<(), ApiError> {
        let now = self.0.ambient.now();
        let mut row = Row::sign_in(now, request, password_screen(who), "sign_in.password");
        if let Some(account) = account {
            row = row.account(account);
        }
        guards::add_address_failure(tx, &request.address.to_string(), now).await?;
        let result = self.count_against(who, tx, login_id, account).await?;
        row.result(result).write(tx).await
    }

    /// Counts against the ID, known or not; answers the audit row's result.
    pub(in crate::services) async fn count_against(
        &self,
        who: Who,
        tx: &mut Tx,
        login_id: &LoginId,
        account: Option<&Account>,
    ) -> Result<&'static str, ApiError> {
        let now = self.0.ambient.now();
        let key = login_id.key();
        let unknown = if who == Who::Office { AccountKind::Office } else { AccountKind::Staff };
        let kind = account.map_or(unknown, |account| account.kind);
        let before = guards::get(tx, Scope::LoginId, &key).await?;
        let locked = before.locked_at(now);
        // A lock is written again as it is: as much work as counting, or the time would tell that there is one.
        let after = if locked { before } else { before.after_failure(kind, &self.0.policy, now) };
        guards::put(tx, Scope::LoginId, &key, &after, now).await?;
        if locked {
            return Ok("locked");
        }
        let Some(until) = after.locked_until.filter(|_| after.locked_at(now)) else { return Ok("refused") };
        if let Some(account) = account {
            tell(&self.0, tx, account, &Message::AccountLocked { until }).await?;
        }
        Ok("refused_and_locked")
    }

    /// The present password of somebody who is signed in. A wrong one counts like one at the sign-in: an unattended screen
    /// is no place to guess. `step` names screen and action for the audit trail.
    ///
    /// Errors: `Invalid`, `Locked`.
    pub(in crate::services) async fn check_present_password(
        &self,
        request: &RequestInfo,
        account: &Account,
        typed: &str,
        (screen, action): (ScreenId, &str),
    ) -> Result<(), ApiError> {
        password::typed(typed).map_err(|problem| ApiError::field(Field::CurrentPassword, problem))?;
        let right = self.0.passwords.verify(Some(&account.password_hash), typed).await?;
        let login_id = LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?;
        let mut tx = self.0.db.write().await?;
        let now = self.0.ambient.now();
        let failures = guards::get(&mut tx, Scope::LoginId, &login_id.key()).await?;
        if failures.locked_at(now) {
            let minutes = failures.locked_until.map_or(0, |until| (now.seconds_until(until) + 59) / 60);
            return Err(ApiError::Locked { minutes });
        }
        if right {
            return Ok(());
        }
        let result = self.count_against(Who::of(account.kind), &mut tx, &login_id, Some(account)).await?;
        Row::new(now, request, screen, action).account(account).result(result).write(&mut tx).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Err(ApiError::field(Field::CurrentPassword, Problem::Wrong))
    }

    /// The password was right: the office of the certificate must be the account's, then the sign-in begins.
    async fn begin(
        &self,
        who: Who,
        mut tx: Tx,
        request: &RequestInfo,
        account: &Account,
    ) -> Result<StartedSignIn, ApiError> {
        let now = self.0.ambient.now();
        let certificate = certificate(request)?;
        let office = offices::find(&mut tx, account.office_id).await?.ok_or(ApiError::Internal)?;
        let row = Row::sign_in(now, request, password_screen(who), "sign_in.password").account(account);
        if office.number != certificate.office_number {
            row.result("wrong_office").write(&mut tx).await?;
            tx.commit().await?;
            return Err(ApiError::Certificate(CertificateProblem::WrongOffice));
        }
        let token = token(&self.0.ambient);
        let asked = if account.security_code_hash.is_some() { Step::SecurityCode } else { Step::SendCode };
        let attempt = Attempt {
            id: self.0.ambient.id(),
            token_hash: token_hash(&token),
            account_id: account.id,
            certificate: certificate.fingerprint.clone(),
            step: asked,
            created_at: now,
            expires_at: now.plus_minutes(self.0.policy.attempt_minutes),
            wrong_codes: 0,
            codes_sent: 0,
            last_code_at: None,
            ended_at: None,
            channel: None,
        };
        sign_ins::insert(&mut tx, &attempt).await?;
        row.detail(json!({ "sign_in": attempt.id })).write(&mut tx).await?;
        let sent = who == Who::Member && self.send_the_only_way(&mut tx, request, &attempt, account).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(StartedSignIn { token, step: if sent { Step::Code } else { asked } })
    }
}
