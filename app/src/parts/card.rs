//! Cards that lead somewhere: the two doors of A-1, and the entries of a menu screen.

use leptos::prelude::*;

use super::{ButtonLink, Icon, IconKind};

/// A door: who it is for, and the button that opens it.
#[component]
pub fn Card(
    /// Icon on top.
    icon: IconKind,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Who it is for, in one line.
    #[prop(into)]
    text: String,
    /// Where the button leads.
    #[prop(into)]
    href: String,
    /// What the button says.
    #[prop(into)]
    action: String,
) -> impl IntoView {
    view! {
        <section class="door">
            <span class="door__icon"><Icon kind=icon/></span>
            <h2 class="door__title">{title}</h2>
            <p class="door__text">{text}</p>
            <ButtonLink href=href>{action}</ButtonLink>
        </section>
    }
    .into_any()
}

/// Cards side by side where there is room.
#[component]
pub fn CardGrid(
    /// [`Card`]s or [`MenuCard`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="card-grid">{children()}</div> }.into_any()
}

/// An entry of a menu screen; the whole card is the link.
#[component]
pub fn MenuCard(
    /// Icon at the left.
    icon: IconKind,
    /// What the manual prints on it.
    #[prop(into)]
    title: String,
    /// One line on what can be done there.
    #[prop(into)]
    text: String,
    /// Where it leads.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <a class="menu-card" rel="external" href=href>
            <span class="menu-card__icon"><Icon kind=icon/></span>
            <span class="menu-card__text">
                <span class="menu-card__title">{title}</span>
                <span class="menu-card__lead">{text}</span>
            </span>
            <Icon kind=IconKind::Right/>
        </a>
    }
    .into_any()
}
