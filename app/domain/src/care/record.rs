//! What the platform knows about an insured person, item by item.

use serde::{Deserialize, Serialize};

use self::Content as C;
use super::{BurdenRatio, CareLevel, Day, Item, LimitStep, Purchase, Work};

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Period {
    pub from: Day,
    pub to: Day,
}

impl Period {
    /// The year of 負担割合 and 負担限度額 in which `day` lies: 8/1 – 7/31.
    pub fn burden_year(day: Day) -> Self {
        let year = if day.month() < 8 { day.year() - 1 } else { day.year() };
        let first = |year: i32| Day::parse(&format!("{year:04}-08-01")).unwrap_or(day);
        Self { from: first(year), to: first(year + 1).plus_days(-1) }
    }

    /// `2024/08/01（令和6年8月1日） から …`.
    pub fn text(self) -> String {
        format!("{} から {} まで", self.from.both(), self.to.both())
    }
}

/// 種類支給限度基準額 of one kind of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceLimit {
    /// サービスの種類.
    pub service: String,
    /// Units a month.
    pub units: u64,
}

/// 給付制限.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// What is restricted.
    pub what: String,
    /// While.
    pub period: Period,
}

/// Who makes the care plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Planner {
    /// 居宅介護支援事業者 (or 地域包括支援センター).
    Office {
        /// Its name.
        name: String,
        /// 届出年月日.
        notified_on: Day,
    },
    /// 自己作成.
    Oneself,
    /// 計画作成の届出なし.
    NotNotified,
}

/// A stay in a 施設.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The facility.
    pub facility: String,
    /// 入所 or 入院 day.
    pub from: Day,
    /// 退所 or 退院 day.
    pub to: Option<Day>,
}

/// 介護保険被保険者証.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsuranceCard {
    /// 住所.
    pub address: String,
    /// 交付年月日.
    pub issued_on: Day,
    /// 要介護状態区分; `None` when never certified.
    pub level: Option<CareLevel>,
    /// 認定年月日.
    pub certified_on: Option<Day>,
    /// 基本チェックリスト実施日 (事業対象者).
    pub checklist_on: Option<Day>,
    /// 認定有効期間.
    pub period: Option<Period>,
    /// 種類支給限度基準額.
    #[serde(default)]
    pub service_limits: Vec<ServiceLimit>,
    /// 認定審査会の意見.
    #[serde(default)]
    pub review_opinion: Option<String>,
    /// サービスの種類の指定.
    #[serde(default)]
    pub designated_services: Vec<String>,
    /// 給付制限.
    #[serde(default)]
    pub restrictions: Vec<Restriction>,
    /// 居宅介護支援事業者 or 自己作成.
    pub planner: Planner,
    /// 施設.
    #[serde(default)]
    pub stays: Vec<Stay>,
    /// 住所地特例: the facility's place.
    #[serde(default)]
    pub residence_exception: Option<String>,
    /// 資格喪失年月日.
    #[serde(default)]
    pub lost_on: Option<Day>,
}

impl InsuranceCard {
    /// A certificate that says nothing yet.
    pub const fn empty(issued_on: Day) -> Self {
        Self {
            address: String::new(),
            issued_on,
            level: None,
            certified_on: None,
            checklist_on: None,
            period: None,
            service_limits: Vec::new(),
            review_opinion: None,
            designated_services: Vec::new(),
            restrictions: Vec::new(),
            planner: Planner::NotNotified,
            stays: Vec::new(),
            residence_exception: None,
            lost_on: None,
        }
    }
}

/// 介護保険負担割合証.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BurdenRatioCard {
    /// 負担割合.
    pub ratio: BurdenRatio,
    /// 適用期間.
    pub period: Period,
    /// Raised by 給付制限 for arrears.
    #[serde(default)]
    pub raised: bool,
}

/// Amounts of 負担限度額 in yen a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct LimitAmounts {
    pub food: u64,
    pub food_short_stay: u64,
    pub unit_private_room: u64,
    pub unit_semi_private_room: u64,
    pub private_room: u64,
    pub shared_room: u64,
}

/// 介護保険負担限度額認定証.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BurdenLimitCard {
    /// 利用者負担段階.
    pub step: LimitStep,
    /// 適用期間.
    pub period: Period,
    /// 食費 and 居住費.
    pub amounts: LimitAmounts,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Name and value of each line.
    pub rows: Vec<(String, String)>,
}

/// A document: 認定調査票, 主治医意見書, a LIFE record, a ケアプラン.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// 調査日, 記入日, 作成日.
    pub on: Day,
    /// Who wrote it: a 市町村, a hospital, an office.
    pub by: String,
    /// 事業所番号 of the office whose it is, for LIFE records.
    #[serde(default)]
    pub office_number: Option<String>,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// 主治医意見書.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// With the physician's consent.
    Given(Document),
    /// 医師の不同意: it may not be shown.
    PhysicianDisagrees,
}

/// 審査会進捗. Days that have not come are `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the Japanese names stand on E-8")]
pub struct ReviewProgress {
    pub applied_on: Day,
    /// 申請区分: 新規, 更新, 区分変更.
    pub kind: String,
    pub surveyed_on: Option<Day>,
    pub opinion_asked_on: Option<Day>,
    pub opinion_received_on: Option<Day>,
    /// 二次審査日(予定).
    pub review_on: Option<Day>,
    pub certified_on: Option<Day>,
    /// 二次審査結果; `None`: 結果未到達.
    pub result: Option<CareLevel>,
    pub months: Option<u8>,
    pub period: Option<Period>,
}

impl ReviewProgress {
    /// Months from the application for which it is shown.
    pub const SHOWN_MONTHS: i32 = 5;

