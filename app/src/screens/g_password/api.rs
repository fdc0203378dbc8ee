//! Server functions of G-1, G-3 and G-5.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;

use crate::{
    error::ApiError,
    services::passwords::{PasswordAdvice, PasswordLeave},
};

/// G-1 「送信する」: the answer is the same whether or not ID and contact belong together.
#[server(endpoint = "forgot_password")]
pub async fn forgot_password(login_id: String, contact: String) -> Result<(), ApiError> {
    use crate::services::{request, services};
    services()?.passwords.forgotten(&*request()?, &login_id, &contact).await?;
    leptos_axum::redirect(&crate::routes::Route::PasswordLinkSent.to_string());
    Ok(())
}

/// Whose password G-3 sets; `token` is empty after a first sign-in, whose leave is in a cookie.
#[server(endpoint = "password_leave_of")]
pub async fn password_leave_of(token: String) -> Result<PasswordLeave, ApiError> {
    use crate::services::{request, services};
    services()?.passwords.leave(&*request()?, &token).await
}

/// What is wrong with a password while it is typed: `by_leave` for G-3, whose `token` may be empty as in
/// [`password_leave_of`]; else the signed-in account's (G-5). An `Option` would not do: forms cannot tell an empty text
/// from none.
#[server(endpoint = "advise_password")]
pub async fn advise_password(by_leave: bool, token: String, password: String) -> Result<PasswordAdvice, ApiError> {
    use crate::services::{request, services};
    services()?.passwords.advice(&*request()?, by_leave.then_some(token.as_str()), &password).await
}

/// G-3 「パスワードを再設定」.
#[server(endpoint = "set_password")]
pub async fn set_password(token: String, new_password: String, password_again: String) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{open_session, passwords::NewPassword, request, services},
    };
    let new = NewPassword { password: &new_password, again: &password_again };
    if let Some(started) = services()?.passwords.set(&*request()?, &token, new).await? {
        open_session(started);
    }
    leptos_axum::redirect(&Route::PasswordSet.to_string());
    Ok(())
}

/// G-5 「パスワードを変更する」.
#[server(endpoint = "change_password")]
pub async fn change_password(
    current_password: String,
    new_password: String,
    password_again: String,
) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, open_session, passwords::NewPassword, request, services},
    };
    let actor = actor().await?;
    let new = NewPassword { password: &new_password, again: &password_again };
    let started = services()?.passwords.change(&*request()?, &actor, &current_password, new).await?;
    open_session(started);
    leptos_axum::redirect(&Route::PasswordSet.to_string());
    Ok(())
}
