//! Sessions: opened by a redeemed code, bound to the client certificate, ended by time, sign-out or a change of account.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{Actor, RequestInfo, SignedInSummary, sign_in::StartedSession},
};
use domain::{Timestamp, device::device_name};
use uuid::Uuid;

use super::{SignInService, certificate, usable};
use crate::{
    delivery::Message,
    secret::{token, token_hash},
    services::{audit::Row, notices::tell},
    storage::{
        Tx,
        accounts::{self, Account},
        devices::{self, Acquaintance},
        offices,
        sessions::{self, EndReason, Session},
    },
};

/// Activity is written down at most this often, so that reading pages does not write to the database each time.
const TOUCH_SECONDS: i64 = 60;

/// Days before its end at which a client certificate's end is announced (rules.md).
const CERTIFICATE_NOTICE_DAYS: i64 = 90;

/// A session that is open, and whose it is.
pub(in crate::services) struct OpenSession {
    pub(in crate::services) actor: Actor,
    pub(in crate::services) account: Account,
    pub(super) idle_end: Timestamp,
}

impl SignInService {
    pub(in crate::services) async fn start_session(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        account: &Account,
    ) -> Result<StartedSession, ApiError> {
        let now = self.0.ambient.now();
        if let Some(previous) = request.session_token.as_deref() {
            let previous = sessions::find_by_token(tx, &token_hash(previous)).await?;
            if let Some(session) = previous.filter(|session| session.ended_at.is_none()) {
                sessions::end(tx, session.id, EndReason::SignedInAgain, now).await?;
            }
        }
        let device = self.note_device(tx, request, account).await?;
        let token = token(&self.0.ambient);
        let session = Session {
            id: self.0.ambient.id(),
            token_hash: token_hash(&token),
            account_id: account.id,
            certificate: certificate(request)?.fingerprint.clone(),
            created_at: now,
            last_seen_at: now,
            ended_at: None,
            end_reason: None,
            user_agent: request.user_agent.clone(),
            address: request.address.to_string(),
            confirmed_at: Some(now),
        };
        sessions::insert(tx, &session).await?;
        accounts::set_last_sign_in(tx, account.id, now).await?;
        Ok(StartedSession { token, actor: self.actor_of(tx, account, &session).await?, device })
    }

    /// Remembers the browser, and tells the owner of one that the account has not used before; answers the secret for a
    /// browser that has none yet. The first sign-in of all is the owner's own news.
    async fn note_device(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        account: &Account,
    ) -> Result<Option<String>, ApiError> {
        let now = self.0.ambient.now();
        let made = request.device_token.is_none().then(|| token(&self.0.ambient));
        let device = made.as_deref().or(request.device_token.as_deref()).unwrap_or_default();
        if devices::note(tx, account.id, &token_hash(device), now).await? == Acquaintance::New {
            let message = Message::NewSignIn { when: now, device: device_name(&request.user_agent) };
            tell(&self.0, tx, account, &message).await?;
        }
        Ok(made)
    }

    async fn actor_of(&self, tx: &mut Tx, account: &Account, session: &Session) -> Result<Actor, ApiError> {
        let now = self.0.ambient.now();
        let confirmed_until = session.confirmed_at.map(|at| at.plus_minutes(self.0.policy.confirm_minutes));
        let office = offices::find(tx, account.office_id).await?.ok_or(ApiError::Internal)?;
        Ok(Actor {
            account_id: account.id,
            login_id: account.login_id.clone(),
            kind: account.kind,
            office_id: office.id,
            office_number: office.number,
            office_name: office.name,
            session_id: session.id,
            confirmed: confirmed_until.is_some_and(|until| now < until),
        })
    }

