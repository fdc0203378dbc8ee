//! ユーザID and パスワード of a 管理者ユーザ or 一般ユーザ.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::StartMember;
use crate::{
    parts::{Button, Buttons, Crumb, ErrorSummary, Field, FieldKind, Link, PostForm},
    routes::Route,
    screens::{
        ScreenId,
        form_state::FormState,
        p_account::{Ceremony, PasskeyForm, SignInWithPasskey},
        screen::Screen,
        text::label,
    },
};

///
#[component]
pub fn A04Member() -> impl IntoView {
    let state = FormState::of::<StartMember>();
    let passkey = FormState::of::<SignInWithPasskey>();
    let errors = [state.fields.clone(), passkey.fields.clone()].concat();
    let message = state.message.clone().or_else(|| passkey.message.clone());
    view! {
        <Screen
            screen=ScreenId::A4
            lead="事業所から通知されたユーザIDとパスワードを入力してください。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
            failed=state.failed() || passkey.failed()
        >
            <ErrorSummary errors message/>
            <PostForm action=state.endpoint>
                <Field
                    field=F::LoginId
                    label=label(F::LoginId)
                    kind=FieldKind::Code
                    value=state.typed(F::LoginId.name())
                    error=state.of_field(F::LoginId)
                    autocomplete="username webauthn"
                />
                <Field
                    field=F::Password
                    label=label(F::Password)
                    kind=FieldKind::Password
                    support="はじめてログインするときは、アカウント発行のお知らせに記載の初期パスワードを入力してください。"
                    error=state.of_field(F::Password)
                    autocomplete="current-password"
                />
                <Buttons>
                    <Button>"ログイン"</Button>
                </Buttons>
            </PostForm>
            <PasskeyForm
                ceremony=Ceremony::SignIn
                action=passkey.endpoint
                error=passkey.of_field(F::Passkey)
            />
            <p><Link href=Route::ForgottenPassword>"パスワードを忘れた場合"</Link></p>
            <p>
                "事業所ユーザの方は、"<Link href=Route::SignInOffice>"こちらからログイン"</Link>"してください。"
            </p>
        </Screen>
    }
}
