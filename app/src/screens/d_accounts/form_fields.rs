//! The fields of a member's form: D-2 and D-8.

use std::time::Duration;

use domain::{
    account::{MemberForm, ServiceCode, ServiceGroup},
    form::{Field as F, Problem},
    job::Job,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{api::check_login_id, reading::ReadingAsTyped, words::words};
use crate::{
    browser,
    parts::{ChoiceGroup, ChoiceSet, Field, FieldKind, NamePair},
    routes::Members,
    screens::{
        form_state::FormState,
        text::{label, problem},
    },
};

/// Every field, filled with what `form` holds. `editing`: the ユーザID is shown, not asked for.
#[component]
pub(super) fn MemberFields(
    members: Members,
    form: MemberForm,
    /// Services that are likely to be chosen.
    #[prop(optional)]
    usual: Vec<String>,
    editing: Option<Uuid>,
    state: FormState,
) -> impl IntoView {
    let words = words(members);
    let name = |field: F| format!("form[{}]", field.name());
    let state = StoredValue::new(state);
    let error = move |field: F| state.with_value(|state| state.of_field(field));
    view! {
        <LoginIdField members value=form.login_id.clone() editing error=error(F::LoginId)/>
        <NamePair legend="氏名（漢字）">
            <Field field=F::FamilyName label="姓" name=name(F::FamilyName) value=form.family_name.clone()
                error=error(F::FamilyName)/>
            <Field field=F::GivenName label="名" name=name(F::GivenName) value=form.given_name.clone()
                error=error(F::GivenName)/>
        </NamePair>
        <NamePair legend="氏名（かな）">
            <Field field=F::FamilyKana label=label(F::FamilyKana) name=name(F::FamilyKana)
                value=form.family_kana.clone() error=error(F::FamilyKana)/>
            <Field field=F::GivenKana label=label(F::GivenKana) name=name(F::GivenKana)
                value=form.given_kana.clone() error=error(F::GivenKana)/>
        </NamePair>
        <ReadingAsTyped name=F::FamilyName kana=F::FamilyKana/>
        <ReadingAsTyped name=F::GivenName kana=F::GivenKana/>
        <ChoiceGroup
            field=F::Services
            legend=label(F::Services)
            name="form[services][]"
            support="従事しているサービスをすべて選択してください。閲覧できる利用者の情報に関わります。"
            groups=services()
            chosen=form.services.clone()
            likely=usual
            error=error(F::Services)
        />
        <ChoiceGroup
            field=F::Jobs
            legend=label(F::Jobs)
            name="form[jobs][]"
            support="従事している職種をすべて選択してください。"
            groups=vec![ChoiceSet { name: "", choices: Job::ALL.iter().map(|job| (job.code(), job.name())).collect() }]
            chosen=form.jobs.clone()
            error=error(F::Jobs)
        />
        <Field field=F::Email label=label(F::Email) kind=FieldKind::Email required=words.email_required
            either=!words.email_required name=name(F::Email) support=words.contact_support value=form.email.clone() error=error(F::Email)/>
        <Field field=F::Phone label=label(F::Phone) kind=FieldKind::Phone required=false
            either=!words.email_required name=name(F::Phone)
            support="例：090-1234-5678" value=form.phone.clone() error=error(F::Phone)/>
    }
}

fn services() -> Vec<ChoiceSet> {
    let of = |group: ServiceGroup| {
        let codes = ServiceCode::offered().filter(move |code| code.service().group == group);
        codes.map(|code| (code.code(), code.name())).collect()
    };
    ServiceGroup::ALL.iter().map(|group| ChoiceSet { name: group.name(), choices: of(*group) }).collect()
}

/// ユーザID, which cannot be changed later.
#[component]
fn LoginIdField(members: Members, value: String, editing: Option<Uuid>, error: Option<String>) -> impl IntoView {
    if editing.is_some() {
        return view! {
            <div class="field">
                <span class="field__label">{label(F::LoginId)}</span>
                <p class="code">{value}</p>
                <p class="field__support">"ユーザIDは変更できません。"</p>
            </div>
        }
        .into_any();
    }
    view! {
        <Field
            field=F::LoginId
            label=label(F::LoginId)
            kind=FieldKind::Code
            name="form[login_id]"
            support="半角英数字6文字以上（例：kaigotarou）。ほかのユーザと同じIDは使えません。"
            value=value
            error
        />
        <LoginIdCheck members/>
    }
    .into_any()
}

/// Asks the server about the ユーザID while it is typed, half a second after the last key.
#[island]
fn LoginIdCheck(members: Members) -> impl IntoView {
    let id = F::LoginId.name();
    let check = Action::new(move |typed: &String| {
        let typed = typed.clone();
        async move { check_login_id(members, typed, None).await }
    });
    Effect::new(move |_| {
        if let Some(Ok(answer)) = check.value().get() {
            let found = answer.problem.filter(|found| *found != Problem::Missing);
            browser::show_field_error(id, found.map(|found| problem(F::LoginId, found)).as_deref());
        }
    });
    Effect::new(move |_| {
        let mut ask = leptos::prelude::debounce(Duration::from_millis(500), move |typed: String| {
            check.dispatch(typed);
        });
        browser::on_input(id, move |typed| {
            // What was wrong before is no longer about what stands in the field.
            browser::show_field_error(id, None);
            ask(typed);
        });
    });
}
