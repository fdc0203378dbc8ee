//! G-5: changing one's own password.

use domain::form::Field as F;
use leptos::prelude::*;

use super::{api::ChangePassword, fields::NewPasswordFields};
use crate::{
    parts::{Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, Field, FieldKind, PostForm},
    routes::Route,
    screens::{
        ScreenId,
        form_state::FormState,
        screen::{Screen, page_info},
        text::label,
    },
};

/// G-5.
#[component]
pub fn G05Change() -> impl IntoView {
    let state = FormState::of::<ChangePassword>();
    let home = page_info().signed_in.map_or(Route::Top, |who| Route::home(who.kind));
    view! {
        <Screen
            screen=ScreenId::G5
            lead="変更すると、この端末以外でログイン中の場合は、すぐにログアウトします。"
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <Field
                    field=F::CurrentPassword
                    label=label(F::CurrentPassword)
                    kind=FieldKind::Password
                    error=state.of_field(F::CurrentPassword)
                    autocomplete="current-password"
                />
                <NewPasswordFields token=None wrong=state.of_field(F::NewPassword) wrong_again=state.of_field(F::PasswordAgain)/>
                <Buttons>
                    <Button>"パスワードを変更する"</Button>
                    <ButtonLink kind=ButtonKind::Plain href=home>"変更をやめる"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
