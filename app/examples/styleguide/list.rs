//! D-1.

use app::{
    parts::{
        AnswerList, ButtonLink, Cell, Chip, Chips, Column, Crumb, DataTable, FilterField, Frame, IconKind, Link, Pager,
        RowHead, SearchBar, SearchField, SortOrder, StateBadge,
    },
    routes::{Members::Administrators, Route},
    screens::ScreenId,
};
use domain::account::AccountState::{self, Active, Expired, Locked, NeverSignedIn, Suspended};
use leptos::prelude::*;
use uuid::Uuid;

use crate::page;

type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, AccountState);

const ROWS: [Row; 6] = [
    (
        "NursingUserA000",
        "田中 蓮",
        "たなか れん",
        "通所リハビリテーション、通所型サービス(独自/定率)、訪問介護",
        "ケアマネジャー",
        "2025/02/07",
        Active,
    ),
    ("NursingUserA001", "佐藤 美咲", "さとう みさき", "訪問介護", "サービス提供責任者", "2025/02/06", NeverSignedIn),
    ("NursingUserA002", "鈴木 大輔", "すずき だいすけ", "居宅介護支援", "ケアマネジャー", "2025/02/05", Locked),
    (
        "NursingUserA003",
        "髙橋 由美子",
        "たかはし ゆみこ",
        "定期巡回・随時対応型訪問介護看護",
        "看護職",
        "2025/02/04",
        Suspended,
    ),
    (
        "NursingUserA004",
        "小林 陽一",
        "こばやし よういち",
        "通所型サービス(独自/定額)",
        "ケアマネジャー、一般介護職",
        "2025/02/03",
        Active,
    ),
    (
        "NursingUserA005longerID32charact",
        "﨑山 健",
        "さきやま けん",
        "介護老人福祉施設",
        "管理者・施設長",
        "2025/02/01",
        Expired,
    ),
];

pub(crate) fn d_1() -> AnyView {
    let columns = vec![
        Column::plain("ユーザID"),
        Column::sortable("ユーザ名", "/administrators?sort=name", None),
        Column::sortable("サービス種類", "/administrators?sort=services", None),
        Column::sortable("職種区分", "/administrators?sort=jobs", None),
        Column::sortable("登録日", "/administrators?sort=registered", Some(SortOrder::Descending)),
        Column::plain("状態"),
    ];
    let chips = vec![Chip {
        label: "職種区分：ケアマネジャー".to_owned(), remove_href: "/administrators".to_owned()
    }];
    let crumbs = vec![Crumb::to("管理メニュー", Route::OfficeMenu), Crumb::here("管理者ユーザ一覧")];
    let pages = Callback::new(|page: u32| format!("/administrators?page={page}"));
    view! {
        <Frame screen=ScreenId::D1 page=page::office() breadcrumbs=crumbs wide=true>
            <SearchBar action=Route::Members(Administrators) label="管理者ユーザの検索" reset_href=Route::Members(Administrators)>
                <SearchField name="search" label="ユーザIDまたはユーザ名（漢字・かな）"/>
                <FilterField name="service" label="サービス種類" options=vec![("16", "通所リハビリテーション")]/>
                <FilterField name="job" label="職種区分" options=vec![("care_manager", "ケアマネジャー")] value="care_manager"/>
                <SearchField name="registered_from" label="登録日（から）" day=true/>
                <SearchField name="registered_to" label="登録日（まで）" day=true/>
            </SearchBar>
            <div class="list-head">
                <Chips items=chips/>
                <ButtonLink href=Route::NewMember(Administrators, None) icon=IconKind::PersonAdd>"管理者ユーザを新規登録する"</ButtonLink>
            </div>
            <DataTable caption="管理者ユーザ一覧" columns=columns>{ROWS.map(row).collect_view()}</DataTable>
            <Pager page=2 per_page=20 total=1234 href=pages/>
        </Frame>
    }
    .into_any()
}

fn lines(text: &str) -> Vec<String> {
    text.split('、').map(str::to_owned).collect()
}

fn row((id, name, reading, services, jobs, registered, state): Row) -> impl IntoView {
    view! {
        <tr>
            <RowHead label="ユーザID" code=true>{id}</RowHead>
            <Cell label="ユーザ名">
                <span class="nobreak"><Link href=Route::Member(Administrators, Uuid::nil())>{name}</Link></span>
                <span class="table__second">{reading}</span>
            </Cell>
            <Cell label="サービス種類"><AnswerList items=lines(services) at_most=2/></Cell>
            <Cell label="職種区分"><AnswerList items=lines(jobs) at_most=2/></Cell>
            <Cell label="登録日" code=true>{registered}</Cell>
            <Cell label="状態"><StateBadge state=state/></Cell>
        </tr>
    }
}
