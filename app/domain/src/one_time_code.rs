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
}
