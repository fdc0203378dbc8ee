//! What an input method does in a field.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{CompositionEvent, Event, HtmlInputElement};

use super::{Typing, dom::element};

/// Calls `hear` with what happens in an input, whether it is typed with an input method or not.
pub fn on_typing(id: &str, hear: impl FnMut(Typing) + 'static) {
    let Some(input) = element::<HtmlInputElement>(id) else { return };
    let hear = Rc::new(RefCell::new(hear));
    listen(&input, "compositionupdate", &hear, |event, _| Typing::Composing(composed(event)));
    listen(&input, "compositionend", &hear, |event, value| Typing::Committed { text: composed(event), value });
    listen(&input, "input", &hear, |_, value| Typing::Changed(value));
}

fn listen<H: FnMut(Typing) + 'static>(
    input: &HtmlInputElement,
    event: &'static str,
    hear: &Rc<RefCell<H>>,
    tell: impl Fn(&Event, String) -> Typing + 'static,
) {
    let (field, hear) = (input.clone(), Rc::clone(hear));
    // Lives as long as the page: an island that listens is never taken away.
    EventListener::new(input, event, move |event| (hear.borrow_mut())(tell(event, field.value()))).forget();
}

fn composed(event: &Event) -> String {
    event.dyn_ref::<CompositionEvent>().and_then(CompositionEvent::data).unwrap_or_default()
}
