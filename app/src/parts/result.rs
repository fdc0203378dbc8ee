//! The result of 資格確認 at a glance, and what stands in the place of something that is hidden.

use leptos::prelude::*;

use super::{BannerKind, Icon, IconKind, phrase::dated};

/// Large icon and word, the day in both calendars.
#[component]
pub fn ResultBanner(
    /// Its colour and icon.
    kind: BannerKind,
    /// 有効, あと N 日, 期限切れ, 資格なし.
    #[prop(into)]
    word: String,
    /// What it means, in one line.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let (class, icon) = match kind {
        BannerKind::Success => ("result banner--success", IconKind::Success),
        BannerKind::Warning => ("result banner--warning", IconKind::Clock),
        BannerKind::Danger => ("result banner--danger", IconKind::Danger),
        BannerKind::Info => ("result", IconKind::Lock),
    };
    view! {
        <div class=class>
            <Icon kind=icon/>
            <div class="result__text">
                <p class="result__word">{word}</p>
                <p class="result__more">{dated(text)}</p>
            </div>
        </div>
    }
    .into_any()
}

/// The few facts that people look for first, side by side where there is room.
#[component]
pub fn Facts(
    /// [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }.into_any()
}

/// One fact, large.
#[component]
pub fn Fact(
    /// What it is.
    label: &'static str,
    /// The value in a word.
    #[prop(into)]
    value: String,
    /// A second line.
    #[prop(into, optional)]
    detail: String,
) -> impl IntoView {
    let detail = (!detail.is_empty()).then(|| view! { <span class="fact__detail">{dated(detail)}</span> });
    view! {
        <div class="fact">
            <dt class="fact__label">{label}</dt>
            <dd class="fact__value"><span class="fact__word">{value}</span>{detail}</dd>
        </div>
    }
    .into_any()
}

/// Stands where something is hidden: why, and what can be done.
#[component]
pub fn Withheld(
    /// 同意なし, 権限なし, …
    reason: &'static str,
    /// What can be done.
    #[prop(into)]
    text: String,
    /// Where it can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="withheld">
            <p class="withheld__reason"><span class="badge badge--quiet"><Icon kind=IconKind::Lock/>{reason}</span></p>
            <p class="withheld__text">{text}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
