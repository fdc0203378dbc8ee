//! What every field has around its input: the mark beside the label, the support text and the error text.

use domain::form;
use leptos::prelude::*;

use super::furigana::with_readings;

/// 「※必須」, 「※どちらか必須」 or 「任意」 beside a label.
#[component]
pub(super) fn Mark(
    /// It has to be filled in.
    required: bool,
    /// It or its neighbour has to be.
    #[prop(optional)]
    either: bool,
) -> impl IntoView {
    if either {
        view! { <span class="field__mark field__mark--required">"※どちらか必須"</span> }
    } else if required {
        view! { <span class="field__mark field__mark--required">"※必須"</span> }
    } else {
        view! { <span class="field__mark field__mark--optional">"任意"</span> }
    }
    .into_any()
}

/// The line under a label that says what to enter.
#[component]
pub(super) fn Support(
    /// The field.
    field: form::Field,
    /// The line; nothing is shown for an empty one.
    text: String,
    /// A sentence that goes with it and holds only where the app's handlers work.
    #[prop(optional_no_strip)]
    with_app: Option<&'static str>,
) -> impl IntoView {
    let id = support_id(field);
    match with_app {
        Some(sentence) => view! {
            <p class="field__support" id=id>{with_readings(text)}<span class="needs-app">{sentence}</span></p>
        }
        .into_any(),
        None => {
            (!text.is_empty()).then(|| view! { <p class="field__support" id=id>{with_readings(text)}</p> }).into_any()
        }
    }
}

/// The error under an input. Always there, so that screen readers hear an error that appears while typing.
#[component]
pub(super) fn ErrorText(
    /// The field.
    field: form::Field,
    /// What is wrong, without 「＊」.
    error: Option<String>,
) -> impl IntoView {
    let text = error.map(|text| format!("＊{text}"));
    view! { <p class="field__error" id=error_id(field) aria-live="polite">{text}</p> }.into_any()
}

/// The `aria-describedby` of a field's input.
pub(super) fn described_by(field: form::Field, support: &str, error: Option<&String>) -> Option<String> {
    match (!support.is_empty(), error.is_some()) {
        (true, true) => Some(format!("{} {}", support_id(field), error_id(field))),
        (true, false) => Some(support_id(field)),
        (false, true) => Some(error_id(field)),
        (false, false) => None,
    }
}

/// The `aria-invalid` of a field's input.
pub(super) fn invalid(error: Option<&String>) -> Option<&'static str> {
    error.map(|_| "true")
}

fn support_id(field: form::Field) -> String {
    format!("{}-support", field.name())
}

fn error_id(field: form::Field) -> String {
    format!("{}-error", field.name())
}
