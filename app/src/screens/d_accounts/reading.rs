//! The かな of a name, filled in while its kanji are typed: D-2, D-8, D-12, D-18.

use domain::{form::Field, typed_reading::TypedReading};
use leptos::prelude::*;

use crate::browser::{self, Typing};

/// Fills in `kana` with the reading of what is typed in `name`, until a person writes there.
///
/// Only while nothing is composed does a change of the name count: what an input method shows on the way is none.
#[island]
pub(super) fn ReadingAsTyped(
    /// The name in kanji.
    name: Field,
    /// Its reading.
    kana: Field,
) -> impl IntoView {
    Effect::new(move |_| {
        let own = StoredValue::new(false);
        browser::on_input(kana.name(), move |_| own.set_value(true));
        let mut reading = TypedReading::of(&browser::value(name.name()), &browser::value(kana.name()));
        let mut composing = false;
        browser::on_typing(name.name(), move |typing| {
            let found = match typing {
                Typing::Composing(text) => {
                    composing = true;
                    reading.compose(&text);
                    None
                }
                Typing::Committed { text, value } => {
                    composing = false;
                    reading.commit(&text, &value)
                }
                Typing::Changed(_) if composing => None,
                Typing::Changed(value) => reading.change(&value),
            };
            // A reading that it holds already is not written again: that would move the caret.
            let found = found.filter(|found| !own.get_value() && *found != browser::value(kana.name()));
            if let Some(found) = found {
                browser::set_value(kana.name(), &found);
                browser::show_field_error(kana.name(), None);
            }
        });
    });
}
