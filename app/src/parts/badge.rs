//! The state of an account at a glance.

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
        AccountState::Active => ("badge badge--success", IconKind::Success),
        AccountState::NeverSignedIn => ("badge badge--info", IconKind::Ring),
        AccountState::Locked => ("badge badge--warning", IconKind::Lock),
        AccountState::Suspended => ("badge badge--quiet", IconKind::Pause),
        AccountState::Deleted => ("badge badge--quiet", IconKind::Close),
        AccountState::Expired => ("badge badge--danger", IconKind::Clock),
    };
    view! { <span class=class><Icon kind=icon/>{state.name()}</span> }.into_any()
}
