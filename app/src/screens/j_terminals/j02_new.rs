//! J-2: a terminal's account and 端末固有ID, handed to the platform.

use domain::form::Field as F;
use leptos::prelude::*;
use protocol::terminal_id::TerminalId;

use super::{api::RegisterTerminal, verdict::crumbs};
use crate::{
    parts::{Banner, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, Field, FieldKind, Link, PostForm},
    routes::{ReaderStep, Route},
    screens::{ScreenId, form_state::FormState, screen::Screen, text::label},
};

/// J-2. What was typed comes back after a refusal, the password aside.
#[component]
pub fn J02New(
    /// 端末固有ID, when the terminal itself told it.
    terminal: Option<TerminalId>,
) -> impl IntoView {
    let state = FormState::of::<RegisterTerminal>();
    let (endpoint, failed) = (state.endpoint, state.failed());
    let (fields, message) = (state.fields.clone(), state.message.clone());
    let state = StoredValue::new(state);
    let typed = move |field: F| state.with_value(|state| state.typed(field.name()));
    let own = terminal.map(|id| id.to_string()).unwrap_or_default();
    let terminal_id = Some(typed(F::TerminalId)).filter(|typed| !typed.is_empty()).unwrap_or(own);
    let error = move |field: F| state.with_value(|state| state.of_field(field));
    view! {
        <Screen
            screen=ScreenId::J2
            lead="端末ごとに発行されたユーザ設定情報と、端末固有IDを入力してください。"
            crumbs=crumbs()
            failed
        >
            <ErrorSummary errors=fields message/>
            <Banner title="端末固有IDは、登録する端末で確認します">
                <p>
                    "この端末を登録する場合は、"
                    <Link href=Route::Reader(ReaderStep::TerminalId)>"この端末のIDを表示して入力する"</Link>
                    "ことができます。ほかの端末のIDは、その端末で「カードの読み取り」の「端末固有IDの表示」を開いて確認してください。"
                </p>
            </Banner>
            <PostForm action=endpoint>
                <Field field=F::TerminalUser label=label(F::TerminalUser) kind=FieldKind::Code
                    value=typed(F::TerminalUser) error=error(F::TerminalUser)/>
                <Field field=F::TerminalPassword label=label(F::TerminalPassword) kind=FieldKind::Password
                    autocomplete="off" error=error(F::TerminalPassword)/>
                <Field field=F::TerminalId label=label(F::TerminalId) kind=FieldKind::Code
                    support="20文字の英数字（例：1DSM-HYG3-H5RC-93P0-FKBE）。ハイフンは省略できます。"
                    value=terminal_id error=error(F::TerminalId)/>
                <Field field=F::TerminalName label=label(F::TerminalName) required=false
                    support="40文字以内（例：受付のパソコン）。一覧で端末を見分けるために使います。"
                    value=typed(F::TerminalName) error=error(F::TerminalName)/>
                <Buttons>
                    <Button>"認証"</Button>
                    <ButtonLink kind=ButtonKind::Plain href=Route::Terminals>"入力をやめる"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
