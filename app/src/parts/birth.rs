//! 生年月日 in either calendar.

use domain::{care::Era, form};
use leptos::prelude::*;

use super::{
    Icon, IconKind,
    label::{ErrorText, Mark, Support, described_by, invalid},
};

/// Era, year, month and day side by side. What is sent is named `form[birth_era]`, `form[birth_year]` and so on.
#[component]
pub fn BirthField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// What was typed: era, year, month, day.
    typed: [String; 4],
    /// What is wrong with it, without 「＊」.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    const SUPPORT: &str = "被保険者証のとおりに入力してください。元号でも西暦でも入力できます。";
    let field = form::Field::BirthDate;
    let describe = described_by(field, SUPPORT, error.as_ref());
    let wrong = error.is_some();
    let [era, year, month, day] = typed;
    let chosen = if era.is_empty() { Era::Showa.code().to_owned() } else { era };
    let eras = Era::ALL.iter().map(|era| {
        view! { <option value=era.code() selected=era.code() == chosen>{era.name()}</option> }
    });
    let parts = [
        (field.name(), "form[birth_year]", "年", year, "4"),
        ("birth_month", "form[birth_month]", "月", month, "2"),
        ("birth_day", "form[birth_day]", "日", day, "2"),
    ];
    let marked = invalid(error.as_ref());
    let inputs = parts.map(|(id, name, unit, value, length)| {
        view! {
            <label class="birth__part">
                <input
                    class="field__input field__input--code birth__number"
                    id=id
                    name=name
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength=length
                    value=value
                    aria-invalid=marked
                />
                <span>{unit}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field birth" class:field--error=wrong aria-describedby=describe>
            <legend class="field__label"><span>{label}</span><Mark required=true/></legend>
            <Support field=field text=SUPPORT.to_owned()/>
            <div class="birth__parts">
                <div class="select birth__era">
                    <select class="field__input select__input" name="form[birth_era]" aria-label="元号または西暦">
                        {eras.collect_view()}
                    </select>
                    <Icon kind=IconKind::Down/>
                </div>
                {inputs.into_iter().collect_view()}
            </div>
            <ErrorText field=field error=error/>
        </fieldset>
    }
    .into_any()
}
