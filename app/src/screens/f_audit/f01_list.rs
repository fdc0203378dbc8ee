//! F-1 操作履歴 and F-2 閲覧履歴: one list, whose columns differ. Its whole state stands in the address.

use leptos::prelude::*;

use super::{
    actions,
    api::audit_records,
    filters::{address, chips, query_from},
    words,
};
use crate::{
    parts::{
        ButtonKind, ButtonLink, Buttons, Cell, Chips, Column, Crumb, DataTable, EmptyState, FilterField, Icon,
        IconKind, Link, PageTurner, RowHead, SearchBar, SearchField, grouped,
    },
    routes::{Records, Route},
    screens::{
        ScreenId,
        loaded::loaded,
        screen::{Screen, menu_crumb, page_info},
    },
    services::audit::{COUNTED, Cursor, Outcome as Came, Record, RecordPage, RecordQuery},
};

/// F-1 or F-2.
pub(super) const fn screen_of(records: Records) -> ScreenId {
    match records {
        Records::Operations => ScreenId::F1,
        Records::Viewings => ScreenId::F2,
    }
}

/// The way from the menu to the lists.
pub(super) fn crumbs() -> Vec<Crumb> {
    vec![menu_crumb()]
}

/// The way from the menu to what lies under a list.
pub(super) fn crumbs_under(records: Records) -> Vec<Crumb> {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::to(screen_of(records).title(), Route::Records(records)));
    crumbs
}

/// The query of the page's address.
pub(super) fn asked() -> RecordQuery {
    let address = page_info().address;
    query_from(address.split_once('?').map_or("", |(_, query)| query))
}

/// F-1, F-2.
#[component]
pub fn RecordList(records: Records) -> impl IntoView {
    let query = asked();
    let sent = query.clone();
    loaded(
        screen_of(records),
        move || audit_records(records, sent.clone()),
        move |page| view! { <List records query=query.clone() page/> }.into_any(),
    )
}

#[component]
fn List(records: Records, query: RecordQuery, page: RecordPage) -> impl IntoView {
    let lead = match (records, page.own_only) {
        (Records::Operations, false) => "この事業所で行われた操作を、新しい順に確認できます。",
        (Records::Operations, true) => "ご自分が行った操作を、新しい順に確認できます。",
        (Records::Viewings, false) => "だれが、いつ、どの利用者の介護情報を、何のために閲覧したかを確認できます。",
        (Records::Viewings, true) => "ご自分が閲覧した利用者の介護情報を確認できます。",
    };
    let whole = RecordQuery { cursor: None, ..query.clone() };
    let export = address(&Route::ExportRecords(records), &whole);
    let emergencies = (records == Records::Viewings && !page.own_only).then(|| {
        view! { <ButtonLink kind=ButtonKind::Plain href=Route::EmergencyUses>"災害時の閲覧の確認"</ButtonLink> }
    });
    let (chips, own_only, asked) = (chips(records, &query), page.own_only, query.clone());
    view! {
        <Screen screen=screen_of(records) wide=true lead=lead crumbs=crumbs()>
            <SearchBar
                action=Route::Records(records)
                label=format!("{}の検索", screen_of(records).title())
                reset_href=Route::Records(records)
            >
                <Filters records query=asked own_only/>
            </SearchBar>
            <div class="list-head">
                <Chips items=chips clear_href=Route::Records(records)/>
                <Buttons>
                    {emergencies}
                    <ButtonLink kind=ButtonKind::Secondary href=export>"CSVファイルに書き出す"</ButtonLink>
                </Buttons>
            </div>
            <Found records query page/>
        </Screen>
    }
}

/// The fields that narrow the list; the same on F-3.
#[component]
pub(super) fn Filters(records: Records, query: RecordQuery, own_only: bool) -> impl IntoView {
    let outcomes = Came::ALL.map(|outcome| (outcome.code(), words::outcome(outcome)));
    let target = query.target.map(|target| view! { <input type="hidden" name="target" value=target.to_string()/> });
    let who =
        (!own_only).then(|| view! { <SearchField name="login_id" label="操作した人のユーザID" value=query.login_id/> });
    let group = (records == Records::Operations).then(|| {
        view! { <FilterField name="group" label="操作の種類" options=actions::GROUPS.to_vec() value=query.group/> }
    });
    view! {
        {target}
        {who}
        <SearchField name="from" label="期間（この日以降）" value=query.from day=true/>
        <SearchField name="to" label="期間（この日以前）" value=query.to day=true/>
        {group}
        <FilterField
            name="outcome"
            label="結果"
            options=outcomes.to_vec()
            value=query.outcome.map(Came::code).unwrap_or_default()
        />
    }
}

