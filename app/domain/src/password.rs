//! Passwords: what may be typed at sign-in, and what a new one must be like.
//!
//! Whether a new password is easily guessed or was used before is judged on the server only.

use crate::{account::PersonName, form::Problem, text::search_key};

/// Fewest characters of a new password (rules.md, "Passwords").
pub const MIN_CHARS: usize = 12;

/// Longest input that is hashed, in characters; longer input is refused before any work is done.
pub const MAX_CHARS: usize = 128;

/// Earlier passwords that are not taken again, the present one included.
pub const KEPT: u32 = 3;

/// Shortest part of an ID or name that a password must not contain: shorter ones turn up by chance.
const NAME_MIN_CHARS: usize = 3;

/// A password typed at sign-in is taken as it is, so that imported ones keep working.
///
/// Errors: `Missing`, `TooLong`.
pub fn typed(input: &str) -> Result<&str, Problem> {
    if input.is_empty() {
        Err(Problem::Missing)
    } else if input.chars().count() > MAX_CHARS {
        Err(Problem::TooLong)
    } else {
        Ok(input)
    }
}

/// The rules for a new password that need no server: any Unicode, 12 to 128 characters.
///
/// Errors: `Missing`, `TooShort`, `TooLong`.
pub fn long_enough(input: &str) -> Result<&str, Problem> {
    let input = typed(input)?;
    if input.chars().count() < MIN_CHARS { Err(Problem::TooShort) } else { Ok(input) }
}

/// Whether the ユーザID or a part of the name stands in the password, in whatever script or case.
pub fn contains_name(input: &str, login_id: &str, name: Option<&PersonName>) -> bool {
    let password = search_key(input);
    let parts = name.into_iter().flat_map(|name| [&name.family, &name.given, &name.family_kana, &name.given_kana]);
    let words = parts.map(String::as_str).chain([login_id]).map(search_key);
    let full = name.map(|name| search_key(&name.full()));
    words.filter(|word| word.chars().count() >= NAME_MIN_CHARS).chain(full).any(|word| password.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_characters_of_any_kind_are_enough() {
        assert_eq!(long_enough("あいうえおかきくけこさし"), Ok("あいうえおかきくけこさし"));
        assert_eq!(long_enough("elevenchars"), Err(Problem::TooShort));
        assert_eq!(long_enough(""), Err(Problem::Missing));
        assert_eq!(long_enough(&"x".repeat(129)), Err(Problem::TooLong));
        assert!(long_enough(&"x".repeat(128)).is_ok());
    }

    #[test]
    fn neither_id_nor_name_may_stand_in_it() {
        let name = PersonName {
            family: "長谷川".into(),
            given: "蓮".into(),
            family_kana: "はせがわ".into(),
            given_kana: "れん".into(),
        };
        assert!(contains_name("xx-NURSINGUSERA000-xx", "NursingUserA000", Some(&name)));
        assert!(contains_name("ハセガワの合言葉です", "NursingUserA000", Some(&name)));
        assert!(contains_name("秘密の長谷川蓮です", "NursingUserA000", Some(&name)));
        assert!(!contains_name("きれんばなと雨上がり", "NursingUserA000", Some(&name)), "れん is too short to count");
    }
}
