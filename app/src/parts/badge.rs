//! The state of something at a glance.

use domain::account::AccountState;
use leptos::prelude::*;

use super::{Icon, IconKind};

/// Icon and word in the state's colour.
#[component]
pub fn StateBadge(
    /// The state.
    state: AccountState,
) -> impl IntoView {
    let (class, icon) = match state {
        AccountState::Active => (BadgeKind::Success.class(), IconKind::Success),
        AccountState::NeverSignedIn => ("badge badge--info", IconKind::Ring),
        AccountState::Locked => (BadgeKind::Warning.class(), IconKind::Lock),
        AccountState::Suspended => ("badge badge--quiet", IconKind::Pause),
        AccountState::Deleted => ("badge badge--quiet", IconKind::Close),
        AccountState::Expired => (BadgeKind::Danger.class(), IconKind::Clock),
    };
    view! { <span class=class><Icon kind=icon/>{state.name()}</span> }.into_any()
}

/// What a [`Badge`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeKind {
    /// In order.
    Success,
    /// To be looked after.
    Warning,
    /// Not in order.
    Danger,
}

impl BadgeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Success => "badge badge--success",
            Self::Warning => "badge badge--warning",
            Self::Danger => "badge badge--danger",
        }
    }

    const fn icon(self) -> IconKind {
        match self {
            Self::Success => IconKind::Success,
            Self::Warning => IconKind::Warning,
            Self::Danger => IconKind::Danger,
        }
    }
}

/// Icon and word in the colour of what they say.
#[component]
pub fn Badge(
    /// What it says.
    kind: BadgeKind,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! { <span class=kind.class()><Icon kind=kind.icon()/>{children()}</span> }.into_any()
}
