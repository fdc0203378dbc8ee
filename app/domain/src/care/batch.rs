//! 一括資格確認: what a row of a list names, and what is said about it.

use serde::{Deserialize, Serialize};

use super::{Day, InsuredNumber, InsurerNumber, Validity, Why, level::coded};
use crate::{
    form::{Field, FieldErrors, Problem},
    text::narrow,
};

coded! {
    /// 基準日: the day for which a list is checked.
    AsOf {
        Today, "today", "今日";
        FirstOfMonth, "first_of_month", "今月1日";
        FirstOfNext, "first_of_next", "来月1日";
    }
}

impl AsOf {
    /// That day, seen from `today`.
    pub fn day(self, today: Day) -> Day {
        match self {
            Self::Today => today,
            Self::FirstOfMonth => today.first_of_month(),
            Self::FirstOfNext => today.first_of_month().plus_months(1),
        }
    }
}

coded! {
    /// What is said about one row, as far as a list tells it.
    BatchStatus {
        Entitled, "entitled", "資格あり";
        EndsSoon, "ends_soon", "資格あり（期限間近）";
        Expired, "expired", "認定の期限切れ";
        NotStarted, "not_started", "認定の開始前";
        NotCertified, "not_certified", "認定なし";
        Lost, "lost", "資格喪失";
        NoCard, "no_card", "被保険者証の情報なし";
        NotFound, "not_found", "該当なし";
        Several, "several", "複数該当";
        NotJoined, "not_joined", "市町村未対応";
        NotPermitted, "not_permitted", "権限なし";
        Unanswered, "unanswered", "照会できません";
        Unreadable, "unreadable", "入力の誤り";
    }
}

impl BatchStatus {
    /// By the banner of E-6.
    pub const fn of(validity: Validity) -> Self {
        match validity {
            Validity::Valid { .. } => Self::Entitled,
            Validity::EndsIn { .. } => Self::EndsSoon,
            Validity::Expired { .. } => Self::Expired,
            Validity::None(Why::NotStarted) => Self::NotStarted,
            Validity::None(Why::NotCertified) => Self::NotCertified,
            Validity::None(Why::Lost) => Self::Lost,
            Validity::None(Why::NotInsured) => Self::NoCard,
        }
    }

    /// Nobody has to do anything about the row.
    pub const fn in_order(self) -> bool {
        matches!(self, Self::Entitled)
    }

    /// The row is asked for again when the list is continued: nothing was learned yet.
    pub const fn asked_again(self) -> bool {
        matches!(self, Self::Unanswered)
    }
}

/// Exactly what a row of the list says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    /// The line in the file, from 1, as an editor counts.
    pub line: u64,
    /// 被保険者番号.
    pub insured_number: String,
    /// 保険者番号; may be empty.
    pub insurer_number: String,
    /// 生年月日; may be empty.
    pub born_on: String,
    /// The row has more cells than there are headings: a comma was not quoted.
    pub ragged: bool,
}

/// Whom a row names. What is not given narrows nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct BatchKey {
    pub insured: InsuredNumber,
    pub insurer: Option<InsurerNumber>,
    pub born_on: Option<Day>,
}

impl BatchRow {
    /// Judges every cell; the errors are in the order of the columns.
    pub fn key(&self) -> Result<BatchKey, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.ragged {
            errors.add(Field::PeopleFile, Problem::Malformed);
        }
        let number = with_zeros(&self.insured_number, 10);
        let insured = errors.take(Field::InsuredNumber, InsuredNumber::parse(&number));
        let insurer = given(&self.insurer_number).map(|text| InsurerNumber::parse(&with_zeros(text, 6)));
        let insurer = errors.take(Field::InsurerNumber, insurer.transpose());
        let born_on = given(&self.born_on).map(|text| Day::parse_written(text).ok_or(Problem::Malformed));
        let born_on = errors.take(Field::BirthDate, born_on.transpose());
        match (insured, insurer, born_on) {
            (Some(insured), Some(insurer), Some(born_on)) if errors.is_empty() => {
                Ok(BatchKey { insured, insurer, born_on })
            }
            _ => Err(errors),
        }
    }
}

