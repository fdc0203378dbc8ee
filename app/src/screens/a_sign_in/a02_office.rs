//! ユーザID and パスワード of a 事業所ユーザ.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::StartOffice;
use crate::{
    parts::{Button, Buttons, Crumb, ErrorSummary, Field, FieldKind, Link, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, screen::Screen, text::label},
};

///
#[component]
pub fn A02Office() -> impl IntoView {
    let state = FormState::of::<StartOffice>();
    view! {
        <Screen
            screen=ScreenId::A2
            lead="電子請求受付システムのユーザIDとパスワードを入力してください。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <Field
                    field=F::LoginId
                    label=label(F::LoginId)
                    kind=FieldKind::Code
                    support="「KJ」から始まる14文字（例：KJ123456789012）"
                    value=state.typed(F::LoginId.name())
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
                    <Button>"ログイン"</Button>
                </Buttons>
            </PostForm>
            <p>
                "管理者ユーザ・一般ユーザの方は、"<Link href=Route::SignInMember>"こちらからログイン"</Link>"してください。"
            </p>
            <p>
                "ユーザIDやパスワードがわからないときは、"
                <Link href=format!("{}#office-id", Route::Questions)>"よくあるご質問"</Link>"をご覧ください。"
            </p>
        </Screen>
    }
}
