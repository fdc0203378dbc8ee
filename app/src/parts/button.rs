//! Buttons, links that look like buttons, and the row they stand in.

use leptos::prelude::*;

use super::{Icon, IconKind};

/// How much a button asks for attention. One `Primary` or `Danger` on a screen at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The step that the screen is for.
    #[default]
    Primary,
    /// Another way on.
    Secondary,
    /// Destroys something: red.
    Danger,
    /// Looks like a link: for what is rarely needed.
    Plain,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Danger => "button button--danger",
            Self::Plain => "button button--plain",
        }
    }
}

/// A row of buttons; stacked over the whole width on phones.
///
/// The order of the children is the order on screen and of the focus. For a destructive act put the way out first:
/// `<Buttons><ButtonLink kind=Secondary …>キャンセル</ButtonLink><Button kind=Danger>…</Button></Buttons>`.
#[component]
pub fn Buttons(
    /// [`Button`]s and [`ButtonLink`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="buttons">{children()}</div> }.into_any()
}

/// A button: sends its form, unless it has an `on_click`, which only islands can give it.
#[component]
pub fn Button(
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// What to do instead of sending the form. Needs JavaScript.
    #[prop(into, optional)]
    on_click: Option<Callback<()>>,
    /// Icon before the word.
    #[prop(optional, into)]
    icon: Option<IconKind>,
    /// `name` of what is sent along when this button sends the form.
    #[prop(optional)]
    name: Option<&'static str>,
    /// `value` of what is sent along.
    #[prop(into, optional)]
    value: Option<String>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let clicked = move |_: leptos::ev::MouseEvent| {
        if let Some(act) = on_click {
            act.run(());
        }
    };
    view! {
        <button
            class=kind.class()
            type=if on_click.is_some() { "button" } else { "submit" }
            name=name
            value=value
            on:click=clicked
        >
            {icon.map(|kind| view! { <Icon kind=kind/> })}
            <span class="button__label">{children()}</span>
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// Where to.
    #[prop(into)]
    href: String,
    /// Icon before the word.
    #[prop(optional, into)]
    icon: Option<IconKind>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() rel="external" href=href>
            {icon.map(|kind| view! { <Icon kind=kind/> })}
            <span class="button__label">{children()}</span>
        </a>
    }
    .into_any()
}
