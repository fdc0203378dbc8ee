//! What is left of 住宅改修 and 福祉用具購入.

use serde::{Deserialize, Serialize};

use super::{CareLevel, Day};

/// 住宅改修: yen per dwelling.
pub const RENOVATION_LIMIT: u64 = 200_000;
/// 福祉用具購入: yen per year from 4/1.
pub const EQUIPMENT_LIMIT: u64 = 100_000;
/// A rise of so many steps gives the whole 住宅改修 limit once more.
const RISE: u8 = 3;

/// One 住宅改修.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// When it was done.
    pub on: Day,
    /// Which dwelling: counts anew after moving.
    pub dwelling: String,
    /// What was done.
    pub what: String,
    /// Its cost in yen.
    pub yen: u64,
    /// 要介護状態区分 then.
    pub level: CareLevel,
}

/// One 福祉用具購入.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// When it was bought.
    pub on: Day,
    /// What was bought.
    pub what: String,
    /// Its cost in yen.
    pub yen: u64,
}

/// Used and left, in yen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// The limit.
    pub limit: u64,
    /// Used of it; never more than the limit.
    pub used: u64,
    /// Left of it.
    pub left: u64,
    /// A rise of three steps gave the limit once more.
    pub risen: bool,
}

impl Balance {
    fn new(limit: u64, spent: u64, risen: bool) -> Self {
        let used = spent.min(limit);
        Self { limit, used, left: limit - used, risen }
    }
}

/// 住宅改修 of the present dwelling. A rise of three steps since the first work there resets it, once per dwelling.
pub fn renovation_balance(works: &[Work], dwelling: &str, level: Option<CareLevel>) -> Balance {
    let mut here: Vec<&Work> = works.iter().filter(|work| work.dwelling == dwelling).collect();
    here.sort_by_key(|work| work.on);
    let Some(first) = here.first().map(|work| work.level.step()) else {
        return Balance::new(RENOVATION_LIMIT, 0, false);
    };
    let (mut spent, mut risen) = (0_u64, false);
    for work in here {
        if !risen && work.level.step() >= first + RISE {
            (spent, risen) = (0, true);
        }
        spent = spent.saturating_add(work.yen);
    }
    if !risen && level.is_some_and(|level| level.step() >= first + RISE) {
        (spent, risen) = (0, true);
    }
    Balance::new(RENOVATION_LIMIT, spent, risen)
}

/// 福祉用具購入 of the year (4/1 – 3/31) in which `today` lies.
pub fn equipment_balance(purchases: &[Purchase], today: Day) -> Balance {
    let year = fiscal_year(today);
    let spent = purchases.iter().filter(|one| fiscal_year(one.on) == year).map(|one| one.yen);
    Balance::new(EQUIPMENT_LIMIT, spent.fold(0, u64::saturating_add), false)
}

fn fiscal_year(day: Day) -> i32 {
    if day.month() < 4 { day.year() - 1 } else { day.year() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    fn work(on: &str, dwelling: &str, yen: u64, level: CareLevel) -> Work {
        Work { on: day(on), dwelling: dwelling.to_owned(), what: "手すりの取付け".to_owned(), yen, level }
    }

    #[test]
    fn each_dwelling_has_the_whole_limit() {
        let works = [
            work("2023-05-01", "旧居", 180_000, CareLevel::Support2),
            work("2024-05-01", "自宅", 60_000, CareLevel::Care1),
        ];
        assert_eq!(renovation_balance(&works, "自宅", Some(CareLevel::Care1)).left, 140_000);
        assert_eq!(renovation_balance(&works, "旧居", Some(CareLevel::Care1)).left, 20_000);
        assert_eq!(renovation_balance(&works, "新居", None).left, 200_000);
    }

    #[test]
    fn a_rise_of_three_steps_resets_once() {
        let first = work("2022-05-01", "自宅", 200_000, CareLevel::Support2);
        let left = |works: &[Work], level| renovation_balance(works, "自宅", Some(level)).left;
        assert_eq!(left(std::slice::from_ref(&first), CareLevel::Care3), 0);
        assert_eq!(left(std::slice::from_ref(&first), CareLevel::Care4), 200_000);
        let after = [first, work("2024-05-01", "自宅", 150_000, CareLevel::Care4)];
        assert_eq!(left(&after, CareLevel::Care4), 50_000);
        assert_eq!(left(&after, CareLevel::Care5), 50_000, "not a second time");
    }

    #[test]
    fn the_year_begins_on_the_first_of_april() {
        let bought = |on: &str, yen| Purchase { on: day(on), what: "腰掛便座".to_owned(), yen };
        let all = [bought("2024-03-31", 90_000), bought("2024-04-01", 30_000), bought("2025-03-31", 20_000)];
        assert_eq!(equipment_balance(&all, day("2025-02-07")).left, 50_000);
        assert_eq!(equipment_balance(&all, day("2025-04-01")).left, 100_000);
    }

    proptest! {
        #[test]
        fn used_and_left_always_make_up_the_limit(amounts in proptest::collection::vec(0_u64..1_000_000, 0..8)) {
            let all: Vec<Purchase> = amounts.iter()
                .map(|yen| Purchase { on: day("2024-06-01"), what: String::new(), yen: *yen })
                .collect();
            let balance = equipment_balance(&all, day("2024-07-01"));
            prop_assert_eq!(balance.used + balance.left, balance.limit);
        }
    }
}
