//! Lists as tables; under 640 px each row becomes a card whose lines carry the column's name.

use leptos::prelude::*;

use super::{Icon, IconKind};

/// Which way a column is sorted at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    /// 昇順.
    Ascending,
    /// 降順.
    Descending,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub label: &'static str,
    /// Where a click on it leads: the same list in another order. `None`: it cannot be sorted.
    pub sort_href: Option<String>,
    /// The order that the list is in, when it is this column's.
    pub order: Option<SortOrder>,
}

impl Column {
    /// A column that cannot be sorted.
    pub const fn plain(label: &'static str) -> Self {
        Self { label, sort_href: None, order: None }
    }

    /// A column that can be sorted; `href` gives the order that a click on it should lead to.
    pub fn sortable(label: &'static str, href: impl Into<String>, order: Option<SortOrder>) -> Self {
        Self { label, sort_href: Some(href.into()), order }
    }
}

/// A list. The rows are `<tr>`s of one [`RowHead`] and [`Cell`]s in the order of the columns.
#[component]
pub fn DataTable(
    /// What it lists; for screen readers, since the heading above says it too.
    #[prop(into)]
    caption: String,
    /// The heads.
    columns: Vec<Column>,
    /// While true the old rows stay, dimmed.
    #[prop(into, optional)]
    loading: Signal<bool>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = columns.into_iter().map(head).collect_view();
    view! {
        <div class="table-box" aria-busy=move || loading.get().then_some("true")>
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn head(column: Column) -> impl IntoView {
    let (sort, icon, state) = match column.order {
        Some(SortOrder::Ascending) => {
            (Some("ascending"), IconKind::Ascending, "（昇順で並んでいます。押すと降順になります）")
        }
        Some(SortOrder::Descending) => {
            (Some("descending"), IconKind::Descending, "（降順で並んでいます。押すと昇順になります）")
        }
        None => (None, IconKind::Unsorted, "（押すと並べ替えます）"),
    };
    let inner = match column.sort_href {
        Some(href) => view! {
            <a class="table__sort" rel="external" href=href>
                {column.label}<span class="visually-hidden">{state}</span><Icon kind=icon/>
            </a>
        }
        .into_any(),
        None => column.label.into_any(),
    };
    view! { <th class="table__head" scope="col" aria-sort=sort>{inner}</th> }
}

/// The cell that names its row.
#[component]
pub fn RowHead(
    /// The column's name, shown on phones.
    label: &'static str,
    /// Never broken over lines: IDs.
    #[prop(optional)]
    code: bool,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! { <th class="table__cell table__cell--head" class:code=code scope="row" data-label=label><div>{children()}</div></th> }
        .into_any()
}

/// Any other cell.
#[component]
pub fn Cell(
    /// The column's name, shown on phones.
    label: &'static str,
    /// Never broken over lines: dates, IDs.
    #[prop(optional)]
    code: bool,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! { <td class="table__cell" class:code=code data-label=label><div>{children()}</div></td> }.into_any()
}
