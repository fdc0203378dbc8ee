//! A screen in the frame that all screens share.

use domain::account::AccountKind;
use leptos::prelude::*;

use super::ScreenId;
use crate::{
    parts::{Crumb, Frame, dated, without_readings},
    routes::Route,
    services::PageInfo,
};

/// What the server said about this page.
pub fn page_info() -> PageInfo {
    use_context::<PageInfo>().unwrap_or_default()
}

/// The menu of whoever is signed in, where every way begins; the top page for everybody else.
pub fn menu_crumb() -> Crumb {
    match page_info().signed_in.map(|who| who.kind) {
        Some(AccountKind::Staff) => Crumb::to("メニュー", Route::StaffMenu),
        Some(kind) => Crumb::to("管理メニュー", Route::home(kind)),
        None => Crumb::to("トップ", Route::Top),
    }
}

/// The frame around `children`, with the page's own data.
#[component]
pub fn Screen(
    /// Its number and title.
    screen: ScreenId,
    /// Heading, when it is not the title: that of an entry.
    #[prop(into, optional)]
    heading: Option<String>,
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
        crumbs.push(Crumb::here(heading.as_deref().map_or_else(|| screen.title().to_owned(), without_readings)));
    }
    let lead = (!lead.is_empty()).then(|| view! { <p class="main__lead">{dated(lead)}</p> });
    view! {
        <Frame
            screen=screen
            page=page_info()
            title=heading.unwrap_or_else(|| screen.title().to_owned())
            breadcrumbs=crumbs
            wide=wide
            has_error=failed
        >
            {lead}
            {children()}
        </Frame>
    }
}
