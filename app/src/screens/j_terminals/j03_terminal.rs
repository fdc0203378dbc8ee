//! J-3: one terminal: its state, its name, and whether the platform still takes it.

use domain::form::Field as F;
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{RenameTerminal, TestTerminal, terminal_detail},
    verdict::{VerdictBadge, crumbs, reason},
};
use crate::{
    parts::{Answer, Answers, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, Field, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen, text::label},
    services::terminals::TerminalInfo,
};

/// J-3.
#[component]
pub fn J03Terminal(id: Uuid) -> impl IntoView {
    loaded(ScreenId::J3, move || terminal_detail(id), |terminal| view! { <Terminal terminal/> }.into_any())
}

#[component]
fn Terminal(terminal: TerminalInfo) -> impl IntoView {
    let (rename, test) = (FormState::of::<RenameTerminal>(), FormState::of::<TestTerminal>());
    let renamed = terminal.id.to_string();
    let (id, name, delete) = (terminal.id.to_string(), terminal.name.clone(), Route::DeleteTerminal(terminal.id));
    let (fields, message, failed) = (rename.fields.clone(), rename.message.clone(), rename.failed());
    let name_error = rename.of_field(F::TerminalName);
    view! {
        <Screen screen=ScreenId::J3 crumbs=crumbs() failed>
            <ErrorSummary errors=fields message/>
            <Facts terminal/>
            <PostForm action=test.endpoint>
                <input type="hidden" name="id" value=renamed/>
                <Buttons><Button kind=ButtonKind::Secondary>"接続を確認する"</Button></Buttons>
            </PostForm>
            <h2>"名称の変更"</h2>
            <PostForm action=rename.endpoint>
                <input type="hidden" name="id" value=id/>
                <Field field=F::TerminalName label=label(F::TerminalName) required=false
                    support="40文字以内（例：受付のパソコン）。" value=name
                    error=name_error/>
                <Buttons><Button kind=ButtonKind::Secondary>"名称を変更する"</Button></Buttons>
            </PostForm>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Terminals>"一覧に戻る"</ButtonLink>
                <ButtonLink kind=ButtonKind::Danger href=delete>
                    "登録を削除する"
                </ButtonLink>
            </Buttons>
        </Screen>
    }
}

#[component]
fn Facts(terminal: TerminalInfo) -> impl IntoView {
    let name = if terminal.name.is_empty() { "登録なし".to_owned() } else { terminal.name };
    let last = terminal.last_reading_at.map_or("まだありません".to_owned(), domain::Timestamp::minute_text);
    view! {
        <Answers>
            <Answer label=label(F::TerminalName)>{name}</Answer>
            <Answer label=label(F::TerminalId) code=true>{terminal.terminal_id}</Answer>
            <Answer label=label(F::TerminalUser) code=true>{terminal.platform_user}</Answer>
            <Answer label="認証結果">
                <VerdictBadge verdict=terminal.verdict/>
                {reason(terminal.verdict).map(|reason| view! { <p class="small">{reason}</p> })}
            </Answer>
            <Answer label="認証した日時" code=true>{terminal.verified_at.minute_text()}</Answer>
            <Answer label="登録日" code=true>{terminal.registered_at.date_text()}</Answer>
            <Answer label="最後の読み取り" code=true>{last}</Answer>
        </Answers>
    }
}
