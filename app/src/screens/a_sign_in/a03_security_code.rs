//! the security code, where one is set.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::{ConfirmSecurityCode, sign_in_progress};
use crate::{
    parts::{Button, Buttons, ErrorSummary, Field, FieldKind, Link},
    routes::Route,
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen, text::label},
    services::sign_in::Step,
};

///
#[component]
pub fn A03SecurityCode() -> impl IntoView {
    loaded(ScreenId::A3, || sign_in_progress(Step::SecurityCode), |_| view! { <Form/> }.into_any())
}

#[component]
fn Form() -> impl IntoView {
    let action = ServerAction::<ConfirmSecurityCode>::new();
    let state = FormState::of(action);
    view! {
        <Screen
            screen=ScreenId::A3
            lead="電子請求受付システムで設定したセキュリティコードを入力してください。"
            failed=state.failed
        >
            <ErrorSummary errors=state.fields message=state.message/>
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                <Field
                    field=F::SecurityCode
                    label=label(F::SecurityCode)
                    kind=FieldKind::Password
                    error=state.of_field(F::SecurityCode)
                />
                <Buttons>
                    <Button busy=state.busy>"ワンタイム認証画面に進む"</Button>
                </Buttons>
            </ActionForm>
            <p><Link href=Route::SignInOffice>"ユーザIDの入力に戻る"</Link></p>
        </Screen>
    }
}
