//! Every part in every state on one page, to look at while working on `style/`.
//!
//! `cargo run -p app --features ssr --example styleguide` writes it to a file. No route leads here.

use leptos::prelude::*;

use super::{Icon, IconKind};

mod feedback;
mod fields;
mod lists;
mod results;

/// The page.
#[component]
pub fn Styleguide() -> impl IntoView {
    view! {
        <section class="section"><h2>"文字"</h2>{text()}</section>
        {fields::fields()}
        {feedback::feedback()}
        {lists::lists()}
        {results::results()}
        <section class="section"><h2>"アイコン"</h2>{icons()}</section>
    }
    .into_any()
}

fn text() -> impl IntoView {
    view! {
        <h3>"見出し（小）"</h3>
        <p>
            "本文は16px、行間1.7です。ユーザIDは"<span class="code">"NursingUserA000"</span>"、登録日は"
            <span class="code">"2025/02/07（令和7年2月7日）"</span>"のように途中で折り返しません。"
            <strong>"強調する言葉"</strong>"と"<a class="link" href="#text">"文中のリンク"</a>"。"
        </p>
        <p class="small muted">"補足は14pxです。14pxより小さい文字は使いません。"</p>
        <ul class="bullets"><li>"箇条書きの一つ目"</li><li>"箇条書きの二つ目"</li></ul>
        <ol class="numbers"><li>"手順の一つ目"</li><li>"手順の二つ目"</li></ol>
    }
}

fn icons() -> impl IntoView {
    let icons =
        IconKind::ALL.iter().map(|&kind| view! { <li class="tiles__item"><Icon kind=kind/>{format!("{kind:?}")}</li> });
    view! { <ul class="tiles">{icons.collect_view()}</ul> }
}
