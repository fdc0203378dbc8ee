//! What of a long list is shown: the page numbers, the total, the active filters.

use leptos::prelude::*;

use super::{Icon, IconKind};

/// Page numbers and 「全 1,234 件中 21–40 件」. With one page only the total is shown.
#[component]
pub fn Pager(
    /// The page shown, from 1.
    page: u32,
    /// Rows on a page.
    per_page: u32,
    /// How many rows there are on all pages.
    total: u64,
    /// The address of a page.
    href: Callback<u32, String>,
) -> impl IntoView {
    let pages = u32::try_from(total.div_ceil(u64::from(per_page.max(1)))).unwrap_or(u32::MAX).max(1);
    let count = view! { <p class="pager__count">{range_text(page, per_page, total)}</p> };
    if pages == 1 {
        return view! { <div class="pager">{count}</div> }.into_any();
    }
    let numbers = page_numbers(page, pages).into_iter().map(|entry| number(entry, page, href)).collect_view();
    let previous = (page > 1).then(|| {
        view! { <a class="pager__link" rel="external" href=href.run(page - 1)><Icon kind=IconKind::Left/>"前へ"</a> }
    });
    let next = (page < pages).then(|| {
        view! { <a class="pager__link" rel="external" href=href.run(page + 1)>"次へ"<Icon kind=IconKind::Right/></a> }
    });
    view! {
        <nav class="pager" aria-label="ページ">
            {count}
            <div class="pager__links">{previous}<ol class="pager__numbers">{numbers}</ol>{next}</div>
        </nav>
    }
    .into_any()
}

/// The ways on in a list that is too long to be counted to its end: newer and older, and what is shown.
#[component]
pub fn PageTurner(
    /// What of the list is on this page: 「全 120 件のうち …」.
    #[prop(into)]
    shown: String,
    /// Where the newer entries are; `None`: these are the newest.
    #[prop(optional_no_strip)]
    newer: Option<String>,
    /// Where the older entries are; `None`: these are the oldest.
    #[prop(optional_no_strip)]
    older: Option<String>,
) -> impl IntoView {
    let count = view! { <p class="pager__count">{shown}</p> };
    if newer.is_none() && older.is_none() {
        return view! { <div class="pager">{count}</div> }.into_any();
    }
    let newer = newer.map(|href| {
        view! { <a class="pager__link" rel="external" href=href><Icon kind=IconKind::Left/>"新しい記録"</a> }
    });
    let older = older.map(|href| {
        view! { <a class="pager__link" rel="external" href=href>"古い記録"<Icon kind=IconKind::Right/></a> }
    });
    view! {
        <nav class="pager" aria-label="ページ">{count}<div class="pager__links">{newer}{older}</div></nav>
    }
    .into_any()
}

/// One entry between 前へ and 次へ: a page, or `None` for a gap.
fn number(entry: Option<u32>, current: u32, href: Callback<u32, String>) -> impl IntoView {
    let inner = match entry {
        None => view! { <span class="pager__gap" aria-hidden="true">"…"</span> }.into_any(),
        Some(page) if page == current => view! {
            <span class="pager__number pager__number--current" aria-current="page">
                <span class="visually-hidden">"現在のページ："</span>{page}
            </span>
        }
        .into_any(),
        Some(page) => view! {
            <a class="pager__number" rel="external" href=href.run(page) aria-label=format!("{page}ページ目")>{page}</a>
        }
        .into_any(),
    };
    view! { <li>{inner}</li> }
}

/// First, last, the present page and its neighbours; a gap that would hide one page shows it instead.
fn page_numbers(current: u32, last: u32) -> Vec<Option<u32>> {
    let mut out = Vec::new();
    let mut previous = 0;
    let near = current.saturating_sub(1).max(2)..=current.saturating_add(1).min(last - 1);
    for page in std::iter::once(1).chain(near).chain(std::iter::once(last)) {
        match page - previous {
            1 => {}
            2 => out.push(Some(page - 1)),
            _ => out.push(None),
        }
        out.push(Some(page));
        previous = page;
    }
    out
}

fn range_text(page: u32, per_page: u32, total: u64) -> String {
    if total == 0 {
        return "0 件".to_owned();
    }
    let first = u64::from(page.max(1) - 1) * u64::from(per_page) + 1;
    let last = (first + u64::from(per_page) - 1).min(total);
    format!("全 {} 件中 {}–{} 件", grouped(total), grouped(first), grouped(last))
}

/// `1,234`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// One active filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What is filtered: 「職種区分：ケアマネジャー」.
    pub label: String,
    /// The same list without it.
    pub remove_href: String,
}

/// The active filters, each with a link that takes it off. Shows nothing when there are none.
#[component]
pub fn Chips(
    /// The filters.
    items: Vec<Chip>,
    /// The list without any filter; shown when there are two or more.
    #[prop(into, optional)]
    clear_href: Option<String>,
) -> impl IntoView {
    (!items.is_empty())
        .then(|| {
            let clear = clear_href
                .filter(|_| items.len() > 1)
                .map(|href| view! { <li><a class="link" rel="external" href=href>"条件をすべて解除する"</a></li> });
            let chips = items.into_iter().map(chip).collect_view();
            view! { <ul class="chips" aria-label="絞り込み条件">{chips}{clear}</ul> }
        })
        .into_any()
}

fn chip(item: Chip) -> impl IntoView {
    view! {
        <li class="chip">
            <span class="chip__label">{item.label.clone()}</span>
            <a class="chip__remove" rel="external" href=item.remove_href aria-label=format!("{}を解除する", item.label)>
                <Icon kind=IconKind::Close/>
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_hide_at_least_two_pages() {
        let text = |current, last| {
            let entries = page_numbers(current, last);
            entries.iter().map(|e| e.map_or("…".to_owned(), |n| n.to_string())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text(1, 3), "1 2 3");
        assert_eq!(text(1, 10), "1 2 … 10");
        assert_eq!(text(4, 10), "1 2 3 4 5 … 10");
        assert_eq!(text(5, 10), "1 … 4 5 6 … 10");
        assert_eq!(text(10, 10), "1 … 9 10");
    }

    #[test]
    fn the_last_page_ends_with_the_total() {
        assert_eq!(range_text(2, 20, 1234), "全 1,234 件中 21–40 件");
        assert_eq!(range_text(62, 20, 1234), "全 1,234 件中 1,221–1,234 件");
        assert_eq!(range_text(1, 20, 0), "0 件");
    }
}
