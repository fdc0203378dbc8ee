//! M-8, M-9, M-10, M-13: how to read, settings, which reader, which terminal.

use domain::reading::Mode;
use leptos::prelude::*;
use protocol::event::Reader;

use super::{
    super::desk::{Desk, Input},
    Hand, back,
};
use crate::{
    browser,
    parts::{Answer, Answers, Banner, Button, ButtonKind, ButtonLink, Buttons, EmptyState, IconKind},
    routes::{ReaderStep, Route},
};

/// M-8 認証選択.
pub(super) fn m8(desk: RwSignal<Desk>, hand: Hand) -> AnyView {
    let way = move |mode: Mode, label: &'static str, detail: &'static str| {
        view! {
            <label class="radio">
                <input
                    class="radio__button"
                    type="radio"
                    name="mode"
                    value=mode.code()
                    checked=desk.with_untracked(|desk| desk.mode == mode)
                    on:change=move |_| hand.give(Input::Mode(mode))
                />
                <span class="radio__text">
                    <span class="radio__label">{label}</span>
                    <span class="radio__detail">{detail}</span>
                </span>
            </label>
        }
    };
    let reader = move || desk.with(|desk| desk.snapshot().selected.as_ref().map(ToString::to_string));
    view! {
        <fieldset class="radios">
            <legend class="field__label">"本人確認の方法"</legend>
            {way(Mode::Pin, "暗証番号", "利用者が、電子証明書の暗証番号（数字4桁）を入力します")}
            {way(Mode::Face, "目視", "職員が、カードの顔写真と利用者を見比べます")}
        </fieldset>
        <Answers>
            <Answer label="カードリーダー">
                {move || reader().unwrap_or_else(|| "選択されていません".to_owned())}
            </Answer>
        </Answers>
        <Buttons>
            <Button on_click=hand.on(Input::Next)>"次へ"</Button>
            <Button kind=ButtonKind::Secondary on_click=hand.on(Input::Go(ReaderStep::Readers))>
                "カードリーダー選択"
            </Button>
            <Button kind=ButtonKind::Secondary on_click=hand.on(Input::Go(ReaderStep::Menu))>"設定"</Button>
        </Buttons>
    }
    .into_any()
}

/// M-9: the companion's menu.
pub(super) fn m9(hand: Hand) -> AnyView {
    view! {
        <p>"この端末の reader-bridge を設定します。"</p>
        <Buttons>
            <Button kind=ButtonKind::Secondary on_click=hand.on(Input::Go(ReaderStep::Readers))>
                "カードリーダー選択"
            </Button>
            <Button kind=ButtonKind::Secondary on_click=hand.on(Input::Go(ReaderStep::TerminalId))>
                "端末固有IDの表示"
            </Button>
            <Button kind=ButtonKind::Secondary icon=IconKind::Lock on_click=hand.on(Input::Lock)>
                "reader-bridge をロックする"
            </Button>
        </Buttons>
        {back(hand)}
    }
    .into_any()
}

/// M-10 カードリーダー選択, live.
pub(super) fn m10(desk: RwSignal<Desk>, hand: Hand) -> AnyView {
    let readers = Memo::new(move |_| desk.with(|desk| desk.snapshot().clone()));
    let list = move || {
        let now = readers.get();
        if now.readers.is_empty() {
            return view! {
                <EmptyState title="カードリーダーが見つかりません">
                    <p>"カードリーダーをパソコンに接続してください。接続すると、この画面に表示されます。"</p>
                </EmptyState>
            }
            .into_any();
        }
        let selected = now.selected;
        now.readers
            .into_iter()
            .map(|reader| {
                let chosen = selected.as_ref() == Some(&reader.name);
                entry(reader, chosen, hand)
            })
            .collect_view()
            .into_any()
    };
    view! {
        <p>"使うカードリーダーを選んでください。選んだカードリーダーは、次回も使われます。"</p>
        <div class="reader__list" role="group" aria-label="カードリーダー">{list}</div>
        {back(hand)}
    }
    .into_any()
}

fn entry(reader: Reader, chosen: bool, hand: Hand) -> impl IntoView {
    let name = reader.name.to_string();
    let card = if reader.card { "カードが置かれています" } else { "カードは置かれていません" };
    let detail = if chosen { format!("選択中・{card}") } else { card.to_owned() };
    let select = move |_| hand.give(Input::Select(reader.name.clone()));
    view! {
        <button class="menu-card reader__entry" type="button" aria-pressed=chosen.to_string() on:click=select>
            <span class="menu-card__text">
                <span class="menu-card__title">{name}</span>
                <span class="menu-card__lead">{detail}</span>
            </span>
        </button>
    }
}

/// M-13 端末固有ID.
pub(super) fn m13(desk: RwSignal<Desk>, hand: Hand, registers: bool) -> AnyView {
    let id = Memo::new(move |_| desk.with(|desk| desk.terminal.clone()));
    let said = RwSignal::new("");
    let copy = move |()| {
        if let Some(id) = id.get_untracked() {
            browser::copy_text(&id, move |done| {
                said.set(if done {
                    "コピーしました。"
                } else {
                    "コピーできませんでした。IDを選択してコピーしてください。"
                });
            });
        }
    };
    view! {
        <p>
            "この端末を、マイナ資格確認アプリ情報登録"<span class="nobreak">"（J-1）"</span>"で登録するときに入力するIDです。"
        </p>
        <p class="reader__id code" data-terminal-id>{move || id.get().unwrap_or_else(|| "確認しています".to_owned())}</p>
        <div class="copy__row" hidden=move || id.get().is_none()>
            <Button kind=ButtonKind::Secondary icon=IconKind::Copy on_click=Callback::new(copy)>
                "端末固有IDをコピー"
            </Button>
            <span class="copy__outcome" role="status">{said}</span>
        </div>
        {move || {
            let id = id.get().filter(|_| registers)?.parse().ok();
            let href = Route::NewTerminal(id).to_string();
            Some(view! { <Buttons><ButtonLink href=href>"この端末を登録する"</ButtonLink></Buttons> })
        }}
        <Banner title="端末固有IDは、端末ごとに異なります">
            <p>"reader-bridge を初期化すると、IDは変わります。そのときは、もう一度登録してください。"</p>
        </Banner>
        {back(hand)}
    }
    .into_any()
}
