//! D-7: a member was deleted.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    d05_detail::with_member,
    words::{crumbs_under_list, words},
};
use crate::{
    parts::{Answer, Answers, Banner, BannerKind, ButtonKind, ButtonLink, Buttons, DoneBanner},
    routes::{Members, Route},
    screens::screen::Screen,
    services::accounts::AccountDetail,
};

/// D-7.
#[component]
pub fn MemberDeleted(members: Members, id: Uuid) -> impl IntoView {
    with_member(words(members).deleted, members, id, true, move |account| {
        view! { <Deleted members account/> }.into_any()
    })
}

#[component]
fn Deleted(members: Members, account: AccountDetail) -> impl IntoView {
    let words = words(members);
    let banner = if account.deleted {
        view! {
            <DoneBanner title="アカウントを削除しました">"本人に、アカウント削除のお知らせを送信しました。"</DoneBanner>
        }
        .into_any()
    } else {
        view! { <Banner kind=BannerKind::Info title="このアカウントは削除されていません"/> }.into_any()
    };
    view! {
        <Screen screen=words.deleted crumbs=crumbs_under_list(members)>
            {banner}
            <Answers>
                <Answer label="ユーザID" code=true>{account.profile.login_id.to_string()}</Answer>
                <Answer label="ユーザ名"><span class="nobreak">{account.profile.name.full()}</span></Answer>
            </Answers>
            <Buttons>
                <ButtonLink href=Route::Members(members)>{words.back_to_list}</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=Route::OfficeMenu>"メニューへ"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
