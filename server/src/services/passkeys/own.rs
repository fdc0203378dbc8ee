//! P-1: adding and removing one's own passkeys, and proving by one of them who is signed in.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        Actor, OwnCredentials, RequestInfo,
        passkeys::{PasskeyAnswer, PasskeyChallenge},
    },
};
use domain::{
    Timestamp,
    account::{PersonName, Right},
    form::{Field, Problem},
};
use serde_json::json;
use uuid::Uuid;
use webauthn_rs::prelude::{Credential, CredentialID, Passkey, PublicKeyCredential, RegisterPublicKeyCredential};

use super::{PasskeyService, reason, state, wrong};
use crate::{
    delivery::Message,
    services::{audit::Row, notices::tell},
    storage::{
        Tx,
        accounts::{self, Account},
        passkeys::{self, Purpose, StoredPasskey},
    },
};

/// Longest name of a passkey, in characters.
const NAME_MAX: usize = 40;

/// What its owner wants to call a passkey. Errors: `Missing`, `TooLong`.
fn passkey_name(typed: &str) -> Result<String, Problem> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    match name.chars().count() {
        0 => Err(Problem::Missing),
        1..=NAME_MAX => Ok(name),
        _ => Err(Problem::TooLong),
    }
}

impl PasskeyService {
    async fn owner(&self, tx: &mut Tx, actor: &Actor) -> Result<Account, ApiError> {
        accounts::find(tx, actor.account_id).await?.ok_or(ApiError::SessionTimedOut)
    }

    async fn known(&self, actor: &Actor) -> Result<Vec<CredentialID>, ApiError> {
        let mut tx = self.0.0.db.read().await?;
        let known = passkeys::of_account(&mut tx, actor.account_id).await?;
        Ok(known.into_iter().map(|passkey| passkey.credential_id).collect())
    }

    pub(super) async fn challenge_new(
        &self,
        request: &RequestInfo,
        own: &OwnCredentials,
    ) -> Result<PasskeyChallenge, ApiError> {
        let actor = own.actor();
        let account = self.owner(&mut self.0.0.db.read().await?, actor).await?;
        let shown = account.name.as_ref().map_or_else(|| account.login_id.clone(), PersonName::full);
        let known = self.known(actor).await?;
        let started = self.0.0.relying_party.start_registration(account.id, &account.login_id, &shown, known);
        let (options, state) = started.map_err(|_| ApiError::Internal)?;
        self.keep(request, Purpose::Add, Some(actor.session_id), &options.public_key, &state).await
    }

    pub(super) async fn add_answered(
        &self,
        request: &RequestInfo,
        own: &OwnCredentials,
        answer: PasskeyAnswer<'_>,
        name: &str,
    ) -> Result<(), ApiError> {
        let core = &self.0.0;
        let actor = own.actor();
        let name = passkey_name(name).map_err(|problem| ApiError::field(Field::PasskeyName, problem))?;
        let challenge = self.take(request, answer.token, Purpose::Add, Some(actor.session_id)).await?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer.credential).map_err(|_| wrong())?;
        let registered = core.relying_party.finish_registration(&answer, &state(&challenge)?);
        let mut tx = core.db.write().await?;
        let now = core.ambient.now();
        let row = Row::new(now, request, ScreenId::P1, "passkey.add").actor(actor);
        let passkey = match registered {
            Ok(passkey) => stored(core.ambient.id(), actor.account_id, passkey, &name, now),
            Err(error) => {
                tracing::warn!(passkey.refused = reason(&error), error.message = %error, "a new passkey was refused");
                row.result(reason(&error)).write(&mut tx).await?;
                tx.commit().await?;
                return Err(wrong());
            }
        };
        if !passkeys::insert(&mut tx, &passkey).await? {
            return Err(ApiError::field(Field::Passkey, Problem::Taken));
        }
        row.detail(json!({ "passkey": passkey.id })).write(&mut tx).await?;
        let account = self.owner(&mut tx, actor).await?;
        tell(core, &mut tx, &account, &Message::PasskeyAdded { name, when: now }).await?;
        tx.commit().await?;
        core.outgoing.wake();
        Ok(())
    }

    pub(super) async fn remove_own(
        &self,
        request: &RequestInfo,
        own: &OwnCredentials,
        id: Uuid,
    ) -> Result<(), ApiError> {
        let core = &self.0.0;
        let mut tx = core.db.write().await?;
        let name = passkeys::delete(&mut tx, own.actor().account_id, id).await?.ok_or(ApiError::NotFound)?;
        let now = core.ambient.now();
        let row = Row::new(now, request, ScreenId::P1, "passkey.remove").actor(own.actor());
        row.detail(json!({ "passkey": id })).write(&mut tx).await?;
        let account = self.owner(&mut tx, own.actor()).await?;
        tell(core, &mut tx, &account, &Message::PasskeyRemoved { name, when: now }).await?;
        tx.commit().await?;
        core.outgoing.wake();
        Ok(())
    }

    pub(super) async fn challenge_own(
        &self,
        request: &RequestInfo,
        actor: &Actor,
    ) -> Result<PasskeyChallenge, ApiError> {
        actor.require(Right::OwnPassword)?;
        let started = self.0.0.relying_party.start_authentication(self.known(actor).await?);
        let (options, state) = started.map_err(|_| ApiError::Internal)?;
        self.keep(request, Purpose::Confirm, Some(actor.session_id), &options.public_key, &state).await
    }

    pub(super) async fn confirm_answered(
        &self,
        request: &RequestInfo,
        actor: &Actor,
        answer: PasskeyAnswer<'_>,
    ) -> Result<String, ApiError> {
        actor.require(Right::OwnPassword)?;
        let core = &self.0.0;
        let challenge = self.take(request, answer.token, Purpose::Confirm, Some(actor.session_id)).await?;
        let answer: PublicKeyCredential = serde_json::from_str(answer.credential).map_err(|_| wrong())?;
        let mut tx = core.db.write().await?;
        let now = core.ambient.now();
        let stored = passkeys::lock_by_credential(&mut tx, answer.get_credential_id()).await?;
        let refused = match stored.filter(|stored| stored.account_id == actor.account_id) {
            Some(stored) => self.judge(&mut tx, &answer, &challenge, &stored).await?.err(),
            None => Some("unknown"),
        };
        let row = Row::new(now, request, ScreenId::P1, "account.confirm").actor(actor);
        if let Some(refused) = refused {
            row.result(refused).write(&mut tx).await?;
            tx.commit().await?;
            return Err(wrong());
        }
        let token = self.0.renew_session(&mut tx, actor.session_id).await?;
        row.detail(json!({ "by": "passkey" })).write(&mut tx).await?;
        tx.commit().await?;
        Ok(token)
    }
}

fn stored(id: Uuid, account_id: Uuid, passkey: Passkey, name: &str, now: Timestamp) -> StoredPasskey {
    StoredPasskey {
        id,
        account_id,
        credential_id: passkey.cred_id().as_slice().to_vec(),
        backed_up: Credential::from(passkey.clone()).backup_state,
        credential: passkey,
        name: name.to_owned(),
        created_at: now,
        last_used_at: None,
    }
}
