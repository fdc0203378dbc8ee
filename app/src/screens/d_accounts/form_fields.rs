//! The fields of a member's form: D-2 and D-8.

use std::sync::Mutex;

use domain::{
    account::{MemberForm, ServiceCode, ServiceGroup},
    form::{Field as F, Problem},
    job::Job,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{api::check_login_id, words::words};
use crate::{
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
    editing: Option<Uuid>,
    state: FormState,
) -> impl IntoView {
    let words = words(members);
    let name = |field: F| format!("form[{}]", field.name());
    view! {
        <LoginIdField members value=form.login_id.clone() editing state/>
        <NamePair legend="氏名（漢字）">
            <Field field=F::FamilyName label="姓" name=name(F::FamilyName) value=form.family_name.clone()
                error=state.of_field(F::FamilyName)/>
            <Field field=F::GivenName label="名" name=name(F::GivenName) value=form.given_name.clone()
                error=state.of_field(F::GivenName)/>
        </NamePair>
        <NamePair legend="氏名（かな）">
            <Field field=F::FamilyKana label=label(F::FamilyKana) name=name(F::FamilyKana)
                value=form.family_kana.clone() error=state.of_field(F::FamilyKana)/>
            <Field field=F::GivenKana label=label(F::GivenKana) name=name(F::GivenKana)
                value=form.given_kana.clone() error=state.of_field(F::GivenKana)/>
        </NamePair>
        <ChoiceGroup
            field=F::Services
            legend=label(F::Services)
            name="form[services][]"
            support="従事しているサービスをすべて選択してください。閲覧できる利用者の情報に関わります。"
            groups=services()
            chosen=form.services.clone()
            error=state.of_field(F::Services)
        />
        <ChoiceGroup
            field=F::Jobs
            legend=label(F::Jobs)
            name="form[jobs][]"
            support="従事している職種をすべて選択してください。"
            groups=vec![ChoiceSet { name: "", choices: Job::ALL.iter().map(|job| (job.code(), job.name())).collect() }]
            chosen=form.jobs.clone()
            error=state.of_field(F::Jobs)
        />
        <Field field=F::Email label=label(F::Email) kind=FieldKind::Email required=words.email_required
            name=name(F::Email) support=words.contact_support value=form.email.clone() error=state.of_field(F::Email)/>
        <Field field=F::Phone label=label(F::Phone) kind=FieldKind::Phone required=false name=name(F::Phone)
            support="例：090-1234-5678" value=form.phone.clone() error=state.of_field(F::Phone)/>
    }
}

fn services() -> Vec<ChoiceSet> {
    let of = |group: ServiceGroup| {
        let codes = ServiceCode::offered().filter(move |code| code.service().group == group);
        codes.map(|code| (code.code(), code.name())).collect()
    };
    ServiceGroup::ALL.iter().map(|group| ChoiceSet { name: group.name(), choices: of(*group) }).collect()
}

/// ユーザID: checked on the server while it is typed, half a second after the last key.
#[component]
fn LoginIdField(members: Members, value: String, editing: Option<Uuid>, state: FormState) -> impl IntoView {
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
    let check = Action::new(move |typed: &String| {
        let typed = typed.clone();
        async move { check_login_id(members, typed, None).await }
    });
    let live = Signal::derive(move || match check.value().get() {
        Some(Ok(answer)) => answer.problem.filter(|p| *p != Problem::Missing).map(|p| problem(F::LoginId, p)),
        _ => None,
    });
    let typed = RwSignal::new(None::<String>);
    let submitted = state.of_field(F::LoginId);
    // Once typing has begun, what was wrong before is no longer about what stands in the field.
    let error = Signal::derive(move || if typed.with(Option::is_some) { live.get() } else { submitted.get() });
    Effect::new(move |_| {
        submitted.track();
        typed.set(None);
    });
    let ask = leptos::prelude::debounce(std::time::Duration::from_millis(500), move |text: String| {
        check.dispatch(text);
    });
    let ask = StoredValue::new(Mutex::new(ask));
    let hear = Callback::new(move |text: String| {
        typed.set(Some(text.clone()));
        ask.with_value(|ask| {
            if let Ok(mut ask) = ask.lock() {
                ask(text);
            }
        });
    });
    view! {
        <Field
            field=F::LoginId
            label=label(F::LoginId)
            kind=FieldKind::Code
            name="form[login_id]"
            support="半角英数字6文字以上（例：kaigotarou）。ほかのユーザと同じIDは使えません。"
            value=value
            error=error
            on_input=hear
        />
    }
    .into_any()
}
