//! Server functions of B-1 and B-2.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;

use crate::{error::ApiError, services::sign_in::CodeChannel};

/// B-1 and B-11: sends the first code.
#[server(endpoint = "send_code")]
pub async fn send_code(channel: CodeChannel) -> Result<(), ApiError> {
    use crate::{
        screens::a_sign_in::step_route,
        services::{request, services, sign_in::Step},
    };
    let who = services()?.sign_in.send_code(&*request()?, channel).await?;
    leptos_axum::redirect(&step_route(who, Step::Code).to_string());
    Ok(())
}

/// B-2 and B-12 「ワンタイム認証コードを再送する」.
#[server(endpoint = "resend_code")]
pub async fn resend_code() -> Result<(), ApiError> {
    use crate::{
        screens::a_sign_in::step_route,
        services::{request, services, sign_in::Step},
    };
    let who = services()?.sign_in.resend_code(&*request()?).await?;
    leptos_axum::redirect(&step_route(who, Step::Code).to_string());
    Ok(())
}

/// B-2 and B-12 「認証を完了してトップ画面へ進む」. With an initial password G-3 comes first.
#[server(endpoint = "redeem_code")]
pub async fn redeem_code(one_time_code: String) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{CookieChange, request, services, set_cookie, sign_in::Redeemed},
    };
    let request = request()?;
    match services()?.sign_in.redeem_code(&request, &one_time_code).await? {
        Redeemed::Session(started) => {
            set_cookie(CookieChange::OpenSession(started.token));
            let home = Route::home(started.actor.kind).to_string();
            leptos_axum::redirect(request.return_to.as_ref().unwrap_or(&home));
        }
        Redeemed::NewPassword { token } => {
            set_cookie(CookieChange::StartSignIn(token));
            leptos_axum::redirect(&Route::NewPassword.to_string());
        }
    }
    Ok(())
}
