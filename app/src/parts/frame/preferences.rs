//! 文字サイズ and 表示. Kept in this browser only and applied by `style/public/preferences.js`, before the first paint and
//! without waiting for the Wasm; here are only the radio buttons that it listens to.

use leptos::prelude::*;

use crate::parts::{Icon, IconKind};

/// The button in the header before login.
#[component]
pub(super) fn Preferences() -> impl IntoView {
    view! {
        <details class="popup needs-script">
            <summary class="header__button"><Icon kind=IconKind::Display/>"表示設定"</summary>
            <div class="popup__panel"><PreferenceChoices/></div>
        </details>
    }
    .into_any()
}

/// The choices themselves.
#[component]
pub(super) fn PreferenceChoices() -> impl IntoView {
    view! {
        <div class="preferences needs-script">
            {choice("文字サイズ", "text", &[("standard", "標準"), ("large", "大")])}
            {choice("表示", "theme", &[("system", "OSに合わせる"), ("light", "ライト"), ("dark", "ダーク")])}
        </div>
    }
    .into_any()
}

/// One group; which one is checked is up to the script, so nothing is checked here on either side.
fn choice(legend: &'static str, key: &'static str, values: &[(&'static str, &'static str)]) -> impl IntoView + use<> {
    let radios = values.iter().map(|&(value, label)| {
        view! {
            <label class="segment">
                <input class="segment__radio" type="radio" name=format!("preference-{key}") data-preference=key value=value/>
                <span class="segment__label">{label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="segments">
            <legend class="segments__legend">{legend}</legend>
            <div class="segments__row">{radios.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
