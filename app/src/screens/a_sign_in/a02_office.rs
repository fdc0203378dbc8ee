//! ユーザID and パスワード of a 事業所ユーザ.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::{START_OFFICE, StartOffice};
use crate::{
    parts::{Button, Buttons, Crumb, ErrorSummary, Field, FieldKind, Link},
    routes::Route,
    screens::{
        ScreenId,
        form_state::{FormState, typed_before},
        screen::Screen,
        text::label,
    },
};

///
#[component]
pub fn A02Office() -> impl IntoView {
    let action = ServerAction::<StartOffice>::new();
    let state = FormState::of(action);
    view! {
        <Screen
            screen=ScreenId::A2
            lead="電子請求受付システムのユーザIDとパスワードを入力してください。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
            failed=state.failed
        >
            <ErrorSummary errors=state.fields message=state.message/>
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                <Field
                    field=F::LoginId
                    label=label(F::LoginId)
                    kind=FieldKind::Code
                    support="「KJ」から始まる14文字（例：KJ123456789012）"
                    value=typed_before(START_OFFICE, F::LoginId.name())
                    error=state.of_field(F::LoginId)
                    autocomplete="username"
                />
                <Field
                    field=F::Password
                    label=label(F::Password)
                    kind=FieldKind::Password
                    error=state.of_field(F::Password)
                    autocomplete="current-password"
                />
                <Buttons>
                    <Button busy=state.busy>"ログイン"</Button>
                </Buttons>
            </ActionForm>
            <p>
                "ユーザIDやパスワードがわからないときは、"
                <Link href=format!("{}#office-id", Route::Questions)>"よくあるご質問"</Link>"をご覧ください。"
            </p>
        </Screen>
    }
}
