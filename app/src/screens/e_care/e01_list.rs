//! E-1: the people whom this office is in charge of. The list's whole state stands in the address.

use domain::care::Validity;
use leptos::prelude::*;

use super::{
    address::{FILTERS, address, chips, filter_code, from_address, order_pairs, sorted_by},
    api::list_people,
    person::crumbs,
};
use crate::{
    parts::{
        ButtonKind, ButtonLink, Buttons, Cell, Chips, Column, DataTable, EmptyState, FilterField, Icon, IconKind, Link,
        Pager, RowHead, SearchBar, SearchField, SortOrder,
    },
    routes::Route,
    screens::{
        ScreenId,
        loaded::loaded,
        screen::{Screen, page_info},
    },
    services::care::{CareView, PEOPLE_PAGE_ROWS, PeoplePage, PeopleQuery, PeopleSort, PersonRow},
};

/// E-1.
#[component]
pub fn PeopleList() -> impl IntoView {
    let query = from_address(&page_info().address);
    let asked = query.clone();
    loaded(
        ScreenId::E1,
        move || list_people(asked.clone()),
        move |page| view! { <List query=query.clone() page/> }.into_any(),
    )
}

#[component]
fn List(query: PeopleQuery, page: PeoplePage) -> impl IntoView {
    let body = if page.all == 0 {
        view! {
            <EmptyState title="担当している利用者は、まだ登録されていません">
                <p>"「本人確認を行う」から、利用者を登録してください。"</p>
                <Buttons><Verify/></Buttons>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <Search query=query.clone()/>
            <div class="list-head">
                <Chips items=chips(&query) clear_href=Route::People/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Batch(None)>"一括で資格を確認する"</ButtonLink>
                    <Verify/>
                </Buttons>
            </div>
            <Found query page/>
        }
        .into_any()
    };
    view! {
        <Screen
            screen=ScreenId::E1
            wide=true
            lead="この事業所が担当している方を確認できます。氏名を押すと、資格確認結果を表示します。"
            crumbs=crumbs()
        >
            {body}
        </Screen>
    }
}

#[component]
fn Verify() -> impl IntoView {
    view! { <ButtonLink href=Route::VerifyPerson icon=IconKind::PersonAdd>"本人確認を行う"</ButtonLink> }
}

/// Search and filter: a plain form, so that the address holds the state and no script is needed.
#[component]
fn Search(query: PeopleQuery) -> impl IntoView {
    let order = order_pairs(&query).map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let filters = FILTERS.iter().map(|(_, code, words)| (*code, *words));
    view! {
        <SearchBar action=Route::People label="利用者の検索" reset_href=Route::People>
            {order.collect_view()}
            <SearchField name="q" label="被保険者番号または氏名（漢字・かな）を検索" value=query.search/>
            <FilterField
                name="show"
                label="絞り込み"
                options=filters.collect()
                value=query.filter.map(filter_code).unwrap_or_default().to_owned()
            />
        </SearchBar>
    }
}

#[component]
fn Found(query: PeopleQuery, page: PeoplePage) -> impl IntoView {
    if page.total == 0 {
        return view! {
            <EmptyState title="条件に合う利用者は見つかりませんでした">
                <p>
                    "検索する文字を短くするか、"
                    <Link href=Route::People>"表を初期状態に戻してください。"</Link>
                </p>
            </EmptyState>
        }
        .into_any();
    }
    let order = |sort| {
        let order = if query.descending { SortOrder::Descending } else { SortOrder::Ascending };
        (query.sort == sort).then_some(order)
    };
    let column = |label, sort| Column::sortable(label, sorted_by(&query, sort), order(sort));
    let columns = vec![
        column("氏名", PeopleSort::Name),
        column("被保険者番号", PeopleSort::Number),
        Column::plain("生年月日"),
        column("要介護状態", PeopleSort::Level),
        column("認定の終了日", PeopleSort::Until),
        Column::plain("同意"),
    ];
    let rows = page.rows.into_iter().map(|row| view! { <Row row/> }).collect_view();
    let href = Callback::new(move |number| address(&PeopleQuery { page: number, ..query.clone() }));
    view! {
        <DataTable caption=ScreenId::E1.title() columns=columns>{rows}</DataTable>
        <Pager page=page.page per_page=PEOPLE_PAGE_ROWS total=page.total href=href/>
    }
    .into_any()
}

#[component]
fn Row(row: PersonRow) -> impl IntoView {
    let changed = row.changed.then(|| {
        view! { " " <span class="badge badge--info"><Icon kind=IconKind::Info/>"変更あり"</span> }
    });
    let level = match (row.validity, row.level) {
        (None, _) => "権限なし",
        (_, None) => "－",
        (_, Some(level)) => level.name(),
    };
    let until = row.until.map_or("－".to_owned(), domain::care::Day::slashed);
    let (class, icon, word) = if row.consented {
        ("badge badge--success", IconKind::Success, "あり")
    } else {
        ("badge badge--quiet", IconKind::Ring, "なし")
    };
    view! {
        <tr>
            <RowHead label="氏名">
                <span class="nobreak"><Link href=Route::Care(row.id, CareView::Eligibility)>{row.name}</Link></span>
                {changed}
                <span class="table__second">{row.reading}</span>
            </RowHead>
            <Cell label="被保険者番号" code=true>{row.insured_number}</Cell>
            <Cell label="生年月日" code=true>
                {row.born_on.slashed()} <span class="table__second">{row.born_on.japanese()}</span>
            </Cell>
            <Cell label="要介護状態"><span class="nobreak">{level}</span></Cell>
            <Cell label="認定の終了日">
                <span class="code">{until}</span> " " {row.validity.map(|validity| view! { <ValidityBadge validity/> })}
            </Cell>
            <Cell label="同意"><span class=class><Icon kind=icon/>{word}</span></Cell>
        </tr>
    }
}

#[component]
fn ValidityBadge(validity: Validity) -> impl IntoView {
    let (class, icon) = match validity {
        Validity::Valid { .. } => ("badge badge--success", IconKind::Success),
        Validity::EndsIn { .. } => ("badge badge--warning", IconKind::Clock),
        Validity::Expired { .. } => ("badge badge--danger", IconKind::Danger),
        Validity::None(_) => ("badge badge--quiet", IconKind::Ring),
    };
    view! { <span class=class><Icon kind=icon/>{validity.name()}</span> }
}
