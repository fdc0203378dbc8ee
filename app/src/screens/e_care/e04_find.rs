//! E-4: looking a person up by four items.

use domain::{
    care::{NoCardReason, Sex},
    form::Field as F,
};
use leptos::prelude::*;

use super::{api::LookUpPerson, person::crumbs_under_list};
use crate::{
    parts::{
        BirthField, Button, ButtonKind, ButtonLink, Buttons, ChoiceCards, ErrorSummary, Field, FieldKind, PostForm,
        RadioCard,
    },
    routes::Route,
    screens::{ScreenId, form_state::FormState, screen::Screen, text::label},
};

/// The input's `name` in the form's own structure.
fn name(field: &str) -> String {
    format!("form[{field}]")
}

/// E-4.
#[component]
pub fn FindPerson() -> impl IntoView {
    let state = FormState::of::<LookUpPerson>();
    let typed = |field: &str| state.typed(&name(field));
    let number = |field: F, support: &'static str| {
        let (value, error) = (typed(field.name()), state.of_field(field));
        view! {
            <Field
                field=field
                name=name(field.name())
                label=label(field)
                kind=FieldKind::Code
                inputmode="numeric"
                support=support
                value=value
                error=error
            />
        }
        .into_any()
    };
    let numbers = [
        number(F::InsurerNumber, "被保険者証に書かれた6桁の番号です。"),
        number(
            F::InsuredNumber,
            "10桁の番号です。先頭の0も入力してください。個人番号（マイナンバー）は入力しないでください。",
        ),
    ];
    let birth = ["birth_era", "birth_year", "birth_month", "birth_day"].map(typed);
    let (sex, reason) = (typed(F::Sex.name()), typed(F::NoCardReason.name()));
    let sexes = Sex::ALL.iter().map(|one| {
        view! { <RadioCard name=name(F::Sex.name()) value=one.code() label=one.name() checked=sex == one.code()/> }
    });
    let reasons = NoCardReason::ALL.iter().map(|one| {
        let checked = reason == one.code();
        view! { <RadioCard name=name(F::NoCardReason.name()) value=one.code() label=one.name() checked=checked/> }
    });
    let (sexes, reasons) = (sexes.collect_view(), reasons.collect_view());
    view! {
        <Screen
            screen=ScreenId::E4
            lead="被保険者証を見ながら入力してください。すべての項目が一致した方だけを表示します。"
            crumbs=crumbs_under_list()
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                {numbers.into_iter().collect_view()}
                <BirthField label=label(F::BirthDate) typed=birth error=state.of_field(F::BirthDate)/>
                <ChoiceCards field=F::Sex legend=label(F::Sex) error=state.of_field(F::Sex)>{sexes}</ChoiceCards>
                <ChoiceCards
                    field=F::NoCardReason
                    legend=label(F::NoCardReason)
                    support="記録に残ります。"
                    error=state.of_field(F::NoCardReason)
                >
                    {reasons}
                </ChoiceCards>
                <Buttons>
                    <Button>"確認する"</Button>
                    <ButtonLink kind=ButtonKind::Plain href=Route::VerifyPerson>"確認の方法に戻る"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
