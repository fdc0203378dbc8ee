//! Fields of one line.

use domain::form;
use leptos::prelude::*;

use super::{
    furigana::with_readings,
    label::{ErrorText, Mark, Support, described_by, invalid},
};
use crate::browser;

/// What a field takes; decides the keyboard on phones and what the browser offers to fill in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, such as a name.
    #[default]
    Text,
    /// Half-width letters and digits, such as an ID: no spelling marks, no capital letters put in by phones.
    Code,
    /// Hidden while typing, with a button that shows it.
    Password,
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A calendar day, with the browser's own calendar.
    Day,
}

impl FieldKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Code => "text",
            Self::Password => "password",
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Day => "date",
        }
    }

    const fn is_words(self) -> bool {
        matches!(self, Self::Text)
    }
}

/// A labelled input with its support text and its error.
///
/// The input's `id` is `field.name()`, where error links lead and where live checks find it.
#[component]
pub fn Field(
    /// Which field.
    field: form::Field,
    /// Its label.
    #[prop(into)]
    label: String,
    /// 「※必須」 or 「任意」.
    #[prop(default = true)]
    required: bool,
    /// 「※どちらか必須」: it or its neighbour has to be filled in.
    #[prop(optional)]
    either: bool,
    /// What it takes.
    #[prop(optional)]
    kind: FieldKind,
    /// What to enter, under the label.
    #[prop(into, optional)]
    support: String,
    /// What it holds at first.
    #[prop(into, optional)]
    value: String,
    /// What is wrong with it, without 「＊」.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// The `name` that is sent, when it is not `field.name()`: `form[login_id]`.
    #[prop(into, optional)]
    name: Option<String>,
    /// `autocomplete`, such as `username` or `current-password`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// `inputmode`, when the kind does not say enough.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// `maxlength`, in UTF-16 units. Prefer to let people type on and tell them.
    #[prop(optional)]
    maxlength: Option<u32>,
) -> impl IntoView {
    let id = field.name();
    let (wrong, describe) = (error.is_some(), described_by(field, &support, error.as_ref()));
    view! {
        <div class="field" class:field--error=wrong>
            <label class="field__label" for=id><span>{with_readings(label)}</span><Mark required=required either=either/></label>
            <Support field=field text=support/>
            <div class="field__control">
                <input
                    class="field__input"
                    class:field__input--code=!kind.is_words()
                    class:field__input--password=matches!(kind, FieldKind::Password)
                    id=id
                    name=name.unwrap_or_else(|| id.to_owned())
                    type=kind.input_type()
                    value=value
                    autocomplete=autocomplete
                    inputmode=inputmode
                    maxlength=maxlength.map(|length| length.to_string())
                    lang=(!kind.is_words()).then_some("en")
                    spellcheck=(!kind.is_words()).then_some("false")
                    autocapitalize=(!kind.is_words()).then_some("none")
                    aria-required=required.then_some("true")
                    aria-invalid=invalid(error.as_ref())
                    aria-describedby=describe
                />
                {matches!(kind, FieldKind::Password).then(|| view! { <Reveal field/> })}
            </div>
            <ErrorText field=field error=error/>
        </div>
    }
    .into_any()
}

/// 表示/非表示 inside a password field. Appears when its handler works.
#[island]
fn Reveal(
    /// The password's field.
    field: form::Field,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let toggle = move |_| {
        shown.update(|shown| *shown = !*shown);
        browser::set_input_type(field.name(), if shown.get_untracked() { "text" } else { "password" });
    };
    let word = move || if shown.get() { "非表示" } else { "表示" };
    let name = move || {
        if shown.get() { "入力した文字を非表示にする" } else { "入力した文字を表示する" }
    };
    view! {
        <button
            class="field__reveal needs-app"
            type="button"
            aria-controls=field.name()
            aria-label=name
            on:click=toggle
        >
            {word}
        </button>
    }
}

/// Two fields that belong together, such as 姓 and 名: side by side where there is room.
#[component]
pub fn NamePair(
    /// What the two make up: 「氏名」.
    #[prop(into)]
    legend: String,
    /// The two [`Field`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="pair">
            <legend class="visually-hidden">{legend}</legend>
            {children()}
        </fieldset>
    }
    .into_any()
}
