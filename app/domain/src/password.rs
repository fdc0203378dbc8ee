//! Passwords: what may be typed at sign-in. Strength is judged on the server only.

use crate::form::Problem;

/// Longest input that is hashed, in characters; longer input is refused before any work is done.
pub const MAX_CHARS: usize = 128;

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
