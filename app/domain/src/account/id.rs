//! ユーザID.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{form::Problem, text::narrow};

/// Digits after `KJ` in a 事業所ユーザ's ID.
pub const OFFICE_ID_DIGITS: usize = 12;

/// ユーザID: 6 to 32 half-width letters and digits, shown as typed, unique across all kinds and offices ignoring case.
///
/// Equality and hashing ignore letter case, as uniqueness does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LoginId(String);

impl LoginId {
    /// Fewest characters [S].
    pub const MIN: usize = 6;
    /// Most characters [D].
    pub const MAX: usize = 32;

    /// Takes full-width input. Errors: `Missing`, `Characters`, `TooShort`, `TooLong`.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = narrow(input);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(Problem::Characters);
        }
        match text.len() {
            n if n < Self::MIN => Err(Problem::TooShort),
            n if n > Self::MAX => Err(Problem::TooLong),
            _ => Ok(Self(text)),
        }
    }

    /// As typed when the account was registered.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What uniqueness and sign-in compare.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl PartialEq for LoginId {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for LoginId {}

impl std::hash::Hash for LoginId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Display for LoginId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `id` has a 事業所ユーザ's form: `KJ` and 12 digits, in either case.
///
/// Such IDs are kept for 事業所ユーザ: an administrator cannot be registered under one.
pub fn is_office_login_id(id: &LoginId) -> bool {
    let key = id.key();
    key.strip_prefix("kj").is_some_and(|d| d.len() == OFFICE_ID_DIGITS && d.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_half_width_letters_and_digits_at_least() {
        assert!(LoginId::parse("kaigotarou").is_ok());
        assert_eq!(LoginId::parse("ｋａｉｇｏ１").unwrap().as_str(), "kaigo1");
        assert_eq!(LoginId::parse("kaigo"), Err(Problem::TooShort));
        assert_eq!(LoginId::parse("介護太郎さん"), Err(Problem::Characters));
        assert_eq!(LoginId::parse("kaigo_tarou"), Err(Problem::Characters));
        assert_eq!(LoginId::parse(&"a".repeat(33)), Err(Problem::TooLong));
        assert_eq!(LoginId::parse(" "), Err(Problem::Missing));
    }

    #[test]
    fn ids_that_differ_by_case_only_are_the_same() {
        assert_eq!(LoginId::parse("NursingUserA000"), LoginId::parse("nursingusera000"));
    }

    #[test]
    fn office_ids_are_kj_and_twelve_digits() {
        assert!(is_office_login_id(&LoginId::parse("KJ123456789012").unwrap()));
        assert!(!is_office_login_id(&LoginId::parse("KJ1234567890").unwrap()));
    }
}
