//! A field that takes a file.

use domain::form;
use leptos::prelude::*;

use super::label::{ErrorText, Mark, Support, described_by, invalid};

/// A labelled file input with its support text and its error. It is the browser's own: it shows the file's name, takes
/// files that are dropped on it, and needs no script.
#[component]
pub fn FileField(
    /// Which field.
    field: form::Field,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What the browser's dialog offers: `.csv,text/csv`.
    accept: &'static str,
    /// What to choose, under the label.
    #[prop(into, optional)]
    support: String,
    /// What is wrong with it, without 「＊」.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let id = field.name();
    let (wrong, describe) = (error.is_some(), described_by(field, &support, error.as_ref()));
    view! {
        <div class="field" class:field--error=wrong>
            <label class="field__label" for=id><span>{label}</span><Mark required=true/></label>
            <Support field=field text=support/>
            <input
                class="field__input file"
                id=id
                name=id
                type="file"
                accept=accept
                aria-required="true"
                aria-invalid=invalid(error.as_ref())
                aria-describedby=describe
            />
            <ErrorText field=field error=error/>
        </div>
    }
    .into_any()
}
