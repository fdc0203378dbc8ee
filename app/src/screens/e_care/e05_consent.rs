//! E-5: 同意. Read together with the person whose information it is: plain words, large text.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{WithdrawConsent, consents_of},
    e05_form::ConsentFields,
    e05_words as words,
    e15_emergency::EmergencyRecords,
    person::{WhoLine, crumbs_under_person},
};
use crate::{
    parts::{
        Button, ButtonKind, ButtonLink, Buttons, Cell, Column, DataTable, ErrorSummary, Furigana, Icon, IconKind,
        PostForm, RowHead, with_readings,
    },
    routes::Route,
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::loaded,
        screen::{Screen, page_info},
    },
    services::care::{CareView, ConsentEntry, ConsentSheet},
};

/// E-5.
#[component]
pub fn ConsentPage(id: Uuid) -> impl IntoView {
    loaded(ScreenId::E5, move || consents_of(id), |sheet| view! { <Consent sheet/> }.into_any())
}

#[component]
fn Consent(sheet: ConsentSheet) -> impl IntoView {
    let state = FormState::of::<super::GiveConsent>();
    let id = sheet.person.id;
    let office = page_info().signed_in.map(|who| who.office_name).unwrap_or_default();
    let who = format!("{}様", sheet.person.name.full());
    let any = sheet.items.iter().any(|(_, entry)| entry.is_some());
    view! {
        <Screen
            screen=ScreenId::E5
            heading=words::HEADING
            crumbs=crumbs_under_person(&sheet.person)
            failed=state.failed()
        >
            <div class="stack consent">
                <Furigana/>
                <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
                <WhoLine person=sheet.person.clone()/>
                <p>
                    {who} {with_readings("の｜介護《かいご》の｜情報《じょうほう》を、")} <strong>{office}</strong>
                    {with_readings(
                        "の｜職員《しょくいん》が｜見《み》ることについて、おたずねします。\
                         ｜見《み》てもよいものだけを｜選《えら》んでください。",
                    )}
                </p>
                <ul class="bullets">
                    {words::POINTS.map(|point| view! { <li>{with_readings(point)}</li> }).collect_view()}
                </ul>
                {any.then(|| view! { <Present sheet=sheet.clone()/> })}
                <EmergencyRecords records=sheet.emergencies.clone()/>
                <h2>
                    {with_readings(if any {
                        "｜同意《どうい》を｜追加《ついか》・｜変更《へんこう》する"
                    } else {
                        "｜同意《どうい》する｜内容《ないよう》"
                    })}
                </h2>
                <ConsentFields sheet state/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Care(id, CareView::Eligibility)>
                        {with_readings("｜資格確認結果《しかくかくにんけっか》を｜見《み》る")}
                    </ButtonLink>
                </Buttons>
            </div>
        </Screen>
    }
}

/// What is agreed to at present, and the way out of it.
#[component]
fn Present(sheet: ConsentSheet) -> impl IntoView {
    let (id, today) = (sheet.person.id, sheet.today);
    let open = sheet.items.iter().any(|(_, entry)| entry.as_ref().is_some_and(|entry| entry.withdrawn_at.is_none()));
    let rows = sheet.items.into_iter().filter_map(|(item, entry)| Some((item, entry?))).map(move |(item, entry)| {
        let ConsentEntry { given_at, until, withdrawn_at, .. } = entry;
        let (class, icon, word) = match withdrawn_at {
            Some(_) => ("badge badge--quiet", IconKind::Close, "取り消し"),
            None if until < today => ("badge badge--danger", IconKind::Clock, "期限切れ"),
            None => ("badge badge--success", IconKind::Success, "同意あり"),
        };
        let withdraw = withdrawn_at.is_none().then(|| view! { <Withdraw id item=Some(item)/> });
        view! {
            <tr>
                <RowHead label="情報">{item.name()}</RowHead>
                <Cell label="状態"><span class=class><Icon kind=icon/>{word}</span></Cell>
                <Cell label="同意した日" code=true>{given_at.date_text()}</Cell>
                <Cell label="閲覧期限" code=true>{until.slashed()}</Cell>
                <Cell label="操作">{withdraw}</Cell>
            </tr>
        }
    });
    let columns = ["情報", "状態", "同意した日", "閲覧期限", "操作"].map(Column::plain).to_vec();
    view! {
        <h2>{with_readings("｜現在《げんざい》の｜同意《どうい》")}</h2>
        <DataTable caption="現在の同意" columns=columns>{rows.collect_view()}</DataTable>
        <Buttons>
            {open.then(|| view! { <Withdraw id item=None/> })}
            <ButtonLink kind=ButtonKind::Secondary href=Route::ConsentRecord(id)>"同意の記録を表示する（印刷用）"</ButtonLink>
        </Buttons>
    }
}

/// Takes consent back at once: what is seen less needs no second question.
#[component]
fn Withdraw(id: Uuid, item: Option<domain::care::Item>) -> impl IntoView {
    let state = FormState::of::<WithdrawConsent>();
    let input = item.map(|item| view! { <input type="hidden" name="item" value=item.code()/> });
    let (kind, word) = if item.is_some() {
        (ButtonKind::Plain, "取り消す")
    } else {
        (ButtonKind::Danger, "すべての同意を取り消す")
    };
    let whose = item.map(|item| view! { <span class="visually-hidden">{format!("：{}", item.name())}</span> });
    view! {
        <PostForm action=state.endpoint>
            <input type="hidden" name="id" value=id.to_string()/>
            {input}
            <Button kind=kind>{word}{whose}</Button>
        </PostForm>
    }
}
