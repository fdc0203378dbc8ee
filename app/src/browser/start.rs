//! What every page gets once the Wasm is there, whatever stands on it.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, HtmlDetailsElement, HtmlElement, HtmlFormElement, KeyboardEvent, Node, SubmitEvent,
};

use super::dom::{all, document};

/// On a form that was sent and on the button that sent it.
const SENT: &str = "data-sent";

/// Second clicks on a form's button are ignored, menus close by Escape and when one goes elsewhere, and
/// `<html data-hydrated>` tells style sheet and tests that handlers work.
pub fn start_page() {
    let Some(document) = document() else { return };
    send_once(&document);
    close_menus(&document);
    if let Some(root) = document.document_element() {
        // Fails only for an attribute name that is not one.
        let _ = root.set_attribute("data-hydrated", "");
    }
}

fn send_once(document: &Document) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(document, "submit", options, |event| {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        if form.method() != "post" || form.has_attribute("data-download") || event.default_prevented() {
            return;
        }
        if form.has_attribute(SENT) {
            event.prevent_default();
            return;
        }
        mark(&form);
        if let Some(button) = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter) {
            mark(&button);
            let _ = button.set_attribute("aria-disabled", "true");
        }
    })
    .forget();
    // A page that comes back by the browser's back button comes back as it was left.
    let Some(window) = web_sys::window() else { return };
    let document = document.clone();
    EventListener::new(&window, "pageshow", move |_| {
        let Some(root) = document.document_element() else { return };
        for sent in all::<Element>(&root, "[data-sent]") {
            let _ = sent.remove_attribute(SENT);
            let _ = sent.remove_attribute("aria-disabled");
        }
    })
    .forget();
}

fn mark(element: &Element) {
    // Fails only for an attribute name that is not one.
    let _ = element.set_attribute(SENT, "");
}

fn close_menus(document: &Document) {
    for leaving in ["focusin", "click"] {
        EventListener::new(document, leaving, |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            for menu in open_menus().iter().filter(|menu| !menu.contains(target.as_ref())) {
                menu.set_open(false);
            }
        })
        .forget();
    }
    EventListener::new(document, "keydown", |event: &Event| {
        if event.dyn_ref::<KeyboardEvent>().is_none_or(|event| event.key() != "Escape") {
            return;
        }
        for menu in open_menus() {
            menu.set_open(false);
            for button in all::<HtmlElement>(&menu, "summary") {
                // Fails only for elements that cannot take the focus.
                let _ = button.focus();
            }
        }
    })
    .forget();
}

fn open_menus() -> Vec<HtmlDetailsElement> {
    let root = document().and_then(|document| document.document_element());
    root.map(|root| all(&root, "details.popup[open]")).unwrap_or_default()
}
