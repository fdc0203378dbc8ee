//! Passkeys. The two halves of a ceremony may be answered by different instances: what is needed to judge the answer is
//! in the database until the answer comes, and goes with it.

mod own;
mod relying_party;
mod sign_in;

use app::{
    error::ApiError,
    services::{
        Actor, OwnCredentials, RequestInfo,
        passkeys::{PasskeyAnswer, PasskeyChallenge, PasskeyLine, Passkeys},
        sign_in::Redeemed,
    },
};
use async_trait::async_trait;
use domain::form::{Field, Problem};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use webauthn_rs::prelude::{AuthenticationResult, PublicKeyCredential, WebauthnError};

pub use relying_party::{RelyingParty, RelyingPartyError};

use super::sign_in::{SignInService, certificate};
use crate::{
    secret::{token, token_hash},
    storage::{
        Tx,
        passkeys::{self, Challenge, Purpose, StoredPasskey},
    },
};

/// How long a challenge may wait for its answer, minutes: a browser that offers passkeys in the ユーザID field has it from
/// the moment the page is shown.
const CHALLENGE_MINUTES: i64 = 10;

/// [`Passkeys`] on our own database.
pub struct PasskeyService(pub SignInService);

fn wrong() -> ApiError {
    ApiError::field(Field::Passkey, Problem::Wrong)
}

/// The library's refusal, for log and audit trail.
fn reason(error: &WebauthnError) -> &'static str {
    match error {
        WebauthnError::CredentialPossibleCompromise => "counter",
        WebauthnError::InvalidRPOrigin => "origin",
        WebauthnError::InvalidRPIDHash => "relying_party",
        WebauthnError::UserNotVerified => "not_verified",
        WebauthnError::MismatchedChallenge => "challenge",
        WebauthnError::AuthenticationFailure => "signature",
        _ => "other",
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(|_| ApiError::Internal)
}

/// The state that belongs to an answer.
fn state<T: DeserializeOwned>(challenge: &Challenge) -> Result<T, ApiError> {
    serde_json::from_str(&challenge.state).map_err(|_| ApiError::Internal)
}

impl PasskeyService {
    /// Keeps a challenge until its answer comes.
    async fn keep(
        &self,
        request: &RequestInfo,
        purpose: Purpose,
        session_id: Option<Uuid>,
        options: &impl Serialize,
        state: &impl Serialize,
    ) -> Result<PasskeyChallenge, ApiError> {
        let core = &self.0.0;
        let token = token(&core.ambient);
        let challenge = Challenge {
            token_hash: token_hash(&token),
            purpose,
            session_id,
            certificate: certificate(request)?.fingerprint.clone(),
            state: json(state)?,
            expires_at: core.ambient.now().plus_minutes(CHALLENGE_MINUTES),
        };
        let mut tx = core.db.write().await?;
        passkeys::insert_challenge(&mut tx, &challenge).await?;
        tx.commit().await?;
        Ok(PasskeyChallenge { token, options: json(options)? })
    }

    /// The challenge that is answered. It is gone from then on, whatever is thought of the answer.
    ///
    /// Errors: `Invalid` (unknown, answered before, too old, for something or somebody else), `Certificate`.
    async fn take(
        &self,
        request: &RequestInfo,
        token: &str,
        purpose: Purpose,
        session_id: Option<Uuid>,
    ) -> Result<Challenge, ApiError> {
        let certificate = certificate(request)?;
        let core = &self.0.0;
        let mut tx = core.db.write().await?;
        let challenge = passkeys::take_challenge(&mut tx, &token_hash(token)).await?;
        tx.commit().await?;
        let expired = || ApiError::field(Field::Passkey, Problem::Expired);
        let challenge = challenge.ok_or_else(expired)?;
        let fits = challenge.purpose == purpose
            && challenge.session_id == session_id
            && challenge.certificate == certificate.fingerprint;
        if !fits {
            return Err(wrong());
        }
        if core.ambient.now() < challenge.expires_at { Ok(challenge) } else { Err(expired()) }
    }

    /// Judges an answer by the stored passkey and notes its use.
    async fn judge(
        &self,
        tx: &mut Tx,
        answer: &PublicKeyCredential,
        challenge: &Challenge,
        stored: &StoredPasskey,
    ) -> Result<Result<AuthenticationResult, &'static str>, ApiError> {
        let core = &self.0.0;
        let judged = core.relying_party.finish_authentication(answer, state(challenge)?, &stored.credential);
        let result = match judged {
            Ok(result) => result,
            Err(error) => {
                tracing::warn!(passkey.refused = reason(&error), error.message = %error, "a passkey's answer was refused");
                return Ok(Err(reason(&error)));
            }
        };
        let mut credential = stored.credential.clone();
        credential.update_credential(&result);
        passkeys::note_use(tx, stored.id, &credential, result.backup_state(), core.ambient.now()).await?;
        Ok(Ok(result))
    }
}

#[async_trait]
impl Passkeys for PasskeyService {
    async fn start_sign_in(&self, request: &RequestInfo) -> Result<PasskeyChallenge, ApiError> {
        certificate(request)?;
        let started = self.0.0.relying_party.start_authentication(Vec::new());
        let (options, state) = started.map_err(|_| ApiError::Internal)?;
        self.keep(request, Purpose::SignIn, None, &options.public_key, &state).await
    }

    async fn sign_in(&self, request: &RequestInfo, answer: PasskeyAnswer<'_>) -> Result<Redeemed, ApiError> {
        self.sign_in_with(request, answer).await
    }

    async fn find(&self, own: &OwnCredentials, id: Uuid) -> Result<PasskeyLine, ApiError> {
        let mut tx = self.0.0.db.read().await?;
        let known = passkeys::of_account(&mut tx, own.actor().account_id).await?;
        known.into_iter().find(|passkey| passkey.id == id).map(line).ok_or(ApiError::NotFound)
    }

    async fn start_adding(&self, request: &RequestInfo, own: &OwnCredentials) -> Result<PasskeyChallenge, ApiError> {
        self.challenge_new(request, own).await
    }

    async fn add(
        &self,
        request: &RequestInfo,
        own: &OwnCredentials,
        answer: PasskeyAnswer<'_>,
        name: &str,
    ) -> Result<(), ApiError> {
        self.add_answered(request, own, answer, name).await
    }

    async fn remove(&self, request: &RequestInfo, own: &OwnCredentials, id: Uuid) -> Result<(), ApiError> {
        self.remove_own(request, own, id).await
    }

    async fn start_confirming(&self, request: &RequestInfo, actor: &Actor) -> Result<PasskeyChallenge, ApiError> {
        self.challenge_own(request, actor).await
    }

    async fn confirm(
        &self,
        request: &RequestInfo,
        actor: &Actor,
        answer: PasskeyAnswer<'_>,
    ) -> Result<String, ApiError> {
        self.confirm_answered(request, actor, answer).await
    }
}

/// A passkey as its owner sees it.
pub(super) fn line(passkey: StoredPasskey) -> PasskeyLine {
    PasskeyLine {
        id: passkey.id,
        name: passkey.name,
        added_at: passkey.created_at,
        last_used_at: passkey.last_used_at,
        backed_up: passkey.backed_up,
    }
}
