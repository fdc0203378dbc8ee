//! A calendar day in both calendars.

use serde::{Deserialize, Serialize};
use time::{Date, Month};

use crate::{
    text::narrow,
    time::{japanese_era, parse_day, slashed, with_japanese_era},
};

/// A calendar day; ISO (`2025-02-07`) wherever it is stored or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// This date.
    pub const fn new(date: Date) -> Self {
        Self(date)
    }

    /// `2025-02-07`. `None`: no such day.
    pub fn parse(iso: &str) -> Option<Self> {
        parse_day(iso).map(Self)
    }

    /// As people and spreadsheets write it: `1940/4/1`, `1940-04-01`, `1940年4月1日`, `昭和15年4月1日`, `S15.4.1`. `None`: no
    /// such day, or written otherwise.
    pub fn parse_written(text: &str) -> Option<Self> {
        let text = narrow(text).replace('元', "1").to_ascii_uppercase();
        let (era, rest) = match text.find(|c: char| c.is_ascii_digit())? {
            0 => (Era::Western, text.as_str()),
            at => (Era::of_sign(&text[..at])?, &text[at..]),
        };
        let parts: Vec<&str> = rest.trim_end_matches('日').split(['/', '-', '.', '年', '月']).collect();
        let [year, month, day] = parts.as_slice() else { return None };
        era.day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// `2025-02-07`.
    pub fn iso(self) -> String {
        slashed(self.0).replace('/', "-")
    }

    /// `2025/02/07`.
    pub fn slashed(self) -> String {
        slashed(self.0)
    }

    /// `2025/02/07（令和7年2月7日）`.
    pub fn both(self) -> String {
        with_japanese_era(self.0)
    }

    /// `令和7年2月7日`.
    pub fn japanese(self) -> String {
        japanese_era(self.0)
    }

    /// The year in the Western calendar.
    pub const fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day moved by `days`; stays at the calendar's ends.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let moved = self.0.checked_add(time::Duration::days(days));
        Self(moved.unwrap_or(if days < 0 { Date::MIN } else { Date::MAX }))
    }

    /// The same day of another month, or that month's last day when it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let months = self.0.year() * 12 + i32::from(self.month()) - 1 + months;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let month = u8::try_from(month).ok().and_then(|month| Month::try_from(month).ok()).unwrap_or(Month::January);
        let last = month.length(year);
        Date::from_calendar_date(year, month, self.0.day().min(last)).map_or(self, Self)
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        self.0.replace_day(1).map_or(self, Self)
    }

    /// Days from this day to `later`; negative when it is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        (later.0 - self.0).whole_days()
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(iso: String) -> Result<Self, Self::Error> {
        Self::parse(&iso).ok_or("no such day")
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.iso()
    }
}

/// How a year is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "see `name`")]
pub enum Era {
    Western,
    Reiwa,
    Heisei,
    Showa,
    Taisho,
    Meiji,
}

impl Era {
    /// In the order on screen.
    pub const ALL: &[Self] = &[Self::Western, Self::Showa, Self::Taisho, Self::Meiji, Self::Heisei, Self::Reiwa];

    /// The code that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Western => "western",
            Self::Reiwa => "reiwa",
            Self::Heisei => "heisei",
            Self::Showa => "showa",
            Self::Taisho => "taisho",
            Self::Meiji => "meiji",
        }
    }

    /// The Japanese name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Western => "西暦",
            Self::Reiwa => "令和",
            Self::Heisei => "平成",
            Self::Showa => "昭和",
            Self::Taisho => "大正",
            Self::Meiji => "明治",
        }
    }

    /// The era with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|era| era.code() == code)
    }

    /// By its name or its letter: 昭和, S.
    fn of_sign(sign: &str) -> Option<Self> {
        let letter =
            |era: &Self| era.code().chars().next().is_some_and(|first| sign == first.to_ascii_uppercase().to_string());
        Self::ALL.iter().copied().filter(|era| *era != Self::Western).find(|era| sign == era.name() || letter(era))
    }

    const fn first_year(self) -> i32 {
        match self {
            Self::Western => 1,
            Self::Reiwa => 2019,
            Self::Heisei => 1989,
            Self::Showa => 1926,
            Self::Taisho => 1912,
            Self::Meiji => 1868,
        }
    }

    /// The day that is called so. `None`: there is none, or it lies in another era (昭和64年1月8日).
    pub fn day(self, year: i32, month: u8, day: u8) -> Option<Day> {
        if year < 1 {
            return None;
        }
        let month = Month::try_from(month).ok()?;
        let year = year.checked_add(self.first_year())?.checked_sub(1)?;
        let found = Day(Date::from_calendar_date(year, month, day).ok()?);
        (self == Self::Western || found.japanese().starts_with(self.name())).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_must_lie_in_its_era() {
        let iso = |day: Option<Day>| day.map(Day::iso);
        assert_eq!(iso(Era::Showa.day(64, 1, 7)).as_deref(), Some("1989-01-07"));
        assert_eq!(Era::Showa.day(64, 1, 8), None);
        assert_eq!(iso(Era::Heisei.day(1, 1, 8)).as_deref(), Some("1989-01-08"));
        assert_eq!(iso(Era::Taisho.day(15, 12, 24)).as_deref(), Some("1926-12-24"));
        assert_eq!(iso(Era::Showa.day(1, 12, 25)).as_deref(), Some("1926-12-25"));
        assert_eq!(Era::Showa.day(1, 12, 24), None);
        assert_eq!(Era::Western.day(2025, 2, 30), None);
        assert_eq!(Era::Showa.day(0, 5, 1), None);
    }

    #[test]
    fn days_are_read_as_people_and_spreadsheets_write_them() {
        for text in
            ["1940-04-01", "1940/4/1", "１９４０年４月１日", "昭和15年4月1日", "S15.4.1", "s15/04/01", " 1940.4.1 "]
        {
            assert_eq!(Day::parse_written(text).map(Day::iso).as_deref(), Some("1940-04-01"), "{text}");
        }
        assert_eq!(Day::parse_written("平成元年1月8日").map(Day::iso).as_deref(), Some("1989-01-08"));
        for text in
            ["", "4/1", "1940/2/30", "昭和64年1月8日", "X15.4.1", "1940/4/1/1", "西暦1940年4月1日", "-1/4/1", "14671"]
        {
            assert_eq!(Day::parse_written(text), None, "{text}");
        }
    }

    #[test]
    fn months_end_where_they_end() {
        let day = |iso| Day::parse(iso).unwrap();
        assert_eq!(day("2025-01-31").plus_months(1), day("2025-02-28"));
        assert_eq!(day("2024-09-30").plus_months(5), day("2025-02-28"));
        assert_eq!(day("2025-01-15").plus_months(-1), day("2024-12-15"));
        assert_eq!(day("2025-02-07").days_until(day("2025-02-01")), -6);
    }

    proptest! {
        #[test]
        fn both_calendars_lead_to_the_same_day(days in 0_i64..60_000) {
            let day = Era::Meiji.day(6, 1, 1).unwrap().plus_days(days);
            prop_assert_eq!(Day::parse(&day.iso()), Some(day));
            let text = day.japanese();
            let era = Era::ALL.iter().find(|era| text.starts_with(era.name())).unwrap();
            let numbers: Vec<i32> = text
                .trim_start_matches(era.name())
                .replace('元', "1")
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|part| part.parse().ok())
                .collect();
            let part = |at: usize| u8::try_from(numbers[at]).unwrap();
            prop_assert_eq!(era.day(numbers[0], part(1), part(2)), Some(day));
        }
    }
}
