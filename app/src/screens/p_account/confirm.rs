//! P-1: proving once more who one is, before changing what one signs in with.

use domain::form::Field as F;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{ConfirmPassword, ConfirmWithPasskey, account_overview},
    p01_account::crumbs,
    passkey_button::{Ceremony, PasskeyForm},
};
use crate::{
    parts::{Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, Field, FieldKind, PostForm},
    routes::{CredentialPage, Route},
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen, text::label},
};

/// The question, on the way to `next`.
#[component]
pub fn ConfirmAccount(next: CredentialPage) -> impl IntoView {
    loaded(ScreenId::P1, account_overview, move |overview| {
        let has_passkey = overview.credentials.is_some_and(|known| !known.passkeys.is_empty());
        view! { <Ask next has_passkey/> }.into_any()
    })
}

#[component]
fn Ask(next: CredentialPage, has_passkey: bool) -> impl IntoView {
    let (by_password, by_passkey) = (FormState::of::<ConfirmPassword>(), FormState::of::<ConfirmWithPasskey>());
    let errors = [by_password.fields.clone(), by_passkey.fields.clone()].concat();
    let message = by_password.message.clone().or_else(|| by_passkey.message.clone());
    let next = next.to_string();
    let onward = next.clone();
    let passkey = has_passkey.then(|| {
        view! {
            <PasskeyForm ceremony=Ceremony::Confirm action=ConfirmWithPasskey::url() error=by_passkey.of_field(F::Passkey)>
                <input type="hidden" name="next" value=onward.clone()/>
            </PasskeyForm>
        }
    });
    view! {
        <Screen
            screen=ScreenId::P1
            heading="アカウントの本人確認"
            lead="ログイン方法を変更するため、もう一度本人確認を行います。"
            crumbs=crumbs(true)
            failed=by_password.failed() || by_passkey.failed()
        >
            <ErrorSummary errors message/>
            <PostForm action=by_password.endpoint>
                <input type="hidden" name="next" value=next.clone()/>
                <Field
                    field=F::CurrentPassword
                    label=label(F::CurrentPassword)
                    kind=FieldKind::Password
                    error=by_password.of_field(F::CurrentPassword)
                    autocomplete="current-password"
                />
                <Buttons><Button>"本人確認をして進む"</Button></Buttons>
            </PostForm>
            {passkey}
            // Both ways first, then the way back.
            <Buttons>
                <ButtonLink kind=ButtonKind::Plain href=Route::Account(None)>"アカウントに戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
