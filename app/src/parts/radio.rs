//! One of a few ways, each in a box that can be pressed anywhere.

use leptos::prelude::*;

/// A choice with a second line, inside `<fieldset class="radios">`.
#[component]
pub fn RadioCard(
    /// `name` of the group.
    name: &'static str,
    /// What is sent when it is chosen.
    value: &'static str,
    /// Its label.
    label: &'static str,
    /// The second line, such as a masked address.
    #[prop(into)]
    detail: String,
    /// Chosen at first.
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="radio">
            <input class="radio__button" type="radio" name=name value=value checked=checked/>
            <span class="radio__text">
                <span class="radio__label">{label}</span>
                <span class="radio__detail code">{detail}</span>
            </span>
        </label>
    }
    .into_any()
}
