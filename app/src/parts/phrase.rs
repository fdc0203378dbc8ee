//! Long official names and dates, broken where people would break them.

use leptos::prelude::*;

/// The eras that begin a date in the Japanese calendar.
const ERAS: [&str; 5] = ["令和", "平成", "昭和", "大正", "明治"];

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

/// 「認定は 2026/03/14（令和8年3月14日） まで有効です」: a sentence in which no 「（令和…）」 is broken over two lines.
pub fn dated(text: String) -> AnyView {
    let pieces = pieces(&text);
    if !pieces.iter().any(|(_, whole)| *whole) {
        return text.into_any();
    }
    let pieces = pieces.into_iter().map(|(text, whole)| {
        let text = text.to_owned();
        if whole { view! { <span class="nobreak">{text}</span> }.into_any() } else { text.into_any() }
    });
    pieces.collect::<Vec<_>>().into_any()
}

/// The text in order; true for what has to stay whole.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((start, end)) = bracket(rest) {
        pieces.push((&rest[..start], false));
        pieces.push((&rest[start..end], true));
        rest = &rest[end..];
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// Where the first bracket with a date of an era begins and ends.
fn bracket(text: &str) -> Option<(usize, usize)> {
    let brackets = text.match_indices('（').map(|(at, open)| (at, at + open.len()));
    let mut dates = brackets.filter(|(_, inside)| ERAS.iter().any(|era| text[*inside..].starts_with(era)));
    dates.find_map(|(start, inside)| Some((start, inside + text[inside..].find('）')? + '）'.len_utf8())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_the_japanese_calendar_stay_whole() {
        let range = "2024/03/15（令和6年3月15日） から 2026/03/14（令和8年3月14日） まで";
        assert_eq!(
            pieces(range),
            [
                ("2024/03/15", false),
                ("（令和6年3月15日）", true),
                (" から 2026/03/14", false),
                ("（令和8年3月14日）", true),
                (" まで", false),
            ]
        );
    }

    #[test]
    fn everything_else_may_be_broken() {
        for text in ["", "なし", "調査（令和", "手すりの取付け（現在の住宅）", "令和7年2月"] {
            assert!(pieces(text).iter().all(|(_, whole)| !whole), "{text}");
        }
    }
}
