//! M-1 … M-7: terms, account, passcode.

use leptos::{ev::SubmitEvent, prelude::*};
use zeroize::Zeroizing;

use super::{
    super::desk::{Desk, Input},
    Hand, SecretField, error_of, typed,
};
use crate::{
    browser,
    parts::{Button, Buttons, DoneBanner},
};

/// The terms, one line each.
const TERMS: [&str; 5] = [
    "reader-bridge は、この端末に接続したカードリーダーで、マイナンバーカードの電子証明書と券面の情報を読み取るために使います。",
    "読み取りは、利用者本人の同意を得て、資格確認と介護情報の閲覧のためにだけ行ってください。",
    "個人番号（マイナンバー）は読み取りません。暗証番号、照合番号B、顔写真は保存しません。",
    "この端末とパスコードは、事業所の責任で管理してください。紛失や盗難のときは、管理者が端末の登録を削除してください。",
    "このソフトウェアは独立に作られたもので、公的個人認証サービスや介護情報基盤の提供者によるものではありません。",
];

/// M-1 利用規約.
pub(super) fn m1(hand: Hand) -> AnyView {
    let terms = TERMS.iter().map(|term| view! { <li>{*term}</li> }).collect_view();
    view! {
        <p>"reader-bridge を使う前に、利用規約を確認してください。"</p>
        <ol class="numbers">{terms}</ol>
        <Buttons><Button on_click=hand.on(Input::Accept)>"同意して利用開始"</Button></Buttons>
    }
    .into_any()
}

const USER: &str = "reader-user";
const PASSWORD: &str = "reader-password";
const PASSCODE: &str = "reader-passcode";

/// M-2: the ユーザ設定情報 of this terminal.
pub(super) fn m2(desk: RwSignal<Desk>, hand: Hand) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        hand.give(Input::Account(browser::value(USER), typed(PASSWORD)));
    };
    let error = Signal::derive(move || {
        desk.with(|desk| {
            desk.note.as_ref().map(|_| "ユーザIDとパスワードを確認して、入力し直してください。".to_owned())
        })
    });
    view! {
        <p>"この端末のために発行された、ユーザ設定情報を入力してください。"</p>
        <form class="form" on:submit=submit>
            <div class="field">
                <label class="field__label" for=USER>
                    <span>"ユーザID"</span><span class="field__mark field__mark--required">"※必須"</span>
                </label>
                <input class="field__input field__input--code" id=USER type="text" autocomplete="off" lang="en"
                    autocapitalize="none" spellcheck="false" aria-required="true"/>
            </div>
            <SecretField id=PASSWORD label="パスワード" support="ユーザ設定情報に記載のパスワード" error letters=true/>
            <Buttons><Button>"登録する"</Button></Buttons>
        </form>
    }
    .into_any()
}

/// M-3, M-6.
pub(super) fn done(title: &'static str, next: &'static str, hand: Hand) -> AnyView {
    view! {
        <DoneBanner title=title>{next}</DoneBanner>
        <Buttons><Button on_click=hand.on(Input::Next)>"OK"</Button></Buttons>
    }
    .into_any()
}

/// How many digits a passcode has.
const DIGITS: usize = 4;

/// M-4, M-5, M-7. Four digits are a whole passcode: the last one goes on by itself, as on a phone.
pub(super) fn passcode(
    desk: RwSignal<Desk>,
    hand: Hand,
    label: &'static str,
    support: &'static str,
    action: &'static str,
) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        hand.give(Input::Passcode(typed(PASSCODE)));
    };
    let go_on = move |_| {
        let digits = Zeroizing::new(browser::value(PASSCODE));
        if digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()) {
            hand.give(Input::Passcode(typed(PASSCODE)));
        }
    };
    let support = format!("{support}4桁目を入力すると、次へ進みます。");
    view! {
        <form class="form" on:submit=submit on:input=go_on>
            <SecretField id=PASSCODE label=label support=support error=error_of(desk, "パスコード")/>
            <Buttons><Button>{action}</Button></Buttons>
        </form>
    }
    .into_any()
}
