//! Banners: something the person must know, in a box with colour, icon and word.

use leptos::prelude::*;

use super::{Icon, IconKind};

/// What a banner is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BannerKind {
    /// For information.
    #[default]
    Info,
    /// Something was done.
    Success,
    /// Something will matter soon.
    Warning,
    /// Something went wrong.
    Danger,
}

impl BannerKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "banner banner--info",
            Self::Success => "banner banner--success",
            Self::Warning => "banner banner--warning",
            Self::Danger => "banner banner--danger",
        }
    }

    const fn icon(self) -> IconKind {
        match self {
            Self::Info => IconKind::Info,
            Self::Success => IconKind::Success,
            Self::Warning => IconKind::Warning,
            Self::Danger => IconKind::Danger,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Info => "お知らせ",
            Self::Success => "完了",
            Self::Warning => "注意",
            Self::Danger => "エラー",
        }
    }
}

/// A banner.
#[component]
pub fn Banner(
    /// What it is about.
    #[prop(optional)]
    kind: BannerKind,
    /// The message in one line.
    #[prop(into)]
    title: String,
    /// Read out when it appears on a page that is already open.
    #[prop(optional)]
    live: bool,
    /// More about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=live.then_some("status")>
            <Icon kind=kind.icon()/>
            <div class="banner__text">
                <p class="banner__title"><span class="banner__word">{kind.word()}</span>{title}</p>
                {children.map(|children| view! { <div class="banner__body">{children()}</div> })}
            </div>
        </div>
    }
    .into_any()
}

/// The end of a piece of work: what happened, and to whom a message went.
#[component]
pub fn DoneBanner(
    /// What happened.
    #[prop(into)]
    title: String,
    /// To whom a message went, and the like.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="done">
            <Icon kind=IconKind::Success/>
            <div class="done__text">
                <p class="done__title"><span class="visually-hidden">"完了："</span>{title}</p>
                {children.map(|children| view! { <div class="done__body">{children()}</div> })}
            </div>
        </div>
    }
    .into_any()
}

/// A list that has nothing to show, and what to do about it.
#[component]
pub fn EmptyState(
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// One line on why, and the next step as buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon kind=IconKind::Search/>
            <p class="empty__title">{title}</p>
            <div class="empty__body">{children()}</div>
        </div>
    }
    .into_any()
}

/// Something is being fetched. Read out once.
#[component]
pub fn Loading(
    /// What is being waited for.
    #[prop(into, default = "読み込んでいます".to_owned())]
    label: String,
) -> impl IntoView {
    view! { <p class="loading" role="status"><span class="loading__mark" aria-hidden="true"></span>{label}</p> }
        .into_any()
}
