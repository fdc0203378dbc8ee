//! Cards, lists and what was entered.

use domain::account::AccountState;
use leptos::prelude::*;

use super::section;
use crate::parts::{
    Answer, AnswerList, Answers, Card, CardGrid, Cell, CheckList, CheckStep, Chip, Chips, Column, DataTable,
    FilterField, IconKind, Link, MenuCard, Pager, RowHead, SearchBar, SearchField, SortOrder, StateBadge,
};

pub(super) fn lists() -> AnyView {
    view! {
        {section("カード", cards())}
        {section("準備の一覧", steps())}
        {section("確認の一覧", answers())}
        {section("表", tables())}
        {section("ページ", pagers())}
    }
    .into_any()
}

fn cards() -> AnyView {
    view! {
        <CardGrid>
            <Card
                icon=IconKind::Office title="事業所ユーザ" text="事業所を代表してアカウントを管理する方" href="/" action="事業所ユーザログイン"
            />
            <Card icon=IconKind::People title="管理者・一般ユーザ" text="資格確認などの業務を行う方" href="/" action="管理者または一般ユーザログイン"/>
        </CardGrid>
        <CardGrid>
            <MenuCard icon=IconKind::PersonAdd title="管理者ユーザ新規登録" text="管理者のアカウントを発行します" href="/"/>
            <MenuCard icon=IconKind::List title="管理者ユーザ一覧" text="検索、変更、削除を行います" href="/"/>
        </CardGrid>
    }
    .into_any()
}

fn steps() -> AnyView {
    let step = |title, done| CheckStep {
        title, text: "だれが、どのように行うか", href: Some("/".to_owned()), done
    };
    view! {
        <CheckList steps=vec![
            step("管理者ユーザを登録する", true),
            step("一般ユーザを登録する", false),
            step("端末を登録する", false),
        ]/>
    }
    .into_any()
}

fn answers() -> AnyView {
    let services = vec!["通所リハビリテーション".to_owned(), "通所型サービス(独自/定率)".to_owned()];
    view! {
        <Answers>
            <Answer label="ユーザID" change="/#login_id" code=true>"NursingUserA000"</Answer>
            <Answer label="サービス種類" change="/#services"><AnswerList items=services/></Answer>
            <Answer label="携帯電話番号" change="/#phone"><AnswerList items=Vec::new()/></Answer>
            <Answer label="最終ログイン" code=true>"2025/02/07 09:05"</Answer>
        </Answers>
    }
    .into_any()
}

fn tables() -> AnyView {
    let columns = vec![
        Column::plain("ユーザID"),
        Column::sortable("ユーザ名", "/?sort=name", None),
        Column::sortable("サービス種類", "/?sort=services", Some(SortOrder::Ascending)),
        Column::sortable("登録日", "/?sort=registered", Some(SortOrder::Descending)),
        Column::plain("状態"),
    ];
    let chips = vec![
        Chip { label: "職種区分：ケアマネジャー".to_owned(), remove_href: "/?a".to_owned() },
        Chip {
            label: "サービス種類：通所リハビリテーション".to_owned(), remove_href: "/?b".to_owned()
        },
    ];
    view! {
        <SearchBar action="/" label="一覧の検索" reset_href="/">
            <SearchField name="search" label="ユーザIDまたはユーザ名（漢字・かな）" value="たなか"/>
            <FilterField name="job" label="職種区分" options=vec![("care_manager", "ケアマネジャー")] value="care_manager"/>
            <SearchField name="from" label="登録日（から）" day=true/>
        </SearchBar>
        <Chips items=chips clear_href="/"/>
        <DataTable caption="管理者ユーザ一覧" columns=columns.clone()>{row()}</DataTable>
        <DataTable caption="読み込み中の一覧" columns=columns loading=Signal::stored(true)>{row()}</DataTable>
    }
    .into_any()
}

fn pagers() -> AnyView {
    let pages = Callback::new(|page: u32| format!("/?page={page}"));
    view! {
        <Pager page=5 per_page=20 total=1234 href=pages/>
        <Pager page=1 per_page=20 total=3 href=pages/>
    }
    .into_any()
}

fn row() -> impl IntoView {
    view! {
        <tr>
            <RowHead label="ユーザID" code=true>"NursingUserA000"</RowHead>
            <Cell label="ユーザ名"><Link href="/">"田中 蓮"</Link></Cell>
            <Cell label="サービス種類">"通所リハビリテーション"</Cell>
            <Cell label="登録日" code=true>"2025/02/07"</Cell>
            <Cell label="状態"><StateBadge state=AccountState::Active/></Cell>
        </tr>
    }
    .into_any()
}
