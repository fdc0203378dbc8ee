//! D-8: changing a member: input, check, done.

use domain::account::MemberForm;
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    answers::MemberAnswers,
    api::{ChangeMember, SubmitMember, member_draft},
    d05_detail::with_member,
    form_fields::MemberFields,
    words::{crumbs_under_member, words},
};
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, DoneBanner, ErrorSummary, PostForm, Steps},
    routes::{Members, Route},
    screens::{form_state::FormState, loaded::loaded, screen::Screen},
    services::accounts::{AccountDetail, Draft},
};

fn with_draft<V>(members: Members, id: Uuid, draft: Option<Uuid>, view: V) -> impl IntoView
where
    V: Fn(Draft, AccountDetail) -> AnyView + Clone + Send + Sync + 'static,
{
    let load = move || member_draft(members, draft, Some(id));
    loaded(members.screens().edit, load, move |draft| match draft.editing.clone() {
        Some(account) => view(draft, account),
        None => ().into_any(),
    })
}

/// D-8, input.
#[component]
pub fn EditMember(members: Members, id: Uuid, draft: Option<Uuid>) -> impl IntoView {
    with_draft(members, id, draft, move |draft, account| view! { <Form members draft account/> }.into_any())
}

#[component]
fn Form(members: Members, draft: Draft, account: AccountDetail) -> impl IntoView {
    let state = FormState::starting_with::<SubmitMember>(draft.errors.clone());
    // A draft kept from a timed-out session may lack the ID, which its form does not send.
    let form = MemberForm { login_id: account.profile.login_id.to_string(), ..draft.form };
    view! {
        <Screen
            screen=members.screens().edit
            lead="変更する内容を入力してください。"
            crumbs=crumbs_under_member(members, account.id)
            failed=state.failed()
        >
            <Steps current=0/>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <input type="hidden" name="members" value=members.code()/>
                <input type="hidden" name="draft" value=draft.id.to_string()/>
                <input type="hidden" name="editing" value=account.id.to_string()/>
                <MemberFields members form editing=Some(account.id) state/>
                <Buttons>
                    <Button>"変更内容を確認する"</Button>
                    <ButtonLink kind=ButtonKind::Plain href=Route::Member(members, account.id)>"変更をやめる"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}

/// D-8, check.
#[component]
pub fn CheckEditedMember(members: Members, id: Uuid, draft: Uuid) -> impl IntoView {
    with_draft(members, id, Some(draft), move |draft, account| view! { <Check members draft account/> }.into_any())
}

#[component]
fn Check(members: Members, draft: Draft, account: AccountDetail) -> impl IntoView {
    let state = FormState::starting_with::<ChangeMember>(draft.errors.clone());
    let form_address = Route::EditMember(members, account.id, Some(draft.id)).to_string();
    let unchanged = account.profile.to_form() == draft.form;
    let ready = draft.submitted && draft.errors.is_empty();
    view! {
        <Screen
            screen=members.screens().edit
            lead="変更後の内容を確認してください。"
            crumbs=crumbs_under_member(members, account.id)
            failed=state.failed()
        >
            <Steps current=1/>
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            {unchanged.then(|| view! { <Banner kind=BannerKind::Info title="登録されている内容から変更されていません"/> })}
            <MemberAnswers form=draft.form change=form_address.clone()/>
            <PostForm action=state.endpoint>
                <input type="hidden" name="members" value=members.code()/>
                <input type="hidden" name="draft" value=draft.id.to_string()/>
                <Buttons>
                    {ready.then(|| view! { <Button>"変更を完了する"</Button> })}
                    <ButtonLink kind=ButtonKind::Secondary href=form_address>"入力に戻る"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}

/// D-8, done.
#[component]
pub fn MemberEdited(members: Members, id: Uuid) -> impl IntoView {
    with_member(members.screens().edit, members, id, false, move |account| {
        view! { <Edited members account/> }.into_any()
    })
}

#[component]
fn Edited(members: Members, account: AccountDetail) -> impl IntoView {
    let words = words(members);
    view! {
        <Screen screen=members.screens().edit crumbs=crumbs_under_member(members, account.id)>
            <Steps current=2/>
            <DoneBanner title="登録内容を変更しました">"本人に、登録内容変更のお知らせを送信しました。"</DoneBanner>
            <MemberAnswers form=account.profile.to_form()/>
            <Buttons>
                <ButtonLink href=Route::Members(members)>{words.back_to_list}</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Member(members, account.id)>"詳細に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
