//! P-1: adding and removing a passkey.

use domain::form::Field as F;
use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{
    api::{AddPasskeyAnswer, RemovePasskey, new_passkey_name, passkey_to_remove},
    p01_account::crumbs,
    passkey_button::{Ceremony, PasskeyForm},
};
use crate::{
    parts::{
        Answer, Answers, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, Field, PostForm,
    },
    routes::Route,
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen, text::label},
    services::passkeys::PasskeyLine,
};

/// A new passkey.
#[component]
pub fn AddPasskey() -> impl IntoView {
    loaded(ScreenId::P1, new_passkey_name, |name| name.map(|name| view! { <NewPasskey name/> }).into_any())
}

#[component]
fn NewPasskey(name: String) -> impl IntoView {
    let state = FormState::of::<AddPasskeyAnswer>();
    let typed = state.typed(F::PasskeyName.name());
    view! {
        <Screen
            screen=ScreenId::P1
            heading="アカウントへのパスキーの追加"
            lead="名前を付けて追加のボタンを押し、端末の案内にしたがって操作してください。"
            crumbs=crumbs(true)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <p class="without-script">"パスキーの追加には、JavaScriptを有効にしたブラウザが必要です。"</p>
            <PasskeyForm ceremony=Ceremony::Add action=AddPasskeyAnswer::url() error=state.of_field(F::Passkey)>
                <Field
                    field=F::PasskeyName
                    label=label(F::PasskeyName)
                    support="どの端末のパスキーか、あとで見分けるための名前です（40文字以内）。"
                    value=if typed.is_empty() { name } else { typed }
                    error=state.of_field(F::PasskeyName)
                />
            </PasskeyForm>
            <Buttons>
                <ButtonLink kind=ButtonKind::Plain href=Route::Account(None)>"アカウントに戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// Removing a passkey, which is named.
#[component]
pub fn RemovePasskeyPage(id: Uuid) -> impl IntoView {
    loaded(
        ScreenId::P1,
        move || passkey_to_remove(id),
        |passkey| passkey.map(|passkey| view! { <Ask passkey/> }).into_any(),
    )
}

#[component]
fn Ask(passkey: PasskeyLine) -> impl IntoView {
    let state = FormState::of::<RemovePasskey>();
    view! {
        <Screen
            screen=ScreenId::P1
            heading="アカウントのパスキーの削除"
            lead="削除するパスキーを確認してください。"
            crumbs=crumbs(true)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Answers>
                <Answer label=label(F::PasskeyName)>{passkey.name}</Answer>
                <Answer label="追加日" code=true>{passkey.added_at.date_text()}</Answer>
            </Answers>
            <Banner kind=BannerKind::Warning title="削除すると、このパスキーではログインできなくなります">
                <p>"パスワードとワンタイム認証コードでのログインは、これまでどおりできます。"</p>
            </Banner>
            <PostForm action=state.endpoint>
                <input type="hidden" name="id" value=passkey.id.to_string()/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Account(None)>"キャンセル"</ButtonLink>
                    <Button kind=ButtonKind::Danger>"パスキーを削除する"</Button>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
