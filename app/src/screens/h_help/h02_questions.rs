//! H-2 よくあるご質問.

use leptos::prelude::*;

use super::questions::{Question, TOPICS};
use crate::{
    parts::{Crumb, Disclosure, Link},
    routes::Route,
    screens::{ScreenId, screen::Screen},
};

/// H-2.
#[component]
pub fn H02Questions() -> impl IntoView {
    let topics = TOPICS.iter().map(|topic| {
        view! {
            <section class="section">
                <h2>{topic.title}</h2>
                {topic.questions.iter().map(question).collect_view()}
            </section>
        }
    });
    view! {
        <Screen
            screen=ScreenId::H2
            lead="質問を押すと、答えが表示されます。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
        >
            {topics.collect_view()}
            <h2>"解決しないとき"</h2>
            <p><Link href=Route::Contact>"お問い合わせ"</Link>"の画面で、お伝えいただく内容を確認してください。"</p>
        </Screen>
    }
}

fn question(question: &'static Question) -> impl IntoView {
    let answer = question.answer.iter().map(|paragraph| view! { <p>{*paragraph}</p> }).collect_view();
    view! {
        <div id=question.anchor>
            <Disclosure summary=question.asked>{answer}</Disclosure>
        </div>
    }
}
