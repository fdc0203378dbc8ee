//! The field for ワンタイム認証コード.

use domain::{form, one_time_code};
use leptos::prelude::*;

use super::label::{ErrorText, Mark, Support, described_by, invalid};
use crate::browser;

/// One large field for six digits. Codes may be pasted as they come, with spaces, hyphens or full-width digits; so it
/// has no `maxlength`, which would cut them.
#[island]
pub fn CodeField(
    /// Which field.
    field: form::Field,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What to enter, under the label.
    #[prop(into)]
    support: String,
    /// What is wrong with it, without 「＊」.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let id = field.name();
    let (wrong, describe) = (error.is_some(), described_by(field, &support, error.as_ref()));
    // A code that can be read is put into plain digits at once; one under way is left as typed.
    let typed = move |event| {
        if let Ok(code) = one_time_code::parse(&event_target_value(&event)) {
            browser::set_value(id, &code);
        }
    };
    view! {
        <div class="field" class:field--error=wrong>
            <label class="field__label" for=id><span>{label}</span><Mark required=true/></label>
            <Support field=field text=support/>
            <input
                class="field__input field__input--digits"
                id=id
                name=id
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                lang="en"
                spellcheck="false"
                aria-required="true"
                aria-invalid=invalid(error.as_ref())
                aria-describedby=describe
                on:input=typed
            />
            <ErrorText field=field error=error/>
        </div>
    }
    .into_any()
}
