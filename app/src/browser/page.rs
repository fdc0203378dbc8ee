//! The browser's side.

use gloo::timers::callback::{Interval, Timeout};
use leptos::prelude::StoredValue;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlDetailsElement, HtmlDialogElement, HtmlElement, HtmlInputElement};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn element<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to the element with this `id`; does nothing when there is none.
pub fn focus(id: &str) {
    if let Some(target) = element::<HtmlElement>(id) {
        // Fails only for elements that cannot take the focus, and then nothing is to be done.
        let _ = target.focus();
    }
}

/// Whether the focus is on or inside the element once the present event is over; `then` hears the answer.
///
/// A `focusout` event comes before the next element has the focus, hence the wait.
pub fn focus_is_inside(id: &'static str, then: impl FnOnce(bool) + 'static) {
    Timeout::new(0, move || {
        let focused = document().and_then(|document| document.active_element());
        then(element::<Element>(id).is_some_and(|outer| outer.contains(focused.as_deref())));
    })
    .forget();
}

/// Shows `<dialog id=…>` above everything else; an open one stays as it is.
pub fn show_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id).filter(|dialog| !dialog.open()) {
        // Fails only for a dialog that is not in the document.
        let _ = dialog.show_modal();
    }
}

/// Closes `<dialog id=…>`.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id).filter(HtmlDialogElement::open) {
        dialog.close();
    }
}

/// Folds `<details id=…>`.
pub fn close_details(id: &str) {
    if let Some(details) = element::<HtmlDetailsElement>(id) {
        details.set_open(false);
    }
}

/// Values of the checked boxes inside the element with this `id`, in document order.
pub fn checked_values(id: &str) -> Vec<String> {
    boxes(id).into_iter().filter(HtmlInputElement::checked).map(|input| input.value()).collect()
}

/// Checks exactly the boxes inside the element whose values are given.
pub fn check_only(id: &str, values: &[String]) {
    for input in boxes(id) {
        input.set_checked(values.contains(&input.value()));
    }
}

fn boxes(id: &str) -> Vec<HtmlInputElement> {
    let found = element::<Element>(id).and_then(|outer| outer.query_selector_all("input[type=checkbox]").ok());
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

/// Puts `text` on the clipboard; `then` hears whether that was allowed.
pub fn copy_text(text: &str, then: impl Fn(bool) + 'static) {
    // Outside a secure context there is no clipboard at all.
    let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return then(false) };
    let promise = window.navigator().clipboard().write_text(text);
    leptos::task::spawn_local(async move { then(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok()) });
}

/// Seconds since the Unix epoch by the browser's clock: only differences of it mean anything.
pub fn now_seconds() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a date in seconds is far below 2^53")]
    let seconds = (js_sys::Date::now() / 1000.0).round() as i64;
    seconds
}

/// Calls `tick` every second until the component that asked for it is gone.
pub fn every_second(tick: impl FnMut() + 'static) {
    // Dropped, and so stopped, with the owner of the calling component.
    StoredValue::new_local(Interval::new(1000, tick));
}

/// Tells style sheet and tests that handlers work from now on (`<html data-hydrated>`).
pub fn mark_hydrated() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Fails only for an attribute name that is not one.
        let _ = root.set_attribute("data-hydrated", "");
    }
}

/// Goes to another page of this site, as a click on a link does.
pub fn leave(path: &str) {
    // A refused navigation leaves the person where they are, with the form's state intact.
    let _ = leptos::prelude::window().location().set_href(path);
}
