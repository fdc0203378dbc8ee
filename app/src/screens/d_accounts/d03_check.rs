//! D-3: registering a member: check.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    answers::MemberAnswers,
    api::{RegisterMember, member_draft},
    words::{crumbs_under_list, words},
};
use crate::{
    parts::{Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm, Steps},
    routes::{Members, Route},
    screens::{form_state::FormState, loaded::loaded, screen::Screen},
    services::accounts::Draft,
};

/// D-3.
#[component]
pub fn CheckNewMember(members: Members, draft: Uuid) -> impl IntoView {
    loaded(
        members.screens().check,
        move || member_draft(members, Some(draft), None),
        move |draft| view! { <Check members draft/> }.into_any(),
    )
}

#[component]
fn Check(members: Members, draft: Draft) -> impl IntoView {
    let words = words(members);
    let state = FormState::starting_with::<RegisterMember>(draft.errors.clone());
    let form_address = Route::NewMember(members, Some(draft.id)).to_string();
    let ready = draft.submitted && draft.errors.is_empty();
    view! {
        <Screen
            screen=members.screens().check
            lead="内容を確認してください。「変更」を押すと、入力した内容のまま戻れます。"
            crumbs=crumbs_under_list(members)
            failed=state.failed()
        >
            <Steps current=1/>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <MemberAnswers form=draft.form change=form_address.clone() change_id=true/>
            {if ready {
                view! {
                    <PostForm action=state.endpoint>
                        <input type="hidden" name="members" value=members.code()/>
                        <input type="hidden" name="draft" value=draft.id.to_string()/>
                        <Buttons>
                            <Button>{words.complete}</Button>
                            <ButtonLink kind=ButtonKind::Secondary href=form_address>"入力に戻る"</ButtonLink>
                        </Buttons>
                    </PostForm>
                }
                .into_any()
            } else {
                view! { <Buttons><ButtonLink href=form_address>"入力に戻る"</ButtonLink></Buttons> }.into_any()
            }}
        </Screen>
    }
}
