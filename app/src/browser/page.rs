//! The browser's side.

use gloo::{events::EventListener, timers::callback::Interval};
use leptos::prelude::StoredValue;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::dom::element;

/// Moves the focus to the element with this `id`; does nothing when there is none.
pub fn focus(id: &str) {
    if let Some(target) = element::<HtmlElement>(id) {
        // Fails only for elements that cannot take the focus, and then nothing is to be done.
        let _ = target.focus();
    }
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

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Fails only where printing is forbidden, and then the browser says so.
        let _ = window.print();
    }
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

/// Goes to another page of this site, as a click on a link does.
pub fn leave(path: &str) {
    // A refused navigation leaves the person where they are, with the form's state intact.
    let _ = leptos::prelude::window().location().set_href(path);
}

/// Asks for this page once more.
pub fn reload() {
    // A refused navigation leaves the person where they are.
    let _ = leptos::prelude::window().location().reload();
}

/// Sends `<form id=…>` as a press of its button does.
pub fn submit(form: &str) {
    if let Some(form) = element::<HtmlFormElement>(form) {
        // Fails only for a form that is not in the document.
        let _ = form.request_submit();
    }
}

/// Sends the form that the input with this `id` stands in.
pub fn submit_form_of(id: &str) {
    if let Some(form) = element::<HtmlInputElement>(id).and_then(|input| input.form()) {
        // Fails only for a form that is not in the document.
        let _ = form.request_submit();
    }
}

/// Puts `value` into an input.
pub fn set_value(id: &str, value: &str) {
    if let Some(input) = element::<HtmlInputElement>(id) {
        input.set_value(value);
    }
}

/// Changes an input's `type`, such as from `password` to `text`.
pub fn set_input_type(id: &str, input_type: &str) {
    if let Some(input) = element::<HtmlInputElement>(id) {
        input.set_type(input_type);
    }
}

/// Calls `hear` with what an input holds, at every change while typing.
pub fn on_input(id: &str, mut hear: impl FnMut(String) + 'static) {
    let Some(input) = element::<HtmlInputElement>(id) else { return };
    let target = input.clone();
    // Lives as long as the page: an island that listens is never taken away.
    EventListener::new(&target, "input", move |_| hear(input.value())).forget();
}

/// Shows what is wrong with a field under it, or that nothing is.
pub fn show_field_error(id: &str, error: Option<&str>) {
    let (Some(input), Some(text)) = (element::<HtmlElement>(id), element::<HtmlElement>(&format!("{id}-error"))) else {
        return;
    };
    text.set_text_content(error.map(|error| format!("＊{error}")).as_deref());
    // These fail only for names that are none.
    let _ = match error {
        Some(_) => input.set_attribute("aria-invalid", "true"),
        None => input.remove_attribute("aria-invalid"),
    };
    if let Ok(Some(field)) = input.closest(".field") {
        let _ = field.class_list().toggle_with_force("field--error", error.is_some());
    }
}
