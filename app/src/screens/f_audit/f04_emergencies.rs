//! F-4: every 災害時の閲覧 of the office, to be reviewed afterwards.

use leptos::prelude::*;

use super::{
    f01_list::{crumbs_under, or_dash},
    f04_api::{ReviewEmergencyUse, list_emergency_uses},
    filters,
};
use crate::{
    parts::{
        Badge, BadgeKind, Banner, BannerKind, Button, ButtonKind, Buttons, Cell, Column, DataTable, DownloadForm,
        EmptyState, ErrorSummary, FilterField, Link, Pager, PostForm, RowHead, SearchBar,
    },
    routes::{Download, Records, Route, query_value},
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::loaded,
        screen::{Screen, page_info},
    },
    services::{
        audit::RecordQuery,
        emergencies::{EmergencyUse, EmergencyUses, USES_PAGE_ROWS, UseFilter},
    },
};

/// The list's address.
pub(super) fn address(show: UseFilter, page: u32) -> String {
    let path = Route::EmergencyUses.to_string();
    let mut pairs = Vec::new();
    if show == UseFilter::Open {
        pairs.push(format!("show={}", show.code()));
    }
    if page > 1 {
        pairs.push(format!("page={page}"));
    }
    if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) }
}

/// F-4.
#[component]
pub fn F04Emergencies() -> impl IntoView {
    let address = page_info().address;
    let query = address.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let show = UseFilter::from_code(&query_value(&query, "show").unwrap_or_default());
    let page = query_value(&query, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    loaded(ScreenId::F4, move || list_emergency_uses(show, page), move |uses| view! { <List show uses/> }.into_any())
}

#[component]
fn List(show: UseFilter, uses: EmergencyUses) -> impl IntoView {
    let review = FormState::of::<ReviewEmergencyUse>();
    let file = FormState::at(Download::EmergencyUses.path());
    let (failed, fields) = (review.failed() || file.failed(), [review.fields.clone(), file.fields.clone()].concat());
    let message = review.message.clone().or(file.message.clone());
    let open = (uses.open > 0).then(|| {
        let title = format!("確認していない閲覧が{}件あります", uses.open);
        view! { <Banner kind=BannerKind::Warning title=title/> }
    });
    view! {
        <Screen
            screen=ScreenId::F4
            wide=true
            lead="災害のとき、ご本人の同意がない情報をだれがなぜ閲覧したかを確認し、確認したことを記録します。"
            crumbs=crumbs_under(Records::Viewings)
            failed=failed
        >
            <ErrorSummary errors=fields message=message/>
            {open}
            <SearchBar
                action=Route::EmergencyUses
                label="災害時の閲覧の絞り込み"
                reset_href=Route::EmergencyUses
            >
                <FilterField
                    name="show"
                    label="確認"
                    options=vec![(UseFilter::Open.code(), "確認していない閲覧")]
                    value=if show == UseFilter::Open { show.code() } else { "" }
                />
            </SearchBar>
            <Found show uses/>
        </Screen>
    }
}

#[component]
fn Found(show: UseFilter, uses: EmergencyUses) -> impl IntoView {
    if uses.total == 0 {
        let title = match show {
            UseFilter::All => "災害時の閲覧は、まだありません",
            UseFilter::Open => "確認していない閲覧はありません",
        };
        return view! {
            <EmptyState title=title>
                <p>"同意がない情報を災害時に閲覧すると、ここに表示されます。"</p>
            </EmptyState>
        }
        .into_any();
    }
    let columns = ["日時", "閲覧した人", "利用者", "理由", "閲覧した情報", "確認"].map(Column::plain).to_vec();
    let (page, total) = (uses.page, uses.total);
    let rows = uses.rows.into_iter().map(|row| view! { <Row show row/> }).collect_view();
    let href = Callback::new(move |page| address(show, page));
    view! {
        <DownloadForm action=Download::EmergencyUses>
            <input type="hidden" name="show" value=show.code()/>
            <Buttons><Button kind=ButtonKind::Secondary>"CSVファイルに書き出す"</Button></Buttons>
        </DownloadForm>
        <DataTable caption=ScreenId::F4.title() columns=columns>{rows}</DataTable>
        <Pager page=page per_page=USES_PAGE_ROWS total=total href=href/>
    }
    .into_any()
}

#[component]
fn Row(show: UseFilter, row: EmergencyUse) -> impl IntoView {
    let day = row.at.date_text().replace('/', "-");
    let of_person = RecordQuery {
        from: day,
        login_id: row.login_id.clone(),
        target: Some(row.person_id),
        ..RecordQuery::default()
    };
    let viewed = filters::address(&Route::Records(Records::Viewings), &of_person);
    let (name, login_id) = (or_dash(&row.name), row.login_id.clone());
    let person = or_dash(&row.person);
    // 被保険者番号, then 氏名: neither is broken inside.
    let (number, person) = person.split_once(' ').map_or(("", person.as_str()), |parts| parts);
    let (number, person, reason) = (number.to_owned(), person.to_owned(), row.reason.clone());
    view! {
        <tr>
            <RowHead label="日時" code=true><span class="nobreak">{row.at.minute_text()}</span></RowHead>
            <Cell label="閲覧した人">
                <span class="nobreak">{name}</span><span class="table__second">{login_id}</span>
            </Cell>
            <Cell label="利用者">
                <span class="nobreak">{person}</span><span class="table__second">{number}</span>
            </Cell>
            <Cell label="理由">{reason}</Cell>
            <Cell label="閲覧した情報"><Link href=viewed>"閲覧履歴で見る"</Link></Cell>
            <Cell label="確認"><Reviewed show row/></Cell>
        </tr>
    }
}

/// Who reviewed it and when, or the button.
#[component]
fn Reviewed(show: UseFilter, row: EmergencyUse) -> impl IntoView {
    if let Some((at, by)) = row.reviewed {
        return view! {
            <Badge kind=BadgeKind::Success>"確認済み"</Badge>
            <span class="table__second">{at.minute_text()}</span>
            <span class="table__second">{by}</span>
        }
        .into_any();
    }
    if row.own {
        return view! {
            <Badge kind=BadgeKind::Warning>"未確認"</Badge>
            <span class="table__note">"ご自分の閲覧は、ほかの方が確認します"</span>
        }
        .into_any();
    }
    let state = FormState::of::<ReviewEmergencyUse>();
    let whose = format!("：{} {}", row.at.minute_text(), row.login_id);
    view! {
        <PostForm action=state.endpoint>
            <input type="hidden" name="id" value=row.id.to_string()/>
            <input type="hidden" name="show" value=show.code()/>
            <Button kind=ButtonKind::Secondary>"確認済みにする"<span class="visually-hidden">{whose}</span></Button>
        </PostForm>
    }
    .into_any()
}
