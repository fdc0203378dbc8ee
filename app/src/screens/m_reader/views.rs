//! What is drawn on M-1 … M-13. A view is made anew only when its scene changes, so that what is being typed stays.

mod choose;
mod failed;
mod read;
mod set_up;

use leptos::prelude::*;
use protocol::failure::Failure;
use zeroize::Zeroizing;

use super::{
    desk::{Connection, Desk, Input, Moment, Note},
    trouble::Trouble,
};
use crate::{
    browser,
    parts::{Button, ButtonKind, Buttons, Loading},
    routes::ReaderStep,
};

/// How a view hands in what a person does.
#[derive(Clone, Copy)]
pub(super) struct Hand(Callback<(Input,)>);

impl Hand {
    pub(super) fn new(act: impl Fn(Input) + Send + Sync + 'static) -> Self {
        Self(Callback::new(move |(input,)| act(input)))
    }

    pub(super) fn give(self, input: Input) {
        self.0.run((input,));
    }

    /// The same as what a button does.
    fn on(self, input: Input) -> Callback<()> {
        Callback::new(move |()| self.give(input.clone()))
    }
}

/// What decides which view is drawn; progress, notes and lists change inside one.
#[derive(Clone, PartialEq)]
struct Scene {
    step: ReaderStep,
    trouble: Option<Trouble>,
    moment: Moment,
}

impl Scene {
    fn of(desk: &Desk) -> Self {
        let step = desk.screen();
        let reading = step == ReaderStep::Read;
        Self {
            step,
            trouble: desk.trouble.clone(),
            moment: if reading { desk.moment.clone() } else { Moment::default() },
        }
    }
}

pub(super) fn draw(desk: RwSignal<Desk>, hand: Hand, registers: bool) -> impl IntoView {
    let scene = Memo::new(move |_| desk.with(Scene::of));
    view! {
        <div class="reader">
            {move || connection(desk)}
            {move || scene_view(scene.get(), desk, hand, registers)}
        </div>
    }
}

fn scene_view(scene: Scene, desk: RwSignal<Desk>, hand: Hand, registers: bool) -> AnyView {
    if let Some(trouble) = scene.trouble {
        return failed::m12(&trouble, hand);
    }
    match scene.step {
        ReaderStep::Terms => set_up::m1(hand),
        ReaderStep::Account => set_up::m2(desk, hand),
        ReaderStep::Registered => {
            set_up::done("アカウントを登録しました", "続けて、パスコードを登録してください。", hand)
        }
        ReaderStep::Passcode => set_up::passcode(
            desk,
            hand,
            "パスコード",
            "数字4桁を決めて入力してください。reader-bridge を起動するたびに入力します。",
            "次へ",
        ),
        ReaderStep::PasscodeAgain => set_up::passcode(
            desk,
            hand,
            "パスコード（確認）",
            "確認のため、同じパスコードをもう一度入力してください。",
            "登録する",
        ),
        ReaderStep::PasscodeSet => {
            set_up::done("パスコードを登録しました", "続けて、カードリーダーを選択してください。", hand)
        }
        ReaderStep::Unlock => set_up::passcode(
            desk,
            hand,
            "パスコード",
            "この端末で登録したパスコード（数字4桁）を入力してください。",
            "入力を完了する",
        ),
        ReaderStep::Choose => choose::m8(desk, hand),
        ReaderStep::Menu => choose::m9(hand),
        ReaderStep::Readers => choose::m10(desk, hand),
        ReaderStep::Read => read::m11(scene.moment, desk, hand),
        ReaderStep::TerminalId => choose::m13(desk, hand, registers),
        ReaderStep::Failed => failed::m12(&Trouble::NotRunning, hand),
    }
}

/// While reader-bridge has not answered yet.
fn connection(desk: RwSignal<Desk>) -> Option<AnyView> {
    let (connection, trouble) = desk.with(|desk| (desk.connection, desk.trouble.is_some()));
    let label = match connection {
        Connection::Opening if !trouble => "reader-bridge に接続しています",
        Connection::Greeting if !trouble => {
            "reader-bridge の応答を待っています。reader-bridge の画面に確認が表示された場合は、このサイトの利用を許可してください"
        }
        _ => return None,
    };
    Some(view! { <Loading label=label/> }.into_any())
}

/// What is wrong with what was typed, under its field.
fn note_text(note: &Note, name: &str) -> String {
    match note {
        Note::Malformed => format!("{name}を正しい桁数の数字で入力してください。"),
        Note::Differs => "2回の入力が一致していません。もう一度、最初から入力してください。".to_owned(),
        Note::ConfirmLast => "最後の1回です。内容を確認してから、確認欄にチェックを入れてください。".to_owned(),
        Note::Bridge(failure) => failure_text(*failure),
    }
}

fn failure_text(failure: Failure) -> String {
    let more = match failure {
        Failure::WrongPasscode { wait_seconds } | Failure::PasscodeDelayed { wait_seconds } if wait_seconds > 0 => {
            format!("（{wait_seconds}秒後に入力できます）")
        }
        Failure::WrongPin { tries_left } | Failure::WrongNumberB { tries_left } => format!("（残り{tries_left}回）"),
        _ => String::new(),
    };
    format!("{}{more}", failure.remedy())
}

/// A field for digits that nobody should read over a shoulder, inside the island: its value never leaves the page but
/// to reader-bridge.
#[component]
fn SecretField(
    /// `id` of the input.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What to enter.
    #[prop(into)]
    support: String,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Letters as well.
    #[prop(optional)]
    letters: bool,
) -> impl IntoView {
    let (support_id, error_id) = (format!("{id}-support"), format!("{id}-error"));
    let described = format!("{support_id} {error_id}");
    view! {
        <div class="field" class:field--error=move || error.with(Option::is_some)>
            <label class="field__label" for=id>
                <span>{label}</span><span class="field__mark field__mark--required">"※必須"</span>
            </label>
            <p class="field__support" id=support_id>{support}</p>
            <input
                class="field__input"
                class:field__input--digits=!letters
                id=id
                type="password"
                inputmode=(!letters).then_some("numeric")
                autocomplete="off"
                lang="en"
                aria-required="true"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
            />
            <p class="field__error" id=error_id aria-live="polite">
                {move || error.get().map(|text| format!("＊{text}"))}
            </p>
        </div>
    }
    .into_any()
}

/// Takes what was typed out of its input.
fn typed(id: &str) -> Zeroizing<String> {
    let typed = Zeroizing::new(browser::value(id));
    browser::set_value(id, "");
    typed
}

/// The note of the desk, in words.
fn error_of(desk: RwSignal<Desk>, name: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || desk.with(|desk| desk.note.as_ref().map(|note| note_text(note, name))))
}

/// The way back to M-8.
fn back(hand: Hand) -> AnyView {
    view! {
        <Buttons>
            <Button kind=ButtonKind::Plain on_click=hand.on(Input::Go(ReaderStep::Choose))>"認証選択に戻る"</Button>
        </Buttons>
    }
    .into_any()
}
