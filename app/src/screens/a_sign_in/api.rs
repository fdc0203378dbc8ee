//! Server functions of and of the open session.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;

use crate::{
    error::ApiError,
    services::sign_in::{Progress, Step, Who},
};

/// Where a sign-in that ended leads back to, and the endpoint of that form.
pub const fn start_of(who: Who) -> (crate::routes::Route, &'static str) {
    use crate::routes::Route;
    match who {
        Who::Office => (Route::SignInOffice, "/api/start_office"),
        Who::Member => (Route::SignInMember, "/api/start_member"),
    }
}

/// A-2 「ログイン」.
#[server(endpoint = "start_office")]
pub async fn start_office(login_id: String, password: String) -> Result<(), ApiError> {
    start(Who::Office, &login_id, &password).await
}

/// A-4 「ログイン」.
#[server(endpoint = "start_member")]
pub async fn start_member(login_id: String, password: String) -> Result<(), ApiError> {
    start(Who::Member, &login_id, &password).await
}

#[cfg(feature = "ssr")]
async fn start(who: Who, login_id: &str, password: &str) -> Result<(), ApiError> {
    use crate::services::{CookieChange, request, services, set_cookie};
    let started = services()?.sign_in.start(who, &*request()?, login_id, password).await?;
    set_cookie(CookieChange::StartSignIn(started.token));
    leptos_axum::redirect(&step_route(who, started.step).to_string());
    Ok(())
}

/// A-3 「ワンタイム認証画面に進む」.
#[server(endpoint = "confirm_security_code")]
pub async fn confirm_security_code(security_code: String) -> Result<(), ApiError> {
    use crate::services::{request, services};
    let step = services()?.sign_in.security_code(&*request()?, &security_code).await?;
    leptos_axum::redirect(&step_route(Who::Office, step).to_string());
    Ok(())
}

/// Where the started sign-in stands, for the screen of `who`'s step `shown`. When it stands elsewhere (a step skipped by its
/// address, the back button), the answer also leads to the screen that is next.
#[server(endpoint = "sign_in_progress")]
pub async fn sign_in_progress(who: Who, shown: Step) -> Result<Progress, ApiError> {
    use crate::services::{request, services};
    let progress = services()?.sign_in.progress(&*request()?).await?;
    // Another way for the code may still be chosen while one is under way, if there is another.
    let choosing =
        who == Who::Member && (shown, progress.step) == (Step::SendCode, Step::Code) && progress.has_another_way();
    if progress.who != who || (progress.step != shown && !choosing) {
        leptos_axum::redirect(&step_route(progress.who, progress.step).to_string());
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
pub(crate) const fn step_route(who: Who, step: Step) -> crate::routes::Route {
    use crate::routes::Route;
    match (who, step) {
        (Who::Office, Step::SecurityCode) => Route::SecurityCode,
        (Who::Office, Step::SendCode) => Route::SendCode,
        (Who::Office, Step::Code) => Route::Code,
        (Who::Member, Step::SecurityCode | Step::SendCode) => Route::MemberSendCode,
        (Who::Member, Step::Code) => Route::MemberCode,
    }
}
