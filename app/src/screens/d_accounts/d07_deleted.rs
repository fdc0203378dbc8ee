//! D-7 and D-17: a member was deleted; as long as that can be undone, whoever may do so finds the way here.

use domain::{
    Timestamp,
    account::{MemberAct, RESTORE_DAYS, Right, days_after},
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    acts::act_words,
    d05_detail::with_member,
    whom::Whom,
    words::{crumbs_under_list, home, own_kind, words},
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
    with_member(members.screens().deleted, members, id, true, move |account| {
        view! { <Deleted members account/> }.into_any()
    })
}

#[component]
fn Deleted(members: Members, account: AccountDetail) -> impl IntoView {
    let deleted_at = account.standing.deleted_at;
    let banner = match deleted_at {
        Some(_) => view! {
            <DoneBanner title="アカウントを削除しました">"本人に、アカウント削除のお知らせを送信しました。"</DoneBanner>
        }
        .into_any(),
        None => view! { <Banner kind=BannerKind::Info title="このアカウントは削除されていません"/> }.into_any(),
    };
    let restore = deleted_at.filter(|_| own_kind().may(Right::RestoreMembers)).map(|_| {
        let href = Route::Act(members, account.id, MemberAct::Restore);
        view! { <ButtonLink kind=ButtonKind::Secondary href=href>{act_words(MemberAct::Restore).button}</ButtonLink> }
    });
    view! {
        <Screen screen=members.screens().deleted crumbs=crumbs_under_list(members)>
            {banner}
            <Whom account=account.clone()/>
            {deleted_at.map(|at| view! { <Days at/> })}
            <Buttons>
                <ButtonLink href=Route::Members(members)>{words(members).back_to_list}</ButtonLink>
                {restore}
                <ButtonLink kind=ButtonKind::Plain href=home()>"メニューへ"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

#[component]
fn Days(at: Timestamp) -> impl IntoView {
    view! {
        <Answers>
            <Answer label="削除日時" code=true>{at.minute_text()}</Answer>
            <Answer label="復元できる期限" code=true>{days_after(at, RESTORE_DAYS).minute_text()}</Answer>
        </Answers>
    }
}
