//! A screen in the frame that all screens share.

use leptos::prelude::*;

use super::ScreenId;
use crate::{
    parts::{Crumb, Frame},
    services::PageInfo,
};

/// What the server said about this page.
pub fn page_info() -> PageInfo {
    use_context::<PageInfo>().unwrap_or_default()
}

/// The frame around `children`, with the page's own data.
#[component]
pub fn Screen(
    /// Its number and title.
    screen: ScreenId,
    /// Heading, when it is not the screen's title: for a part of a screen that has a page of its own.
    #[prop(into, optional)]
    title: Option<String>,
    /// One sentence under the heading.
    #[prop(into, optional)]
    lead: String,
    /// The way from the top page, the present page left out.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// For lists and results.
    #[prop(optional)]
    wide: bool,
    /// A form on it was refused: the title says so.
    #[prop(optional)]
    failed: bool,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let mut crumbs = crumbs;
    if !crumbs.is_empty() {
        crumbs.push(Crumb::here(title.as_deref().unwrap_or(screen.title())));
    }
    let lead = (!lead.is_empty()).then(|| view! { <p class="main__lead">{lead}</p> });
    view! {
        <Frame
            screen=screen
            page=page_info()
            title=title.unwrap_or_else(|| screen.title().to_owned())
            breadcrumbs=crumbs
            wide=wide
            has_error=failed
        >
            {lead}
            {children()}
        </Frame>
    }
}
