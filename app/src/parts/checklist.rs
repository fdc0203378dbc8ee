//! Things to do once, in their order: what is done, what is next.

use leptos::prelude::*;

use super::{Icon, IconKind, Link};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckStep {
    /// What is to be done.
    pub title: &'static str,
    /// Who does it, or how.
    pub text: &'static str,
    /// Where it is done. `None`: not by this person.
    pub href: Option<String>,
    /// It is done.
    pub done: bool,
}

/// The list. The first step that is not done is the next one.
#[component]
pub fn CheckList(
    /// In the order in which they are done.
    steps: Vec<CheckStep>,
) -> impl IntoView {
    let next = steps.iter().position(|step| !step.done);
    let items = steps.into_iter().enumerate().map(|(at, step)| item(step, next == Some(at)));
    view! { <ol class="checklist">{items.collect_view()}</ol> }.into_any()
}

fn item(step: CheckStep, next: bool) -> impl IntoView {
    let (class, icon, word) = match (step.done, next) {
        (true, _) => ("badge badge--success", IconKind::Success, "完了"),
        (false, true) => ("badge badge--info", IconKind::Right, "次に行うこと"),
        (false, false) => ("badge badge--quiet", IconKind::Ring, "これから"),
    };
    let title = match step.href.filter(|_| !step.done) {
        Some(href) => view! { <Link href=href>{step.title}</Link> }.into_any(),
        None => step.title.into_any(),
    };
    view! {
        <li class="checklist__item" class:checklist__item--next=next>
            <p class="checklist__title">{title}</p>
            <p class="checklist__state"><span class=class><Icon kind=icon/>{word}</span></p>
            <p class="checklist__text">{step.text}</p>
        </li>
    }
}
