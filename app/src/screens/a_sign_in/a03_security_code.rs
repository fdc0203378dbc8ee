//! the security code, where one is set.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::{ConfirmSecurityCode, sign_in_progress};
use crate::{
    parts::{Button, Buttons, ErrorSummary, Field, FieldKind, Link, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen, text::label},
    services::sign_in::{Step, Who},
};

///
#[component]
pub fn A03SecurityCode() -> impl IntoView {
    loaded(ScreenId::A3, || sign_in_progress(Who::Office, Step::SecurityCode), |_| view! { <Form/> }.into_any())
}

#[component]
fn Form() -> impl IntoView {
    let state = FormState::of::<ConfirmSecurityCode>();
    view! {
        <Screen
            screen=ScreenId::A3
            lead="電子請求受付システムで設定したセキュリティコードを入力してください。"
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <Field
                    field=F::SecurityCode
                    label=label(F::SecurityCode)
                    kind=FieldKind::Password
                    error=state.of_field(F::SecurityCode)
                />
                <Buttons>
                    <Button>"ワンタイム認証画面に進む"</Button>
                </Buttons>
            </PostForm>
            <p><Link href=Route::SignInOffice>"ユーザIDの入力に戻る"</Link></p>
        </Screen>
    }
}
