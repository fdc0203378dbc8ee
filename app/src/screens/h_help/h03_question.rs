//! H-3: one question and its answer, under an address of its own.

use leptos::prelude::*;

use super::questions::{Question, Slug, Topic, entry, related};
use crate::{
    error::ApiError,
    parts::{Crumb, Link},
    routes::Route,
    screens::{ScreenId, screen::Screen, z_errors::Problem},
};

/// H-3.
#[component]
pub fn H03Question(slug: Slug) -> impl IntoView {
    match entry(slug) {
        Some((topic, question)) => view! { <Answered topic question/> }.into_any(),
        None => view! { <Problem error=ApiError::NotFound/> }.into_any(),
    }
}

#[component]
fn Answered(topic: &'static Topic, question: &'static Question) -> impl IntoView {
    let answer = question.answer.iter().map(|paragraph| view! { <p>{*paragraph}</p> }).collect_view();
    let steps = (!question.steps.is_empty()).then(|| {
        let steps = question.steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view();
        view! { <ol class="numbers">{steps}</ol> }
    });
    let others = related(question);
    let others = (!others.is_empty()).then(|| {
        let links = others.into_iter().map(|other| {
            view! { <li><Link href=Route::Question(other.slug)>{other.asked}</Link></li> }
        });
        view! { <h2>"関連する質問"</h2><ul class="questions">{links.collect_view()}</ul> }
    });
    let of_topic = format!("{}?topic={}", Route::Questions, topic.code);
    let crumbs = vec![
        Crumb::to("トップ", Route::Top),
        Crumb::to(ScreenId::H2.title(), Route::Questions),
        Crumb::to(topic.title, of_topic),
    ];
    view! {
        <Screen screen=ScreenId::H3 heading=question.asked crumbs=crumbs>
            <div class="section">{answer}{steps}</div>
            {others}
            <h2>"解決しないとき"</h2>
            <p><Link href=Route::Contact>"お問い合わせ"</Link>"の画面で、お伝えいただく内容を確認してください。"</p>
        </Screen>
    }
}
