//! The button that has a passkey answer, and the form that carries the answer to the server.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::api::{start_adding_passkey, start_passkey_confirmation, start_passkey_sign_in};
use crate::{
    browser::{self, PasskeyRefusal, PasskeyRequest},
    error::ApiError,
    parts::{Button, ButtonKind, IconKind},
    screens::text,
    services::passkeys::PasskeyChallenge,
};

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ceremony {
    /// Signing in.
    SignIn,
    /// Adding it.
    Add,
    /// Proving once more who is signed in.
    Confirm,
}

impl Ceremony {
    const fn words(self) -> &'static str {
        match self {
            Self::SignIn => "パスキーでログイン",
            Self::Add => "パスキーを追加する",
            Self::Confirm => "パスキーで本人確認をして進む",
        }
    }

    const fn request(self) -> PasskeyRequest {
        match self {
            Self::Add => PasskeyRequest::Create,
            Self::SignIn | Self::Confirm => PasskeyRequest::Choose,
        }
    }

    async fn challenge(self) -> Result<PasskeyChallenge, ApiError> {
        match self {
            Self::SignIn => start_passkey_sign_in().await,
            Self::Add => start_adding_passkey().await,
            Self::Confirm => start_passkey_confirmation().await,
        }
    }
}

const FORM: &str = "passkey-form";
const TOKEN: &str = "passkey-challenge";
const ANSWER: &str = "passkey-credential";

/// A form that a passkey's answer is posted with, as every form is. One on a page. Nothing of it is shown without
/// JavaScript, which is what asks the passkey.
#[component]
pub fn PasskeyForm(
    /// What for.
    ceremony: Ceremony,
    /// Path of the server function.
    action: &'static str,
    /// What was wrong with the last answer.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// Fields that go with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let error = error.map(|error| view! { <p class="field__error">{format!("＊{error}")}</p> });
    view! {
        <form class="form needs-app" id=FORM method="post" action=action novalidate=true>
            {children.map(|children| children())}
            <input type="hidden" name="challenge" id=TOKEN/>
            <input type="hidden" name="credential" id=ANSWER/>
            <div id="passkey">
                {error}
                <PasskeyButton ceremony/>
            </div>
        </form>
    }
}

#[island]
fn PasskeyButton(ceremony: Ceremony) -> impl IntoView {
    let (able, message) = (RwSignal::new(true), RwSignal::new(String::new()));
    Effect::new(move |_| {
        able.set(browser::passkeys_work());
        if ceremony == Ceremony::SignIn {
            browser::autofills_passkeys(move |able| {
                if able {
                    run(ceremony, PasskeyRequest::Autofill, message);
                }
            });
        }
    });
    let kind = if ceremony == Ceremony::Add { ButtonKind::Primary } else { ButtonKind::Secondary };
    let press = move |()| run(ceremony, ceremony.request(), message);
    view! {
        <div class="buttons" hidden=move || !able.get()>
            <Button kind=kind icon=IconKind::Key on_click=Callback::new(press)>{ceremony.words()}</Button>
        </div>
        <p class="muted" hidden=move || able.get()>"このブラウザでは、パスキーを使えません。"</p>
        <p class="field__support" role="status">{message}</p>
    }
    .into_any()
}

/// Gets a challenge, has a passkey answer it, and sends the form with the answer.
fn run(ceremony: Ceremony, request: PasskeyRequest, message: RwSignal<String>) {
    message.set(String::new());
    leptos::task::spawn_local(async move {
        match ceremony.challenge().await {
            Ok(PasskeyChallenge { token, options }) => {
                browser::ask_for_passkey(&options, request, move |answer| match answer {
                    Ok(answer) => {
                        browser::set_value(TOKEN, &token);
                        browser::set_value(ANSWER, &answer);
                        browser::submit(FORM);
                    }
                    // Nobody asked for it aloud: nobody need hear that it came to nothing.
                    Err(_) if request == PasskeyRequest::Autofill => {}
                    Err(refusal) => message.set(words(refusal).to_owned()),
                });
            }
            Err(_) if request == PasskeyRequest::Autofill => {}
            // The page, asked for again, leads to where it goes on.
            Err(ApiError::NotConfirmed | ApiError::SessionTimedOut) => browser::reload(),
            Err(error) => {
                message.set(text::general(&error).unwrap_or_else(|| words(PasskeyRefusal::Failed).to_owned()));
            }
        }
    });
}

const fn words(refusal: PasskeyRefusal) -> &'static str {
    match refusal {
        PasskeyRefusal::Cancelled => "パスキーの操作が中止されました。もう一度お試しください。",
        PasskeyRefusal::AlreadyThere => "この端末または保存先のパスキーは、すでに登録されています。",
        PasskeyRefusal::Replaced => "",
        PasskeyRefusal::Failed => "パスキーを使えませんでした。もう一度お試しください。",
    }
}
