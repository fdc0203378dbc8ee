//! 本人確認 without a card: the four items, and why there is no card.

use serde::{Deserialize, Serialize};

use super::{Day, Era, InsuredNumber, InsurerNumber, level::coded};
use crate::{
    form::{Field, FieldErrors, Problem},
    text::narrow,
};

coded! {
    /// 性別 as registered with the insurer.
    Sex {
        Male, "male", "男";
        Female, "female", "女";
    }
}

coded! {
    /// Why a person is looked up by four items instead of a card.
    NoCardReason {
        NoCard, "no_card", "マイナンバーカードを持っていない";
        NotAtHand, "not_at_hand", "カードが手元にない";
        Unreadable, "unreadable", "カードまたは端末の不具合で読み取れない";
        Disaster, "disaster", "災害などでカードを使えない";
    }
}

/// Exactly what was typed and chosen on E-4.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields' names are those of the inputs")]
pub struct LookupForm {
    pub insurer_number: String,
    pub insured_number: String,
    pub birth_era: String,
    pub birth_year: String,
    pub birth_month: String,
    pub birth_day: String,
    pub sex: String,
    pub reason: String,
}

/// 保険者番号, 被保険者番号, 生年月日, 性別: together they name one person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct FourItems {
    pub insurer: InsurerNumber,
    pub insured: InsuredNumber,
    pub born_on: Day,
    pub sex: Sex,
}

impl LookupForm {
    /// Judges every field; the errors are in the order of the screen.
    pub fn validate(&self, today: Day) -> Result<(FourItems, NoCardReason), FieldErrors> {
        let mut errors = FieldErrors::default();
        let insurer = errors.take(Field::InsurerNumber, InsurerNumber::parse(&self.insurer_number));
        let insured = errors.take(Field::InsuredNumber, InsuredNumber::parse(&self.insured_number));
        let born_on = errors.take(Field::BirthDate, self.born_on(today));
        let sex = errors.take(Field::Sex, chosen(&self.sex, Sex::from_code));
        let reason = errors.take(Field::NoCardReason, chosen(&self.reason, NoCardReason::from_code));
        let complete =
            || Some((FourItems { insurer: insurer?, insured: insured?, born_on: born_on?, sex: sex? }, reason?));
        complete().ok_or(errors)
    }

    fn born_on(&self, today: Day) -> Result<Day, Problem> {
        let parts = [&self.birth_year, &self.birth_month, &self.birth_day].map(|text| narrow(text));
        if parts.iter().any(String::is_empty) {
            return Err(Problem::Missing);
        }
        let era = Era::from_code(&self.birth_era).ok_or(Problem::Unknown)?;
        let [year, month, day] = parts;
        let year = if year == "元" { "1" } else { &year };
        let read = || era.day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let born_on = read().ok_or(Problem::Malformed)?;
        // Nobody who lives was born before 明治.
        let known = born_on <= today && born_on.year() >= 1868;
        if known { Ok(born_on) } else { Err(Problem::Malformed) }
    }
}

/// One choice of a table. Errors: `Missing`, `Unknown`.
pub(super) fn chosen<T>(code: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
    if code.is_empty() { Err(Problem::Missing) } else { find(code).ok_or(Problem::Unknown) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> LookupForm {
        LookupForm {
            insurer_number: "435073".into(),
            insured_number: "0000012345".into(),
            birth_era: "showa".into(),
            birth_year: "１５".into(),
            birth_month: "4".into(),
            birth_day: "1".into(),
            sex: "female".into(),
            reason: "no_card".into(),
        }
    }

    fn today() -> Day {
        Day::parse("2025-02-07").unwrap()
    }

    #[test]
    fn both_calendars_are_taken() {
        let (items, reason) = form().validate(today()).unwrap();
        assert_eq!((items.born_on.iso().as_str(), reason), ("1940-04-01", NoCardReason::NoCard));
        let western = LookupForm { birth_era: "western".into(), birth_year: "1940".into(), ..form() };
        assert_eq!(western.validate(today()).unwrap().0, items);
        let first = LookupForm {
            birth_era: "heisei".into(),
            birth_year: "元".into(),
            birth_month: "1".into(),
            birth_day: "8".into(),
            ..form()
        };
        assert_eq!(first.validate(today()).unwrap().0.born_on.iso(), "1989-01-08");
    }

    #[test]
    fn days_that_are_none_or_to_come_are_refused() {
        for (era, year, month, day) in [
            ("showa", "64", "1", "8"),
            ("western", "2025", "2", "8"),
            ("western", "1940", "2", "30"),
            ("western", "1700", "1", "1"),
            ("showa", "x", "1", "1"),
        ] {
            let bad = LookupForm {
                birth_era: era.into(),
                birth_year: year.into(),
                birth_month: month.into(),
                birth_day: day.into(),
                ..form()
            };
            let errors = bad.validate(today()).unwrap_err();
            assert_eq!(errors.of(Field::BirthDate), Some(Problem::Malformed), "{era} {year} {month} {day}");
        }
    }

    #[test]
    fn an_empty_form_names_every_field_in_screen_order() {
        let errors = LookupForm::default().validate(today()).unwrap_err();
        let fields: Vec<Field> = errors.iter().map(|(field, _)| field).collect();
        use Field::{BirthDate, InsuredNumber, InsurerNumber, NoCardReason, Sex};
        assert_eq!(fields, [InsurerNumber, InsuredNumber, BirthDate, Sex, NoCardReason]);
        assert!(errors.iter().all(|(_, problem)| problem == Problem::Missing));
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_breaks_it(parts in proptest::array::uniform8("\\PC{0,12}")) {
            let [insurer_number, insured_number, birth_era, birth_year, birth_month, birth_day, sex, reason] = parts;
            let form = LookupForm {
                insurer_number, insured_number, birth_era, birth_year, birth_month, birth_day, sex, reason,
            };
            prop_assert!(form.validate(today()).is_err());
        }
    }
}
