//! リカバリーコード: written down beforehand, for when the authenticator app is not at hand.

use crate::{form::Problem, text::narrow};

/// How many an account gets at once.
pub const COUNT: usize = 10;

/// Characters in a code, the hyphen left out: 50 bits, far beyond guessing within one sign-in's few tries.
pub const LENGTH: usize = 10;

/// Digits and letters but those that are taken for others when written by hand: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The code that random bytes stand for, as it is written down: `k7d2p-9qx4w`. Takes five bits of each byte.
pub fn write(bytes: [u8; LENGTH]) -> String {
    let mut code: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    code.insert(LENGTH / 2, '-');
    code
}

/// What a person typed, in the form that [`write`] gives. Capitals, full-width characters, spaces and a missing hyphen
/// are taken, and so are letters that were read in place of 0 and 1.
///
/// Errors: `Missing`, `Characters`, `TooShort`, `TooLong`.
pub fn parse(input: &str) -> Result<String, Problem> {
    let typed: Vec<char> = narrow(input).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let code: String = typed
        .into_iter()
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    if code.is_empty() {
        return Err(Problem::Missing);
    }
    if !code.bytes().all(|byte| ALPHABET.contains(&byte)) {
        return Err(Problem::Characters);
    }
    match code.len() {
        LENGTH => Ok(format!("{}-{}", &code[..LENGTH / 2], &code[LENGTH / 2..])),
        n if n < LENGTH => Err(Problem::TooShort),
        _ => Err(Problem::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_is_read_however_it_is_typed() {
        let code = write([0, 1, 2, 31, 30, 255, 64, 10, 11, 12]);
        assert_eq!(code, "012zy-z0abc");
        for typed in ["012zy-z0abc", "012ZYZ0ABC", " 012zy z0abc ", "０１２ｚｙ－ｚ０ａｂｃ", "Ol2zy-zoabc"]
        {
            assert_eq!(parse(typed).as_deref(), Ok("012zy-z0abc"), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_one_is_refused_with_a_reason() {
        assert_eq!(parse(" - "), Err(Problem::Missing));
        assert_eq!(parse("012zy"), Err(Problem::TooShort));
        assert_eq!(parse("012zy-z0abcd"), Err(Problem::TooLong));
        assert_eq!(parse("012zy-z0ab!"), Err(Problem::Characters));
        assert_eq!(parse("あいうえおかきくけこ"), Err(Problem::Characters));
    }
}
