//! Native dialogs and what folds out.

use leptos::prelude::*;

use crate::browser;

/// A native `<dialog>` above the page. The browser keeps the focus inside and gives it back afterwards.
///
/// Needs JavaScript; whatever must work without it gets a page of its own.
#[component]
pub fn Dialog(
    /// Its `id`, one of its kind on the page.
    id: &'static str,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Whether it is open. Set to false when the person closes it with Escape.
    open: RwSignal<bool>,
    /// Text and [`super::Buttons`].
    children: Children,
) -> impl IntoView {
    Effect::new(move |_| if open.get() { browser::show_dialog(id) } else { browser::close_dialog(id) });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog class="dialog" id=id aria-labelledby=labelled_by on:close=move |_| open.set(false)>
            <h2 class="dialog__title" id=title_id>{title}</h2>
            {children()}
        </dialog>
    }
    .into_any()
}

/// Something that is rarely needed, folded: 「届かないときは」.
#[component]
pub fn Disclosure(
    /// What is inside.
    #[prop(into)]
    summary: String,
    /// Unfolded at first.
    #[prop(optional)]
    open: bool,
    /// The inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary class="disclosure__summary">{summary}</summary>
            <div class="disclosure__body">{children()}</div>
        </details>
    }
    .into_any()
}
