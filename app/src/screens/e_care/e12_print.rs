//! E-12: 資格確認結果 on paper, with office, user and time.

use leptos::prelude::*;

use super::{
    e06_eligibility::Top,
    item::Shown,
    person::{Who, crumbs_under_person},
};
use crate::{
    parts::{Answer, Answers, ButtonKind, ButtonLink, Buttons, PrintButton},
    routes::Route,
    screens::{
        ScreenId,
        screen::{Screen, page_info},
    },
    services::care::{CareSheet, CareView},
};

/// E-12.
#[component]
pub(super) fn Print(sheet: CareSheet) -> impl IntoView {
    let (id, today) = (sheet.person.id, sheet.today);
    let who = page_info().signed_in;
    let office = who.as_ref().map(|who| format!("{}（{}）", who.office_name, who.office_number)).unwrap_or_default();
    let user = who.map(|who| format!("{}（{}）", who.name, who.login_id)).unwrap_or_default();
    let items = sheet.items.iter().map(|shown| view! { <Shown id shown=shown.clone() today/> }).collect_view();
    view! {
        <Screen
            screen=ScreenId::E12
            wide=true
            lead="印刷したものには介護情報が含まれます。取り扱いと保管に注意してください。"
            crumbs=crumbs_under_person(&sheet.person)
        >
            <Buttons>
                <PrintButton/>
                <ButtonLink kind=ButtonKind::Plain href=Route::Care(id, CareView::Eligibility)>"資格確認結果に戻る"</ButtonLink>
            </Buttons>
            <Answers>
                <Answer label="事業所">{office}</Answer>
                <Answer label="表示したユーザ">{user}</Answer>
                <Answer label="表示した日時" code=true>{sheet.at.minute_text()}</Answer>
            </Answers>
            <Top sheet=sheet.clone()/>
            <section class="section"><h2>"ご本人"</h2><Who person=sheet.person/></section>
            {items}
        </Screen>
    }
}
