//! P-1: one's own account, its sessions, its sign-ins.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        Actor, RequestInfo,
        own_account::{Credentials, Overview, OwnAccount, Proof, SessionLine, SignInLine, SignInResult},
        sign_in::CodeChannel,
    },
};
use async_trait::async_trait;
use domain::{
    account::{PersonName, Right},
    contact::{Email, Phone},
    device::{device_name, short_address},
};
use serde_json::json;
use uuid::Uuid;

use super::{audit::Row, authenticators::recovery_codes_left, passkeys, sign_in::SignInService};
use crate::storage::{
    Tx, accounts,
    audit::{self, Entry},
    authenticators, passkeys as stored_passkeys,
    sessions::{self, EndReason, Session},
};

/// Sign-ins shown.
const SIGN_INS: u32 = 20;

/// [`OwnAccount`] on our own database.
pub struct OwnAccountService(pub SignInService);

impl OwnAccountService {
    async fn credentials(&self, tx: &mut Tx, actor: &Actor) -> Result<Option<Credentials>, ApiError> {
        if !actor.kind.may(Right::OwnPassword) {
            return Ok(None);
        }
        let known = stored_passkeys::of_account(tx, actor.account_id).await?;
        let app = authenticators::find(tx, actor.account_id).await?;
        Ok(Some(Credentials {
            passkeys: known.into_iter().map(passkeys::line).collect(),
            authenticator_since: app.and_then(|app| app.confirmed_at),
            recovery_codes_left: recovery_codes_left(&self.0.0, tx, actor.account_id).await?,
        }))
    }

    /// Open sessions whose time is not over, the actor's own first.
    async fn sessions(&self, tx: &mut Tx, actor: &Actor) -> Result<Vec<SessionLine>, ApiError> {
        let now = self.0.0.ambient.now();
        let open = sessions::open_of(tx, actor.account_id).await?;
        let account = accounts::find(tx, actor.account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        let open = open.into_iter().filter(|session| self.0.time_is_over(session, &account, now).is_none());
        let mut lines: Vec<SessionLine> = open.map(|session| line(&session, actor)).collect();
        lines.sort_by_key(|line| !line.here);
        Ok(lines)
    }
}

fn line(session: &Session, actor: &Actor) -> SessionLine {
    SessionLine {
        id: session.id,
        device: device_name(&session.user_agent),
        address: short_address(&session.address),
        started_at: session.created_at,
        last_seen_at: session.last_seen_at,
        here: session.id == actor.session_id,
    }
}

/// A row of the trail as its account's owner sees it.
fn sign_in(entry: &Entry) -> SignInLine {
    let text = |name: &str| entry.detail.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let channels = [CodeChannel::Mail, CodeChannel::Sms, CodeChannel::App, CodeChannel::Recovery];
    let channel = channels.into_iter().find(|channel| channel.code() == text("channel"));
    let device = text("device");
    SignInLine {
        at: entry.at,
        device: if device.is_empty() { device_name("") } else { device.to_owned() },
        address: short_address(&entry.address),
        proof: match entry.action.as_str() {
            "sign_in.password" => Proof::Password,
            "sign_in.security_code" => Proof::SecurityCode,
            "sign_in.passkey" => Proof::Passkey,
            _ => Proof::Code(channel.unwrap_or(CodeChannel::Mail)),
        },
        result: match entry.result.as_str() {
            "ok" => SignInResult::Done,
            "locked" | "refused_and_locked" => SignInResult::Locked,
            _ => SignInResult::Refused,
        },
    }
}

#[async_trait]
impl OwnAccount for OwnAccountService {
    async fn overview(&self, actor: &Actor) -> Result<Overview, ApiError> {
        actor.require(Right::OwnAccount)?;
        let mut tx = self.0.0.db.read().await?;
        let account = accounts::find(&mut tx, actor.account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        let sign_ins = audit::recent_sign_ins(&mut tx, account.id, SIGN_INS).await?;
        Ok(Overview {
            login_id: account.login_id,
            name: account.name.as_ref().map(PersonName::full),
            kind: account.kind,
            office_number: actor.office_number.clone(),
            office_name: actor.office_name.clone(),
            email: account.email.as_ref().map(Email::masked),
            phone: account.phone.as_ref().map(Phone::masked),
            credentials: self.credentials(&mut tx, actor).await?,
            sessions: self.sessions(&mut tx, actor).await?,
            sign_ins: sign_ins.iter().map(sign_in).collect(),
        })
    }

    async fn end_session(&self, request: &RequestInfo, actor: &Actor, id: Uuid) -> Result<(), ApiError> {
        actor.require(Right::OwnAccount)?;
        let now = self.0.0.ambient.now();
        let mut tx = self.0.0.db.write().await?;
        let ended = id != actor.session_id
            && sessions::end_of_account(&mut tx, actor.account_id, id, EndReason::Revoked, now).await?;
        if !ended {
            return Err(ApiError::NotFound);
        }
        let row = Row::new(now, request, ScreenId::P1, "session.revoke").actor(actor);
        row.detail(json!({ "session": id })).write(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn end_other_sessions(&self, request: &RequestInfo, actor: &Actor) -> Result<(), ApiError> {
        actor.require(Right::OwnAccount)?;
        let now = self.0.0.ambient.now();
        let mut tx = self.0.0.db.write().await?;
        let kept = Some(actor.session_id);
        let count = sessions::end_all(&mut tx, actor.account_id, kept, EndReason::Revoked, now).await?;
        let row = Row::new(now, request, ScreenId::P1, "session.revoke").actor(actor);
        row.detail(json!({ "count": count })).write(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn confirm(&self, request: &RequestInfo, actor: &Actor, password: &str) -> Result<String, ApiError> {
        actor.require(Right::OwnPassword)?;
        let mut tx = self.0.0.db.read().await?;
        let account = accounts::find(&mut tx, actor.account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        drop(tx);
        let step = (ScreenId::P1, "account.confirm");
        self.0.check_present_password(request, &account, password, step).await?;
        let now = self.0.0.ambient.now();
        let mut tx = self.0.0.db.write().await?;
        let token = self.0.renew_session(&mut tx, actor.session_id).await?;
        let row = Row::new(now, request, ScreenId::P1, step.1).actor(actor);
        row.detail(json!({ "by": "password" })).write(&mut tx).await?;
        tx.commit().await?;
        Ok(token)
    }
}
