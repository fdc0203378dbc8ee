//! One of a few ways, each in a box that can be pressed anywhere.

use leptos::prelude::*;

use super::furigana::with_readings;

/// A choice with a second line, inside `<fieldset class="radios">`.
#[component]
pub fn RadioCard(
    /// `name` of the group.
    #[prop(into)]
    name: String,
    /// What is sent when it is chosen.
    value: &'static str,
    /// Its label.
    label: &'static str,
    /// The second line, such as a masked address.
    #[prop(into, optional)]
    detail: String,
    /// Chosen at first.
    checked: bool,
) -> impl IntoView {
    let detail = (!detail.is_empty()).then(|| view! { <span class="radio__detail code">{detail}</span> });
    view! {
        <label class="radio">
            <input class="radio__button" type="radio" name=name value=value checked=checked/>
            <span class="radio__text">
                <span class="radio__label">{with_readings(label)}</span>
                {detail}
            </span>
        </label>
    }
    .into_any()
}
