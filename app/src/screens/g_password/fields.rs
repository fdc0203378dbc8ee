//! The two inputs of a new password, with advice while it is typed.

use std::time::Duration;

use domain::{form::Field as F, password};
use leptos::prelude::*;

use super::api::advise_password;
use crate::{
    browser,
    parts::{Field, FieldKind},
    screens::text::{label, problem},
};

/// New password and the same once more, each with what is wrong with it. `token`: G-3's leave; `None`: the signed-in account's (G-5).
#[component]
pub(super) fn NewPasswordFields(
    token: Option<String>,
    wrong: Option<String>,
    wrong_again: Option<String>,
) -> impl IntoView {
    view! {
        <Field
            field=F::NewPassword
            label=label(F::NewPassword)
            kind=FieldKind::Password
            support="12文字以上。覚えやすい言葉をいくつか並べると、長くて安全になります。ユーザIDや氏名は使えません。"
            error=wrong
            autocomplete="new-password"
        />
        <PasswordCheck token/>
        <Field
            field=F::PasswordAgain
            label=label(F::PasswordAgain)
            kind=FieldKind::Password
            error=wrong_again
            autocomplete="new-password"
        />
    }
}

/// Length at once; everything else half a second after the last key, since only the server can judge it.
#[island]
fn PasswordCheck(token: Option<String>) -> impl IntoView {
    let id = F::NewPassword.name();
    let verdict = RwSignal::new("");
    let ask = Action::new(move |typed: &String| {
        let (token, typed) = (token.clone(), typed.clone());
        async move { advise_password(token.is_some(), token.unwrap_or_default(), typed).await }
    });
    Effect::new(move |_| {
        if let Some(Ok(answer)) = ask.value().get() {
            let text = answer.problem.map(|found| problem(F::NewPassword, found));
            browser::show_field_error(id, text.as_deref());
            verdict.set(if text.is_none() { "このパスワードは使えます。" } else { "" });
        }
    });
    Effect::new(move |_| {
        let mut ask = leptos::prelude::debounce(Duration::from_millis(500), move |typed: String| {
            ask.dispatch(typed);
        });
        browser::on_input(id, move |typed| {
            browser::show_field_error(id, None);
            let left = password::MIN_CHARS.saturating_sub(typed.chars().count());
            verdict.set(if left > 0 { "12文字以上で入力してください。" } else { "" });
            if left == 0 {
                ask(typed);
            }
        });
    });
    view! { <p class="field__support" role="status">{verdict}</p> }
}
