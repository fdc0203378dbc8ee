//! D-1 and D-11: the list with search, filters, order and pages. Its whole state stands in the address.

use domain::{
    account::{AccountState, Right, ServiceCode, ServiceGroup},
    job::Job,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{list_members, member_detail},
    filters::{address, chips, export_address, from_address, order_pairs, sorted_by, state_code, state_name},
    words::{crumbs_to_list, own_kind, words},
};
use crate::{
    error::ApiError,
    parts::{
        AnswerList, ButtonKind, ButtonLink, Buttons, Cell, Chips, Column, DataTable, DoneBanner, EmptyState,
        FilterField, IconKind, Link, Pager, RowHead, SearchBar, SearchField, SortOrder, StateBadge,
    },
    routes::{Members, Route},
    screens::{
        loaded::loaded,
        screen::{Screen, page_info},
    },
    services::accounts::{AccountDetail, AccountPage, AccountRow, Anchor, ListQuery, PAGE_ROWS, SortBy, StateFilter},
};

/// D-1. After 権限変更 it opens with whom that moved into this list.
#[component]
pub fn MemberList(members: Members) -> impl IntoView {
    let address = page_info().address;
    let query = from_address(&address);
    let asked = query.clone();
    let moved = match Route::parse(&address) {
        Some(Route::MovedTo(_, id)) => Some(id),
        _ => None,
    };
    loaded(
        members.screens().list,
        move || load(members, asked.clone(), moved),
        move |(page, moved)| view! { <List members query=query.clone() page moved/> }.into_any(),
    )
}

async fn load(
    members: Members,
    query: ListQuery,
    moved: Option<Uuid>,
) -> Result<(AccountPage, Option<AccountDetail>), ApiError> {
    let page = list_members(members, query).await?;
    let moved = match moved {
        // Whoever is gone again by now is not worth an error.
        Some(id) => member_detail(members, id, false).await.ok(),
        None => None,
    };
    Ok((page, moved))
}

#[component]
fn List(members: Members, query: ListQuery, page: AccountPage, moved: Option<AccountDetail>) -> impl IntoView {
    let words = words(members);
    let lead = format!("登録されている{}を確認できます。ユーザ名を押すと、詳細を確認できます。", words.kind);
    let moved = moved.map(|account| {
        let title = format!("{}さんを{}に変更しました", account.profile.name.full(), words.kind);
        view! { <DoneBanner title=title>"本人に、登録内容変更のお知らせを送信しました。"</DoneBanner> }
    });
    let nobody = page.all == 0 && query.state != Some(StateFilter::DELETED);
    let body = if nobody {
        view! { <NobodyYet members/> }.into_any()
    } else {
        let chips = chips(members, &query);
        view! {
            <Search members query=query.clone()/>
            <div class="list-head">
                <Chips items=chips clear_href=Route::Members(members)/>
                <Register members/>
            </div>
            <Found members query page/>
        }
        .into_any()
    };
    view! {
        <Screen screen=members.screens().list wide=true lead=lead crumbs=crumbs_to_list()>
            {moved}
            {body}
        </Screen>
    }
}

#[component]
fn Register(members: Members) -> impl IntoView {
    view! {
        <Buttons>
            <ButtonLink kind=ButtonKind::Secondary href=Route::ImportMembers(members, None)>"CSVで一括登録する"</ButtonLink>
            <ButtonLink href=Route::NewMember(members, None) icon=IconKind::PersonAdd>{words(members).register}</ButtonLink>
        </Buttons>
    }
}

#[component]
fn NobodyYet(members: Members) -> impl IntoView {
    let words = words(members);
    view! {
        <EmptyState title=format!("{}は、まだ登録されていません", words.kind)>
            <p>{format!("「{}」から登録してください。", words.register)}</p>
            <Register members/>
        </EmptyState>
    }
}

/// Search and filters: a plain form, so that the address holds the state and no script is needed.
#[component]
fn Search(members: Members, query: ListQuery) -> impl IntoView {
    let services = ServiceGroup::ALL.iter().flat_map(|group| {
        ServiceCode::offered().filter(move |code| code.service().group == *group).map(|code| (code.code(), code.name()))
    });
    let jobs = Job::ALL.iter().map(|job| (job.code(), job.name()));
    let order = order_pairs(&query).map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <SearchBar
            action=Route::Members(members)
            label=format!("{}の検索", words(members).kind)
            reset_href=Route::Members(members)
        >
            {order.collect_view()}
            <SearchField name="q" label="ユーザIDまたはユーザ名（漢字・かな）を検索" value=query.search/>
            <FilterField
                name="service"
                label="サービス種類"
                options=services.collect()
                value=query.service.map(|service| service.code().to_owned()).unwrap_or_default()
            />
            <FilterField
                name="job"
                label="職種区分"
                options=jobs.collect()
                value=query.job.map(|job| job.code().to_owned()).unwrap_or_default()
            />
            <FilterField
                name="state"
                label="状態"
                options=states()
                value=query.state.map(|state| state_code(state).to_owned()).unwrap_or_default()
            />
            <SearchField name="from" label="登録日（この日以降）" value=query.registered_from day=true/>
            <SearchField name="to" label="登録日（この日以前）" value=query.registered_to day=true/>
        </SearchBar>
    }
}

