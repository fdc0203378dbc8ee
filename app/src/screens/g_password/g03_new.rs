//! G-3 パスワード再設定: after a first sign-in, or from a link.

use domain::form::Field as F;
use leptos::prelude::*;

use super::{
    api::{SetPassword, password_leave_of},
    fields::NewPasswordFields,
};
use crate::{
    parts::{Answer, Answers, Banner, BannerKind, Button, Buttons, ErrorSummary, PostForm},
    routes::query_value,
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::loaded,
        screen::{Screen, page_info},
    },
    services::passwords::PasswordLeave,
};

/// The link's token in the page's address; empty after a first sign-in.
fn token() -> String {
    let address = page_info().address;
    let query = address.split_once('?').map_or("", |(_, query)| query);
    query_value(query, "token").unwrap_or_default()
}

/// G-3.
#[component]
pub fn G03New() -> impl IntoView {
    let token = token();
    let asked = token.clone();
    loaded(
        ScreenId::G3,
        move || password_leave_of(asked.clone()),
        move |leave| view! { <Form leave token=token.clone()/> }.into_any(),
    )
}

#[component]
fn Form(leave: PasswordLeave, token: String) -> impl IntoView {
    let state = FormState::of::<SetPassword>();
    let lead = if leave.first {
        "初期パスワードは、ログインを完了する前に変更する必要があります。新しいパスワードを入力してください。"
    } else {
        "新しいパスワードを入力してください。"
    };
    view! {
        <Screen screen=ScreenId::G3 lead=lead failed=state.failed()>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Answers><Answer label="ユーザID" code=true>{leave.login_id}</Answer></Answers>
            <PostForm action=state.endpoint>
                <input type="hidden" name="token" value=token.clone()/>
                <NewPasswordFields token=Some(token.clone()) wrong=state.of_field(F::NewPassword) wrong_again=state.of_field(F::PasswordAgain)/>
                <Buttons><Button>"パスワードを再設定"</Button></Buttons>
            </PostForm>
            {(!leave.first).then(|| view! {
                <Banner kind=BannerKind::Info title="再設定すると、ログイン中のすべての端末からログアウトします"/>
            })}
        </Screen>
    }
}
