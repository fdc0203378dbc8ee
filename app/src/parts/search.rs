//! Search and filters of a list: one bar, sent as a query, so that every state of a list has an address.

use leptos::prelude::*;

use super::{Button, ButtonKind, ButtonLink, Icon, IconKind};

/// The bar. Fields that have no part here (sort order) go in as hidden inputs.
#[component]
pub fn SearchBar(
    /// Path of the list.
    #[prop(into)]
    action: String,
    /// What the bar searches: 「管理者ユーザの検索」.
    #[prop(into)]
    label: String,
    /// Where 「表を初期状態に戻す」 leads.
    #[prop(into)]
    reset_href: String,
    /// What that link says.
    #[prop(default = "表を初期状態に戻す")]
    reset: &'static str,
    /// [`SearchField`]s and [`FilterField`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <form class="search" role="search" method="get" action=action aria-label=label>
            {children()}
            <div class="search__buttons">
                <Button icon=IconKind::Search>"検索"</Button>
                <ButtonLink kind=ButtonKind::Plain href=reset_href>{reset}</ButtonLink>
            </div>
        </form>
    }
    .into_any()
}

/// A text or a day to look for.
#[component]
pub fn SearchField(
    /// `name` in the query, and `id`.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What the list is searched for at present.
    #[prop(into, optional)]
    value: String,
    /// A day instead of words.
    #[prop(optional)]
    day: bool,
) -> impl IntoView {
    let class = if day { "search__field" } else { "search__field search__field--long" };
    view! {
        <div class=class>
            <label class="search__label" for=name>{label}</label>
            <input class="field__input" id=name name=name type=if day { "date" } else { "search" } value=value autocomplete="off"/>
        </div>
    }
    .into_any()
}

/// One of several values, or all.
#[component]
pub fn FilterField(
    /// `name` in the query, and `id`.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Value and label of each, in the order on screen; 「すべて」 with an empty value comes first by itself.
    options: Vec<(&'static str, &'static str)>,
    /// The value that the list is filtered by at present.
    #[prop(into, optional)]
    value: String,
) -> impl IntoView {
    let options = options.into_iter().map(move |(code, label)| {
        view! { <option value=code selected=code == value>{label}</option> }
    });
    view! {
        <div class="search__field">
            <label class="search__label" for=name>{label}</label>
            <div class="select">
                <select class="field__input select__input" id=name name=name>
                    <option value="">"すべて"</option>
                    {options.collect_view()}
                </select>
                <Icon kind=IconKind::Down/>
            </div>
        </div>
    }
    .into_any()
}
