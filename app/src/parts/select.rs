//! One of several short values, in a form.

use domain::form;
use leptos::prelude::*;

use super::{
    Icon, IconKind,
    furigana::with_readings,
    label::{ErrorText, Mark, described_by, invalid},
};

/// A labelled `<select>`.
#[component]
pub fn SelectField(
    /// Which field.
    field: form::Field,
    /// Its label.
    #[prop(into)]
    label: String,
    /// 「※必須」 or 「任意」.
    #[prop(default = true)]
    required: bool,
    /// The `name` that is sent, when it is not `field.name()`.
    #[prop(into, optional)]
    name: Option<String>,
    /// Value and label of each; 「選択してください」 comes first by itself.
    options: Vec<(&'static str, &'static str)>,
    /// The value chosen at first.
    #[prop(into, optional)]
    value: String,
    /// What is wrong with it, without 「＊」.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let id = field.name();
    let (wrong, describe) = (error.is_some(), described_by(field, "", error.as_ref()));
    let options = options.into_iter().map(move |(code, label)| {
        view! { <option value=code selected=code == value>{label}</option> }
    });
    view! {
        <div class="field" class:field--error=wrong>
            <label class="field__label" for=id><span>{with_readings(label)}</span><Mark required=required/></label>
            <div class="select">
                <select
                    class="field__input select__input"
                    id=id
                    name=name.unwrap_or_else(|| id.to_owned())
                    aria-required=required.then_some("true")
                    aria-invalid=invalid(error.as_ref())
                    aria-describedby=describe
                >
                    <option value="">"選択してください"</option>
                    {options.collect_view()}
                </select>
                <Icon kind=IconKind::Down/>
            </div>
            <ErrorText field=field error=error/>
        </div>
    }
    .into_any()
}
