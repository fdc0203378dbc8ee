//! Finding elements.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element with this `id`, if it is of that type.
pub(super) fn element<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The elements inside `outer` that fit, in document order.
pub(super) fn all<T: JsCast>(outer: &Element, selector: &str) -> Vec<T> {
    let Ok(found) = outer.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}
