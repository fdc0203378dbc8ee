//! E-5: 同意. Read together with the person whose information it is: plain words, large text.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{WithdrawConsent, consents_of},
    e05_form::ConsentFields,
    e15_emergency::EmergencyRecords,
    person::{WhoLine, crumbs_under_person},
};
use crate::{
    parts::{
        Button, ButtonKind, ButtonLink, Buttons, Cell, Column, DataTable, ErrorSummary, Icon, IconKind, PostForm,
        RowHead,
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
        <Screen screen=ScreenId::E5 crumbs=crumbs_under_person(&sheet.person) failed=state.failed()>
            <div class="stack consent">
                <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
                <WhoLine person=sheet.person.clone()/>
                <p>
                    {who} "の介護の情報を、" <strong>{office}</strong>
                    "の職員が見ることについて、おたずねします。見てもよいものだけを選んでください。"
                </p>
                <ul class="bullets">
                    <li>"同意しなくても、介護サービスは利用できます。"</li>
                    <li>"同意は、いつでも取りやめることができます。取りやめると、すぐに見られなくなります。"</li>
                    <li>"見ることができるのは、この事業所の職員のうち、仕事で必要な人だけです。だれが見たかは記録に残ります。"</li>
                </ul>
                {any.then(|| view! { <Present sheet=sheet.clone()/> })}
                <h2>{if any { "同意を追加・変更する" } else { "同意する内容" }}</h2>
                <EmergencyRecords records=sheet.emergencies.clone()/>
                <ConsentFields sheet state/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Care(id, CareView::Eligibility)>
                        "資格確認結果を見る"
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
            Some(_) => ("badge badge--quiet", IconKind::Close, "撤回"),
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
        <h2>"現在の同意"</h2>
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
        (ButtonKind::Plain, "撤回する")
    } else {
        (ButtonKind::Danger, "すべての同意を撤回する")
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
