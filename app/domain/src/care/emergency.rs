//! 災害時の閲覧: while the operator has declared a disaster for an office, its staff may look at what a person did not
//! agree to, after saying why. It sets aside consent and nothing else.

use serde::{Deserialize, Serialize};

use crate::{
    form::{Field, FieldErrors, Problem},
    office::OfficeNumber,
    text::{holds_individual_number, narrow, written_name},
};

/// Minutes for which one reason opens one person to one account.
pub const EMERGENCY_MINUTES: i64 = 60;

/// Days for which a declaration may last at most; it can be declared again.
pub const EMERGENCY_DAYS: i64 = 30;

/// Fewest and most characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 5..=200;

/// Which offices a declaration is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyScope {
    /// Every office of this deployment.
    Everywhere,
    /// Those whose 事業所番号 begins with this 都道府県番号, `01` – `47`.
    Prefecture(String),
    /// One office.
    Office(OfficeNumber),
}

impl EmergencyScope {
    /// Of a 都道府県番号. Errors: `Malformed`.
    pub fn prefecture(input: &str) -> Result<Self, Problem> {
        let text = format!("{:0>2}", narrow(input));
        let known = text.len() == 2 && text.parse::<u8>().is_ok_and(|number| (1..=47).contains(&number));
        if known { Ok(Self::Prefecture(text)) } else { Err(Problem::Malformed) }
    }

    /// Whether it is for the office with this 事業所番号.
    pub fn covers(&self, office_number: &str) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Prefecture(prefecture) => office_number.starts_with(prefecture.as_str()),
            Self::Office(office) => office.as_str() == office_number,
        }
    }

    /// Kind and value, as they are stored and written down.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Everywhere => ("everywhere", ""),
            Self::Prefecture(prefecture) => ("prefecture", prefecture),
            Self::Office(office) => ("office", office.as_str()),
        }
    }

    /// The way back. `None`: no such scope.
    pub fn from_parts(kind: &str, value: &str) -> Option<Self> {
        match kind {
            "everywhere" => Some(Self::Everywhere),
            "prefecture" => Self::prefecture(value).ok(),
            "office" => OfficeNumber::parse(value).ok().map(Self::Office),
            _ => None,
        }
    }
}

/// Exactly what was typed on E-15.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EmergencyForm {
    /// Why this person's information is needed now.
    pub reason: String,
}

impl EmergencyForm {
    /// The reason as it is written down. Errors: `Missing`, `TooShort`, `TooLong`, `Characters` (what may be a 個人番号).
    pub fn validate(&self) -> Result<String, FieldErrors> {
        let visible: String = self.reason.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let reason = written_name(&visible);
        let problem = match reason.chars().count() {
            0 => Problem::Missing,
            _ if holds_individual_number(&reason) => Problem::Characters,
            count if count < *REASON.start() => Problem::TooShort,
            count if count > *REASON.end() => Problem::TooLong,
            _ => return Ok(reason),
        };
        Err(FieldErrors::one(Field::EmergencyReason, problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_for_all_for_a_prefecture_or_for_one_office() {
        let office = EmergencyScope::Office(OfficeNumber::parse("2372101440").unwrap());
        let aichi = EmergencyScope::prefecture("23").unwrap();
        for (scope, own, neighbour, elsewhere) in [
            (&EmergencyScope::Everywhere, true, true, true),
            (&aichi, true, true, false),
            (&office, true, false, false),
        ] {
            let covered = ["2372101440", "2370000001", "1370200030"].map(|number| scope.covers(number));
            assert_eq!(covered, [own, neighbour, elsewhere], "{scope:?}");
            let (kind, value) = scope.parts();
            assert_eq!(EmergencyScope::from_parts(kind, value).as_ref(), Some(scope));
        }
        assert_eq!(EmergencyScope::prefecture("1"), EmergencyScope::prefecture("01"));
        for bad in ["", "00", "48", "99", "x", "123"] {
            assert!(EmergencyScope::prefecture(bad).is_err(), "{bad}");
        }
        assert_eq!(EmergencyScope::from_parts("galaxy", ""), None);
    }

    #[test]
    fn a_reason_says_something_and_names_no_individual_number() {
        let judged = |reason: &str| EmergencyForm { reason: reason.into() }.validate();
        let problem = |reason: &str| judged(reason).unwrap_err().of(Field::EmergencyReason);
        assert_eq!(judged("  避難所で\n服薬内容を確認するため ").unwrap(), "避難所で　服薬内容を確認するため");
        assert_eq!(problem(" \u{3000}"), Some(Problem::Missing));
        assert_eq!(problem("確認"), Some(Problem::TooShort));
        assert_eq!(problem(&"長".repeat(201)), Some(Problem::TooLong));
        assert_eq!(judged(&"長".repeat(200)).unwrap().chars().count(), 200);
        assert_eq!(problem("本人の番号は１２３４５６７８９０１８です"), Some(Problem::Characters));
    }
}
