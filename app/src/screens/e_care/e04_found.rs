//! E-4: who was found, and the question whether to take charge.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{TakeCharge, person_found},
    person::{Who, crumbs_under_list},
};
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen},
    services::care::{CareView, FoundPerson},
};

/// E-4, found.
#[component]
pub fn PersonFound(found: Uuid) -> impl IntoView {
    loaded(ScreenId::E4, move || person_found(found), move |person| view! { <Found found person/> }.into_any())
}

#[component]
fn Found(found: Uuid, person: FoundPerson) -> impl IntoView {
    let state = FormState::of::<TakeCharge>();
    let next = match person.charge {
        Some(charge) => view! {
            <Banner title="この方は、すでに担当として登録されています"/>
            <Buttons>
                <ButtonLink href=Route::Care(charge, CareView::Eligibility)>"資格確認結果を見る"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::People>"利用者一覧へ"</ButtonLink>
            </Buttons>
        }
        .into_any(),
        None => view! {
            <p>
                "ご本人に間違いがなければ、この事業所を担当事業所として登録してください。"
                "登録すると、資格確認結果を確認できます。ほかの介護情報を見るには、続けてご本人の同意が必要です。"
            </p>
            <PostForm action=state.endpoint>
                <input type="hidden" name="found" value=found.to_string()/>
                <Buttons>
                    <Button>"担当として登録する"</Button>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::FindPerson>"登録せずに戻る"</ButtonLink>
                </Buttons>
            </PostForm>
        }
        .into_any(),
    };
    view! {
        <Screen screen=ScreenId::E4 crumbs=crumbs_under_list() failed=state.failed()>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Banner kind=BannerKind::Success title="一致する方が見つかりました"/>
            <Who person=person.person/>
            {next}
        </Screen>
    }
}
