//! M-11 マイナンバーカードの読み取り.

use domain::reading::Mode;
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    event::Step,
    reading::{CardDate, Sex},
};

use super::{
    super::desk::{Desk, Face, Input, Moment},
    Hand, SecretField, error_of, typed,
};
use crate::{
    browser,
    parts::{Answer, Answers, Banner, BannerKind, Button, ButtonKind, Buttons, DoneBanner, Loading},
};

const KEY: &str = "reader-key";
const LAST: &str = "reader-last";
const PHOTO: &str = "reader-photo";

/// M-11, at its moment.
pub(super) fn m11(moment: Moment, desk: RwSignal<Desk>, hand: Hand) -> AnyView {
    match moment {
        Moment::NoCard => waiting("カードリーダーにマイナンバーカードを置いてください", Picture::Empty, hand),
        Moment::Asking => waiting("カードを確認しています。そのまま動かさないでください", Picture::Card, hand),
        Moment::Enter { tries } => enter(tries, desk, hand),
        Moment::Challenging | Moment::Working | Moment::Judging => working(desk, hand),
        Moment::Compare { face, .. } => compare(*face, hand),
        Moment::Confirming { .. } => view! { <Loading label="記録しています"/> }.into_any(),
        Moment::Done => view! {
            <DoneBanner title="読み取りが完了しました"/>
            <Loading label="利用者を確認しています"/>
        }
        .into_any(),
    }
}

/// What lies on the reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Picture {
    Empty,
    Card,
    Busy,
}

/// Reader and card, drawn for this project.
fn picture(shown: Picture) -> impl IntoView {
    let class = match shown {
        Picture::Empty => "reader__picture reader__picture--empty",
        Picture::Card => "reader__picture",
        Picture::Busy => "reader__picture reader__picture--busy",
    };
    view! {
        <svg class=class viewBox="0 0 160 110" aria-hidden="true" focusable="false">
            <rect class="reader__device" x="20" y="60" width="120" height="38" rx="8"></rect>
            <rect class="reader__light" x="74" y="84" width="12" height="4" rx="2"></rect>
            <g class="reader__card">
                <rect class="reader__face" x="44" y="16" width="72" height="46" rx="5"></rect>
                <circle class="reader__ink" cx="60" cy="34" r="7"></circle>
                <path class="reader__line" d="M49 50c2-6 20-6 22 0M80 28h26M80 38h26M80 48h16"></path>
            </g>
        </svg>
    }
}

fn cancel(hand: Hand) -> impl IntoView {
    view! {
        <Buttons>
            <Button kind=ButtonKind::Secondary on_click=hand.on(Input::Cancel)>"読み取りを中止する"</Button>
        </Buttons>
    }
}

fn waiting(text: &'static str, shown: Picture, hand: Hand) -> AnyView {
    view! {
        {picture(shown)}
        <p class="reader__step" role="status">{text}</p>
        {cancel(hand)}
    }
    .into_any()
}

fn enter(tries: u8, desk: RwSignal<Desk>, hand: Hand) -> AnyView {
    let (name, support) = match desk.with_untracked(|desk| desk.mode) {
        Mode::Pin => ("暗証番号", "利用者証明用電子証明書の暗証番号（数字4桁）を、利用者が入力してください。"),
        Mode::Face => (
            "照合番号B",
            "券面を見て14桁を入力してください：生年月日（和暦の年2桁・月2桁・日2桁）、有効期限の西暦4桁、セキュリティコード4桁。",
        ),
    };
    let last = tries == 1;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        hand.give(Input::Enter(typed(KEY), last && browser::is_ticked(LAST)));
    };
    view! {
        {picture(Picture::Card)}
        {last.then(|| view! {
            <Banner kind=BannerKind::Danger title=format!("{name}の入力は、あと1回です")>
                <p>"次に誤るとロックされ、住所地の市区町村窓口での手続きが必要になります。わからない場合は入力せず、カードを使わない本人確認を行ってください。"</p>
            </Banner>
        })}
        <form class="form" on:submit=submit>
            <SecretField id=KEY label=name support=support error=error_of(desk, name)/>
            <p class="reader__tries">"入力できる回数：あと"<strong class="code">{tries}</strong>"回"</p>
            {last.then(|| view! {
                <label class="choice">
                    <input type="checkbox" id=LAST/>
                    <span>"最後の1回であることを確認しました"</span>
                </label>
            })}
            <Buttons>
                <Button>"読み取りを開始する"</Button>
                <Button kind=ButtonKind::Secondary on_click=hand.on(Input::Cancel)>"読み取りを中止する"</Button>
            </Buttons>
        </form>
    }
    .into_any()
}

fn working(desk: RwSignal<Desk>, hand: Hand) -> AnyView {
    let progress = Memo::new(move |_| desk.with(|desk| (desk.moment == Moment::Judging, desk.progress)));
    let words = move || match progress.get() {
        (true, _) => "読み取った内容を確認しています",
        (false, None) => "読み取りを準備しています。カードを動かさないでください",
        (false, Some((step, _))) => match step {
            Step::WaitingForCard => "カードリーダーにマイナンバーカードを置いてください",
            Step::Recognising => "カードを確認しています。そのまま動かさないでください",
            Step::Verifying => "入力した番号を確認しています。そのまま動かさないでください",
            Step::Reading => "カードから読み取っています。そのまま動かさないでください",
            Step::Signing => "署名しています。そのまま動かさないでください",
        },
    };
    let percent = move || match progress.get() {
        (true, _) => 95,
        (false, progress) => progress.map_or(0, |(_, percent)| percent),
    };
    view! {
        {picture(Picture::Busy)}
        <p class="reader__step" role="status">{words}</p>
        <progress class="reader__progress" max="100" prop:value=percent aria-label="読み取りの進み具合"></progress>
        {cancel(hand)}
    }
    .into_any()
}

/// 目視: photo and attributes beside each other.
fn compare(face: Face, hand: Hand) -> AnyView {
    let Face { attributes, photo } = face;
    Effect::new(move |_| browser::draw_photo(PHOTO, &photo));
    let sex = match attributes.sex {
        Sex::Male => "男",
        Sex::Female => "女",
        Sex::NotApplicable => "記載なし",
    };
    view! {
        <p>"カードの顔写真と、目の前の利用者を見比べてください。"</p>
        <div class="reader__compare">
            <figure class="reader__photo">
                <canvas id=PHOTO role="img" aria-label="カードの顔写真"></canvas>
                <figcaption id="reader-photo-note" aria-live="polite"></figcaption>
            </figure>
            <Answers>
                <Answer label="氏名">{attributes.name}</Answer>
                <Answer label="生年月日" code=true>{day(&attributes.birth_date)}</Answer>
                <Answer label="性別">{sex}</Answer>
                <Answer label="住所">{attributes.address}</Answer>
            </Answers>
        </div>
        <Buttons>
            <Button on_click=hand.on(Input::Compared(true))>"本人と確認した"</Button>
            <Button kind=ButtonKind::Secondary on_click=hand.on(Input::Compared(false))>"一致しない"</Button>
        </Buttons>
        <p class="small muted">"写真は保存しません。確認した職員と日時を記録します。"</p>
    }
    .into_any()
}

/// The day in both calendars; as it is where month or day are unknown.
fn day(date: &CardDate) -> String {
    let digits = date.as_str();
    let iso = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
    domain::time::parse_day(&iso).map_or(iso, domain::time::with_japanese_era)
}