    /// Whether it is still shown on `today`.
    pub fn is_shown(&self, today: Day) -> bool {
        today <= self.applied_on.plus_months(Self::SHOWN_MONTHS)
    }
}

/// 住宅改修.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renovation {
    /// The present dwelling.
    pub dwelling: String,
    /// 要介護状態区分 at present.
    pub level: Option<CareLevel>,
    /// All works, in former dwellings too.
    pub works: Vec<Work>,
}

/// 福祉用具購入.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipment {
    /// All purchases.
    pub purchases: Vec<Purchase>,
}

/// Everything that the embedded registry keeps about one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the items")]
pub struct PersonRecord {
    pub insurance_card: Option<InsuranceCard>,
    pub burden_ratio: Option<BurdenRatioCard>,
    pub burden_limit: Option<BurdenLimitCard>,
    pub survey: Option<Document>,
    pub opinion: Option<Opinion>,
    pub review: Option<ReviewProgress>,
    pub renovation: Option<Renovation>,
    pub equipment: Option<Equipment>,
    pub life: Vec<Document>,
    pub care_plans: Vec<Document>,
}

/// The content of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the items")]
pub enum Content {
    InsuranceCard(InsuranceCard),
    BurdenRatio(BurdenRatioCard),
    BurdenLimit(BurdenLimitCard),
    Survey(Document),
    Opinion(Opinion),
    Review(ReviewProgress),
    Renovation(Renovation),
    Equipment(Equipment),
    Life(Vec<Document>),
    CarePlans(Vec<Document>),
}

impl PersonRecord {
    /// One item of it; `None`: there is nothing of it.
    pub fn item(&self, item: Item) -> Option<Content> {
        let many = |all: &Vec<Document>| (!all.is_empty()).then(|| all.clone());
        match item {
            Item::InsuranceCard => self.insurance_card.clone().map(C::InsuranceCard),
            Item::BurdenRatio => self.burden_ratio.clone().map(C::BurdenRatio),
            Item::BurdenLimit => self.burden_limit.clone().map(C::BurdenLimit),
            Item::Survey => self.survey.clone().map(C::Survey),
            Item::Opinion => self.opinion.clone().map(C::Opinion),
            Item::Review => self.review.clone().map(C::Review),
            Item::Renovation => self.renovation.clone().map(C::Renovation),
            Item::Equipment => self.equipment.clone().map(C::Equipment),
            Item::Life => many(&self.life).map(C::Life),
            Item::CarePlan => many(&self.care_plans).map(C::CarePlans),
        }
    }
}

impl Content {
    /// Which item it is the content of.
    pub const fn item(&self) -> Item {
        match self {
            Self::InsuranceCard(_) => Item::InsuranceCard,
            Self::BurdenRatio(_) => Item::BurdenRatio,
            Self::BurdenLimit(_) => Item::BurdenLimit,
            Self::Survey(_) => Item::Survey,
            Self::Opinion(_) => Item::Opinion,
            Self::Review(_) => Item::Review,
            Self::Renovation(_) => Item::Renovation,
            Self::Equipment(_) => Item::Equipment,
            Self::Life(_) => Item::Life,
            Self::CarePlans(_) => Item::CarePlan,
        }
    }

    /// The period for which a certificate holds; `None`: what has none.
    pub const fn period(&self) -> Option<Period> {
        match self {
            Self::InsuranceCard(card) => card.period,
            Self::BurdenRatio(card) => Some(card.period),
            Self::BurdenLimit(card) => Some(card.period),
            _ => None,
        }
    }

    /// What of it may be seen by those who see only their own office's: LIFE records of office `number`.
    #[must_use]
    pub fn of_office(self, number: &str) -> Option<Self> {
        match self {
            Self::Life(all) => {
                let own: Vec<_> = all.into_iter().filter(|one| one.office_number.as_deref() == Some(number)).collect();
                (!own.is_empty()).then_some(Self::Life(own))
            }
            // No other item says whose it is: nothing of it is anybody's own.
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burden_years_run_from_august_to_july() {
        let day = |iso| Day::parse(iso).unwrap();
        for (today, from, to) in
            [("2025-07-31", "2024-08-01", "2025-07-31"), ("2025-08-01", "2025-08-01", "2026-07-31")]
        {
            assert_eq!(Period::burden_year(day(today)), Period { from: day(from), to: day(to) });
        }
    }

    #[test]
    fn progress_is_shown_for_five_months() {
        let day = |iso| Day::parse(iso).unwrap();
        let progress = ReviewProgress {
            applied_on: day("2024-09-30"),
            kind: "更新".to_owned(),
            surveyed_on: None,
            opinion_asked_on: None,
            opinion_received_on: None,
            review_on: None,
            certified_on: None,
            result: None,
            months: None,
            period: None,
        };
        assert!(progress.is_shown(day("2025-02-28")));
        assert!(!progress.is_shown(day("2025-03-01")));
    }

    #[test]
    fn only_own_life_records_are_ones_own() {
        let life = |number: &str| Document {
            title: "ADL".to_owned(),
            on: Day::parse("2025-01-01").unwrap(),
            by: number.to_owned(),
            office_number: Some(number.to_owned()),
            sections: Vec::new(),
        };
        let all = Content::Life(vec![life("2372101440"), life("1370200030")]);
        assert_eq!(all.clone().of_office("2372101440"), Some(Content::Life(vec![life("2372101440")])));
        assert_eq!(all.of_office("9999999999"), None);
        assert_eq!(Content::CarePlans(vec![life("2372101440")]).of_office("2372101440"), None);
    }
}
