//! Signing in, step by step. Each step's state is in the database, so any instance can answer the next.

mod code;
mod own_code;
mod password;
mod security_code;
mod session;

use app::{
    error::ApiError,
    services::{
        Actor, ClientCertificate, RequestInfo, SignedInSummary,
        sign_in::{CodeChannel, Progress, Redeemed, SessionTimes, SignIn, StartedSignIn, Step, Who},
    },
};
use async_trait::async_trait;
use domain::sign_in::Failures;

use super::Core;
use crate::{
    secret::token_hash,
    storage::{
        Tx,
        accounts::{self, Account},
        sign_ins::{self, Attempt},
    },
};

/// [`SignIn`] on our own database.
pub struct SignInService(pub Core);

/// The client certificate, or Z-2.
pub(in crate::services) fn certificate(request: &RequestInfo) -> Result<&ClientCertificate, ApiError> {
    request.certificate.as_ref().map_err(|problem| ApiError::Certificate(*problem))
}

/// An account that may sign in now, wrong passwords apart.
pub(in crate::services) fn usable(account: &Account, now: domain::Timestamp) -> bool {
    account.standing(&Failures::default()).usable(now)
}

impl SignInService {
    /// The sign-in under way of the request's cookie, its row locked until the transaction ends.
    ///
    /// Errors: `SignInOver` (none, ended, too old, another certificate, account gone), `Certificate`.
    async fn attempt(&self, tx: &mut Tx, request: &RequestInfo) -> Result<(Attempt, Account), ApiError> {
        let certificate = certificate(request)?;
        let token = request.sign_in_token.as_deref().ok_or(ApiError::SignInOver)?;
        let attempt = sign_ins::lock_by_token(tx, &token_hash(token)).await?.ok_or(ApiError::SignInOver)?;
        let now = self.0.ambient.now();
        let open = attempt.ended_at.is_none() && now < attempt.expires_at;
        if !open || attempt.certificate != certificate.fingerprint {
            return Err(ApiError::SignInOver);
        }
        let account = accounts::find(tx, attempt.account_id).await?.ok_or(ApiError::SignInOver)?;
        if usable(&account, now) { Ok((attempt, account)) } else { Err(ApiError::SignInOver) }
    }
}

#[async_trait]
impl SignIn for SignInService {
    async fn start(
        &self,
        who: Who,
        request: &RequestInfo,
        login_id: &str,
        password: &str,
    ) -> Result<StartedSignIn, ApiError> {
        self.check_password(who, request, login_id, password).await
    }

    async fn progress(&self, request: &RequestInfo) -> Result<Progress, ApiError> {
        let mut tx = self.0.db.read().await?;
        let certificate = certificate(request)?;
        let token = request.sign_in_token.as_deref().ok_or(ApiError::SignInOver)?;
        let attempt = sign_ins::find_by_token(&mut tx, &token_hash(token)).await?.ok_or(ApiError::SignInOver)?;
        let open = attempt.ended_at.is_none() && self.0.ambient.now() < attempt.expires_at;
        if !open || attempt.certificate != certificate.fingerprint {
            return Err(ApiError::SignInOver);
        }
        let account = accounts::find(&mut tx, attempt.account_id).await?.ok_or(ApiError::SignInOver)?;
        let newest = sign_ins::newest_code(&mut tx, attempt.id).await?;
        let own = own_code::own_ways(&self.0, &mut tx, account.id).await?;
        Ok(self.progress_of(&attempt, &account, newest.as_ref(), own))
    }

    async fn security_code(&self, request: &RequestInfo, code: &str) -> Result<Step, ApiError> {
        self.check_security_code(request, code).await
    }

    async fn send_code(&self, request: &RequestInfo, channel: CodeChannel) -> Result<Who, ApiError> {
        self.send_first_code(request, channel).await
    }

    async fn resend_code(&self, request: &RequestInfo) -> Result<Who, ApiError> {
        self.send_another_code(request).await
    }

    async fn redeem_code(&self, request: &RequestInfo, code: &str) -> Result<Redeemed, ApiError> {
        self.redeem(request, code).await
    }

    async fn redeem_recovery_code(&self, request: &RequestInfo, code: &str) -> Result<Redeemed, ApiError> {
        self.redeem_recovery(request, code).await
    }

    async fn actor(&self, request: &RequestInfo) -> Result<Actor, ApiError> {
        Ok(self.open_session(request).await?.actor)
    }

    async fn summary(&self, request: &RequestInfo) -> Result<Option<SignedInSummary>, ApiError> {
        if request.session_token.is_none() {
            return Ok(None);
        }
        self.summary_of(request).await.map(Some)
    }

    async fn extend(&self, request: &RequestInfo) -> Result<SessionTimes, ApiError> {
        let open = self.open_session(request).await?;
        Ok(SessionTimes { idle_seconds: self.0.ambient.now().seconds_until(open.idle_end) })
    }

    async fn sign_out(&self, request: &RequestInfo) -> Result<(), ApiError> {
        self.end_session(request).await
    }
}
