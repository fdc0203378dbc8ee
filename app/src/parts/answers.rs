//! What was entered, to be read over: a list of names and values.

use leptos::prelude::*;

use super::phrase::phrased;

/// A description list of [`Answer`]s.
#[component]
pub fn Answers(
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! { <dl class="answers">{children()}</dl> }.into_any()
}

/// One row: name, value and, where it can be mended, a 「変更」 link.
#[component]
pub fn Answer(
    /// The field's label.
    #[prop(into)]
    label: String,
    /// Where it can be changed: the form's address with the field's anchor (`…/new?draft=…#email`).
    #[prop(into, optional)]
    change: Option<String>,
    /// What else can be done about it: words and where they lead.
    #[prop(optional)]
    links: Vec<(&'static str, String)>,
    /// Never broken over lines, with figures of one width: IDs, dates, phone numbers.
    #[prop(optional)]
    code: bool,
    /// The value. For several ones give an [`AnswerList`].
    children: Children,
) -> impl IntoView {
    let whose = format!("：{label}");
    let acts = !links.is_empty();
    let links = change.map(|href| ("変更", href)).into_iter().chain(links);
    let links: Vec<_> = links
        .map(|(word, href)| {
            let whose = whose.clone();
            view! { <a class="link" rel="external" href=href>{word}<span class="visually-hidden">{whose}</span></a> }
        })
        .collect();
    let links = (!links.is_empty())
        .then(|| view! { <dd class="answers__change" class:answers__change--acts=acts>{links}</dd> });
    view! {
        <div class="answers__row">
            <dt class="answers__label">{label}</dt>
            <dd class="answers__value" class:code=code>{children()}</dd>
            {links}
        </div>
    }
    .into_any()
}

/// Several values of one row, or 「未登録」 when there are none.
#[component]
pub fn AnswerList(
    /// The values.
    items: Vec<String>,
    /// So many are shown, then 「ほか3件」: for tables.
    #[prop(optional)]
    at_most: Option<usize>,
) -> impl IntoView {
    if items.is_empty() {
        return view! { <span class="muted">"未登録"</span> }.into_any();
    }
    let shown = at_most.unwrap_or(items.len());
    let rest = items.len().saturating_sub(shown);
    let rest = (rest > 0).then(|| view! { <li class="small muted">{format!("ほか{rest}件")}</li> });
    let items = items.into_iter().take(shown).map(|item| view! { <li>{phrased(&item)}</li> }).collect_view();
    view! { <ul class="answers__list">{items}{rest}</ul> }.into_any()
}