#[component]
fn Found(records: Records, query: RecordQuery, page: RecordPage) -> impl IntoView {
    let (Some(newest), Some(oldest)) = (page.rows.first().cloned(), page.rows.last().cloned()) else {
        return view! { <Nothing records/> }.into_any();
    };
    let turn = |cursor| address(&Route::Records(records), &RecordQuery { cursor: Some(cursor), ..query.clone() });
    let newer = page.newer.then(|| turn(Cursor::Newer(newest.place())));
    let older = page.older.then(|| turn(Cursor::Older(oldest.place())));
    let count = total_text(page.total);
    let shown = format!("{count}のうち {}〜{}", oldest.at.minute_text(), newest.at.minute_text());
    let labels: &[&'static str] = match records {
        Records::Operations => &["日時", "操作した人", "操作", "対象", "結果"],
        Records::Viewings => &["日時", "閲覧した人", "利用者", "閲覧した情報", "目的", "結果"],
    };
    let columns = labels.iter().copied().map(Column::plain).collect();
    let rows = page.rows.into_iter().map(|record| view! { <Row records record/> }).collect_view();
    view! {
        <DataTable caption=screen_of(records).title() columns=columns>{rows}</DataTable>
        <PageTurner shown=shown newer=newer older=older/>
    }
    .into_any()
}

/// How many records there are: counted as far as is worth the time.
pub(super) fn total_text(total: Option<u64>) -> String {
    total.map_or_else(|| format!("{}件以上", grouped(COUNTED)), |total| format!("全 {} 件", grouped(total)))
}

#[component]
fn Nothing(records: Records) -> impl IntoView {
    let (title, text) = match records {
        Records::Operations => ("条件に合う操作は見つかりませんでした", "期間を長くするか、条件を減らしてください。"),
        Records::Viewings => (
            "条件に合う閲覧は見つかりませんでした",
            "介護情報を閲覧すると、ここに記録されます。条件がある場合は、減らしてください。",
        ),
    };
    view! {
        <EmptyState title=title>
            <p>{text}<Link href=Route::Records(records)>"表を初期状態に戻す"</Link></p>
        </EmptyState>
    }
}

#[component]
fn Row(records: Records, record: Record) -> impl IntoView {
    let href = Route::Record(records, record.seq);
    let (who, at, target) = (who_label(records), record.at.second_text(), or_dash(&record.target));
    let (name, login_id) = (record.name.clone(), or_dash(&record.login_id));
    let named = if name.is_empty() {
        view! { <span class="nobreak">{login_id}</span> }.into_any()
    } else {
        view! { <span class="nobreak">{name}</span><span class="table__second">{login_id}</span> }.into_any()
    };
    let cells = match records {
        Records::Operations => {
            let action = actions::action(&record.action);
            view! { <Cell label="操作">{action}</Cell><Cell label="対象">{target}</Cell> }.into_any()
        }
        Records::Viewings => {
            let (viewed, purpose) = (words::viewed(&record), or_dash(&words::purpose(&record)));
            view! {
                <Cell label="利用者">{target}</Cell>
                <Cell label="閲覧した情報">{viewed}</Cell>
                <Cell label="目的">{purpose}</Cell>
            }
            .into_any()
        }
    };
    view! {
        <tr>
            <RowHead label="日時" code=true><Link href=href>{at}</Link></RowHead>
            <Cell label=who>{named}</Cell>
            {cells}
            <Cell label="結果">{outcome(&record.result)}</Cell>
        </tr>
    }
}

pub(super) const fn who_label(records: Records) -> &'static str {
    match records {
        Records::Operations => "操作した人",
        Records::Viewings => "閲覧した人",
    }
}

/// The value, or a dash for none.
pub(super) fn or_dash(text: &str) -> String {
    if text.is_empty() { "－".to_owned() } else { text.to_owned() }
}

/// The trail's code as icon and word.
pub(super) fn outcome(code: &str) -> impl IntoView + use<> {
    let (class, icon) = match code {
        "ok" => ("badge badge--success", IconKind::Success),
        "timed_out" => ("badge badge--quiet", IconKind::Clock),
        _ => ("badge badge--danger", IconKind::Danger),
    };
    let words = actions::result(code);
    let (short, rest) = words.split_once('（').map_or((words.as_str(), ""), |(short, rest)| (short, rest));
    let rest = rest.trim_end_matches('）').to_owned();
    view! {
        <span class=class><Icon kind=icon/>{short.to_owned()}</span>
        {(!rest.is_empty()).then(|| view! { <span class="table__note">{rest}</span> })}
    }
}
