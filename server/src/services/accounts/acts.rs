//! D-10 and D-19: acts on one account, each in one transaction with its audit row, its messages and the end of sessions.

use app::{
    error::ApiError,
    services::{ManageMembers, RequestInfo, RestoreMembers, accounts::Confirmed},
};
use domain::{
    Timestamp,
    account::{INITIAL_PASSWORD_DAYS, LoginId, MemberAct, Standing, days_after, expiry, last_day},
    form::Field,
    time::slashed,
};
use secrecy::SecretString;
use serde_json::json;

use super::{AccountsService, change::last_and_unsaid};
use crate::{
    delivery::Message,
    services::{audit::Row, notices::tell, passwords::initial_password},
    storage::{
        Tx,
        accounts::{self, Account},
        guards::{self, Scope},
        password_grants,
        sessions::{self, EndReason},
        sign_ins,
    },
};

/// One act under way.
pub(super) struct Asked<'a> {
    pub(super) leave: &'a ManageMembers,
    pub(super) request: &'a RequestInfo,
    pub(super) act: MemberAct,
    pub(super) confirmed: Confirmed<'a>,
}

/// What the owner is told of an act.
fn told(act: MemberAct, standing: &Standing) -> String {
    match (act, standing.expires_at) {
        (MemberAct::Lock, _) => "アカウントのロック".to_owned(),
        (MemberAct::Unlock, _) => "ロックの解除".to_owned(),
        (MemberAct::Suspend, _) => "利用の停止".to_owned(),
        (MemberAct::Resume, _) => "利用の再開".to_owned(),
        (MemberAct::SetExpiry, Some(end)) => format!("有効期限の設定({}まで)", slashed(last_day(end))),
        (MemberAct::SetExpiry | MemberAct::RemoveExpiry, _) => "有効期限の取り消し".to_owned(),
        (MemberAct::EndSessions, _) => "すべての端末からのログアウト".to_owned(),
        (MemberAct::Restore, _) => "削除したアカウントの復元".to_owned(),
        (MemberAct::ReissuePassword, _) => "パスワードの再発行".to_owned(),
    }
}

/// Why the act ends the account's sessions, if it does.
const fn ends(act: MemberAct) -> Option<EndReason> {
    match act {
        MemberAct::Lock => Some(EndReason::AccountLocked),
        MemberAct::Suspend => Some(EndReason::AccountSuspended),
        MemberAct::EndSessions => Some(EndReason::Revoked),
        MemberAct::ReissuePassword | MemberAct::Restore => Some(EndReason::PasswordChanged),
        _ => None,
    }
}

impl AccountsService {
    pub(super) async fn act_on(&self, id: uuid::Uuid, asked: Asked<'_>) -> Result<(), ApiError> {
        match asked.act {
            MemberAct::Restore => self.restore(&asked.leave.restore()?, id, asked).await,
            MemberAct::ReissuePassword => self.reissue(id, asked).await,
            _ => self.decide(id, asked).await,
        }
    }

    /// Locks, suspension, expiry and the end of sessions.
    async fn decide(&self, id: uuid::Uuid, asked: Asked<'_>) -> Result<(), ApiError> {
        let mut tx = self.0.db.write().await?;
        let account = self.member(&mut tx, asked.leave, id, false).await?;
        let now = self.0.ambient.now();
        let before = self.standing(&mut tx, &account).await?;
        let after = asked.outcome(&before, now)?;
        if !before.takes(asked.act, now) || (asked.act == MemberAct::SetExpiry && after == before) {
            return Ok(());
        }
        if asked.act != MemberAct::EndSessions {
            if account.version != asked.confirmed.seen {
                return Err(ApiError::Conflict);
            }
            if asked.act.takes_away_use() && last_and_unsaid(&mut tx, &account, asked.confirmed.warned, now).await? {
                return Err(ApiError::Conflict);
            }
            if !accounts::set_standing(&mut tx, &account, &after).await? {
                return Err(ApiError::Conflict);
            }
        }
        if asked.act == MemberAct::Unlock {
            guards::clear(&mut tx, Scope::LoginId, &key(&account)?).await?;
        }
        // Sessions that the old day had ended must not come back with a later one.
        let over = before.expired(now).then_some(EndReason::AccountExpired);
        let ended = self.end_use(&mut tx, &account, ends(asked.act).or(over), now).await?;
        if asked.act == MemberAct::EndSessions && ended == 0 {
            return Ok(());
        }
        self.record(&mut tx, &asked, &account, &after, ended).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }

    /// Another initial password, which only its owner learns. Whoever presses twice sends one.
    async fn reissue(&self, id: uuid::Uuid, asked: Asked<'_>) -> Result<(), ApiError> {
        let (password, hash) = self.new_password().await?;
        let mut tx = self.0.db.write().await?;
        let account = self.member(&mut tx, asked.leave, id, false).await?;
        let present = account.password_expires_at.map_or(0, Timestamp::micros);
        match (present == asked.confirmed.seen, account.password_expires_at) {
            (true, _) => {}
            // Issued since the screen was shown: what was wanted has happened.
            (false, Some(_)) => return Ok(()),
            // Issued and replaced by its owner since: that is not to be undone unseen.
            (false, None) => return Err(ApiError::Conflict),
        }
        self.issue(&mut tx, &asked, &account, password, &hash).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }

