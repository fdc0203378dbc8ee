//! J-4: revoking a terminal, which is named.

use domain::form::Field as F;
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{DeleteTerminal, terminal_detail},
    verdict::crumbs,
};
use crate::{
    parts::{Answer, Answers, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen, text::label},
    services::terminals::TerminalInfo,
};

/// J-4.
#[component]
pub fn J04Delete(id: Uuid) -> impl IntoView {
    loaded(ScreenId::J4, move || terminal_detail(id), |terminal| view! { <Ask terminal/> }.into_any())
}

#[component]
fn Ask(terminal: TerminalInfo) -> impl IntoView {
    let state = FormState::of::<DeleteTerminal>();
    let (id, called) = (terminal.id, terminal.called().to_owned());
    view! {
        <Screen
            screen=ScreenId::J4
            lead="端末固有IDと名称を確認してください。"
            crumbs=crumbs()
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Answers>
                <Answer label=label(F::TerminalId) code=true>{terminal.terminal_id}</Answer>
                <Answer label=label(F::TerminalName)>{called}</Answer>
            </Answers>
            <Banner kind=BannerKind::Warning title="削除すると、この端末で読み取ったカードは使えなくなります">
                <p>"すぐに反映されます。もう一度使うには、「新規入力」から登録してください。操作の記録は残ります。"</p>
            </Banner>
            <PostForm action=state.endpoint>
                <input type="hidden" name="id" value=id.to_string()/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Terminal(id)>"キャンセル"</ButtonLink>
                    <Button kind=ButtonKind::Danger>"登録を削除する"</Button>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
