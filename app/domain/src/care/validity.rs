//! The banner on 資格確認結果: whether the certification holds today, and for how long.

use serde::{Deserialize, Serialize};

use super::{CareLevel, Day, InsuranceCard};

/// From so many days before its end a certification is announced as ending; the second is urgent.
pub const NOTICE_DAYS: [i64; 2] = [60, 30];

/// Why there is no entitlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No certificate at all.
    NotInsured,
    /// 資格喪失.
    Lost,
    /// 非該当, or never certified.
    NotCertified,
    /// The period has not begun.
    NotStarted,
}

impl Why {
    /// The Japanese words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotInsured => "被保険者証の情報がありません",
            Self::Lost => "被保険者の資格を喪失しています",
            Self::NotCertified => "要介護・要支援の認定を受けていません",
            Self::NotStarted => "認定有効期間が始まっていません",
        }
    }
}

/// What the banner says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// 有効. `until: None`: without an end (事業対象者).
    Valid {
        /// Its last day.
        until: Option<Day>,
    },
    /// あと N 日: it ends within the first of [`NOTICE_DAYS`]; 0 on its last day.
    EndsIn {
        /// Days left.
        days: i64,
        /// Its last day.
        until: Day,
    },
    /// 期限切れ.
    Expired {
        /// Its last day.
        until: Day,
    },
    /// 資格なし.
    None(Why),
}

impl Validity {
    /// The words on the banner and in lists.
    pub fn name(self) -> String {
        match self {
            Self::Valid { .. } => "有効".to_owned(),
            Self::EndsIn { days: 0, .. } => "今日まで".to_owned(),
            Self::EndsIn { days, .. } => format!("あと{days}日"),
            Self::Expired { .. } => "期限切れ".to_owned(),
            Self::None(_) => "資格なし".to_owned(),
        }
    }

    /// Its last day, if it has one.
    pub const fn until(self) -> Option<Day> {
        match self {
            Self::Valid { until } => until,
            Self::EndsIn { until, .. } | Self::Expired { until } => Some(until),
            Self::None(_) => None,
        }
    }

    /// By the last day of the certification alone, for a list's rows.
    pub fn of_end(until: Day, today: Day) -> Self {
        match today.days_until(until) {
            days if days < 0 => Self::Expired { until },
            days if days <= NOTICE_DAYS[0] => Self::EndsIn { days, until },
            _ => Self::Valid { until: Some(until) },
        }
    }

    /// What a list's row says: level and last day are all it knows.
    pub fn of_row(level: Option<CareLevel>, until: Option<Day>, today: Day) -> Self {
        match (level, until) {
            (None, _) => Self::None(Why::NotInsured),
            (Some(CareLevel::NotEligible), _) => Self::None(Why::NotCertified),
            (Some(CareLevel::Project), None) => Self::Valid { until: None },
            (Some(_), None) => Self::None(Why::NotCertified),
            (Some(_), Some(until)) => Self::of_end(until, today),
        }
    }
}

/// Whether what the certificate says holds on `today`.
pub fn validity(card: Option<&InsuranceCard>, today: Day) -> Validity {
    let Some(card) = card else { return Validity::None(Why::NotInsured) };
    if card.lost_on.is_some_and(|lost| lost <= today) {
        return Validity::None(Why::Lost);
    }
    if card.period.is_some_and(|period| today < period.from) {
        return Validity::None(Why::NotStarted);
    }
    Validity::of_row(card.level, card.period.map(|period| period.to), today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::Period;
    use proptest::prelude::*;

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    fn card(level: CareLevel, from: &str, to: &str) -> InsuranceCard {
        InsuranceCard {
            level: Some(level),
            period: Some(Period { from: day(from), to: day(to) }),
            ..InsuranceCard::empty(day(from))
        }
    }

    #[test]
    fn the_banner_turns_at_sixty_days_and_on_the_day_after_the_last() {
        let card = card(CareLevel::Care2, "2024-04-01", "2025-03-31");
        let says = |today| validity(Some(&card), day(today)).name();
        assert_eq!(says("2024-03-31"), "資格なし");
        assert_eq!(says("2025-01-29"), "有効");
        assert_eq!(says("2025-01-30"), "あと60日");
        assert_eq!(says("2025-03-01"), "あと30日");
        assert_eq!(says("2025-03-31"), "今日まで");
        assert_eq!(says("2025-04-01"), "期限切れ");
    }

    #[test]
    fn without_certificate_level_or_insurance_there_is_no_entitlement() {
        let today = day("2025-02-07");
        assert_eq!(validity(None, today), Validity::None(Why::NotInsured));
        let not = card(CareLevel::NotEligible, "2024-04-01", "2026-03-31");
        assert_eq!(validity(Some(&not), today), Validity::None(Why::NotCertified));
        let lost = InsuranceCard { lost_on: Some(today), ..card(CareLevel::Care1, "2024-04-01", "2026-03-31") };
        assert_eq!(validity(Some(&lost), today), Validity::None(Why::Lost));
        assert_eq!(validity(Some(&lost), today.plus_days(-1)).name(), "有効");
        let project = InsuranceCard { level: Some(CareLevel::Project), ..InsuranceCard::empty(today) };
        assert_eq!(validity(Some(&project), today), Validity::Valid { until: None });
    }

    proptest! {
        #[test]
        fn days_left_and_words_agree(left in -400_i64..400) {
            let today = day("2025-02-07");
            let said = Validity::of_end(today.plus_days(left), today);
            prop_assert_eq!(matches!(said, Validity::Expired { .. }), left < 0);
            prop_assert_eq!(matches!(said, Validity::EndsIn { .. }), (0..=60).contains(&left));
            prop_assert_eq!(said.until(), Some(today.plus_days(left)));
        }
    }
}
