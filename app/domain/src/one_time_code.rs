//! ワンタイム認証コード: six digits that arrive by mail or SMS.

use crate::{form::Problem, text::narrow};

/// Digits in a code [S].
pub const DIGITS: usize = 6;

/// What a person typed, as six half-width digits; spaces and hyphens inside are ignored.
///
/// Errors: `Missing`, `Characters`, `TooShort`, `TooLong`.
pub fn parse(input: &str) -> Result<String, Problem> {
    let code: String = narrow(input).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if code.is_empty() {
        return Err(Problem::Missing);
    }
    if !code.chars().all(|c| c.is_ascii_digit()) {
        return Err(Problem::Characters);
    }
    match code.len() {
        DIGITS => Ok(code),
        n if n < DIGITS => Err(Problem::TooShort),
        _ => Err(Problem::TooLong),
    }
}

/// Whether a change from `before` to `after` completed a code in one go, as pasting and filling in by the browser do:
/// typing adds one digit at a time.
pub fn arrived_at_once(before: &str, after: &str) -> bool {
    let Ok(code) = parse(after) else { return false };
    let before: Vec<char> = narrow(before).chars().filter(char::is_ascii_digit).collect();
    let code: Vec<char> = code.chars().collect();
    let same = |(a, b): &(&char, &char)| a == b;
    let head = before.iter().zip(&code).take_while(same).count();
    let tail = before[head..].iter().rev().zip(code[head..].iter().rev()).take_while(same).count();
    code.len() - head - tail > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_as_pasted() {
        assert_eq!(parse("８５１ ０２５"), Ok("851025".to_owned()));
        assert_eq!(parse("851-025"), Ok("851025".to_owned()));
        assert_eq!(parse("85102"), Err(Problem::TooShort));
        assert_eq!(parse("8510255"), Err(Problem::TooLong));
        assert_eq!(parse("85102a"), Err(Problem::Characters));
        assert_eq!(parse("  "), Err(Problem::Missing));
    }

    #[test]
    fn codes_that_arrive_at_once_are_told_from_typed_ones() {
        for (before, after) in [("", "851025"), ("", " ８５１-０２５ "), ("111111", "851025"), ("85", "851025")] {
            assert!(arrived_at_once(before, after), "{before} -> {after}");
        }
        for (before, after) in [
            ("85102", "851025"),
            ("85102", "８５１０２５"),
            ("81025", "851025"),
            ("851024", "851025"),
            ("851025", "851025"),
            ("8510255", "851025"),
            ("", "85102"),
            ("", "8510255"),
        ] {
            assert!(!arrived_at_once(before, after), "{before} -> {after}");
        }
    }
}
