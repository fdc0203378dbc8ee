//! 保険者番号 and 被保険者番号.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{form::Problem, office::check_digit, text::narrow};

/// 保険者番号: 6 digits, the last of which is the check digit. Names a 市町村 (or a union of several).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InsurerNumber(String);

impl InsurerNumber {
    /// Takes any width. Errors: `Missing`, `TooShort`, `TooLong`, `Characters`, `Malformed` (the check digit).
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = of_length(input, 6)?;
        let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
        match digits.split_last() {
            Some((check, body)) if digits.len() == 6 && *check == check_digit(body) => Ok(Self(text)),
            Some(_) if digits.len() == 6 => Err(Problem::Malformed),
            _ => Err(Problem::Characters),
        }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 被保険者番号: `H` or a digit, then nine digits. A text: its zeros at the front count. No check digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InsuredNumber(String);

impl InsuredNumber {
    /// Takes any width and case. Errors: `Missing`, `TooShort`, `TooLong`, `Characters`.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = of_length(input, 10)?.to_ascii_uppercase();
        let fits = text.chars().enumerate().all(|(at, c)| c.is_ascii_digit() || (at == 0 && c == 'H'));
        if fits { Ok(Self(text)) } else { Err(Problem::Characters) }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn of_length(input: &str, length: usize) -> Result<String, Problem> {
    let text = narrow(input);
    match text.chars().count() {
        0 => Err(Problem::Missing),
        count if count < length => Err(Problem::TooShort),
        count if count > length => Err(Problem::TooLong),
        _ => Ok(text),
    }
}

macro_rules! as_text {
    ($($type:ident),*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $type {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).map_err(|_| concat!("not a ", stringify!($type)))
            }
        }

        impl From<$type> for String {
            fn from(number: $type) -> Self {
                number.0
            }
        }
    )*};
}

as_text!(InsurerNumber, InsuredNumber);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_rules_samples_pass_and_a_changed_digit_fails() {
        for number in ["435073", "294538", "143826", "１４３８２６"] {
            assert!(InsurerNumber::parse(number).is_ok(), "{number}");
        }
        assert_eq!(InsurerNumber::parse("435074"), Err(Problem::Malformed));
        assert_eq!(InsurerNumber::parse("4350"), Err(Problem::TooShort));
        assert_eq!(InsurerNumber::parse("4350733"), Err(Problem::TooLong));
        assert_eq!(InsurerNumber::parse("43507x"), Err(Problem::Characters));
        assert_eq!(InsurerNumber::parse(" "), Err(Problem::Missing));
    }

    #[test]
    fn insured_numbers_keep_their_zeros_and_may_begin_with_h() {
        assert_eq!(InsuredNumber::parse("0000012345").unwrap().as_str(), "0000012345");
        assert_eq!(InsuredNumber::parse("ｈ000012345").unwrap().as_str(), "H000012345");
        assert_eq!(InsuredNumber::parse("12345"), Err(Problem::TooShort));
        assert_eq!(InsuredNumber::parse("1H00012345"), Err(Problem::Characters));
        // 個人番号 have 12 digits: they cannot be taken for one.
        assert_eq!(InsuredNumber::parse("123456789018"), Err(Problem::TooLong));
    }

    proptest! {
        #[test]
        fn exactly_one_check_digit_fits(body in "[0-9]{5}") {
            let fitting = (0..10).filter(|check| InsurerNumber::parse(&format!("{body}{check}")).is_ok()).count();
            prop_assert_eq!(fitting, 1);
        }

        #[test]
        fn nothing_that_is_typed_breaks_the_parsers(input in "\\PC{0,20}") {
            let _ = InsurerNumber::parse(&input);
            if let Ok(number) = InsuredNumber::parse(&input) {
                prop_assert_eq!(InsuredNumber::parse(number.as_str()), Ok(number));
            }
        }
    }
}
