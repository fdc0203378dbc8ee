//! Many check boxes in groups, with a search and the chosen ones on top: サービス種類, 職種区分.

use std::collections::BTreeSet;

use domain::{form, text::search_key};
use leptos::prelude::*;

use super::{
    Icon, IconKind,
    label::{ErrorText, Mark, Support, described_by},
    phrase::phrased,
};
use crate::browser::{self, Choice};

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
/// came to life counts; [`ChoiceTools`] reads it from them.
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
    /// Codes ticked at first.
    chosen: Vec<String>,
    /// Codes that are likely to be ticked: their groups are unfolded.
    #[prop(optional)]
    likely: Vec<String>,
    /// What is wrong with it, without 「＊」.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// The `name` of every box, such as `form[services][]`; `field.name()` if not given.
    #[prop(into, optional)]
    name: Option<String>,
) -> impl IntoView {
    let id = field.name();
    let name = name.unwrap_or_else(|| id.to_owned());
    let (wrong, describe) = (error.is_some(), described_by(field, &support, error.as_ref()));
    let searchable = groups.iter().map(|group| group.choices.len()).sum::<usize>() >= SEARCH_FROM;
    let folded = groups.len() > 1;
    let likely: BTreeSet<String> = likely.into_iter().collect();
    let ticked = move |code: &str| chosen.iter().any(|other| other == code);
    let sets = groups.into_iter().map(|set| {
        let boxes = set.choices.iter().map(|&choice| choice_box(&name, choice, ticked(choice.0))).collect_view();
        if folded {
            let likely = set.choices.iter().any(|(code, _)| likely.contains(*code));
            let ticked = set.choices.iter().filter(|(code, _)| ticked(code)).count();
            folded_set(&set, boxes.into_any(), ticked, likely).into_any()
        } else {
            view! { <div class="choices__boxes">{boxes}</div> }.into_any()
        }
    });
    let sets = sets.collect_view();
    view! {
        <fieldset class="choices" class:choices--error=wrong id=id tabindex="-1" aria-describedby=describe>
            <legend class="field__label"><span>{legend}</span><Mark required=required/></legend>
            <Support field=field text=support/>
            <ChoiceTools field searchable/>
            <div class="choices__sets">{sets}</div>
            <ErrorText field=field error=error/>
        </fieldset>
    }
    .into_any()
}

fn choice_box(name: &str, (code, label): (&'static str, &'static str), checked: bool) -> impl IntoView + use<> {
    view! {
        <label class="choice">
            <input class="choice__box" type="checkbox" name=name.to_owned() value=code checked=checked/>
            <span class="choice__label">{phrased(label)}</span>
        </label>
    }
}

/// One group: folded, unless something in it is chosen or likely to be. `data-count` is where the tools write how many are ticked.
fn folded_set(set: &ChoiceSet, boxes: AnyView, ticked: usize, likely: bool) -> impl IntoView + use<> {
    view! {
        <details class="choices__set" open=likely || ticked != 0>
            <summary class="choices__name">
                <span>{set.name}</span>
                <span class="choices__count" data-count>{count_text(set.choices.len(), ticked)}</span>
            </summary>
            <div class="choices__boxes">{boxes}</div>
        </details>
    }
}

fn count_text(total: usize, ticked: usize) -> String {
    if ticked == 0 { format!("{total}種類") } else { format!("{total}種類のうち{ticked}件を選択中") }
}

/// The comforts over the boxes of one field: a search, which hides what does not fit, and the chosen ones as chips that
/// take themselves off.
#[island]
fn ChoiceTools(
    /// The boxes' field.
    field: form::Field,
    /// Whether there are enough of them for a search.
    searchable: bool,
) -> impl IntoView {
    let id = field.name();
    let ticked = RwSignal::new(Vec::<Choice>::new());
    let look = move || {
        ticked.set(browser::ticked(id));
        browser::write_counts(id, count_text);
    };
    Effect::new(move |_| {
        look();
        browser::on_change(id, look);
    });
    let take_off = move |code: String| {
        browser::untick(id, &code);
        look();
        // The chip that had the focus is gone.
        browser::focus(id);
    };
    let chip = move |Choice { code, label }: Choice| {
        view! {
            <li class="chip">
                <span class="chip__label">{label.clone()}</span>
                <button class="chip__remove" type="button" aria-label=format!("{label}の選択を外す") on:click=move |_| take_off(code.clone())>
                    <Icon kind=IconKind::Close/>
                </button>
            </li>
        }
    };
    view! {
        {searchable.then(|| view! { <Search field/> })}
        <ul class="chips needs-app" aria-label="選択中">{move || ticked.get().into_iter().map(chip).collect_view()}</ul>
    }
}

/// The search; it has no `name`, so it is never sent.
#[component]
fn Search(
    /// The boxes' field.
    field: form::Field,
) -> impl IntoView {
    let id = format!("{}-search", field.name());
    let found = RwSignal::new(String::new());
    let search = move |event| {
        let key = search_key(&event_target_value(&event));
        let fits =
            |code: &str, label: &str| key.is_empty() || search_key(label).contains(&key) || search_key(code) == key;
        found.set(match browser::show_choices(field.name(), !key.is_empty(), fits) {
            _ if key.is_empty() => String::new(),
            0 => "見つかりません。別の言葉で検索してください。".to_owned(),
            count => format!("{count}件見つかりました。"),
        });
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
                on:input=search
                on:keydown=keep_form
            />
            <p class="choices__found" role="status">{found}</p>
        </div>
    }
}
