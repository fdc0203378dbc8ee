//! Long official names, broken where people would break them.

use leptos::prelude::*;

/// 「通所型サービス(独自/定率)」: what stands in brackets goes to the next line as a whole when there is no room.
pub(super) fn phrased(name: &str) -> AnyView {
    match name.find(['(', '（']) {
        Some(at) if at > 0 => {
            let (head, tail) = (name[..at].to_owned(), name[at..].to_owned());
            view! { {head}<span class="phrase">{tail}</span> }.into_any()
        }
        _ => name.to_owned().into_any(),
    }
}
