//! E-5: the record of consent, to be printed and handed over.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::consents_of,
    person::{Who, crumbs_under_person},
};
use crate::{
    parts::{Answer, Answers, ButtonKind, ButtonLink, Buttons, PrintButton, dated},
    routes::Route,
    screens::{
        ScreenId,
        loaded::loaded,
        screen::{Screen, page_info},
    },
    services::care::{CareView, ConsentEntry, ConsentSheet},
};

/// E-5, the record.
#[component]
pub fn ConsentRecordPage(id: Uuid) -> impl IntoView {
    loaded(ScreenId::E5, move || consents_of(id), |sheet| view! { <Record sheet/> }.into_any())
}

#[component]
fn Record(sheet: ConsentSheet) -> impl IntoView {
    let page = page_info();
    let id = sheet.person.id;
    let office = page.signed_in.map(|who| format!("{}（{}）", who.office_name, who.office_number)).unwrap_or_default();
    let given = sheet.items.into_iter().filter_map(|(item, entry)| Some((item.name(), entry?)));
    let rows = given.map(|(name, entry)| view! { <Answer label=name>{dated(words(&entry))}</Answer> }).collect_view();
    view! {
        <Screen screen=ScreenId::E5 crumbs=crumbs_under_person(&sheet.person)>
            <h2>"同意の記録"</h2>
            <p>"下の事業所が、次の方の介護の情報を見ることについて、同意の内容を記録したものです。"</p>
            <Who person=sheet.person/>
            <h3>"同意の内容"</h3>
            <Answers>{rows}</Answers>
            <Answers>
                <Answer label="事業所">{office}</Answer>
                <Answer label="表示した日時" code=true>{page.now.minute_text()}</Answer>
            </Answers>
            <Buttons>
                <ButtonLink href=Route::Care(id, CareView::Eligibility)>"資格確認結果を見る"</ButtonLink>
                <PrintButton/>
                <ButtonLink kind=ButtonKind::Plain href=Route::Consent(id)>"同意の画面に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// One item's consent in a sentence.
fn words(entry: &ConsentEntry) -> String {
    let by = match &entry.proxy {
        None => "ご本人".to_owned(),
        Some((name, relation)) => format!("{name}（ご本人との関係：{}）", relation.name()),
    };
    let given = format!("{}に{by}が同意。閲覧期限 {}", entry.given_at.minute_text(), entry.until.both());
    match entry.withdrawn_at {
        None => given,
        Some(at) => format!("{given}。{}に取り消し", at.minute_text()),
    }
}
