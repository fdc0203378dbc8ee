//! Normalising what people type: widths, kana, spaces.

use unicode_normalization::UnicodeNormalization;

/// Full-width letters and digits become half-width, half-width kana become full-width; outer white space goes.
///
/// Only for fields whose alphabet is known (IDs, codes, kana). Names in kanji must not pass through here: NFKC
/// replaces compatibility ideographs (such as 﨑) with other characters, and a name is kept as it is written.
pub fn narrow(input: &str) -> String {
    input.nfkc().collect::<String>().trim().to_owned()
}

/// A written name: outer white space removed, inner runs of white space made one full-width space, composed (NFC)
/// except for compatibility ideographs, which NFC would replace.
pub fn written_name(input: &str) -> String {
    let mut out = String::new();
    for part in input.split_whitespace() {
        if !out.is_empty() {
            out.push('　');
        }
        out.push_str(&compose(part));
    }
    out
}

/// Composes combining marks (が typed as か + ゛, as macOS sends it) and keeps compatibility ideographs.
fn compose(input: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in input.chars() {
        if is_compatibility_ideograph(c) {
            out.extend(run.nfc());
            run.clear();
            out.push(c);
        } else {
            run.push(c);
        }
    }
    out.extend(run.nfc());
    out
}

const fn is_compatibility_ideograph(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// Katakana of either width to hiragana, NFKC; ー and ・ stay. White space is removed from the ends only.
pub fn to_hiragana(input: &str) -> String {
    narrow(input).chars().map(hiragana_char).collect()
}

fn hiragana_char(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        other => other,
    }
}

/// Whether `c` may stand in a name's reading after [`to_hiragana`].
pub const fn is_reading_char(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ー' | '・' | 'ゝ' | 'ゞ')
}

/// The key that a search compares: NFKC, lower case, hiragana, no white space.
///
/// Stored beside each account and applied to the search words, so that 「ﾀﾅｶ れん」 finds 「タナカ　レン」.
pub fn search_key(input: &str) -> String {
    input.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).map(hiragana_char).nfc().collect()
}

/// Whether something in `text` may be a 個人番号: twelve digits in one run, or in three groups of four. Such a text is
/// neither kept nor shown again, whatever field it was typed into.
pub fn holds_individual_number(text: &str) -> bool {
    let plain: Vec<char> = text.nfkc().map(|c| if matches!(c, '‐' | '−' | '–' | 'ー') { '-' } else { c }).collect();
    let runs: Vec<&[char]> = plain.split(|c| !c.is_ascii_digit()).collect();
    let mut grouped = 0;
    runs.iter().any(|run| {
        // Two separators in a row leave an empty run between them, which ends a grouping.
        grouped = if run.len() == 4 { grouped + 1 } else { 0 };
        run.len() == 12 || grouped == 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn readings_of_all_kana_kinds_become_hiragana() {
        assert_eq!(to_hiragana("タナカ"), "たなか");
        assert_eq!(to_hiragana(" ﾀﾅｶ "), "たなか");
        assert_eq!(to_hiragana("ｳﾞｧﾙﾀｰ"), "ゔぁるたー");
        assert_eq!(to_hiragana("がっこう"), "がっこう");
    }

    #[test]
    fn names_keep_jis_x_0213_and_compatibility_characters() {
        for name in ["﨑山", "𠮷田", "髙橋", "德永", "辻󠄀"] {
            assert_eq!(written_name(name), name);
        }
        assert_eq!(written_name("  山田  花子 "), "山田　花子");
        assert_eq!(written_name("か\u{3099}"), "が");
    }

    #[test]
    fn search_keys_ignore_width_case_kana_and_spaces() {
        assert_eq!(search_key("タナカ　レン"), search_key("ﾀﾅｶれん"));
        assert_eq!(search_key("ＮursingUserA000"), "nursingusera000");
    }

    #[test]
    fn individual_numbers_are_noticed_in_any_spelling() {
        for text in [
            "123456789018",
            "１２３４５６７８９０１８",
            "番号1234-5678-9018。",
            "1234 5678 9018",
            "１２３４－５６７８－９０１８",
        ] {
            assert!(holds_individual_number(text), "{text}");
        }
        for text in ["0000012345", "090-1234-5678", "2025/02/07", "1234567890123", "", "1234 5678"] {
            assert!(!holds_individual_number(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(input in "\\PC{0,40}") {
            prop_assert_eq!(to_hiragana(&to_hiragana(&input)), to_hiragana(&input));
            prop_assert_eq!(written_name(&written_name(&input)), written_name(&input));
            prop_assert_eq!(search_key(&search_key(&input)), search_key(&input));
        }
    }
}
