//! 事業所: the care office and its number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{form::Problem, text::narrow};

/// 事業所番号: prefecture 2, kind 1, area 2, serial 4, check 1; 10 characters.
///
/// The check digit is computed, not enforced: real numbers exist that fail it (rules.md, "IDs and fields").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfficeNumber(String);

/// Letters that stand for 10…32 in the check sum; I, O and Q are not used.
const LETTERS: &str = "ABCDEFGHJKLMNPRSTUVWXYZ";

impl OfficeNumber {
    /// Takes any width and case. Errors: `Missing`, `TooShort`, `TooLong`, `Characters`.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = narrow(input).to_ascii_uppercase();
        match text.chars().count() {
            0 => return Err(Problem::Missing),
            1..=9 => return Err(Problem::TooShort),
            10 => {}
            _ => return Err(Problem::TooLong),
        }
        let fits = text.chars().enumerate().all(|(i, c)| c.is_ascii_digit() || (i == 2 && LETTERS.contains(c)));
        if fits { Ok(Self(text)) } else { Err(Problem::Characters) }
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the tenth character is the check digit of the first nine.
    pub fn check_digit_fits(&self) -> bool {
        let values: Vec<u32> = self.0.chars().filter_map(value).collect();
        let (body, check) = values.split_at(values.len().saturating_sub(1));
        check == [check_digit(body)]
    }
}

impl fmt::Display for OfficeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn value(c: char) -> Option<u32> {
    let letter = || LETTERS.chars().position(|l| l == c).and_then(|i| u32::try_from(i + 10).ok());
    c.to_digit(10).or_else(letter)
}

/// Weights 2,1,2,1… from the right; the digits of each product are added; 10 − sum mod 10, 10 → 0.
pub fn check_digit(body: &[u32]) -> u32 {
    let digit_sum = |n: u32| n / 10 + n % 10;
    let sum: u32 = body.iter().rev().zip([2, 1].into_iter().cycle()).map(|(v, weight)| digit_sum(v * weight)).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manuals_number_passes_and_a_changed_digit_fails() {
        assert!(OfficeNumber::parse("2372101440").unwrap().check_digit_fits());
        assert!(!OfficeNumber::parse("2372101441").unwrap().check_digit_fits());
    }

    #[test]
    fn insurer_numbers_use_the_same_check() {
        for number in ["435073", "294538", "143826"] {
            let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
            assert_eq!(check_digit(&digits[..5]), digits[5], "{number}");
        }
    }

    #[test]
    fn width_and_case_do_not_matter_but_i_o_q_do() {
        assert_eq!(OfficeNumber::parse("１３ａ０１２３４５６").unwrap().as_str(), "13A0123456");
        assert_eq!(OfficeNumber::parse("13I0123456"), Err(Problem::Characters));
        assert_eq!(OfficeNumber::parse("1370"), Err(Problem::TooShort));
        assert_eq!(OfficeNumber::parse(""), Err(Problem::Missing));
    }
}
