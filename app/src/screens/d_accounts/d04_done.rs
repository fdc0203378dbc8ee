//! D-4: registering a member: done.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::member_detail,
    words::{crumbs_under_list, home, words},
};
use crate::{
    parts::{Answer, Answers, ButtonKind, ButtonLink, Buttons, DoneBanner, Steps},
    routes::{Members, Route},
    screens::{loaded::loaded, screen::Screen},
    services::accounts::AccountDetail,
};

/// D-4. A reload shows it again and does nothing else.
#[component]
pub fn NewMemberDone(members: Members, id: Uuid) -> impl IntoView {
    loaded(
        members.screens().done,
        move || member_detail(members, id, false),
        move |account| view! { <Done members account/> }.into_any(),
    )
}

#[component]
fn Done(members: Members, account: AccountDetail) -> impl IntoView {
    let words = words(members);
    let profile = account.profile;
    let to = profile.email.as_ref().map(domain::contact::Email::masked);
    let to = to.or_else(|| profile.phone.as_ref().map(domain::contact::Phone::masked)).unwrap_or_default();
    view! {
        <Screen screen=members.screens().done crumbs=crumbs_under_list(members)>
            <Steps current=2/>
            <DoneBanner title=format!("{}を登録しました", words.kind)>
                "アカウント発行のお知らせを " <span class="code">{to}</span> " あてに送信しました。"
                "お知らせに記載の初期パスワードで、7日以内にログインするようご案内ください。"
            </DoneBanner>
            <Answers>
                <Answer label="ユーザID" code=true>{profile.login_id.to_string()}</Answer>
                <Answer label="ユーザ名"><span class="nobreak">{profile.name.full()}</span></Answer>
            </Answers>
            <Buttons>
                <ButtonLink href=Route::NewMember(members, None)>"続けて登録する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Members(members)>{words.back_to_list}</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=home()>"メニューへ"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
