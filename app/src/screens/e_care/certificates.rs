//! What the three certificates say.

use domain::care::{BurdenLimitCard, BurdenRatioCard, Day, InsuranceCard, Planner};
use leptos::prelude::*;

use crate::parts::{Answer, AnswerList, Answers, Banner, BannerKind, dated, grouped};

/// A day in both calendars, or －.
pub(super) fn day(day: Option<Day>) -> String {
    day.map_or("－".to_owned(), Day::both)
}

/// A row whose value is text.
pub(super) fn row(label: &'static str, value: impl Into<String>) -> AnyView {
    let value = dated(value.into());
    view! { <Answer label=label>{value}</Answer> }.into_any()
}

/// 介護保険被保険者証.
pub(super) fn insurance_card(card: &InsuranceCard) -> AnyView {
    let lost = card.lost_on.map(|lost| {
        view! { <Banner kind=BannerKind::Danger title=format!("{}に資格を喪失しています", lost.both())/> }
    });
    let planner = match &card.planner {
        Planner::Office { name, notified_on } => format!("{name}　届出 {}", notified_on.both()),
        Planner::Oneself => "自己作成".to_owned(),
        Planner::NotNotified => "計画作成の届出なし".to_owned(),
    };
    let limits = card.service_limits.iter().map(|one| format!("{}：{}単位", one.service, grouped(one.units)));
    let restrictions = card.restrictions.iter().map(|one| format!("{}（{}）", one.what, one.period.text()));
    let stays = card.stays.iter().map(|stay| {
        let until = stay.to.map_or("現在まで".to_owned(), |to| format!("{}まで", to.slashed()));
        format!("{}（{}から{until}）", stay.facility, stay.from.slashed())
    });
    let list = |label: &'static str, items: Vec<String>| {
        let items = if items.is_empty() { vec!["なし".to_owned()] } else { items };
        view! { <Answer label=label><AnswerList items=items/></Answer> }.into_any()
    };
    let level = card.level.map_or("認定なし", domain::care::CareLevel::name);
    let units = card.level.and_then(domain::care::CareLevel::monthly_units);
    let certified = match card.checklist_on {
        Some(on) => row("基本チェックリスト実施日", on.both()),
        None => row("認定年月日", day(card.certified_on)),
    };
    let rows = [
        row("住所", card.address.clone()),
        row("交付年月日", card.issued_on.both()),
        row("要介護状態区分", level),
        certified,
        row("認定有効期間", card.period.map_or("－".to_owned(), domain::care::Period::text)),
        row("区分支給限度基準額", units.map_or("－".to_owned(), |units| format!("1か月 {}単位", grouped(units)))),
        list("種類支給限度基準額", limits.collect()),
        row("認定審査会の意見", card.review_opinion.clone().unwrap_or("なし".to_owned())),
        list("サービスの種類の指定", card.designated_services.clone()),
        list("給付制限", restrictions.collect()),
        row("居宅介護支援事業者", planner),
        list("介護保険施設等", stays.collect()),
        row("住所地特例", card.residence_exception.clone().unwrap_or("なし".to_owned())),
    ];
    view! { {lost}<Answers>{rows.into_iter().collect_view()}</Answers> }.into_any()
}

/// 介護保険負担割合証.
pub(super) fn burden_ratio(card: &BurdenRatioCard) -> AnyView {
    let raised = if card.raised { "（保険料の滞納による給付額の減額）" } else { "" };
    let rows = [row("負担割合", format!("{}{raised}", card.ratio.name())), row("適用期間", card.period.text())];
    view! { <Answers>{rows.into_iter().collect_view()}</Answers> }.into_any()
}

/// 介護保険負担限度額認定証.
pub(super) fn burden_limit(card: &BurdenLimitCard) -> AnyView {
    let a = card.amounts;
    let daily = |yen: u64| format!("1日 {}円", grouped(yen));
    let rows = [
        row("利用者負担段階", card.step.name()),
        row("適用期間", card.period.text()),
        row("食費（施設）", daily(a.food)),
        row("食費（短期入所）", daily(a.food_short_stay)),
        row("ユニット型個室", daily(a.unit_private_room)),
        row("ユニット型個室的多床室", daily(a.unit_semi_private_room)),
        row("従来型個室", daily(a.private_room)),
        row("多床室", daily(a.shared_room)),
    ];
    view! { <Answers>{rows.into_iter().collect_view()}</Answers> }.into_any()
}
