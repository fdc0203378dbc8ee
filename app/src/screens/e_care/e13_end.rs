//! E-13: the office no longer serves a person, who is named.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{EndCharge, charged_person},
    person::{Who, crumbs_under_person},
};
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen},
    services::care::{CareView, PersonHead},
};

/// E-13.
#[component]
pub fn EndChargePage(id: Uuid) -> impl IntoView {
    loaded(ScreenId::E13, move || charged_person(id), |person| view! { <Ask person/> }.into_any())
}

#[component]
fn Ask(person: PersonHead) -> impl IntoView {
    let state = FormState::of::<EndCharge>();
    let id = person.id;
    view! {
        <Screen
            screen=ScreenId::E13
            lead="この方へのサービスが終了したときに、担当事業所の登録を終了します。"
            crumbs=crumbs_under_person(&person)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Who person/>
            <Banner kind=BannerKind::Warning title="終了すると、この方の情報は見られなくなります">
                <p>"登録されている同意も、すべて終了します。もう一度担当するときは、本人確認と同意からやり直してください。"</p>
            </Banner>
            <PostForm action=state.endpoint>
                <input type="hidden" name="id" value=id.to_string()/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Care(id, CareView::Eligibility)>"キャンセル"</ButtonLink>
                    <Button kind=ButtonKind::Danger>"担当を終了する"</Button>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
