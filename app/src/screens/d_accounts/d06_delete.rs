//! D-6 and D-16: deleting a member, who is named.

use domain::account::RESTORE_DAYS;
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::DeleteMember,
    d05_detail::with_member,
    whom::{LastAdministrator, Whom},
    words::crumbs_under_member,
};
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm},
    routes::{Members, Route},
    screens::{form_state::FormState, screen::Screen},
    services::accounts::AccountDetail,
};

/// D-6.
#[component]
pub fn DeleteMemberPage(members: Members, id: Uuid) -> impl IntoView {
    with_member(members.screens().delete, members, id, false, move |account| {
        view! { <Ask members account/> }.into_any()
    })
}

#[component]
fn Ask(members: Members, account: AccountDetail) -> impl IntoView {
    let state = FormState::of::<DeleteMember>();
    let warned = account.last_administrator;
    view! {
        <Screen
            screen=members.screens().delete
            lead="ユーザIDとユーザ名を確認してください。"
            crumbs=crumbs_under_member(members, account.id)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Whom account=account.clone()/>
            <Banner kind=BannerKind::Warning title="削除すると、このユーザはログインできなくなります">
                <p>
                    "ログイン中の場合は、すぐにログアウトします。同じユーザIDを、もう一度登録することはできません。"
                    {format!("{RESTORE_DAYS}日以内であれば、事業所ユーザがアカウントを復元できます。操作の記録は残ります。")}
                </p>
            </Banner>
            {warned.then(|| view! { <LastAdministrator/> })}
            <PostForm action=state.endpoint>
                <input type="hidden" name="members" value=members.code()/>
                <input type="hidden" name="id" value=account.id.to_string()/>
                <input type="hidden" name="warned" value=warned.to_string()/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Member(members, account.id)>"キャンセル"</ButtonLink>
                    <Button kind=ButtonKind::Danger>"アカウントを削除する"</Button>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
