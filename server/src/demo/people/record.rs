//! What the certificates and documents of the demo's people say.

use domain::care::{
    BurdenLimitCard, BurdenRatio, BurdenRatioCard, CareLevel, Day, Document, Equipment, InsuranceCard, LimitAmounts,
    LimitStep, Opinion, Period, PersonRecord, Planner, Purchase, Renovation, Restriction, ReviewProgress, Section,
    ServiceLimit, Stay, Work,
};

use crate::demo::data::OFFICES;

/// The levels, one after another; 要介護 more often than the others.
const LEVELS: [Option<CareLevel>; 18] = [
    Some(CareLevel::Care2),
    Some(CareLevel::Care1),
    Some(CareLevel::Support1),
    Some(CareLevel::Care3),
    Some(CareLevel::Support2),
    Some(CareLevel::Care4),
    Some(CareLevel::Care1),
    Some(CareLevel::Care5),
    Some(CareLevel::Project),
    Some(CareLevel::Care2),
    Some(CareLevel::NotEligible),
    Some(CareLevel::Care3),
    Some(CareLevel::Support1),
    Some(CareLevel::Care1),
    Some(CareLevel::Transitional),
    Some(CareLevel::Care2),
    None,
    Some(CareLevel::Support2),
];

/// Days until the certification ends, one after another.
const LEFT: [i64; 12] = [400, 55, 700, 12, 230, -20, 1000, 28, 600, 0, 330, -200];

/// Everything about the `n`th person.
pub(super) fn record(n: usize, today: Day, town: &str) -> PersonRecord {
    let level = LEVELS[n % LEVELS.len()];
    let certified = !matches!(level, None | Some(CareLevel::NotEligible | CareLevel::Project));
    let to = today.plus_days(LEFT[(n + n / LEFT.len()) % LEFT.len()]);
    let period = certified.then(|| Period { from: to.plus_months(-24).plus_days(1), to });
    PersonRecord {
        insurance_card: Some(card(n, today, town, level, period)),
        burden_ratio: level.map(|_| ratio(n, today)),
        burden_limit: (certified && n.is_multiple_of(4)).then(|| limit(n, today)),
        survey: certified.then(|| survey(n, to, town)),
        opinion: certified.then(|| opinion(n, to)),
        review: (n % 5 == 1).then(|| review(n, today, level)),
        renovation: (n.is_multiple_of(3) && certified).then(|| renovation(n, today, level)),
        equipment: (n % 3 == 1 && certified).then(|| equipment(n, today)),
        life: if certified { vec![life(0, today), life(1, today)] } else { Vec::new() },
        care_plans: if certified && n % 4 != 3 { vec![plan(today)] } else { Vec::new() },
    }
}

fn card(n: usize, today: Day, town: &str, level: Option<CareLevel>, period: Option<Period>) -> InsuranceCard {
    let planner = match n % 4 {
        0 => Planner::NotNotified,
        1 => Planner::Oneself,
        _ => Planner::Office { name: OFFICES[3].name.to_owned(), notified_on: today.plus_days(-120) },
    };
    let arrears = Restriction {
        what: "給付額の減額（3割または4割負担）".to_owned(),
        period: Period { from: today.plus_days(-60), to: today.plus_days(120) },
    };
    let stay = Stay { facility: OFFICES[2].name.to_owned(), from: today.plus_days(-200), to: None };
    InsuranceCard {
        address: format!("{town}中央{}丁目{}番{}号", n % 5 + 1, n % 20 + 1, n % 9 + 1),
        level,
        certified_on: period.map(|period| period.from.plus_days(-10)),
        checklist_on: (level == Some(CareLevel::Project)).then(|| today.plus_days(-90)),
        period,
        service_limits: if n % 7 == 2 {
            vec![ServiceLimit { service: "訪問介護".to_owned(), units: 8_000 }]
        } else {
            Vec::new()
        },
        review_opinion: (n % 6 == 3).then(|| "口腔機能の維持に努めること。".to_owned()),
        designated_services: if n % 9 == 4 { vec!["通所リハビリテーション".to_owned()] } else { Vec::new() },
        restrictions: if n % 12 == 11 { vec![arrears] } else { Vec::new() },
        planner,
        stays: if n % 10 == 5 { vec![stay] } else { Vec::new() },
        residence_exception: (n % 15 == 5).then(|| "適用（施設所在地：れんしゅう市）".to_owned()),
        lost_on: (n % 36 == 35).then(|| today.plus_days(-5)),
        ..InsuranceCard::empty(period.map_or(today.plus_days(-30), |period| period.from))
    }
}

fn ratio(n: usize, today: Day) -> BurdenRatioCard {
    let raised = n % 12 == 11;
    let ratio = match n % 6 {
        _ if raised => BurdenRatio::Four,
        2 => BurdenRatio::Two,
        4 => BurdenRatio::Three,
        _ => BurdenRatio::One,
    };
    BurdenRatioCard { ratio, period: Period::burden_year(today), raised }
}

fn limit(n: usize, today: Day) -> BurdenLimitCard {
    let (step, food, food_short_stay, room) = match n / 4 % 4 {
        0 => (LimitStep::One, 300, 300, 880),
        1 => (LimitStep::Two, 390, 600, 880),
        2 => (LimitStep::ThreeFirst, 650, 1_000, 1_370),
        _ => (LimitStep::ThreeSecond, 1_360, 1_300, 1_370),
    };
    let amounts = LimitAmounts {
        food,
        food_short_stay,
        unit_private_room: room,
        unit_semi_private_room: 550,
        private_room: 550,
        shared_room: if step == LimitStep::One { 0 } else { 430 },
    };
    BurdenLimitCard { step, period: Period::burden_year(today), amounts }
}

