//! E-7 … E-11: one or two items of a person on a screen of their own.

use leptos::prelude::*;

use super::{
    e15_emergency::EmergencyState,
    item::Shown,
    person::{WhoLine, crumbs_under_person},
};
use crate::{
    parts::{ButtonKind, ButtonLink, Buttons},
    routes::Route,
    screens::{ScreenId, screen::Screen},
    services::care::{CareSheet, CareView},
};

/// E-7 … E-11.
#[component]
pub(super) fn Sheet(screen: ScreenId, sheet: CareSheet) -> impl IntoView {
    let (id, today) = (sheet.person.id, sheet.today);
    let state = view! { <EmergencyState sheet=sheet.clone()/> };
    let items = sheet.items.into_iter().map(|shown| {
        let name = shown.item.name();
        // Two headings with the same words, one under the other, would say nothing.
        let heading = if name == screen.title() { format!("{name}の内容") } else { name.to_owned() };
        view! { <Shown id shown today heading/> }
    });
    let items = items.collect_view();
    view! {
        <Screen screen=screen wide=true crumbs=crumbs_under_person(&sheet.person)>
            <WhoLine person=sheet.person/>
            {state}
            {items}
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Care(id, CareView::Eligibility)>
                    "資格確認結果に戻る"
                </ButtonLink>
            </Buttons>
        </Screen>
    }
}
