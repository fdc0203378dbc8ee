//! Whether what the platform says can be: ranges that hold for everybody, whatever the question was.

use domain::{
    Timestamp,
    care::{Content, Day, InsuredNumber, InsurerNumber},
    text::holds_individual_number,
};
use serde_json::Value;

use super::Distrust;
use crate::{platform::Person, services::care::import::individual_number_in};

/// Longest name or reading, in characters.
const NAME_MAX: usize = 100;

/// Longest text in an item, in characters.
const TEXT_MAX: usize = 10_000;

/// Largest amount in an item: yen and units a month both stay far below.
const AMOUNT_MAX: u64 = 100_000_000;

/// Years in which the days of items lie.
const YEARS: std::ops::RangeInclusive<i32> = 1868..=2199;

/// Longest 認定有効期間, in months.
const MONTHS: std::ops::RangeInclusive<u8> = 1..=48;

/// Before this day (the beginning of long-term care insurance) nothing about an insured person was changed.
const FIRST_CHANGE: Timestamp = Timestamp::from_seconds(954_514_800); // 2000-04-01 in Japan

/// Minutes by which another computer's clock may be ahead.
const AHEAD_MINUTES: i64 = 24 * 60;

/// Judges numbers, name, birthday and the day of the last change. Errors: [`Distrust`].
pub(super) fn person(person: &Person, now: Timestamp) -> Result<(), Distrust> {
    let insurer = InsurerNumber::parse(&person.insurer.number);
    let insured = InsuredNumber::parse(&person.insured_number);
    // Written otherwise, a number would be another one to every comparison.
    if !insurer.is_ok_and(|number| number.as_str() == person.insurer.number)
        || !insured.is_ok_and(|number| number.as_str() == person.insured_number)
    {
        return Err(Distrust("a number of the insurer or the insured person"));
    }
    let name = &person.name;
    let names = [&name.family, &name.given, &name.family_kana, &name.given_kana, &person.insurer.name];
    if !names.into_iter().all(|name| is_name(name)) {
        return Err(Distrust("a name"));
    }
    if !YEARS.contains(&person.born_on.year()) || person.born_on > Day::new(now.date()) {
        return Err(Distrust("a birthday"));
    }
    if person.changed_at < FIRST_CHANGE || person.changed_at > now.plus_minutes(AHEAD_MINUTES) {
        return Err(Distrust("the time of the last change"));
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    let short = (1..=NAME_MAX).contains(&name.chars().count());
    short && !name.trim().is_empty() && !name.chars().any(char::is_control) && !holds_individual_number(name)
}

/// Judges an item: days, periods, amounts, texts. Errors: [`Distrust`].
pub(super) fn content(content: &Content) -> Result<(), Distrust> {
    if let Content::Review(progress) = content
        && progress.months.is_some_and(|months| !MONTHS.contains(&months))
    {
        return Err(Distrust("the months of a certification"));
    }
    // As JSON every item is walked alike, those to come as well.
    let whole = serde_json::to_value(content).map_err(|_| Distrust("an item"))?;
    if individual_number_in(&whole, "").is_some() {
        return Err(Distrust("something like a 個人番号"));
    }
    value(&whole)
}

fn value(whole: &Value) -> Result<(), Distrust> {
    match whole {
        Value::String(text) => text_or_day(text),
        Value::Number(number) if number.as_u64().is_none_or(|amount| amount > AMOUNT_MAX) => Err(Distrust("an amount")),
        Value::Array(all) => all.iter().try_for_each(value),
        Value::Object(all) => {
            let day = |key: &str| all.get(key).and_then(Value::as_str).and_then(Day::parse);
            if let (Some(from), Some(to)) = (day("from"), day("to"))
                && to < from
            {
                return Err(Distrust("a period that ends before it begins"));
            }
            all.values().try_for_each(value)
        }
        Value::Number(_) | Value::Null | Value::Bool(_) => Ok(()),
    }
}

fn text_or_day(text: &str) -> Result<(), Distrust> {
    if Day::parse(text).is_some_and(|day| !YEARS.contains(&day.year())) {
        return Err(Distrust("a day"));
    }
    let unreadable = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.chars().count() > TEXT_MAX || text.chars().any(unreadable) {
        return Err(Distrust("a text"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::{
        account::PersonName,
        care::{BurdenRatio, BurdenRatioCard, Equipment, Period, Purchase, Sex},
    };

    use super::*;
    use crate::platform::{Insurer, PersonId};

    const NOW: Timestamp = Timestamp::from_seconds(1_738_890_000);

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    fn somebody() -> Person {
        let name = |text: &str| text.to_owned();
        Person {
            id: PersonId("1".to_owned()),
            insurer: Insurer { number: "435073".to_owned(), name: name("みほん市"), joined: true },
            insured_number: "0001000000".to_owned(),
            name: PersonName {
                family: name("見本"),
                given: name("花子"),
                family_kana: name("みほん"),
                given_kana: name("はなこ"),
            },
            born_on: day("1940-04-01"),
            sex: Sex::Female,
            changed_at: NOW,
        }
    }

    #[test]
    fn people_who_cannot_be_are_not_believed() {
        assert!(person(&somebody(), NOW).is_ok());
        let changes: [fn(&mut Person); 8] = [
            |one| one.insurer.number = "435074".to_owned(),
            |one| one.insured_number = "１".to_owned(),
            |one| one.insured_number = " 0001000000".to_owned(),
            |one| one.name.given = " ".to_owned(),
            |one| one.name.family = "123456789018".to_owned(),
            |one| one.born_on = Day::parse("2025-02-08").unwrap(),
            |one| one.born_on = Day::parse("1867-12-31").unwrap(),
            |one| one.changed_at = NOW.plus_minutes(2 * AHEAD_MINUTES),
        ];
        for (at, change) in changes.into_iter().enumerate() {
            let mut one = somebody();
            change(&mut one);
            assert!(person(&one, NOW).is_err(), "change {at}");
        }
    }

    #[test]
    fn items_that_cannot_be_are_not_believed() {
        let ratio = |from, to| {
            let period = Period { from: day(from), to: day(to) };
            content(&Content::BurdenRatio(BurdenRatioCard { ratio: BurdenRatio::One, period, raised: false }))
        };
        assert!(ratio("2024-08-01", "2025-07-31").is_ok());
        assert!(ratio("2024-08-01", "2024-07-31").is_err());
        assert!(ratio("2024-08-01", "9999-07-31").is_err());
        let bought = |what: &str, yen| {
            let purchase = Purchase { on: day("2024-08-01"), what: what.to_owned(), yen };
            content(&Content::Equipment(Equipment { purchases: vec![purchase] }))
        };
        assert!(bought("腰掛便座", 30_000).is_ok());
        assert!(bought("腰掛便座", AMOUNT_MAX + 1).is_err());
        assert!(bought("1234-5678-9018", 1).is_err());
        assert!(bought("\u{1b}[2J", 1).is_err());
        assert!(bought(&"あ".repeat(TEXT_MAX + 1), 1).is_err());
    }
}
