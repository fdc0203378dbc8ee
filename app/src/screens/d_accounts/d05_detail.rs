//! D-5: one member, whole.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    answers::MemberAnswers,
    api::member_detail,
    words::{crumbs_under_list, words},
};
use crate::{
    parts::{Answer, Answers, ButtonKind, ButtonLink, Buttons, StateBadge},
    routes::{Members, Route},
    screens::{ScreenId, loaded::loaded, screen::Screen},
    services::accounts::AccountDetail,
};

/// Loads a member and shows it with `view`.
pub(super) fn with_member<V>(screen: ScreenId, members: Members, id: Uuid, deleted: bool, view: V) -> impl IntoView
where
    V: Fn(AccountDetail) -> AnyView + Clone + Send + Sync + 'static,
{
    loaded(screen, move || member_detail(members, id, deleted), view)
}

/// D-5.
#[component]
pub fn MemberDetail(members: Members, id: Uuid) -> impl IntoView {
    with_member(words(members).detail, members, id, false, move |account| {
        view! { <Detail members account/> }.into_any()
    })
}

#[component]
fn Detail(members: Members, account: AccountDetail) -> impl IntoView {
    let words = words(members);
    let last = account.last_sign_in.map_or("まだログインしていません".to_owned(), domain::Timestamp::minute_text);
    view! {
        <Screen screen=words.detail crumbs=crumbs_under_list(members)>
            <p><StateBadge state=account.state/></p>
            <MemberAnswers form=account.profile.to_form()/>
            <Answers>
                <Answer label="登録日" code=true>{account.registered_at.date_text()}</Answer>
                <Answer label="最終更新" code=true>{account.changed_at.minute_text()}</Answer>
                <Answer label="最終ログイン" code=true>{last}</Answer>
            </Answers>
            <Buttons>
                <ButtonLink href=Route::EditMember(members, account.id, None)>"登録内容を編集する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Members(members)>{words.back_to_list}</ButtonLink>
                <ButtonLink kind=ButtonKind::Danger href=Route::DeleteMember(members, account.id)>
                    "アカウントを削除する"
                </ButtonLink>
            </Buttons>
        </Screen>
    }
}
