//! ふりがな: readings over kanji, for those who read them with difficulty.
//!
//! Texts carry them as books in plain text do: 「｜同意《どうい》する」.

use leptos::prelude::*;

/// The switch. The page's readings show while it is on; it is a plain check box, and the style sheet does the rest.
#[component]
pub fn Furigana() -> impl IntoView {
    view! {
        <label class="furigana">
            <input class="furigana__box" type="checkbox"/>
            <span>{with_readings("ふりがなを｜付《つ》ける")}</span>
        </label>
    }
    .into_any()
}

/// A text with its readings, hidden until the switch is on. One without readings stays as it is.
pub fn with_readings(text: impl Into<String>) -> AnyView {
    let text = text.into();
    if !text.contains('｜') {
        return text.into_any();
    }
    let pieces = pieces(&text).into_iter().map(|(base, reading)| match reading {
        None => base.to_owned().into_any(),
        Some(reading) => {
            let (base, reading) = (base.to_owned(), reading.to_owned());
            view! { <ruby>{base}<rp>"（"</rp><rt>{reading}</rt><rp>"）"</rp></ruby> }.into_any()
        }
    });
    pieces.collect_view().into_any()
}

/// The text alone.
pub fn without_readings(text: &str) -> String {
    pieces(text).into_iter().map(|(base, _)| base).collect()
}

/// What stands there, and how it is read where that is said.
fn pieces(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut parts = text.split('｜');
    let mut found = vec![(parts.next().unwrap_or_default(), None)];
    for part in parts {
        match part.split_once('《').and_then(|(base, rest)| Some((base, rest.split_once('》')?))) {
            Some((base, (reading, rest))) => found.extend([(base, Some(reading)), (rest, None)]),
            None => found.push((part, None)),
        }
    }
    found.retain(|(base, _)| !base.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_stand_with_what_they_are_of() {
        let text = "いつでも｜取《と》り｜消《け》すことができます";
        assert_eq!(without_readings(text), "いつでも取り消すことができます");
        assert_eq!(pieces(text)[1..4], [("取", Some("と")), ("り", None), ("消", Some("け"))]);
        assert_eq!(without_readings("田中 蓮"), "田中 蓮");
        assert_eq!(without_readings("｜閉じていない《かっこ"), "閉じていない《かっこ");
    }
}
