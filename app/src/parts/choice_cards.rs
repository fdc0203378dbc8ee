//! A few ways in boxes, one of which ([`super::RadioCard`]) or some of which ([`CheckCard`]) are taken.

use domain::form;
use leptos::prelude::*;

use super::{
    furigana::with_readings,
    label::{ErrorText, Mark, Support, described_by},
};

/// The group around the boxes. Its `id` is `field.name()`, where error links lead.
#[component]
pub fn ChoiceCards(
    /// Which field.
    field: form::Field,
    /// Its label.
    #[prop(into)]
    legend: String,
    /// 「※必須」 or 「任意」.
    #[prop(default = true)]
    required: bool,
    /// What to choose, under the label.
    #[prop(into, optional)]
    support: String,
    /// What is wrong with it, without 「＊」.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// The boxes.
    children: Children,
) -> impl IntoView {
    let describe = described_by(field, &support, error.as_ref());
    view! {
        <fieldset class="radios" id=field.name() tabindex="-1" aria-describedby=describe>
            <legend class="field__label"><span>{with_readings(legend)}</span><Mark required=required/></legend>
            <Support field=field text=support/>
            {children()}
            <ErrorText field=field error=error/>
        </fieldset>
    }
    .into_any()
}

/// One of several that can be taken together.
#[component]
pub fn CheckCard(
    /// `name` of what is sent.
    #[prop(into)]
    name: String,
    /// What is sent when it is ticked.
    value: &'static str,
    /// Its label.
    label: &'static str,
    /// The second line: what it means.
    #[prop(into, optional)]
    detail: String,
    /// Ticked at first.
    checked: bool,
) -> impl IntoView {
    let detail = (!detail.is_empty()).then(|| view! { <span class="radio__detail">{with_readings(detail)}</span> });
    view! {
        <label class="radio">
            <input class="radio__button" type="checkbox" name=name value=value checked=checked/>
            <span class="radio__text"><span class="radio__label">{with_readings(label)}</span>{detail}</span>
        </label>
    }
    .into_any()
}
