//! The box on top of a form that lists what is wrong with it.

use domain::form::Field;
use leptos::prelude::*;

use super::{Icon, IconKind};

/// What is wrong with the form, one link a field. Takes the focus when the page opens, so that screen readers begin
/// there. Shows nothing while there are no errors.
#[component]
pub fn ErrorSummary(
    /// The fields to mend and what to do, without 「＊」, in the order of the screen.
    #[prop(into, optional)]
    errors: Vec<(Field, String)>,
    /// What is wrong with no field in particular.
    #[prop(optional_no_strip)]
    message: Option<String>,
) -> impl IntoView {
    if errors.is_empty() && message.is_none() {
        return ().into_any();
    }
    let title = match errors.len() {
        0 => "処理を完了できませんでした".to_owned(),
        count => format!("入力内容を確認してください（{count}か所）"),
    };
    let list = (!errors.is_empty()).then(|| {
        let links = errors.into_iter().map(|(field, text)| {
            view! { <li><a class="link" href=format!("#{}", field.name())>{text}</a></li> }
        });
        view! { <ul class="errors__list">{links.collect_view()}</ul> }
    });
    view! {
        <div class="errors" id="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary-title">
            <Icon kind=IconKind::Danger/>
            <div class="errors__text">
                <h2 class="errors__title" id="error-summary-title">
                    <span class="visually-hidden">"エラー："</span>
                    {title}
                </h2>
                {message.map(|text| view! { <p class="errors__message">{text}</p> })}
                {list}
            </div>
        </div>
    }
    .into_any()
}
