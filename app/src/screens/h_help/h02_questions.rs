//! H-2 よくあるご質問: found by category and by what people type. The state stands in the address.

use leptos::prelude::*;

use super::questions::{Question, TOPICS, Topic, search};
use crate::{
    parts::{Crumb, EmptyState, FilterField, Link, SearchBar, SearchField},
    routes::{Route, query_value},
    screens::{
        ScreenId,
        screen::{Screen, page_info},
    },
};

/// Longest search that is looked for.
const SEARCH_MAX: usize = 100;

/// H-2.
#[component]
pub fn H02Questions() -> impl IntoView {
    let address = page_info().address;
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let text = |name| query_value(query, name).unwrap_or_default().trim().chars().take(SEARCH_MAX).collect::<String>();
    let (typed, topic) = (text("q"), text("topic"));
    let found = search(&typed, &topic);
    let count: usize = found.iter().map(|(_, questions)| questions.len()).sum();
    let narrowed = !typed.is_empty() || !topic.is_empty();
    let topics = TOPICS.iter().map(|topic| (topic.code, topic.title)).collect();
    let body = if found.is_empty() {
        view! { <Nothing/> }.into_any()
    } else {
        found.into_iter().map(|(topic, questions)| view! { <Entries topic questions/> }).collect_view().into_any()
    };
    view! {
        <Screen
            screen=ScreenId::H2
            wide=true
            lead="困っていることを言葉で検索するか、一覧から選んでください。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
        >
            <SearchBar
                action=Route::Questions
                label="よくあるご質問の検索"
                reset_href=Route::Questions
                reset="すべての質問を表示する"
            >
                <SearchField name="q" label="言葉で検索（例：メールが届かない）" value=typed/>
                <FilterField name="topic" label="分類" options=topics value=topic/>
            </SearchBar>
            {narrowed.then(|| view! { <p class="muted">{format!("{count}件の質問が見つかりました。")}</p> })}
            {body}
            <h2>"解決しないとき"</h2>
            <p><Link href=Route::Contact>"お問い合わせ"</Link>"の画面で、お伝えいただく内容を確認してください。"</p>
        </Screen>
    }
}

#[component]
fn Entries(topic: &'static Topic, questions: Vec<&'static Question>) -> impl IntoView {
    let entries = questions.into_iter().map(|question| {
        // The address of the entry was once an anchor of this page.
        view! {
            <li id=question.slug.to_string()>
                <Link href=Route::Question(question.slug)>{question.asked}</Link>
            </li>
        }
    });
    view! {
        <section class="section">
            <h2>{topic.title}</h2>
            <ul class="questions">{entries.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <EmptyState title="条件に合う質問は見つかりませんでした">
            <p>
                "短い言葉や、ひらがなで検索してみてください。"
                <Link href=Route::Questions>"すべての質問を表示する"</Link>
            </p>
        </EmptyState>
    }
}
