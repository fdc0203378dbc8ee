//! Server functions of P-1, and of passkeys on A-4.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    error::ApiError,
    services::{
        authenticators::AuthenticatorSetup,
        own_account::Overview,
        passkeys::{PasskeyChallenge, PasskeyLine},
    },
};
#[cfg(feature = "ssr")]
use crate::{
    routes::{AccountChange, CredentialPage, Route},
    services::{CookieChange, OwnCredentials, actor, passkeys::PasskeyAnswer, request, services, set_cookie},
};

#[cfg(feature = "ssr")]
fn back_to_account(change: AccountChange) {
    leptos_axum::redirect(&Route::Account(Some(change)).to_string());
}

/// Leave to change what one signs in with, for a page: without a fresh proof of who one is, it leads to where that can
/// be given.
#[cfg(feature = "ssr")]
async fn leave_for(page: CredentialPage) -> Result<Option<OwnCredentials>, ApiError> {
    match actor().await?.credentials() {
        Err(ApiError::NotConfirmed) => {
            leptos_axum::redirect(&Route::ConfirmAccount(page).to_string());
            Ok(None)
        }
        answer => answer.map(Some),
    }
}

/// P-1.
#[server(endpoint = "account_overview")]
pub async fn account_overview() -> Result<Overview, ApiError> {
    services()?.own_account.overview(&actor().await?).await
}

/// 「ログアウトさせる」.
#[server(endpoint = "end_session")]
pub async fn end_session(id: Uuid) -> Result<(), ApiError> {
    let actor = actor().await?;
    services()?.own_account.end_session(&*request()?, &actor, id).await?;
    back_to_account(AccountChange::SessionEnded);
    Ok(())
}

/// 「ほかの端末をすべてログアウトさせる」.
#[server(endpoint = "end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), ApiError> {
    let actor = actor().await?;
    services()?.own_account.end_other_sessions(&*request()?, &actor).await?;
    back_to_account(AccountChange::OtherSessionsEnded);
    Ok(())
}

/// 「本人確認をして進む」. `next` is the path of a page that asked for it.
#[server(endpoint = "confirm_password")]
pub async fn confirm_password(current_password: String, next: String) -> Result<(), ApiError> {
    let actor = actor().await?;
    let next = CredentialPage::parse(&next).ok_or(ApiError::Malformed)?;
    let token = services()?.own_account.confirm(&*request()?, &actor, &current_password).await?;
    set_cookie(CookieChange::RenewSession(token));
    leptos_axum::redirect(&next.to_string());
    Ok(())
}

/// The same by a passkey: its challenge.
#[server(endpoint = "start_passkey_confirmation")]
pub async fn start_passkey_confirmation() -> Result<PasskeyChallenge, ApiError> {
    let actor = actor().await?;
    services()?.passkeys.start_confirming(&*request()?, &actor).await
}

/// The same by a passkey: its answer.
#[server(endpoint = "confirm_with_passkey")]
pub async fn confirm_with_passkey(challenge: String, credential: String, next: String) -> Result<(), ApiError> {
    let actor = actor().await?;
    let next = CredentialPage::parse(&next).ok_or(ApiError::Malformed)?;
    let answer = PasskeyAnswer { token: &challenge, credential: &credential };
    let token = services()?.passkeys.confirm(&*request()?, &actor, answer).await?;
    set_cookie(CookieChange::RenewSession(token));
    leptos_axum::redirect(&next.to_string());
    Ok(())
}

/// What a new passkey may be called. `None`: a proof of who one is comes first, and the answer leads there.
#[server(endpoint = "new_passkey_name")]
pub async fn new_passkey_name() -> Result<Option<String>, ApiError> {
    let own = leave_for(CredentialPage::NewPasskey).await?;
    let device = domain::device::device_name(&request()?.user_agent);
    Ok(own.map(|_| device))
}

/// The challenge for a new passkey.
#[server(endpoint = "start_adding_passkey")]
pub async fn start_adding_passkey() -> Result<PasskeyChallenge, ApiError> {
    let own = actor().await?.credentials()?;
    services()?.passkeys.start_adding(&*request()?, &own).await
}