/// The last column's head: the state stands over the day.
const STATE: &str = "状態・最終ログイン";

/// The head of the column with what can be done from here.
const ACTS: &str = "操作";

/// The states that a list can be narrowed to; deleted accounts are for whoever may restore them.
fn states() -> Vec<(&'static str, &'static str)> {
    let restores = own_kind().may(Right::RestoreMembers);
    let shown = StateFilter::ALL.into_iter().filter(|state| restores || *state != StateFilter::DELETED);
    shown.map(|state| (state_code(state), state_name(state))).collect()
}

#[component]
fn Found(members: Members, query: ListQuery, page: AccountPage) -> impl IntoView {
    if page.total == 0 {
        return view! {
            <EmptyState title="条件に合うユーザは見つかりませんでした">
                <p>
                    "検索する文字を短くするか、"
                    <Link href=Route::Members(members)>"表を初期状態に戻してください。"</Link>
                </p>
            </EmptyState>
        }
        .into_any();
    }
    let order = |sort| {
        let order = if query.descending { SortOrder::Descending } else { SortOrder::Ascending };
        (query.sort == sort).then_some(order)
    };
    let column = |label, sort| Column::sortable(label, sorted_by(members, &query, sort), order(sort));
    let columns = vec![
        Column::plain("ユーザID"),
        column("ユーザ名", SortBy::Name),
        column("サービス種類", SortBy::Services),
        column("職種区分", SortBy::Jobs),
        column("登録日", SortBy::Registered),
        column(STATE, SortBy::SignIn),
        Column::plain(ACTS),
    ];
    let (first, last) = (page.rows.first().map(|row| row.id), page.rows.last().map(|row| row.id));
    let rows = page.rows.into_iter().map(|row| view! { <Row members row/> }).collect_view();
    let export = export_address(members, &query);
    let shown = page.page;
    let href = Callback::new(move |number| {
        let anchor = match number {
            _ if number == shown + 1 => last.map(Anchor::After),
            _ if number + 1 == shown => first.map(Anchor::Before),
            _ => None,
        };
        address(members, &ListQuery { page: number, anchor, ..query.clone() })
    });
    view! {
        <DataTable caption=members.screens().list.title() columns=columns>{rows}</DataTable>
        <Pager page=page.page per_page=PAGE_ROWS total=page.total href=href/>
        <Buttons>
            <ButtonLink kind=ButtonKind::Secondary href=export>"一覧をCSVでダウンロードする"</ButtonLink>
        </Buttons>
    }
    .into_any()
}

#[component]
fn Row(members: Members, row: AccountRow) -> impl IntoView {
    let services = row.services.iter().map(|service| service.name().to_owned()).collect();
    let jobs = row.jobs.iter().map(|job| job.name().to_owned()).collect();
    // Whoever sees the list may delete who is on it; D-6 asks, with ID and name. The ID tells the links apart.
    let delete = (row.state != AccountState::Deleted).then(|| {
        let name = format!("{}を削除", row.login_id);
        let href = Route::DeleteMember(members, row.id);
        view! { <span class="nobreak"><Link href=href name=name>"削除"</Link></span> }
    });
    let page = match row.state {
        AccountState::Deleted => Route::MemberDeleted(members, row.id),
        _ => Route::Member(members, row.id),
    };
    let last = row.last_sign_in.map(|last| {
        view! { <span class="table__second code"><span class="visually-hidden">"最終ログイン："</span>{last.date_text()}</span> }
    });
    view! {
        <tr>
            <RowHead label="ユーザID" code=true>{row.login_id}</RowHead>
            <Cell label="ユーザ名">
                <span class="nobreak"><Link href=page>{row.name}</Link></span>
                <span class="table__second">{row.reading}</span>
            </Cell>
            <Cell label="サービス種類"><AnswerList items=services at_most=2/></Cell>
            <Cell label="職種区分"><AnswerList items=jobs at_most=2/></Cell>
            <Cell label="登録日" code=true>{row.registered_at.date_text()}</Cell>
            <Cell label=STATE><StateBadge state=row.state/>{last}</Cell>
            <Cell label=ACTS>{delete}</Cell>
        </tr>
    }
}
