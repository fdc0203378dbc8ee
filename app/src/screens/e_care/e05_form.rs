//! E-5: the form in which consent is given.

use domain::{
    care::{Relation, Signer},
    form::Field as F,
};
use leptos::prelude::*;

use super::e05_words::{self as words, label};
use crate::{
    parts::{
        Button, Buttons, CheckCard, ChoiceCards, Field, FieldKind, PostForm, RadioCard, SelectField, with_readings,
    },
    screens::form_state::FormState,
    services::care::ConsentSheet,
};

/// Months that the form offers at first as 閲覧期限.
const OFFERED_MONTHS: i32 = 12;

/// Items, last day, who agrees.
#[component]
pub(super) fn ConsentFields(
    /// The person and what was agreed before.
    sheet: ConsentSheet,
    /// What the last try was refused for.
    state: FormState,
) -> impl IntoView {
    let ConsentSheet { person, items, today, .. } = sheet;
    let typed = |name: &str| state.typed(&format!("form[{name}]"));
    let boxes = items.into_iter().enumerate().map(|(at, (item, _))| {
        // One name per box: what was ticked survives a refused try.
        let name = format!("form[items][{at}]");
        let checked = !state.typed(&name).is_empty();
        view! { <CheckCard name=name value=item.code() label=words::name(item) detail=words::plain(item) checked=checked/> }
    });
    let boxes = boxes.collect_view();
    let signer = Some(typed("signer")).filter(|code| !code.is_empty()).unwrap_or(Signer::Person.code().to_owned());
    let signers = Signer::ALL.iter().map(|one| {
        view! { <RadioCard name="form[signer]" value=one.code() label=words::signer(*one) checked=signer == one.code()/> }
    });
    let signers = signers.collect_view();
    let until = Some(typed("until")).filter(|day| !day.is_empty());
    let until = until.unwrap_or_else(|| today.plus_months(OFFERED_MONTHS).iso());
    let (proxy_name, relation) = (typed("proxy_name"), typed("relation"));
    let relations = Relation::ALL.iter().map(|one| (one.code(), one.name())).collect();
    view! {
        <PostForm action=state.endpoint>
            <input type="hidden" name="id" value=person.id.to_string()/>
            <ChoiceCards field=F::ConsentItems legend=label(F::ConsentItems) error=state.of_field(F::ConsentItems)>
                {boxes}
            </ChoiceCards>
            <Field
                field=F::ConsentUntil
                name="form[until]"
                label=label(F::ConsentUntil)
                kind=FieldKind::Day
                support=words::UNTIL
                value=until
                error=state.of_field(F::ConsentUntil)
            />
            <ChoiceCards field=F::Signer legend=label(F::Signer) error=state.of_field(F::Signer)>{signers}</ChoiceCards>
            <Field
                field=F::ProxyName
                name="form[proxy_name]"
                label=label(F::ProxyName)
                required=false
                support=words::PROXY
                value=proxy_name
                error=state.of_field(F::ProxyName)
            />
            <SelectField
                field=F::ProxyRelation
                name="form[relation]"
                label=label(F::ProxyRelation)
                required=false
                options=relations
                value=relation
                error=state.of_field(F::ProxyRelation)
            />
            <Buttons>
                <Button>{with_readings("｜同意《どうい》を｜登録《とうろく》する")}</Button>
            </Buttons>
        </PostForm>
    }
}
