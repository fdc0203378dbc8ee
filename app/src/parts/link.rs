//! Links and breadcrumbs.

use leptos::prelude::*;

/// A link to another page. `rel="external"` keeps the router's hands off: every page is loaded as a whole, so that the
/// server judges every request anew.
#[component]
pub fn Link(
    /// Where to; a [`crate::routes::Route`] or a whole address.
    #[prop(into)]
    href: String,
    /// What it is called where others say the same; has to hold what it says.
    #[prop(into, optional)]
    name: Option<String>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! { <a class="link" rel="external" href=href aria-label=name>{children()}</a> }.into_any()
}

/// One step of the way from the top page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What it says.
    pub label: String,
    /// `None`: the present page.
    pub href: Option<String>,
}

impl Crumb {
    /// A page above this one.
    pub fn to(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// The present page.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// 現在位置: the way from the top page. Shows nothing for an empty list.
#[component]
pub fn Breadcrumb(
    /// From the top down; the last one is the present page.
    items: Vec<Crumb>,
) -> impl IntoView {
    (!items.is_empty())
        .then(|| {
            let items = items.into_iter().map(crumb).collect_view();
            view! { <nav class="breadcrumb" aria-label="現在位置"><ol class="breadcrumb__list">{items}</ol></nav> }
        })
        .into_any()
}

fn crumb(item: Crumb) -> impl IntoView {
    let inner = match item.href {
        Some(href) => view! { <Link href=href>{item.label}</Link> }.into_any(),
        None => view! { <span aria-current="page">{item.label}</span> }.into_any(),
    };
    view! { <li class="breadcrumb__item">{inner}</li> }
}
