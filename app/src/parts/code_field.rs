//! The field for ワンタイム認証コード.

use domain::{form, one_time_code};
use leptos::prelude::*;

use super::label::{ErrorText, Mark, Support, described_by, invalid};

/// One large field for six digits. Codes may be pasted as they come, with spaces, hyphens or full-width digits; so it
/// has no `maxlength`, which would cut them.
#[component]
pub fn CodeField(
    /// Which field.
    field: form::Field,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What to enter, under the label.
    #[prop(into, default = "半角数字6桁".to_owned())]
    support: String,
    /// What is wrong with it, without 「＊」.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// The `name` that is sent, when it is not `field.name()`.
    #[prop(into, optional)]
    name: Option<String>,
) -> impl IntoView {
    let id = field.name();
    let describe = described_by(field, &support, error);
    // A code that can be read is put into plain digits at once; one under way is left as typed.
    let value = RwSignal::new(String::new());
    let typed = move |event| {
        let text = event_target_value(&event);
        value.set(one_time_code::parse(&text).unwrap_or(text));
    };
    view! {
        <div class="field" class:field--error=move || error.with(Option::is_some)>
            <label class="field__label" for=id><span>{label}</span><Mark required=true/></label>
            <Support field=field text=support/>
            <input
                class="field__input field__input--digits"
                id=id
                name=name.unwrap_or_else(|| id.to_owned())
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                lang="en"
                spellcheck="false"
                aria-required="true"
                aria-invalid=invalid(error)
                aria-describedby=describe
                prop:value=value
                on:input=typed
            />
            <ErrorText field=field error=error/>
        </div>
    }
    .into_any()
}
