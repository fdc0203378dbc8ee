//! Text to be copied, above all for the help desk.

use leptos::prelude::*;

use super::{Button, ButtonKind, IconKind};
use crate::browser;

/// A block of text with a button that copies it. Without JavaScript the text can be selected by hand.
#[island]
pub fn CopyBlock(
    /// The lines. For the help desk: never a secret, a query string or a client's data.
    #[prop(into)]
    text: String,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// What the text is, for screen readers.
    #[prop(optional_no_strip)]
    name: Option<String>,
) -> impl IntoView {
    let name = name.unwrap_or_else(|| "問い合わせ用の情報".to_owned());
    let outcome = RwSignal::new(None);
    let copied = StoredValue::new(text.clone());
    let copy = move |()| copied.with_value(|text| browser::copy_text(text, move |done| outcome.set(Some(done))));
    let message = move || match outcome.get() {
        None => "",
        Some(true) => "コピーしました。",
        Some(false) => "コピーできませんでした。上の文字を選択してコピーしてください。",
    };
    view! {
        <div class="copy">
            <pre class="copy__text" tabindex="0" role="group" aria-label=name>{text}</pre>
            <div class="copy__row needs-app">
                <Button kind=ButtonKind::Secondary icon=IconKind::Copy on_click=Callback::new(copy)>{label}</Button>
                <span class="copy__outcome" role="status">{message}</span>
            </div>
        </div>
    }
    .into_any()
}
