//! Where the person is in a piece of work of several screens.

use leptos::prelude::*;

use super::{Icon, IconKind};

/// 入力 → 確認 → 完了.
#[component]
pub fn Steps(
    /// Place of the present step, from 0. On the last step everything is done.
    current: usize,
    /// The steps' names.
    #[prop(default = vec!["入力", "確認", "完了"])]
    labels: Vec<&'static str>,
) -> impl IntoView {
    let last = labels.len().saturating_sub(1);
    let items = labels.into_iter().enumerate().map(|(at, label)| {
        let done = at < current || (at == current && current == last);
        let (class, state) = match (at == current, done) {
            (true, _) => ("steps__step steps__step--current", "現在の手順"),
            (false, true) => ("steps__step steps__step--done", "完了した手順"),
            (false, false) => ("steps__step", "これからの手順"),
        };
        let mark = if done { view! { <Icon kind=IconKind::Check/> }.into_any() } else { (at + 1).into_any() };
        view! {
            <li class=class aria-current=(at == current).then_some("step")>
                <span class="steps__mark" aria-hidden="true">{mark}</span>
                <span class="steps__label"><span class="visually-hidden">{state}"："</span>{label}</span>
            </li>
        }
    });
    view! { <ol class="steps" aria-label="手順">{items.collect_view()}</ol> }.into_any()
}
