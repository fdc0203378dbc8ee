//! Many check boxes in groups: read, searched, unticked.

use gloo::events::EventListener;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, HtmlInputElement};

use super::{
    Choice,
    dom::{all, element},
};

const BOX: &str = "input[type=checkbox]";

fn boxes(id: &str) -> Vec<HtmlInputElement> {
    element::<Element>(id).map(|outer| all(&outer, BOX)).unwrap_or_default()
}

fn label(input: &HtmlInputElement) -> Option<HtmlElement> {
    use wasm_bindgen::JsCast;
    input.closest("label").ok()??.dyn_into().ok()
}

fn text(label: &HtmlElement) -> String {
    label.text_content().unwrap_or_default().trim().to_owned()
}

/// The ticked boxes inside the element with this `id`, in document order.
pub fn ticked(id: &str) -> Vec<Choice> {
    let ticked = boxes(id).into_iter().filter(HtmlInputElement::checked);
    ticked.filter_map(|input| Some(Choice { label: text(&label(&input)?), code: input.value() })).collect()
}

/// Unticks one box.
pub fn untick(id: &str, code: &str) {
    for input in boxes(id).into_iter().filter(|input| input.value() == code) {
        input.set_checked(false);
    }
}

/// Calls `hear` whenever a box inside the element is ticked or unticked.
pub fn on_change(id: &str, hear: impl Fn() + 'static) {
    if let Some(outer) = element::<Element>(id) {
        // Lives as long as the page: the boxes are never taken away.
        EventListener::new(&outer, "change", move |_| hear()).forget();
    }
}

/// Hides the boxes that do not fit, and groups without any that does; unfolds the others while `searching`. Answers how
/// many fit.
pub fn show_choices(id: &str, searching: bool, fits: impl Fn(&str, &str) -> bool) -> usize {
    let mut found = 0;
    for input in boxes(id) {
        let Some(label) = label(&input) else { continue };
        let shown = fits(&input.value(), &text(&label));
        label.set_hidden(!shown);
        found += usize::from(shown);
    }
    for set in sets(id) {
        let shown = all::<HtmlElement>(&set, "label:not([hidden])").len();
        set.set_hidden(shown == 0);
        if searching {
            set.set_open(shown > 0);
        }
    }
    found
}

/// Writes into each group how many of how many boxes are ticked.
pub fn write_counts(id: &str, words: impl Fn(usize, usize) -> String) {
    for set in sets(id) {
        let boxes = all::<HtmlInputElement>(&set, BOX);
        let ticked = boxes.iter().filter(|input| input.checked()).count();
        for place in all::<HtmlElement>(&set, "[data-count]") {
            place.set_text_content(Some(&words(boxes.len(), ticked)));
        }
    }
}

fn sets(id: &str) -> Vec<HtmlDetailsElement> {
    element::<Element>(id).map(|outer| all(&outer, "details")).unwrap_or_default()
}
