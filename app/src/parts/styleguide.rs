//! Every part in every state, to look at while working on `style/` and for the tests of its looks.
//!
//! `make styleguide` writes one page a chapter. No route leads here, and release builds do not contain it. A test fails
//! when a part, or a kind of one, stands in no chapter.

use leptos::prelude::*;

use super::{Icon, IconKind};

mod feedback;
mod fields;
mod frame;
mod lists;
mod results;

/// A page of the style guide.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// Its file name, without `.html`.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What stands under the heading.
    pub parts: fn() -> AnyView,
}

/// The chapters. Parts whose `id` is always the same stand once in a chapter.
pub const CHAPTERS: [Chapter; 7] = [
    Chapter { name: "text", title: "文字とアイコン", parts: text },
    Chapter { name: "fields", title: "ボタンと入力欄", parts: fields::fields },
    Chapter { name: "choices", title: "選択", parts: fields::choices },
    Chapter { name: "feedback", title: "お知らせとエラー", parts: feedback::feedback },
    Chapter { name: "lists", title: "カードと表", parts: lists::lists },
    Chapter { name: "results", title: "資格確認の結果", parts: results::results },
    Chapter { name: "frame", title: "画面の枠", parts: frame::frame },
];

/// A heading and what stands under it.
fn section(title: &'static str, body: AnyView) -> AnyView {
    view! { <section class="section"><h2>{title}</h2>{body}</section> }.into_any()
}

fn text() -> AnyView {
    let body = view! {
        <h3>"見出し（小）"</h3>
        <p>
            "本文は16px、行間1.7です。ユーザIDは"<span class="code">"NursingUserA000"</span>"、登録日は"
            <span class="code">"2025/02/07（令和7年2月7日）"</span>"のように途中で折り返しません。"
            <strong>"強調する言葉"</strong>"と"<a class="link" href="#icons">"文中のリンク"</a>"。"
        </p>
        <p class="small muted">"補足は14pxです。14pxより小さい文字は使いません。"</p>
        <ul class="bullets"><li>"箇条書きの一つ目"</li><li>"箇条書きの二つ目"</li></ul>
        <ol class="numbers"><li>"手順の一つ目"</li><li>"手順の二つ目"</li></ol>
    };
    let icons =
        IconKind::ALL.iter().map(|&kind| view! { <li class="tiles__item"><Icon kind=kind/>{format!("{kind:?}")}</li> });
    view! {
        {section("文字", body.into_any())}
        <section class="section" id="icons"><h2>"アイコン"</h2><ul class="tiles">{icons.collect_view()}</ul></section>
    }
    .into_any()
}
