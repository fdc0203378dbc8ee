//! I-1 お知らせ.

use leptos::prelude::*;

use super::api::current_news;
use crate::{
    parts::{Crumb, EmptyState},
    routes::Route,
    screens::{ScreenId, loaded::loaded, screen::Screen},
    services::news::NewsItem,
};

/// I-1.
#[component]
pub fn I01News() -> impl IntoView {
    loaded(ScreenId::I1, || current_news(u32::MAX), |items| view! { <List items/> }.into_any())
}

#[component]
fn List(items: Vec<NewsItem>) -> impl IntoView {
    let body = if items.is_empty() {
        view! { <EmptyState title="現在、お知らせはありません"><p>"新しいお知らせは、トップ画面にも表示されます。"</p></EmptyState> }
            .into_any()
    } else {
        items.into_iter().map(item).collect_view().into_any()
    };
    view! {
        <Screen screen=ScreenId::I1 crumbs=vec![Crumb::to("トップ", Route::Top)]>
            {body}
        </Screen>
    }
}

fn item(item: NewsItem) -> impl IntoView {
    let paragraphs = item.body.split("\n\n").map(|text| view! { <p class="news__text">{text.to_owned()}</p> });
    view! {
        <article class="section" id=item.id.to_string()>
            <h2>{item.title}</h2>
            <p class="small muted code">{item.published_at.date_text()}</p>
            {paragraphs.collect_view()}
        </article>
    }
}
