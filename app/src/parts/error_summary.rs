//! The box on top of a form that lists what is wrong with it.

use domain::form::Field;
use leptos::prelude::*;

use super::{Icon, IconKind};
use crate::browser;

const ID: &str = "error-summary";

/// What is wrong with the form, one link a field. Takes the focus when it appears: by `autofocus` on a page that comes
/// with errors, by an effect when they arrive later. Shows nothing while there are none.
#[component]
pub fn ErrorSummary(
    /// The fields to mend and what to do, without 「＊」, in the order of the screen.
    #[prop(into, optional)]
    errors: Signal<Vec<(Field, String)>>,
    /// What is wrong with no field in particular.
    #[prop(into, optional)]
    message: Signal<Option<String>>,
) -> impl IntoView {
    let any = Memo::new(move |_| message.with(Option::is_some) || errors.with(|errors| !errors.is_empty()));
    Effect::new(move |_| {
        // A second failed try changes the lists, not `any`; the focus must come back for it as well.
        errors.track();
        message.track();
        if any.get() {
            browser::focus(ID);
        }
    });
    let title = move || match errors.with(Vec::len) {
        0 => "処理を完了できませんでした".to_owned(),
        count => format!("入力内容を確認してください（{count}か所）"),
    };
    let links = move || errors.get().into_iter().map(link).collect_view();
    let list =
        move || errors.with(|errors| !errors.is_empty()).then(|| view! { <ul class="errors__list">{links()}</ul> });
    let general = move || message.get().map(|text| view! { <p class="errors__message">{text}</p> });
    move || {
        {
            any.get().then(|| {
            view! {
                <div class="errors" id=ID role="alert" tabindex="-1" autofocus aria-labelledby="error-summary-title">
                    <Icon kind=IconKind::Danger/>
                    <div class="errors__text">
                        <h2 class="errors__title" id="error-summary-title">
                            <span class="visually-hidden">"エラー："</span>
                            {title}
                        </h2>
                        {general}
                        {list}
                    </div>
                </div>
            }
        })
        }
        .into_any()
    }
}

fn link((field, text): (Field, String)) -> impl IntoView {
    let id = field.name();
    // The router would take a link inside the page for navigation; the focus is what matters.
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        browser::focus(id);
    };
    view! { <li><a class="link" href=format!("#{id}") on:click=go>{text}</a></li> }
}
