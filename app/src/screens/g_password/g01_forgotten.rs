//! G-1: a forgotten password.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::ForgotPassword;
use crate::{
    parts::{Button, ButtonKind, ButtonLink, Buttons, Crumb, ErrorSummary, Field, FieldKind, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, screen::Screen, text::label},
};

/// G-1.
#[component]
pub fn G01Forgotten() -> impl IntoView {
    let state = FormState::of::<ForgotPassword>();
    view! {
        <Screen
            screen=ScreenId::G1
            lead="登録されているメールアドレスまたは携帯電話番号に、パスワードを再設定するためのご案内を送信します。"
            crumbs=vec![Crumb::to("管理者または一般ユーザログイン", Route::SignInMember)]
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <Field
                    field=F::LoginId
                    label=label(F::LoginId)
                    kind=FieldKind::Code
                    value=state.typed(F::LoginId.name())
                    error=state.of_field(F::LoginId)
                    autocomplete="username"
                />
                <Field
                    field=F::Contact
                    label=label(F::Contact)
                    kind=FieldKind::Code
                    support="アカウントに登録されているものを入力してください。"
                    value=state.typed(F::Contact.name())
                    error=state.of_field(F::Contact)
                />
                <Buttons>
                    <Button>"送信する"</Button>
                    <ButtonLink kind=ButtonKind::Plain href=Route::SignInMember>"ログイン画面に戻る"</ButtonLink>
                </Buttons>
            </PostForm>
            <p class="muted">"事業所ユーザのパスワードは、電子請求受付システムで再設定してください。"</p>
        </Screen>
    }
}
