//! A member's data as a description list: for checking, for the detail, for deletion.

use domain::{
    account::{MemberForm, ServiceCode},
    contact::Phone,
    form::Field as F,
    job::Job,
};
use leptos::prelude::*;

use crate::{
    parts::{Answer, AnswerList, Answers},
    screens::text::label,
};

/// What `form` says. `change`: the form's address; each row then links to its field.
#[component]
pub(super) fn MemberAnswers(
    /// The form.
    form: MemberForm,
    /// The form's address.
    #[prop(optional)]
    change: Option<String>,
    /// The ユーザID can be changed as well.
    #[prop(optional)]
    change_id: bool,
) -> impl IntoView {
    let services = form.services.iter().filter_map(|code| ServiceCode::from_code(code));
    let services: Vec<String> = services.map(|service| service.name().to_owned()).collect();
    let jobs = form.jobs.iter().filter_map(|code| Job::from_code(code)).map(|job| job.name().to_owned());
    let jobs: Vec<String> = jobs.collect();
    let phone = Phone::parse(&form.phone).map_or("登録なし".to_owned(), |phone| phone.grouped());
    let email = if form.email.is_empty() { "登録なし".to_owned() } else { form.email.clone() };
    let link = move |field: F| change.as_ref().map(|address| format!("{address}#{}", field.name()));
    let name = |family: &str, given: &str| {
        let full = format!("{family} {given}");
        view! { <span class="nobreak">{full}</span> }.into_any()
    };
    let MemberForm { login_id, family_name, given_name, family_kana, given_kana, .. } = form;
    let rows = [
        (label(F::LoginId), F::LoginId, true, login_id.into_any()),
        ("氏名（漢字）", F::FamilyName, false, name(&family_name, &given_name)),
        ("氏名（かな）", F::FamilyKana, false, name(&family_kana, &given_kana)),
        (label(F::Services), F::Services, false, view! { <AnswerList items=services/> }.into_any()),
        (label(F::Jobs), F::Jobs, false, view! { <AnswerList items=jobs/> }.into_any()),
        (label(F::Email), F::Email, false, email.into_any()),
        (label(F::Phone), F::Phone, true, phone.into_any()),
    ];
    let rows = rows.map(|(name, field, code, value)| match link(field).filter(|_| field != F::LoginId || change_id) {
        Some(change) => view! { <Answer label=name change=change code=code>{value}</Answer> }.into_any(),
        None => view! { <Answer label=name code=code>{value}</Answer> }.into_any(),
    });
    view! { <Answers>{rows.into_iter().collect_view()}</Answers> }
}
