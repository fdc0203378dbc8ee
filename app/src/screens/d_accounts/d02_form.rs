//! D-2: registering a member: input.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::{SubmitMember, member_draft},
    form_fields::MemberFields,
    words::crumbs_under_list,
};
use crate::{
    parts::{Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm, Steps},
    routes::{Members, Route},
    screens::{form_state::FormState, loaded::loaded, screen::Screen},
    services::accounts::Draft,
};

/// D-2.
#[component]
pub fn NewMember(members: Members, draft: Option<Uuid>) -> impl IntoView {
    loaded(
        members.screens().new,
        move || member_draft(members, draft, None),
        move |draft| view! { <Form members draft/> }.into_any(),
    )
}

#[component]
fn Form(members: Members, draft: Draft) -> impl IntoView {
    let state = FormState::starting_with::<SubmitMember>(draft.errors.clone());
    view! {
        <Screen
            screen=members.screens().new
            lead="登録する方の情報を入力してください。"
            crumbs=crumbs_under_list(members)
            failed=state.failed()
        >
            <Steps current=0/>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <input type="hidden" name="members" value=members.code()/>
                <input type="hidden" name="draft" value=draft.id.to_string()/>
                <MemberFields members form=draft.form usual=draft.usual editing=None state/>
                <Buttons>
                    <Button>"登録内容を確認する"</Button>
                    <ButtonLink kind=ButtonKind::Plain href=Route::Members(members)>"登録をやめる"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