impl BatchKey {
    /// Whether somebody with the row's 被保険者番号 is whom the row names.
    pub fn fits(&self, insurer_number: &str, born_on: Day) -> bool {
        self.insurer.as_ref().is_none_or(|insurer| insurer.as_str() == insurer_number)
            && self.born_on.is_none_or(|day| day == born_on)
    }
}

fn given(cell: &str) -> Option<&str> {
    Some(cell.trim()).filter(|cell| !cell.is_empty())
}

/// Spreadsheets take a number for a number and drop the zeros in front.
fn with_zeros(cell: &str, length: usize) -> String {
    let text = narrow(cell);
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { format!("{text:0>length$}") } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    fn row(insured: &str, insurer: &str, born: &str) -> BatchRow {
        BatchRow {
            line: 2,
            insured_number: insured.into(),
            insurer_number: insurer.into(),
            born_on: born.into(),
            ragged: false,
        }
    }

    #[test]
    fn a_number_alone_names_somebody_and_lost_zeros_come_back() {
        for typed in ["0000012345", "12345", "１２３４５", " 12345 "] {
            let key = row(typed, "", "").key().unwrap();
            assert_eq!((key.insured.as_str(), key.insurer, key.born_on), ("0000012345", None, None), "{typed}");
        }
        assert_eq!(row("h000012345", "", "").key().unwrap().insured.as_str(), "H000012345");
        let key = row("12345", "143826", "1940/4/1").key().unwrap();
        assert!(key.fits("143826", day("1940-04-01")));
        assert!(!key.fits("435073", day("1940-04-01")) && !key.fits("143826", day("1940-04-02")));
        assert!(
            row("12345", "", "").key().unwrap().fits("435073", day("1940-04-02")),
            "what is not given narrows nothing"
        );
    }

    #[test]
    fn a_wrong_cell_is_named_with_its_column() {
        let problems = |row: BatchRow| row.key().unwrap_err().iter().collect::<Vec<_>>();
        assert_eq!(problems(row("", "", "")), [(Field::InsuredNumber, Problem::Missing)]);
        assert_eq!(problems(row("x", "", "")), [(Field::InsuredNumber, Problem::TooShort)]);
        // A 個人番号 has 12 digits: it is refused and never looked for.
        assert_eq!(problems(row("123456789018", "", "")), [(Field::InsuredNumber, Problem::TooLong)]);
        assert_eq!(
            problems(row("1", "143827", "2月30日")),
            [(Field::InsurerNumber, Problem::Malformed), (Field::BirthDate, Problem::Malformed)]
        );
        let ragged = BatchRow { ragged: true, ..row("1", "", "") };
        assert_eq!(problems(ragged), [(Field::PeopleFile, Problem::Malformed)]);
    }

    #[test]
    fn every_banner_has_its_status_and_only_one_is_in_order() {
        let until = day("2025-03-31");
        for (validity, status) in [
            (Validity::Valid { until: None }, BatchStatus::Entitled),
            (Validity::EndsIn { days: 30, until }, BatchStatus::EndsSoon),
            (Validity::Expired { until }, BatchStatus::Expired),
            (Validity::None(Why::NotInsured), BatchStatus::NoCard),
            (Validity::None(Why::Lost), BatchStatus::Lost),
            (Validity::None(Why::NotCertified), BatchStatus::NotCertified),
            (Validity::None(Why::NotStarted), BatchStatus::NotStarted),
        ] {
            assert_eq!(BatchStatus::of(validity), status);
        }
        let in_order: Vec<_> = BatchStatus::ALL.iter().filter(|status| status.in_order()).collect();
        assert_eq!(in_order, [&BatchStatus::Entitled]);
    }

    #[test]
    fn the_day_may_be_today_or_the_first_of_this_or_the_next_month() {
        let days = |today| AsOf::ALL.iter().map(|as_of| as_of.day(day(today)).iso()).collect::<Vec<_>>();
        assert_eq!(days("2025-12-31"), ["2025-12-31", "2025-12-01", "2026-01-01"]);
        assert_eq!(days("2025-02-01"), ["2025-02-01", "2025-02-01", "2025-03-01"]);
    }

    proptest! {
        #[test]
        fn nothing_in_a_cell_breaks_it(cells in proptest::array::uniform3("\\PC{0,14}")) {
            let [insured, insurer, born] = cells;
            let _ = row(&insured, &insurer, &born).key();
        }
    }
}
