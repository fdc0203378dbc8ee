//! E-6: 資格確認結果: the banner, the four facts people look for first, the rest in groups.

use domain::care::{CareLevel, Content, Item};
use leptos::prelude::*;

use super::{
    e15_emergency::{EmergencyRecords, EmergencyState},
    item::{Shown, hint},
    person::{Who, banner, crumbs_under_list},
};
use crate::{
    parts::{
        BannerKind, ButtonKind, ButtonLink, Buttons, Cell, Column, DataTable, Fact, Facts, Icon, IconKind, Link,
        ResultBanner, RowHead, grouped,
    },
    routes::Route,
    screens::{ScreenId, screen::Screen},
    services::care::{CareSheet, CareView, SheetItem},
};

/// E-6.
#[component]
pub(super) fn Eligibility(sheet: CareSheet) -> impl IntoView {
    let id = sheet.person.id;
    let groups = sheet.items.iter().map(|shown| view! { <Shown id shown=shown.clone() today=sheet.today/> });
    let groups = groups.collect_view();
    view! {
        <Screen screen=ScreenId::E6 wide=true crumbs=crumbs_under_list()>
            <EmergencyState sheet=sheet.clone()/>
            <Top sheet=sheet.clone()/>
            <section class="section"><h2>"ご本人"</h2><Who person=sheet.person.clone()/></section>
            {groups}
            <Ways sheet=sheet.clone()/>
            <EmergencyRecords records=sheet.emergencies.clone()/>
            <Buttons>
                <ButtonLink href=Route::Consent(id)>"同意を確認・変更する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Care(id, CareView::Print)>"印刷用に表示する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=Route::EndCharge(id)>"担当を終了する"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// Banner and facts; also on the print view.
#[component]
pub(super) fn Top(sheet: CareSheet) -> impl IntoView {
    let CareSheet { validity, items, .. } = sheet;
    let banner = match validity {
        Some(validity) => {
            let (kind, text) = banner(validity);
            view! { <ResultBanner kind=kind word=validity.name() text=text/> }.into_any()
        }
        None => view! {
            <ResultBanner kind=BannerKind::Info word="表示できません" text="被保険者証を見る権限がないか、市町村が対応していません"/>
        }
        .into_any(),
    };
    let facts = facts(&items).into_iter().map(|(label, value, detail)| {
        view! { <Fact label=label value=value detail=detail/> }
    });
    view! { {banner}<Facts>{facts.collect_view()}</Facts> }
}

/// 要介護状態, 認定有効期間, 負担割合, 限度額.
fn facts(items: &[SheetItem]) -> [(&'static str, String, String); 4] {
    let none = || ("－".to_owned(), String::new());
    let hidden = |item: Item| {
        let shown = items.iter().find(|shown| shown.item == item);
        shown.and_then(|shown| shown.content.as_ref().err()).map(|why| (why.name().to_owned(), String::new()))
    };
    let content = |item: Item| items.iter().find(|shown| shown.item == item)?.content.as_ref().ok()?.as_ref();
    let card = match content(Item::InsuranceCard) {
        Some(Content::InsuranceCard(card)) => Some(card),
        _ => None,
    };
    let of_card = |found: Option<(String, String)>| found.or_else(|| hidden(Item::InsuranceCard)).unwrap_or_else(none);
    let level = of_card(card.and_then(|card| card.level).map(|level| (level.name().to_owned(), String::new())));
    let period = of_card(
        card.and_then(|card| card.period).map(|period| (format!("{} まで", period.to.slashed()), period.text())),
    );
    let units = of_card(
        card.and_then(|card| card.level)
            .and_then(CareLevel::monthly_units)
            .map(|units| (format!("{}単位", grouped(units)), "1か月あたりの区分支給限度基準額".to_owned())),
    );
    let ratio = match content(Item::BurdenRatio) {
        Some(Content::BurdenRatio(card)) => (
            card.ratio.name().to_owned(),
            format!("{} から {} まで", card.period.from.slashed(), card.period.to.slashed()),
        ),
        _ => hidden(Item::BurdenRatio).unwrap_or_else(none),
    };
    let fact = |label, (value, detail)| (label, value, detail);
    [fact("要介護状態区分", level), fact("認定有効期間", period), fact("負担割合", ratio), fact("限度額", units)]
}

/// The ways to the other screens; what this account may not see stands in its place with the reason.
#[component]
fn Ways(sheet: CareSheet) -> impl IntoView {
    let id = sheet.person.id;
    let screens = [CareView::Certification, CareView::Review, CareView::Benefits, CareView::Life, CareView::CarePlan];
    let rows = screens.into_iter().flat_map(|screen| screen.items().iter().map(move |item| (screen, *item)));
    let rows = rows.filter_map(|(screen, item)| {
        let reach = sheet.reach.iter().find(|(other, _)| *other == item).map(|(_, reach)| *reach)?;
        let (name, state) = match reach {
            Ok(_) => (
                view! { <Link href=Route::Care(id, screen)>{item.name()}</Link> }.into_any(),
                view! { <span class="badge badge--success"><Icon kind=IconKind::Success/>"見られます"</span> }
                    .into_any(),
            ),
            Err(why) => (
                item.name().into_any(),
                view! {
                    <span class="badge badge--quiet"><Icon kind=IconKind::Lock/>{why.name()}</span>
                    <p class="small muted">{hint(why)}</p>
                }
                .into_any(),
            ),
        };
        Some(view! {
            <tr>
                <RowHead label="情報">{name}</RowHead>
                <Cell label="状態">{state}</Cell>
            </tr>
        })
    });
    let rows = rows.collect_view();
    view! {
        <section class="section">
            <h2>"そのほかの介護情報"</h2>
            <DataTable caption="そのほかの介護情報" columns=vec![Column::plain("情報"), Column::plain("状態")]>
                {rows}
            </DataTable>
        </section>
    }
}