    /// The request's session if it is open. Counts as activity.
    ///
    /// Errors: `SessionTimedOut` (none, ended, too old, bound to another certificate), `Certificate`.
    pub(in crate::services) async fn open_session(&self, request: &RequestInfo) -> Result<OpenSession, ApiError> {
        let certificate = certificate(request)?;
        let token = request.session_token.as_deref().ok_or(ApiError::SessionTimedOut)?;
        let now = self.0.ambient.now();
        let mut tx = self.0.db.read().await?;
        let session = sessions::find_by_token(&mut tx, &token_hash(token)).await?.ok_or(ApiError::SessionTimedOut)?;
        if session.ended_at.is_some() || session.certificate != certificate.fingerprint {
            return Err(ApiError::SessionTimedOut);
        }
        let account = accounts::find(&mut tx, session.account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        let actor = self.actor_of(&mut tx, &account, &session).await?;
        drop(tx);
        if let Some(reason) = self.time_is_over(&session, &account, now) {
            self.end_by_time(request, &session, &account, reason).await?;
            return Err(ApiError::SessionTimedOut);
        }
        // The certificate's office may have been re-issued to another account since.
        if !usable(&account, now) || actor.office_number != certificate.office_number {
            return Err(ApiError::SessionTimedOut);
        }
        if session.last_seen_at.plus_seconds(TOUCH_SECONDS) <= now {
            let mut tx = self.0.db.write().await?;
            sessions::touch(&mut tx, session.id, now).await?;
            tx.commit().await?;
        }
        let age_end = session.created_at.plus_minutes(self.0.policy.session_minutes);
        let idle_end = now.plus_minutes(self.0.policy.idle_minutes).min(age_end);
        Ok(OpenSession { actor, account, idle_end })
    }

    /// The person proved once more who they are: the session goes on under a new token, which is answered. Whoever holds
    /// the one before holds nothing. When the session began and was used last stays as it is.
    ///
    /// Errors: `SessionTimedOut` (it ended meanwhile).
    pub(in crate::services) async fn renew_session(&self, tx: &mut Tx, id: Uuid) -> Result<String, ApiError> {
        let token = token(&self.0.ambient);
        let open = sessions::confirm(tx, id, &token_hash(&token), self.0.ambient.now()).await?;
        if open { Ok(token) } else { Err(ApiError::SessionTimedOut) }
    }

    pub(in crate::services) fn time_is_over(
        &self,
        session: &Session,
        account: &Account,
        now: Timestamp,
    ) -> Option<EndReason> {
        if account.expires_at.is_some_and(|end| end <= now) {
            Some(EndReason::AccountExpired)
        } else if now >= session.created_at.plus_minutes(self.0.policy.session_minutes) {
            Some(EndReason::TooOld)
        } else if now >= session.last_seen_at.plus_minutes(self.0.policy.idle_minutes) {
            Some(EndReason::Idle)
        } else {
            None
        }
    }

    async fn end_by_time(
        &self,
        request: &RequestInfo,
        session: &Session,
        account: &Account,
        reason: EndReason,
    ) -> Result<(), ApiError> {
        let now = self.0.ambient.now();
        let mut tx = self.0.db.write().await?;
        if sessions::end(&mut tx, session.id, reason, now).await? {
            let row = Row::new(now, request, ScreenId::Z3, "session.end").account(account);
            row.result("timed_out").write(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn summary_of(&self, request: &RequestInfo) -> Result<SignedInSummary, ApiError> {
        let open = self.open_session(request).await?;
        let now = self.0.ambient.now();
        let ends = certificate(request)?.ends;
        let name = open
            .account
            .name
            .as_ref()
            .map_or_else(|| open.actor.office_name.clone(), domain::account::PersonName::full);
        Ok(SignedInSummary {
            kind: open.actor.kind,
            login_id: open.actor.login_id,
            name,
            office_number: open.actor.office_number,
            office_name: open.actor.office_name,
            idle_seconds: now.seconds_until(open.idle_end),
            certificate_ends: (ends <= now.plus_minutes(CERTIFICATE_NOTICE_DAYS * 24 * 60)).then_some(ends),
        })
    }

    pub(super) async fn end_session(&self, request: &RequestInfo) -> Result<(), ApiError> {
        let Some(token) = request.session_token.as_deref() else { return Ok(()) };
        let now = self.0.ambient.now();
        let mut tx = self.0.db.write().await?;
        let session = sessions::find_by_token(&mut tx, &token_hash(token)).await?;
        if let Some(session) = session.filter(|session| session.ended_at.is_none()) {
            let account = accounts::find(&mut tx, session.account_id).await?.ok_or(ApiError::Internal)?;
            sessions::end(&mut tx, session.id, EndReason::SignedOut, now).await?;
            Row::new(now, request, ScreenId::A9, "session.end").account(&account).write(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The account whose session ended by time alone, for keeping what it was typing; never for reading anything.
    pub(crate) async fn account_of_timed_out_session(
        core: &crate::services::Core,
        request: &RequestInfo,
    ) -> Result<Option<Account>, ApiError> {
        let (Ok(certificate), Some(token)) = (&request.certificate, request.session_token.as_deref()) else {
            return Ok(None);
        };
        let now = core.ambient.now();
        let mut tx = core.db.read().await?;
        let Some(session) = sessions::find_by_token(&mut tx, &token_hash(token)).await? else { return Ok(None) };
        let by_time = matches!(session.end_reason, Some(EndReason::Idle | EndReason::TooOld));
        let recent = session.ended_at.is_some_and(|ended| now < ended.plus_minutes(core.policy.session_minutes));
        if !by_time || !recent || session.certificate != certificate.fingerprint {
            return Ok(None);
        }
        let account = accounts::find(&mut tx, session.account_id).await?;
        Ok(account.filter(|account| usable(account, now)))
    }
}
