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
    use crate::services::{request, services};
    let request = request()?;
    let redeemed = services()?.sign_in.redeem_code(&request, &one_time_code).await?;
    go_on(&request, redeemed);
    Ok(())
}

/// B-12 「認証を完了してトップ画面へ進む」 with a recovery code.
#[server(endpoint = "redeem_recovery_code")]
pub async fn redeem_recovery_code(recovery_code: String) -> Result<(), ApiError> {
    use crate::services::{request, services};
    let request = request()?;
    let redeemed = services()?.sign_in.redeem_recovery_code(&request, &recovery_code).await?;
    go_on(&request, redeemed);
    Ok(())
}

/// Opens the session that a sign-in led to, or the way to a password of one's own.
#[cfg(feature = "ssr")]
pub(crate) fn go_on(request: &crate::services::RequestInfo, redeemed: crate::services::sign_in::Redeemed) {
    use crate::{
        routes::Route,
        services::{CookieChange, open_session, set_cookie, sign_in::Redeemed},
    };
    match redeemed {
        Redeemed::Session(started) => {
            let home = Route::home(open_session(started).kind).to_string();
            leptos_axum::redirect(request.return_to.as_ref().unwrap_or(&home));
        }
        Redeemed::NewPassword { token } => {
            set_cookie(CookieChange::StartSignIn(token));
            leptos_axum::redirect(&Route::NewPassword.to_string());
        }
    }
}
