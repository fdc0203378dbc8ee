//! Server functions of B-1 and B-2.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;

use crate::error::ApiError;

/// B-1: sends the first code.
#[server(endpoint = "send_code")]
pub async fn send_code() -> Result<(), ApiError> {
    use crate::services::{request, services};
    services()?.sign_in.send_code(&*request()?).await?;
    leptos_axum::redirect(&crate::routes::Route::Code.to_string());
    Ok(())
}

/// B-2 「ワンタイム認証コードを再送する」.
#[server(endpoint = "resend_code")]
pub async fn resend_code() -> Result<(), ApiError> {
    use crate::services::{request, services};
    services()?.sign_in.resend_code(&*request()?).await?;
    leptos_axum::redirect(&crate::routes::Route::Code.to_string());
    Ok(())
}

/// B-2 「認証を完了してトップ画面へ進む」.
#[server(endpoint = "redeem_code")]
pub async fn redeem_code(one_time_code: String) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{CookieChange, request, services, set_cookie},
    };
    let request = request()?;
    let started = services()?.sign_in.redeem_code(&request, &one_time_code).await?;
    set_cookie(CookieChange::OpenSession(started.token));
    let home = Route::OfficeMenu.to_string();
    leptos_axum::redirect(request.return_to.as_ref().unwrap_or(&home));
    Ok(())
}
