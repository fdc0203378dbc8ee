//! G-3 and G-5: the new password takes the place of the old one, everywhere at once.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{Actor, RequestInfo, passwords::NewPassword, sign_in::StartedSession},
};
use domain::{
    account::{LoginId, Right},
    form::{Field, Problem},
    password::KEPT,
};
use secrecy::SecretString;

use super::{OwnPasswordService, judge};
use crate::{
    delivery::Message,
    services::{audit::Row, notices::tell},
    storage::{
        Tx,
        accounts::{self, Account},
        guards::{self, Scope},
        password_grants, password_history,
        sessions::{self, EndReason},
    },
};

impl OwnPasswordService {
    pub(super) async fn set_by_leave(
        &self,
        request: &RequestInfo,
        token: &str,
        new: NewPassword<'_>,
    ) -> Result<Option<StartedSession>, ApiError> {
        let mut tx = self.core.db.read().await?;
        let (_, account) = self.granted(&mut tx, request, token).await?;
        drop(tx);
        let hash = self.new_hash(&account, new).await?;

        let mut tx = self.core.db.write().await?;
        let (grant, account) = self.granted(&mut tx, request, token).await?;
        if !password_grants::redeem(&mut tx, grant.id, self.core.ambient.now()).await? {
            return Err(ApiError::SignInOver);
        }
        self.replace(&mut tx, request, ScreenId::G3, &account, &hash).await?;
        // Only the browser that just passed password and code is signed in; a link proves the contact alone.
        let started = match grant.certificate {
            Some(_) => Some(self.sign_in.start_session(&mut tx, request, &account).await?),
            None => None,
        };
        tx.commit().await?;
        self.core.outgoing.wake();
        Ok(started)
    }

    pub(super) async fn change_own(
        &self,
        request: &RequestInfo,
        actor: &Actor,
        current: &str,
        new: NewPassword<'_>,
    ) -> Result<StartedSession, ApiError> {
        actor.require(Right::OwnPassword)?;
        let mut tx = self.core.db.read().await?;
        let account = accounts::find(&mut tx, actor.account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        drop(tx);
        let step = (ScreenId::G5, "password.change");
        self.sign_in.check_present_password(request, &account, current, step).await?;
        let hash = self.new_hash(&account, new).await?;

        let mut tx = self.core.db.write().await?;
        self.replace(&mut tx, request, ScreenId::G5, &account, &hash).await?;
        let started = self.sign_in.start_session(&mut tx, request, &account).await?;
        tx.commit().await?;
        self.core.outgoing.wake();
        Ok(started)
    }

    /// The hash of a new password that keeps every rule. Errors: `Invalid`.
    async fn new_hash(&self, account: &Account, new: NewPassword<'_>) -> Result<SecretString, ApiError> {
        judge::inputs(account, new).map_err(ApiError::Invalid)?;
        let mut tx = self.core.db.read().await?;
        let mut earlier = password_history::newest(&mut tx, account.id, KEPT).await?;
        drop(tx);
        earlier.push(account.password_hash.clone());
        for hash in &earlier {
            if self.core.passwords.verify(Some(hash), new.password).await? {
                return Err(ApiError::field(Field::NewPassword, Problem::Reused));
            }
        }
        self.core.passwords.hash(&self.core.ambient, SecretString::from(new.password)).await
    }

    /// Password, history, sessions, open links, lock, audit row and notice: all or nothing.
    async fn replace(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        screen: ScreenId,
        account: &Account,
        hash: &SecretString,
    ) -> Result<(), ApiError> {
        let now = self.core.ambient.now();
        accounts::set_password(tx, account.id, hash, false, None).await?;
        password_history::add(tx, account.id, hash, now).await?;
        password_grants::end_all(tx, account.id, now).await?;
        sessions::end_all(tx, account.id, None, EndReason::PasswordChanged, now).await?;
        let login_id = LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?;
        guards::clear(tx, Scope::LoginId, &login_id.key()).await?;
        Row::new(now, request, screen, "password.change").account(account).write(tx).await?;
        let message = Message::PasswordChanged { when: now };
        tell(&self.core, tx, account, &message).await
    }
}
