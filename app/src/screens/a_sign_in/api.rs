//! Server functions of and of the open session.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;

use crate::{
    error::ApiError,
    services::sign_in::{Progress, Step},
};

/// Endpoint of [`start_office`]: a sign-in that ended leads back to its form.
pub const START_OFFICE: &str = "/api/start_office";

/// A-2 「ログイン」.
#[server(endpoint = "start_office")]
pub async fn start_office(login_id: String, password: String) -> Result<(), ApiError> {
    use crate::services::{CookieChange, request, services, set_cookie};
    let request = request()?;
    let started = services()?.sign_in.start_office(&request, &login_id, &password).await?;
    set_cookie(CookieChange::StartSignIn(started.token));
    leptos_axum::redirect(&step_route(started.step).to_string());
    Ok(())
}

/// A-3 「ワンタイム認証画面に進む」.
#[server(endpoint = "confirm_security_code")]
pub async fn confirm_security_code(security_code: String) -> Result<(), ApiError> {
    use crate::services::{request, services};
    let step = services()?.sign_in.security_code(&*request()?, &security_code).await?;
    leptos_axum::redirect(&step_route(step).to_string());
    Ok(())
}

/// Where the started sign-in stands, for the screen of step `shown`. When it stands elsewhere (a step skipped by its
/// address, the back button), the answer also leads to the screen that is next.
#[server(endpoint = "sign_in_progress")]
pub async fn sign_in_progress(shown: Step) -> Result<Progress, ApiError> {
    use crate::services::{request, services};
    let progress = services()?.sign_in.progress(&*request()?).await?;
    if progress.step != shown {
        leptos_axum::redirect(&step_route(progress.step).to_string());
    }
    Ok(progress)
}

/// 「ログインを延長する」: seconds until the session ends without a further request.
#[server(endpoint = "extend_session")]
pub async fn extend_session() -> Result<i64, ApiError> {
    use crate::services::{request, services};
    Ok(services()?.sign_in.extend(&*request()?).await?.idle_seconds)
}

/// 「ログアウト」.
#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    use crate::services::{CookieChange, request, services, set_cookie};
    services()?.sign_in.sign_out(&*request()?).await?;
    set_cookie(CookieChange::CloseSession);
    leptos_axum::redirect(&crate::routes::Route::SignedOut.to_string());
    Ok(())
}

/// The screen of a sign-in's step.
#[cfg(feature = "ssr")]
pub(crate) const fn step_route(step: Step) -> crate::routes::Route {
    use crate::routes::Route;
    match step {
        Step::SecurityCode => Route::SecurityCode,
        Step::SendCode => Route::SendCode,
        Step::Code => Route::Code,
    }
}
