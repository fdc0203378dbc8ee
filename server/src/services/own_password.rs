//! Setting one's own password: G-1, G-3, G-5.

mod forgotten;
mod judge;
mod set;

use std::time::Duration;

use app::{
    error::{ApiError, CertificateProblem},
    services::{
        Actor, RequestInfo,
        passwords::{NewPassword, OwnPassword, PasswordAdvice, PasswordLeave},
        sign_in::StartedSession,
    },
};
use async_trait::async_trait;
use domain::account::{AccountKind, Right};

use super::{
    Core,
    sign_in::{SignInService, certificate, usable},
};
use crate::{
    secret::token_hash,
    storage::{
        Tx,
        accounts::{self, Account},
        offices,
        password_grants::{self, PasswordGrant},
    },
};

/// How long G-1 takes to answer, whether it found anybody or not.
const NEUTRAL_ANSWER: Duration = Duration::from_millis(250);

/// [`OwnPassword`] on our own database.
pub struct OwnPasswordService {
    core: Core,
    sign_in: SignInService,
}

impl OwnPasswordService {
    /// On the same parts as every service.
    pub fn new(core: Core) -> Self {
        Self { sign_in: SignInService(core.clone()), core }
    }

    /// The leave behind `token`, or behind the sign-in cookie when `token` is empty, and whose it is.
    ///
    /// Errors: `SignInOver` (none, used, too old, for another browser, account gone), `Certificate`.
    async fn granted(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        token: &str,
    ) -> Result<(PasswordGrant, Account), ApiError> {
        let certificate = certificate(request)?;
        let token = if token.is_empty() { request.sign_in_token.as_deref().unwrap_or_default() } else { token };
        let grant = password_grants::find_by_token(tx, &token_hash(token)).await?.ok_or(ApiError::SignInOver)?;
        let now = self.core.ambient.now();
        let for_this_browser = grant.certificate.as_ref().is_none_or(|bound| *bound == certificate.fingerprint);
        if grant.used_at.is_some() || grant.expires_at <= now || !for_this_browser {
            return Err(ApiError::SignInOver);
        }
        let account = accounts::find(tx, grant.account_id).await?.ok_or(ApiError::SignInOver)?;
        if !usable(&account, now) || account.kind == AccountKind::Office {
            return Err(ApiError::SignInOver);
        }
        let office = offices::find(tx, account.office_id).await?.ok_or(ApiError::Internal)?;
        if office.number != certificate.office_number {
            return Err(ApiError::Certificate(CertificateProblem::WrongOffice));
        }
        Ok((grant, account))
    }
}

#[async_trait]
impl OwnPassword for OwnPasswordService {
    async fn forgotten(&self, request: &RequestInfo, login_id: &str, contact: &str) -> Result<(), ApiError> {
        // Finding somebody takes longer than finding nobody, and must not show.
        let (sent, ()) = tokio::join!(self.send_link(request, login_id, contact), tokio::time::sleep(NEUTRAL_ANSWER));
        sent
    }

    async fn leave(&self, request: &RequestInfo, token: &str) -> Result<PasswordLeave, ApiError> {
        let mut tx = self.core.db.read().await?;
        let (_, account) = self.granted(&mut tx, request, token).await?;
        Ok(PasswordLeave { login_id: account.login_id, first: account.password_initial })
    }

    async fn advice(
        &self,
        request: &RequestInfo,
        token: Option<&str>,
        password: &str,
    ) -> Result<PasswordAdvice, ApiError> {
        let account = if let Some(token) = token {
            self.granted(&mut self.core.db.read().await?, request, token).await?.1
        } else {
            let open = self.sign_in.open_session(request).await?;
            open.actor.require(Right::OwnPassword)?;
            open.account
        };
        Ok(PasswordAdvice { problem: judge::guessable(&account, password).err() })
    }

    async fn set(
        &self,
        request: &RequestInfo,
        token: &str,
        new: NewPassword<'_>,
    ) -> Result<Option<StartedSession>, ApiError> {
        self.set_by_leave(request, token, new).await
    }

    async fn change(
        &self,
        request: &RequestInfo,
        actor: &Actor,
        current: &str,
        new: NewPassword<'_>,
    ) -> Result<StartedSession, ApiError> {
        self.change_own(request, actor, current, new).await
    }
}