/// 「パスキーを追加する」.
#[server(name = AddPasskeyAnswer, endpoint = "add_passkey")]
pub async fn add_passkey(challenge: String, credential: String, passkey_name: String) -> Result<(), ApiError> {
    let own = actor().await?.credentials()?;
    let answer = PasskeyAnswer { token: &challenge, credential: &credential };
    services()?.passkeys.add(&*request()?, &own, answer, &passkey_name).await?;
    back_to_account(AccountChange::PasskeyAdded);
    Ok(())
}

/// The passkey that is to be removed. `None` as for [`new_passkey_name`].
#[server(endpoint = "passkey_to_remove")]
pub async fn passkey_to_remove(id: Uuid) -> Result<Option<PasskeyLine>, ApiError> {
    match leave_for(CredentialPage::RemovePasskey(id)).await? {
        Some(own) => services()?.passkeys.find(&own, id).await.map(Some),
        None => Ok(None),
    }
}

/// 「パスキーを削除する」.
#[server(endpoint = "remove_passkey")]
pub async fn remove_passkey(id: Uuid) -> Result<(), ApiError> {
    let own = actor().await?.credentials()?;
    services()?.passkeys.remove(&*request()?, &own, id).await?;
    back_to_account(AccountChange::PasskeyRemoved);
    Ok(())
}

/// What an authenticator app needs. `None` as for [`new_passkey_name`].
#[server(name = AuthenticatorSetupPage, endpoint = "authenticator_setup")]
pub async fn authenticator_setup() -> Result<Option<AuthenticatorSetup>, ApiError> {
    match leave_for(CredentialPage::Authenticator).await? {
        Some(own) => services()?.authenticators.setup(&own).await.map(Some),
        None => Ok(None),
    }
}

/// 「認証アプリを登録する」.
#[server(name = RegisterAuthenticatorCode, endpoint = "register_authenticator")]
pub async fn register_authenticator(one_time_code: String) -> Result<(), ApiError> {
    let own = actor().await?.credentials()?;
    let codes = services()?.authenticators.register(&*request()?, &own, &one_time_code).await?;
    show_codes(&codes);
    Ok(())
}

/// New codes travel in a sealed cookie to the page that shows them: the server keeps only their hashes.
#[cfg(feature = "ssr")]
fn show_codes(codes: &[String]) {
    set_cookie(CookieChange::ShowOnce(codes.join("\n")));
    leptos_axum::redirect(&CredentialPage::RecoveryCodes.to_string());
}

/// Whether the page at `next` may be shown. `false`: a proof of who one is comes first, and the answer leads there.
#[server(endpoint = "credentials_confirmed")]
pub async fn credentials_confirmed(next: String) -> Result<bool, ApiError> {
    let page = CredentialPage::parse(&next).ok_or(ApiError::Malformed)?;
    Ok(leave_for(page).await?.is_some())
}

/// 「認証アプリの登録を解除する」.
#[server(endpoint = "remove_authenticator")]
pub async fn remove_authenticator() -> Result<(), ApiError> {
    let own = actor().await?.credentials()?;
    services()?.authenticators.remove(&*request()?, &own).await?;
    back_to_account(AccountChange::AuthenticatorRemoved);
    Ok(())
}

/// 「リカバリーコードを再発行する」.
#[server(endpoint = "renew_recovery_codes")]
pub async fn renew_recovery_codes() -> Result<(), ApiError> {
    let own = actor().await?.credentials()?;
    let codes = services()?.authenticators.renew_codes(&*request()?, &own).await?;
    show_codes(&codes);
    Ok(())
}

/// the challenge for signing in by a passkey.
#[server(endpoint = "start_passkey_sign_in")]
pub async fn start_passkey_sign_in() -> Result<PasskeyChallenge, ApiError> {
    services()?.passkeys.start_sign_in(&*request()?).await
}

/// A-4 「パスキーでログイン」.
#[server(endpoint = "sign_in_with_passkey")]
pub async fn sign_in_with_passkey(challenge: String, credential: String) -> Result<(), ApiError> {
    let request = request()?;
    let answer = PasskeyAnswer { token: &challenge, credential: &credential };
    let redeemed = services()?.passkeys.sign_in(&request, answer).await?;
    crate::screens::b_code::go_on(&request, redeemed);
    Ok(())
}
