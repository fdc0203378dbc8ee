//! Many check boxes in groups, with a search and the chosen ones on top: サービス種類, 職種区分.

use domain::{form, text::search_key};
use leptos::prelude::*;

use super::{
    Icon, IconKind,
    label::{ErrorText, Mark, Support, described_by},
    phrase::phrased,
};
use crate::browser;

/// A named group of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceSet {
    /// Its name; not shown when there is only one group.
    pub name: &'static str,
    /// Code and label of each choice, in the order on screen.
    pub choices: Vec<(&'static str, &'static str)>,
}

/// From so many choices on, a search field is offered.
const SEARCH_FROM: usize = 15;

/// Check boxes in groups. Without JavaScript: folded groups. With it: also a search and removable chips.
///
/// The boxes themselves hold the state, so that what the browser restores on "back" and what was ticked before the page
/// came to life counts; the signal only repeats it for the chips.
#[component]
pub fn ChoiceGroup(
    /// Which field.
    field: form::Field,
    /// Its label.
    #[prop(into)]
    legend: String,
    /// 「※必須」 or 「任意」.
    #[prop(default = true)]
    required: bool,
    /// What to choose, under the label.
    #[prop(into, optional)]
    support: String,
    /// The choices.
    groups: Vec<ChoiceSet>,
    /// Codes ticked at first: the same on the server and in the browser.
    chosen: Vec<String>,
    /// What is wrong with it, without 「＊」.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// The `name` of every box, such as `form[services][]`; `field.name()` if not given.
    #[prop(into, optional)]
    name: Option<String>,
) -> impl IntoView {
    let id = field.name();
    let name = name.unwrap_or_else(|| id.to_owned());
    let describe = described_by(field, &support, error);
    let ticked = RwSignal::new(chosen);
    let chosen = ticked.get_untracked();
    let query = RwSignal::new(String::new());
    Effect::new(move |_| ticked.set(browser::checked_values(id)));

    let searchable = groups.iter().map(|group| group.choices.len()).sum::<usize>() >= SEARCH_FROM;
    let labels: Vec<_> = groups.iter().flat_map(|group| group.choices.clone()).collect();
    let folded = groups.len() > 1;
    let sets = groups.into_iter().map(|set| {
        let boxes = set.choices.iter().map(|&choice| choice_box(&name, choice, &chosen, query)).collect_view();
        if !folded {
            return view! { <div class="choices__boxes">{boxes}</div> }.into_any();
        }
        folded_set(&set, boxes.into_any(), &chosen, ticked, query).into_any()
    });
    let sets = sets.collect_view();
    view! {
        <fieldset
            class="choices"
            class:choices--error=move || error.with(Option::is_some)
            id=id
            tabindex="-1"
            aria-describedby=describe
            on:change=move |_| ticked.set(browser::checked_values(id))
        >
            <legend class="field__label"><span>{legend}</span><Mark required=required/></legend>
            <Support field=field text=support/>
            {searchable.then(|| view! { <Search field=field query=query labels=labels.clone()/> })}
            <Chosen field=field labels=labels ticked=ticked/>
            <div class="choices__sets">{sets}</div>
            <ErrorText field=field error=error/>
        </fieldset>
    }
    .into_any()
}

fn matches(query: &str, (code, label): (&str, &str)) -> bool {
    let key = search_key(query);
    key.is_empty() || search_key(label).contains(&key) || search_key(code) == key
}

fn choice_box(
    name: &str,
    choice: (&'static str, &'static str),
    chosen: &[String],
    query: RwSignal<String>,
) -> impl IntoView + use<> {
    let (code, label) = choice;
    let checked = chosen.iter().any(|other| other == code);
    view! {
        <label class="choice" hidden=move || query.with(|query| !matches(query, choice))>
            <input class="choice__box" type="checkbox" name=name.to_owned() value=code checked=checked/>
            <span class="choice__label">{phrased(label)}</span>
        </label>
    }
}

/// One group: folded, unless something in it is chosen or found.
fn folded_set(
    set: &ChoiceSet,
    boxes: AnyView,
    chosen: &[String],
    ticked: RwSignal<Vec<String>>,
    query: RwSignal<String>,
) -> impl IntoView + use<> {
    let choices = set.choices.clone();
    let total = choices.len();
    let begun = choices.iter().any(|(code, _)| chosen.iter().any(|other| other == code));
    let found = {
        let choices = choices.clone();
        Memo::new(move |_| query.with(|query| choices.iter().filter(|&&choice| matches(query, choice)).count()))
    };
    let searching = move || query.with(|query| !query.trim().is_empty());
    let count = move || {
        let ticked =
            ticked.with(|ticked| choices.iter().filter(|(code, _)| ticked.iter().any(|other| other == code)).count());
        if ticked == 0 { format!("{total}種類") } else { format!("{total}種類のうち{ticked}件を選択中") }
    };
    view! {
        <details class="choices__set" open=move || begun || (searching() && found.get() > 0) hidden=move || found.get() == 0>
            <summary class="choices__name"><span>{set.name}</span><span class="choices__count">{count}</span></summary>
            <div class="choices__boxes">{boxes}</div>
        </details>
    }
}

/// The search; it has no `name`, so it is never sent.
#[component]
fn Search(
    /// The group's field.
    field: form::Field,
    /// What is looked for.
    query: RwSignal<String>,
    /// Every choice.
    labels: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let id = format!("{}-search", field.name());
    let found = move || {
        query.with(|query| match labels.iter().filter(|&&choice| matches(query, choice)).count() {
            _ if query.trim().is_empty() => String::new(),
            0 => "見つかりません。別の言葉で検索してください。".to_owned(),
            count => format!("{count}件見つかりました。"),
        })
    };
    let keep_form = move |event: leptos::ev::KeyboardEvent| {
        // Enter in this field would send the whole form.
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    view! {
        <div class="choices__search needs-app">
            <label class="visually-hidden" for=id.clone()>"名称またはコードで検索"</label>
            <Icon kind=IconKind::Search/>
            <input
                class="field__input choices__query"
                id=id
                type="search"
                autocomplete="off"
                placeholder="名称またはコードで検索"
                on:input=move |event| query.set(event_target_value(&event))
                on:keydown=keep_form
            />
            <p class="choices__found" role="status">{found}</p>
        </div>
    }
}

/// The chosen ones as chips that take themselves off.
#[component]
fn Chosen(
    /// The group's field.
    field: form::Field,
    /// Every choice.
    labels: Vec<(&'static str, &'static str)>,
    /// The codes that are ticked.
    ticked: RwSignal<Vec<String>>,
) -> impl IntoView {
    let id = field.name();
    let take_off = move |code: &'static str| {
        ticked.update(|ticked| ticked.retain(|other| other != code));
        browser::check_only(id, &ticked.get_untracked());
        // The chip that had the focus is gone.
        browser::focus(id);
    };
    let chips = move || {
        let chosen = labels.iter().filter(|(code, _)| ticked.with(|ticked| ticked.iter().any(|other| other == code)));
        chosen.map(|&(code, label)| view! {
            <li class="chip">
                <span class="chip__label">{label}</span>
                <button class="chip__remove" type="button" aria-label=format!("{label}の選択を外す") on:click=move |_| take_off(code)>
                    <Icon kind=IconKind::Close/>
                </button>
            </li>
        }).collect_view()
    };
    view! { <ul class="chips needs-app" aria-label="選択中">{chips}</ul> }
}
