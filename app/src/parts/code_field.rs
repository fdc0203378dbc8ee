//! The field for ワンタイム認証コード.

use domain::{form, one_time_code};
use leptos::prelude::*;

use super::label::{ErrorText, Mark, Support, described_by, invalid};
use crate::browser;

const SENT_AT_ONCE: &str = "（貼り付けると自動で送信します）";

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
    /// A code that is pasted, or filled in by the browser, sends the form at once. Said beforehand, and not done after
    /// an error: then the person decides what is sent.
    sends_itself: bool,
) -> impl IntoView {
    let id = field.name();
    let sends_itself = sends_itself && error.is_none();
    let with_app = sends_itself.then_some(SENT_AT_ONCE);
    let before = StoredValue::new(String::new());
    let (wrong, describe) = (error.is_some(), described_by(field, &support, error.as_ref()));
    // A code that can be read is put into plain digits at once; one under way is left as typed.
    let typed = move |event| {
        let now = event_target_value(&event);
        let at_once = before.with_value(|before| one_time_code::arrived_at_once(before, &now));
        if let Ok(code) = one_time_code::parse(&now) {
            browser::set_value(id, &code);
        }
        before.set_value(now);
        if sends_itself && at_once {
            browser::submit_form_of(id);
        }
    };
    view! {
        <div class="field" class:field--error=wrong>
            <label class="field__label" for=id><span>{label}</span><Mark required=true/></label>
            <Support field=field text=support with_app=with_app/>
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
