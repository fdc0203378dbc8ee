//! J-1 マイナ資格確認アプリ情報登録: the office's terminals with their 認証結果.

use leptos::prelude::*;

use super::{
    api::list_terminals,
    verdict::{VerdictBadge, reason},
};
use crate::{
    parts::{ButtonLink, Buttons, Cell, Column, DataTable, EmptyState, RowHead},
    routes::Route,
    screens::{
        ScreenId,
        loaded::loaded,
        screen::{Screen, menu_crumb},
    },
    services::terminals::TerminalInfo,
};

const NAME: &str = "端末の名称";
const ID: &str = "端末固有ID";
const USER: &str = "オンライン資格確認ユーザID";
const VERDICT: &str = "認証結果";
const REGISTERED: &str = "登録日";

/// J-1.
#[component]
pub fn J01Terminals() -> impl IntoView {
    loaded(ScreenId::J1, list_terminals, |terminals| view! { <List terminals/> }.into_any())
}

#[component]
fn List(terminals: Vec<TerminalInfo>) -> impl IntoView {
    let crumbs = vec![menu_crumb()];
    let columns = [NAME, ID, USER, VERDICT, REGISTERED].map(Column::plain).to_vec();
    let empty = terminals.is_empty();
    let rows = terminals.into_iter().map(row).collect_view();
    view! {
        <Screen
            screen=ScreenId::J1
            crumbs=crumbs
            wide=true
            lead="マイナンバーカードを読み取る端末を登録します。認証結果が「成功」の端末だけが、カードの読み取りに使えます。"
        >
            {if empty {
                view! {
                    <EmptyState title="登録されている端末はありません">
                        <p>"カードを読み取る端末で端末固有IDを表示してから、登録してください。"</p>
                        <Buttons><ButtonLink href=Route::NewTerminal(None)>"新規入力"</ButtonLink></Buttons>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! {
                    <Buttons><ButtonLink href=Route::NewTerminal(None)>"新規入力"</ButtonLink></Buttons>
                    <DataTable caption="登録した端末" columns=columns>{rows}</DataTable>
                }
                .into_any()
            }}
        </Screen>
    }
}

fn row(terminal: TerminalInfo) -> impl IntoView {
    let href = Route::Terminal(terminal.id).to_string();
    let name = terminal.called().to_owned();
    view! {
        <tr>
            <RowHead label=NAME><a class="link" rel="external" href=href>{name}</a></RowHead>
            <Cell label=ID code=true>{terminal.terminal_id}</Cell>
            <Cell label=USER code=true>{terminal.platform_user}</Cell>
            <Cell label=VERDICT>
                <VerdictBadge verdict=terminal.verdict/>
                {reason(terminal.verdict).map(|reason| view! { <p class="small">{reason}</p> })}
            </Cell>
            <Cell label=REGISTERED code=true>{terminal.registered_at.date_text()}</Cell>
        </tr>
    }
}
