//! D-6: deleting a member, who is named.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::DeleteMember,
    d05_detail::with_member,
    words::{crumbs_under_list, words},
};
use crate::{
    parts::{Answer, Answers, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm},
    routes::{Members, Route},
    screens::{form_state::FormState, screen::Screen},
    services::accounts::AccountDetail,
};

/// D-6.
#[component]
pub fn DeleteMemberPage(members: Members, id: Uuid) -> impl IntoView {
    with_member(words(members).delete, members, id, false, move |account| view! { <Ask members account/> }.into_any())
}

#[component]
fn Ask(members: Members, account: AccountDetail) -> impl IntoView {
    let words = words(members);
    let state = FormState::of::<DeleteMember>();
    let profile = account.profile;
    view! {
        <Screen
            screen=words.delete
            lead="ユーザIDとユーザ名を確認してください。"
            crumbs=crumbs_under_list(members)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Answers>
                <Answer label="ユーザID" code=true>{profile.login_id.to_string()}</Answer>
                <Answer label="ユーザ名">
                    <span class="nobreak">{format!("{}（{}）", profile.name.full(), profile.name.reading())}</span>
                </Answer>
            </Answers>
            <Banner kind=BannerKind::Warning title="削除すると、このユーザはログインできなくなります">
                <p>
                    "ログイン中の場合は、すぐにログアウトします。同じユーザIDを、もう一度登録することはできません。"
                    "操作の記録は残ります。"
                </p>
            </Banner>
            <PostForm action=state.endpoint>
                <input type="hidden" name="members" value=members.code()/>
                <input type="hidden" name="id" value=account.id.to_string()/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Member(members, account.id)>"キャンセル"</ButtonLink>
                    <Button kind=ButtonKind::Danger>"アカウントを削除する"</Button>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