    /// The account as it was, with a new initial password.
    async fn restore(&self, leave: &RestoreMembers, id: uuid::Uuid, asked: Asked<'_>) -> Result<(), ApiError> {
        let (password, hash) = self.new_password().await?;
        let mut tx = self.0.db.write().await?;
        let account = self.member(&mut tx, leave.of(), id, true).await?;
        if account.deleted_at.is_none() {
            return Ok(());
        }
        let standing = Standing { deleted_at: None, ..self.standing(&mut tx, &account).await? };
        self.issue(&mut tx, &asked, &account, password, &hash).await?;
        let message = self.state_message(&asked, &account, &standing);
        tell(&self.0, &mut tx, &account, &message).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }

    /// Hashing takes longer than everything else here: before the transaction, so that nobody waits for it.
    async fn new_password(&self) -> Result<(SecretString, SecretString), ApiError> {
        let password = initial_password(&self.0.ambient);
        let hash = self.0.passwords.hash(&self.0.ambient, password.clone()).await?;
        Ok((password, hash))
    }

    async fn issue(
        &self,
        tx: &mut Tx,
        asked: &Asked<'_>,
        account: &Account,
        password: SecretString,
        hash: &SecretString,
    ) -> Result<(), ApiError> {
        let now = self.0.ambient.now();
        let expires_at = days_after(now, INITIAL_PASSWORD_DAYS);
        if !accounts::issue_password(tx, account, hash, expires_at).await? {
            return Err(ApiError::Conflict);
        }
        password_grants::end_all(tx, account.id, now).await?;
        // Failures with the old password say nothing about the new one; a lock by hand stays.
        guards::clear(tx, Scope::LoginId, &key(account)?).await?;
        let ended = self.end_use(tx, account, ends(asked.act), now).await?;
        asked.row(now, account, ended).write(tx).await?;
        let actor = asked.leave.actor();
        let message = Message::PasswordReset {
            office_name: actor.office_name.clone(),
            office_number: actor.office_number.clone(),
            login_id: account.login_id.clone(),
            kind: account.kind,
            url: self.0.sign_in_url.to_string(),
            initial_password: password,
            expires_at,
        };
        tell(&self.0, tx, account, &message).await
    }

    /// Ends sessions and sign-ins under way; answers how many sessions it were.
    pub(super) async fn end_use(
        &self,
        tx: &mut Tx,
        account: &Account,
        reason: Option<EndReason>,
        now: Timestamp,
    ) -> Result<u64, ApiError> {
        let Some(reason) = reason else { return Ok(0) };
        sign_ins::end_all(tx, account.id, now).await?;
        Ok(sessions::end_all(tx, account.id, None, reason, now).await?)
    }

    pub(super) async fn standing(&self, tx: &mut Tx, account: &Account) -> Result<Standing, ApiError> {
        Ok(account.standing(&guards::peek(tx, Scope::LoginId, &key(account)?).await?))
    }

    async fn record(
        &self,
        tx: &mut Tx,
        asked: &Asked<'_>,
        account: &Account,
        after: &Standing,
        ended: u64,
    ) -> Result<(), ApiError> {
        asked.row(self.0.ambient.now(), account, ended).write(tx).await?;
        tell(&self.0, tx, account, &self.state_message(asked, account, after)).await
    }

    fn state_message(&self, asked: &Asked<'_>, account: &Account, after: &Standing) -> Message {
        Message::AccountState {
            login_id: account.login_id.clone(),
            what: told(asked.act, after),
            when: self.0.ambient.now(),
            by: asked.leave.actor().kind.name().to_owned(),
        }
    }
}

impl Asked<'_> {
    /// How the account will stand. Errors: `Invalid` (the day).
    fn outcome(&self, before: &Standing, now: Timestamp) -> Result<Standing, ApiError> {
        let mut after = *before;
        match self.act {
            MemberAct::Lock => after.locked_at = Some(now),
            MemberAct::Unlock => after.locked_at = None,
            MemberAct::Suspend => after.suspended_at = Some(now),
            MemberAct::Resume => after.suspended_at = None,
            MemberAct::RemoveExpiry => after.expires_at = None,
            MemberAct::SetExpiry => {
                let end = expiry(self.confirmed.expires_on, now);
                after.expires_at = Some(end.map_err(|problem| ApiError::field(Field::ExpiresOn, problem))?);
            }
            MemberAct::ReissuePassword | MemberAct::EndSessions | MemberAct::Restore => {}
        }
        Ok(after)
    }

    fn row(&self, now: Timestamp, account: &Account, ended: u64) -> Row {
        let action = format!("account.{}", self.act.code().replace('-', "_"));
        let screen = self.leave.members().screens().act;
        Row::new(now, self.request, screen, &action)
            .actor(self.leave.actor())
            .target(account.id)
            .detail(json!({ "login_id": account.login_id, "sessions_ended": ended }))
    }
}

fn key(account: &Account) -> Result<String, ApiError> {
    Ok(LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?.key())
}