fn section(heading: &str, rows: &[(&str, &str)]) -> Section {
    let rows = rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Section { heading: heading.to_owned(), rows }
}

fn survey(n: usize, to: Day, town: &str) -> Document {
    let aid = if n.is_multiple_of(2) { "何かにつかまればできる" } else { "つかまらないでできる" };
    Document {
        title: "認定調査票（基本調査・特記事項）".to_owned(),
        on: to.plus_months(-25),
        by: town.to_owned(),
        office_number: None,
        sections: vec![
            section(
                "身体機能・起居動作",
                &[("寝返り", aid), ("歩行", aid), ("視力", "普通"), ("聴力", "やっと聞こえる")],
            ),
            section("生活機能", &[("移動", "見守り等"), ("食事摂取", "介助されていない"), ("排尿", "見守り等")]),
            section("認知機能", &[("意思の伝達", "できる"), ("今の季節を理解", "できる")]),
            section("特記事項", &[("歩行", "屋内は伝い歩き。屋外では杖を使用している。")]),
        ],
    }
}

fn opinion(n: usize, to: Day) -> Opinion {
    if n % 11 == 7 {
        return Opinion::PhysicianDisagrees;
    }
    Opinion::Given(Document {
        title: "主治医意見書".to_owned(),
        on: to.plus_months(-25).plus_days(3),
        by: "みほん中央クリニック".to_owned(),
        office_number: None,
        sections: vec![
            section("傷病に関する意見", &[("診断名", "変形性膝関節症"), ("症状としての安定性", "安定")]),
            section("心身の状態", &[("障害高齢者の日常生活自立度", "A1"), ("認知症高齢者の日常生活自立度", "Ⅰ")]),
            section("生活機能とサービス", &[("医学的管理の必要性", "訪問リハビリテーション、通所リハビリテーション")]),
        ],
    })
}

fn review(n: usize, today: Day, level: Option<CareLevel>) -> ReviewProgress {
    let applied_on = today.plus_days(-[20, 70, 130, 170][n / 5 % 4]);
    let after = |days| Some(applied_on.plus_days(days)).filter(|day| *day <= today);
    let certified_on = after(40);
    let result = certified_on.and(level.or(Some(CareLevel::NotEligible)));
    let from = certified_on.filter(|_| result.is_some_and(|level| level != CareLevel::NotEligible));
    ReviewProgress {
        applied_on,
        kind: ["新規", "更新", "区分変更"][n / 5 % 3].to_owned(),
        surveyed_on: after(10),
        opinion_asked_on: after(3),
        opinion_received_on: after(24),
        review_on: Some(applied_on.plus_days(36)),
        certified_on,
        result,
        months: from.map(|_| 12),
        period: from.map(|from| Period { from, to: from.plus_months(12).plus_days(-1) }),
    }
}

fn renovation(n: usize, today: Day, level: Option<CareLevel>) -> Renovation {
    let work = |days: i64, dwelling: &str, what: &str, yen, level| Work {
        on: today.plus_days(-days),
        dwelling: dwelling.to_owned(),
        what: what.to_owned(),
        yen,
        level,
    };
    let mut works = vec![work(300, "現在の住宅", "手すりの取付け", 84_000, level.unwrap_or(CareLevel::Care1))];
    if n.is_multiple_of(2) {
        works.push(work(1_500, "以前の住宅", "段差の解消", 162_000, CareLevel::Support1));
    }
    if n.is_multiple_of(9) {
        works.push(work(100, "現在の住宅", "引き戸への取替え", 130_000, level.unwrap_or(CareLevel::Care1)));
    }
    Renovation { dwelling: "現在の住宅".to_owned(), level, works }
}

fn equipment(n: usize, today: Day) -> Equipment {
    let bought = |days: i64, what: &str, yen| Purchase { on: today.plus_days(-days), what: what.to_owned(), yen };
    let mut purchases = vec![bought(30, "腰掛便座", 38_500), bought(500, "入浴用いす", 15_400)];
    if n.is_multiple_of(2) {
        purchases.push(bought(5, "簡易浴槽", 61_500));
    }
    Equipment { purchases }
}

/// A LIFE record of the demo's `office`th office.
fn life(office: usize, today: Day) -> Document {
    Document {
        title: "ADL維持等情報".to_owned(),
        on: today.plus_days(-25),
        by: OFFICES[office].name.to_owned(),
        office_number: Some(OFFICES[office].number.to_owned()),
        sections: vec![
            section("Barthel Index", &[("食事", "10点"), ("移乗", "10点"), ("歩行", "10点"), ("合計", "75点")]),
            section("栄養・口腔", &[("BMI", "21.4"), ("低栄養状態のリスク", "低")]),
        ],
    }
}

fn plan(today: Day) -> Document {
    Document {
        title: "居宅サービス計画書".to_owned(),
        on: today.plus_days(-100),
        by: OFFICES[3].name.to_owned(),
        office_number: None,
        sections: vec![
            section(
                "意向と方針",
                &[
                    ("本人・家族の意向", "自宅で自分のペースで暮らしたい。"),
                    ("総合的な援助の方針", "歩く力を保ち、外出の機会を増やす。"),
                ],
            ),
            section("長期目標", &[("目標", "一人で近所へ買い物に行ける。"), ("期間", "6か月")]),
            section("サービス", &[("通所リハビリテーション", "週2回"), ("福祉用具貸与", "歩行器")]),
        ],
    }
}
