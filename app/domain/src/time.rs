//! Points in time as the service stores them, and how they are written for people.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// Microseconds since the Unix epoch, UTC.
///
/// One integer sorts and compares alike in Rust, SQLite and PostgreSQL, which text and native timestamps do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

const MICROS_PER_SECOND: i64 = 1_000_000;

/// Japan Standard Time; Japan has no daylight saving time.
const JST: UtcOffset = match UtcOffset::from_hms(9, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

impl Timestamp {
    /// From microseconds since the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the Unix epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// From seconds since the Unix epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * MICROS_PER_SECOND)
    }

    /// This time moved by `seconds` (negative: earlier).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(MICROS_PER_SECOND)))
    }

    /// This time moved by `minutes` (negative: earlier).
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// Whole seconds from `self` until `later`, rounded up; 0 when `later` is past.
    pub const fn seconds_until(self, later: Self) -> i64 {
        let micros = later.0 - self.0;
        if micros <= 0 { 0 } else { (micros + MICROS_PER_SECOND - 1) / MICROS_PER_SECOND }
    }

    fn local(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.0.div_euclid(MICROS_PER_SECOND))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .to_offset(JST)
    }

    /// The calendar day in Japan.
    pub fn date(self) -> Date {
        self.local().date()
    }

    /// When a calendar day begins in Japan.
    pub fn start_of(day: Date) -> Self {
        let midnight = day.midnight().assume_offset(JST).unix_timestamp();
        Self(midnight.saturating_mul(MICROS_PER_SECOND))
    }

    /// `2025/02/07` in Japan.
    pub fn date_text(self) -> String {
        slashed(self.date())
    }

    /// `2025/02/07 09:05` in Japan.
    pub fn minute_text(self) -> String {
        let local = self.local();
        format!("{} {:02}:{:02}", slashed(local.date()), local.hour(), local.minute())
    }

    /// `2025/02/07 09:05:31` in Japan, for error screens and audit records.
    pub fn second_text(self) -> String {
        format!("{}:{:02}", self.minute_text(), self.local().second())
    }

    /// `09:05` in Japan.
    pub fn clock_text(self) -> String {
        let local = self.local();
        format!("{:02}:{:02}", local.hour(), local.minute())
    }
}

/// A calendar day as date fields send it: `2025-02-07`. `None`: no such day.
pub fn parse_day(text: &str) -> Option<Date> {
    Date::parse(text.trim(), time::macros::format_description!("[year]-[month]-[day]")).ok()
}

/// A moment as the operator writes it, in Japan: `2025-02-07T22:00`. `None`: no such moment.
pub fn parse_minute(text: &str) -> Option<Timestamp> {
    let format = time::macros::format_description!("[year]-[month]-[day]T[hour]:[minute]");
    let local = time::PrimitiveDateTime::parse(text.trim(), format).ok()?;
    Some(Timestamp::from_seconds(local.assume_offset(JST).unix_timestamp()))
}

/// `2025年2月7日（金）22:00`.
pub fn spoken_minute(at: Timestamp) -> String {
    const DAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
    let date = at.date();
    let weekday = DAYS[usize::from(date.weekday().number_days_from_monday())];
    format!("{}年{}月{}日（{weekday}）{}", date.year(), u8::from(date.month()), date.day(), at.clock_text())
}

/// `2025/02/07`.
pub fn slashed(date: Date) -> String {
    format!("{:04}/{:02}/{:02}", date.year(), u8::from(date.month()), date.day())
}

/// `2025/02/07（令和7年2月7日）`: both calendars, as every date of care information is shown.
pub fn with_japanese_era(date: Date) -> String {
    format!("{}（{}）", slashed(date), japanese_era(date))
}

/// `令和7年2月7日`; the first year of an era is 元年. Dates before 明治 are given in the Western calendar.
///
/// Era borders: 明治 from 1868-10-23, 大正 from 1912-07-30, 昭和 from 1926-12-25, 平成 from 1989-01-08, 令和 from
/// 2019-05-01. A border day belongs to the new era.
pub fn japanese_era(date: Date) -> String {
    const ERAS: [(&str, (i32, Month, u8)); 5] = [
        ("令和", (2019, Month::May, 1)),
        ("平成", (1989, Month::January, 8)),
        ("昭和", (1926, Month::December, 25)),
        ("大正", (1912, Month::July, 30)),
        ("明治", (1868, Month::October, 23)),
    ];
    let day = (date.year(), date.month() as u8, date.day());
    let era = ERAS.iter().find(|(_, (year, month, first))| day >= (*year, *month as u8, *first));
    let Some((name, (first_year, _, _))) = era else {
        return format!("{}年{}月{}日", day.0, day.1, day.2);
    };
    let year = match date.year() - first_year + 1 {
        1 => "元".to_owned(),
        n => n.to_string(),
    };
    format!("{name}{year}年{}月{}日", day.1, day.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Date {
        Date::from_calendar_date(year, Month::try_from(month).unwrap(), day).unwrap()
    }

    #[test]
    fn era_borders_are_those_of_the_law() {
        assert_eq!(japanese_era(day(1926, 12, 24)), "大正15年12月24日");
        assert_eq!(japanese_era(day(1926, 12, 25)), "昭和元年12月25日");
        assert_eq!(japanese_era(day(1989, 1, 7)), "昭和64年1月7日");
        assert_eq!(japanese_era(day(1989, 1, 8)), "平成元年1月8日");
        assert_eq!(japanese_era(day(2019, 4, 30)), "平成31年4月30日");
        assert_eq!(with_japanese_era(day(2025, 2, 7)), "2025/02/07（令和7年2月7日）");
    }

    #[test]
    fn days_begin_at_midnight_in_japan() {
        assert_eq!(Timestamp::start_of(parse_day("2025-02-07").unwrap()), Timestamp::from_seconds(1_738_854_000));
        assert_eq!(parse_day("2025-02-30"), None);
        let just_before = Timestamp::from_seconds(1_738_853_999); // 2025-02-06T14:59:59Z
        assert_eq!(just_before.second_text(), "2025/02/06 23:59:59");
        assert_eq!(just_before.plus_seconds(1).date_text(), "2025/02/07");
    }

    #[test]
    fn the_operators_moments_are_in_japan() {
        let at = parse_minute("2025-02-07T22:00").unwrap();
        assert_eq!(
            (at.minute_text().as_str(), spoken_minute(at).as_str()),
            ("2025/02/07 22:00", "2025年2月7日（金）22:00")
        );
        for bad in ["2025-02-30T22:00", "2025-02-07 22:00", "2025-02-07T24:00", "2025-02-07", ""] {
            assert_eq!(parse_minute(bad), None, "{bad}");
        }
    }

    #[test]
    fn remaining_seconds_round_up_and_never_go_below_zero() {
        let now = Timestamp::from_micros(1);
        assert_eq!(now.seconds_until(Timestamp::from_micros(2)), 1);
        assert_eq!(now.seconds_until(now), 0);
        assert_eq!(now.plus_minutes(1).seconds_until(now), 0);
    }
}
