//! 端末: registered with their account at the platform, verified, renamed, revoked (J-1 … J-4).

mod account;

use std::sync::Arc;

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        RegisterTerminals, RequestInfo,
        terminals::{NewTerminal, TerminalInfo, Terminals},
    },
};
use async_trait::async_trait;
use domain::{
    form::{Field, FieldErrors, Problem},
    terminal::{self, Verdict},
};
use protocol::terminal_id::{NotATerminalId, TerminalId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use uuid::Uuid;

use super::{Core, audit::Row};
use crate::{
    platform::{Platform, PlatformError, TerminalAccount, TerminalVerdict},
    storage::{
        StoreError, Tx,
        terminals::{self, Terminal},
    },
};

/// [`Terminals`] on our own database and a platform.
pub struct TerminalsService {
    /// Database, time, keys.
    pub core: Core,
    /// Who knows the accounts.
    pub platform: Arc<dyn Platform>,
}

/// J-2 in one form.
struct Checked {
    user: String,
    password: SecretString,
    terminal_id: TerminalId,
    name: String,
}

fn check(new: NewTerminal<'_>) -> Result<Checked, ApiError> {
    let mut errors = FieldErrors::default();
    let user = errors.take(Field::TerminalUser, terminal::platform_user(new.platform_user));
    errors.take(Field::TerminalPassword, terminal::platform_password(new.platform_password));
    let terminal_id = errors.take(Field::TerminalId, terminal_id(new.terminal_id));
    let name = errors.take(Field::TerminalName, terminal::name(new.name));
    match (user, terminal_id, name) {
        (Some(user), Some(terminal_id), Some(name)) if errors.is_empty() => {
            Ok(Checked { user, password: new.platform_password.into(), terminal_id, name })
        }
        _ => Err(ApiError::Invalid(errors)),
    }
}

fn terminal_id(typed: &str) -> Result<TerminalId, Problem> {
    typed.parse().map_err(|problem| match problem {
        NotATerminalId::Length if typed.trim().is_empty() => Problem::Missing,
        NotATerminalId::Length => Problem::Malformed,
        NotATerminalId::Character => Problem::Characters,
        NotATerminalId::Check => Problem::Wrong,
    })
}

fn taken() -> ApiError {
    ApiError::field(Field::TerminalId, Problem::Taken)
}

fn detail_of(terminal: Terminal) -> TerminalInfo {
    TerminalInfo {
        id: terminal.id,
        terminal_id: terminal.terminal_id,
        name: terminal.name,
        platform_user: terminal.platform_user,
        verdict: terminal.verdict,
        verified_at: terminal.verified_at,
        registered_at: terminal.registered_at,
        last_reading_at: terminal.last_reading_at,
    }
}

impl TerminalsService {
    async fn own(&self, leave: &RegisterTerminals, id: Uuid) -> Result<Terminal, ApiError> {
        let mut tx = self.core.db.read().await?;
        terminals::find(&mut tx, leave.actor().office_id, id).await?.ok_or(ApiError::NotFound)
    }

    async fn own_to_change(&self, tx: &mut Tx, leave: &RegisterTerminals, id: Uuid) -> Result<Terminal, ApiError> {
        terminals::lock(tx, leave.actor().office_id, id).await?.ok_or(ApiError::NotFound)
    }

    /// What the platform says; that it says nothing is kept as well.
    async fn ask_platform(&self, user: &str, password: &SecretString, terminal_id: &str) -> Verdict {
        let account = TerminalAccount { user_id: user, password, terminal_id };
        match self.platform.verify_terminal(account).await {
            Ok(TerminalVerdict::Accepted) => Verdict::Accepted,
            Ok(TerminalVerdict::WrongCredentials) => Verdict::WrongAccount,
            Ok(TerminalVerdict::OtherTerminal) => Verdict::OtherTerminal,
            Err(PlatformError::Away | PlatformError::Untrusted) => Verdict::Unavailable,
        }
    }

    /// Adds the terminal, or takes the place of a registration that was not accepted.
    async fn keep(
        &self,
        tx: &mut Tx,
        office_id: Uuid,
        checked: &Checked,
        verdict: Verdict,
    ) -> Result<Terminal, ApiError> {
        let now = self.core.ambient.now();
        let terminal_id = checked.terminal_id.to_string();
        let before = terminals::lock_by_terminal_id(tx, office_id, &terminal_id).await?;
        let in_force = before.filter(|terminal| terminal.revoked_at.is_none());
        if in_force.as_ref().is_some_and(|terminal| terminal.verdict == Verdict::Accepted) {
            return Err(taken());
        }
        let id = in_force.as_ref().map_or_else(|| self.core.ambient.id(), |terminal| terminal.id);
        let terminal = Terminal {
            id,
            office_id,
            terminal_id,
            name: checked.name.clone(),
            platform_user: checked.user.clone(),
            platform_password: account::seal(&self.core, id, checked.password.expose_secret()),
            password_key: self.core.keys.id().to_owned(),
            public_key: in_force.as_ref().and_then(|terminal| terminal.public_key.clone()),
            verdict,
            verified_at: now,
            registered_at: in_force.as_ref().map_or(now, |terminal| terminal.registered_at),
            last_reading_at: in_force.as_ref().and_then(|terminal| terminal.last_reading_at),
            revoked_at: None,
        };
        if in_force.is_some() {
            terminals::update(tx, &terminal).await?;
        } else {
            terminals::insert(tx, &terminal).await.map_err(|error| match error {
                StoreError::TerminalTaken => taken(),
                other => other.into(),
            })?;
        }
        Ok(terminal)
    }
}

#[async_trait]
impl Terminals for TerminalsService {
    async fn list(&self, leave: &RegisterTerminals) -> Result<Vec<TerminalInfo>, ApiError> {
        let mut tx = self.core.db.read().await?;
        let all = terminals::list(&mut tx, leave.actor().office_id).await?;
        Ok(all.into_iter().map(detail_of).collect())
    }

    async fn detail(&self, leave: &RegisterTerminals, id: Uuid) -> Result<TerminalInfo, ApiError> {
        Ok(detail_of(self.own(leave, id).await?))
    }

    async fn register(
        &self,
        leave: &RegisterTerminals,
        request: &RequestInfo,
        new: NewTerminal<'_>,
    ) -> Result<Verdict, ApiError> {
        let actor = leave.actor();
        let checked = check(new)?;
        let printed = checked.terminal_id.to_string();
        // Before any transaction: the platform may take its time.
        let verdict = self.ask_platform(&checked.user, &checked.password, &printed).await;
        let mut tx = self.core.db.write().await?;
        let terminal = self.keep(&mut tx, actor.office_id, &checked, verdict).await?;
        Row::new(self.core.ambient.now(), request, ScreenId::J2, "terminal.register")
            .actor(actor)
            .target(terminal.id)
            .result(result_of(verdict))
            .detail(json!({ "terminal_id": terminal.terminal_id, "platform_user": terminal.platform_user }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(verdict)
    }

    async fn test(&self, leave: &RegisterTerminals, request: &RequestInfo, id: Uuid) -> Result<Verdict, ApiError> {
        let actor = leave.actor();
        let terminal = self.own(leave, id).await?;
        let password = account::open(&self.core.keys, id, &terminal.platform_password).map_err(|_| {
            tracing::error!(terminal.id = %id, "a platform password was sealed with a key that this server does not have");
            ApiError::Internal
        })?;
        let verdict = self.ask_platform(&terminal.platform_user, &password, &terminal.terminal_id).await;
        let mut tx = self.core.db.write().await?;
        let now = self.core.ambient.now();
        let before = self.own_to_change(&mut tx, leave, id).await?;
        // A platform that is away says nothing about an account that it has accepted.
        let kept = if verdict == Verdict::Unavailable { before.verdict } else { verdict };
        terminals::update(&mut tx, &Terminal { verdict: kept, verified_at: now, ..before }).await?;
        let row = Row::new(now, request, ScreenId::J3, "terminal.test").actor(actor).target(id);
        row.result(result_of(verdict)).write(&mut tx).await?;
        tx.commit().await?;
        Ok(verdict)
    }

    async fn rename(
        &self,
        leave: &RegisterTerminals,
        request: &RequestInfo,
        id: Uuid,
        name: &str,
    ) -> Result<(), ApiError> {
        let name = terminal::name(name).map_err(|problem| ApiError::field(Field::TerminalName, problem))?;
        let mut tx = self.core.db.write().await?;
        let before = self.own_to_change(&mut tx, leave, id).await?;
        if before.name == name {
            return Ok(());
        }
        terminals::update(&mut tx, &Terminal { name, ..before }).await?;
        let row = Row::new(self.core.ambient.now(), request, ScreenId::J3, "terminal.rename");
        row.actor(leave.actor()).target(id).write(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn revoke(&self, leave: &RegisterTerminals, request: &RequestInfo, id: Uuid) -> Result<(), ApiError> {
        let mut tx = self.core.db.write().await?;
        let before = self.own_to_change(&mut tx, leave, id).await?;
        let now = self.core.ambient.now();
        Row::new(now, request, ScreenId::J4, "terminal.revoke")
            .actor(leave.actor())
            .target(id)
            .detail(json!({ "terminal_id": before.terminal_id }))
            .write(&mut tx)
            .await?;
        // The password is of no more use to anybody.
        let platform_password = Vec::new();
        terminals::update(&mut tx, &Terminal { revoked_at: Some(now), platform_password, ..before }).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn result_of(verdict: Verdict) -> &'static str {
    if verdict == Verdict::Accepted { "ok" } else { verdict.code() }
}

/// Passwords sealed with an earlier key are sealed with the present one, a hundred a round, so that the earlier key can
/// be taken out of the settings once none is left. Answers how many.
///
/// Errors: the database.
pub async fn seal_anew(core: &Core, tx: &mut Tx) -> Result<usize, StoreError> {
    let mut done = 0;
    for terminal in terminals::sealed_otherwise(tx, core.keys.id(), 100).await? {
        let Ok(password) = account::open(&core.keys, terminal.id, &terminal.platform_password) else {
            tracing::warn!(terminal.id = %terminal.id, "a platform password's key is missing; set keys.previous");
            continue;
        };
        let platform_password = account::seal(core, terminal.id, password.expose_secret());
        let password_key = core.keys.id().to_owned();
        terminals::update(tx, &Terminal { platform_password, password_key, ..terminal }).await?;
        done += 1;
    }
    Ok(done)
}
