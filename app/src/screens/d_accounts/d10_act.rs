//! D-10 and D-19: one act on one account: asked for on a page of its own, and done.

use domain::{
    account::{AccountKind, MemberAct, Right, last_day},
    form::Field as F,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    acts::{ActWords, act_words, expiry_text},
    api::{ActOnMember, member_detail},
    d05_detail::with_member,
    whom::{LastAdministrator, Whom},
    words::{crumbs_under_list, crumbs_under_member, own_kind, words},
};
use crate::{
    error::ApiError,
    parts::{
        Answer, Answers, Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, Crumb, DoneBanner, ErrorSummary,
        Field, FieldKind, PostForm,
    },
    routes::{Members, Route},
    screens::{
        form_state::FormState,
        loaded::loaded,
        screen::{Screen, page_info},
        text::label,
    },
    services::accounts::AccountDetail,
};

/// Deleted accounts lie under the list: they have no D-5.
fn crumbs(members: Members, account: &AccountDetail) -> Vec<Crumb> {
    match account.standing.deleted_at {
        Some(_) => crumbs_under_list(members),
        None => crumbs_under_member(members, account.id),
    }
}

/// Where the account is seen.
pub(super) fn account_page(members: Members, account: &AccountDetail) -> Route {
    match account.standing.deleted_at {
        Some(_) => Route::MemberDeleted(members, account.id),
        None => Route::Member(members, account.id),
    }
}

fn may(kind: AccountKind, act: MemberAct) -> bool {
    act != MemberAct::Restore || kind.may(Right::RestoreMembers)
}

/// D-10, asking.
#[component]
pub fn ActPage(members: Members, id: Uuid, act: MemberAct) -> impl IntoView {
    let allowed = may(own_kind(), act);
    let load = move || async move {
        if !allowed {
            return Err(ApiError::NotPermitted);
        }
        member_detail(members, id, act == MemberAct::Restore).await
    };
    loaded(members.screens().act, load, move |account| view! { <Ask members act account/> }.into_any())
}

#[component]
fn Ask(members: Members, act: MemberAct, account: AccountDetail) -> impl IntoView {
    let ActWords { button, idle, .. } = act_words(act);
    let state = FormState::of::<ActOnMember>();
    let back = account_page(members, &account);
    let crumbs = crumbs(members, &account);
    let something_to_do = account.standing.takes(act, page_info().now);
    let body = if something_to_do {
        view! { <Confirm members act account=account.clone() state=state.clone()/> }.into_any()
    } else {
        view! {
            <Banner kind=BannerKind::Info title=idle/>
            <Buttons><ButtonLink href=back>"詳細に戻る"</ButtonLink></Buttons>
        }
        .into_any()
    };
    view! {
        <Screen
            screen=members.screens().act
            lead=format!("「{button}」の確認です。ユーザIDとユーザ名を確認してください。")
            crumbs=crumbs
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields message=state.message/>
            <Whom account/>
            {body}
        </Screen>
    }
}

#[component]
fn Confirm(members: Members, act: MemberAct, account: AccountDetail, state: FormState) -> impl IntoView {
    let ActWords { button, effect, more, grave, .. } = act_words(act);
    let warned = account.last_administrator && act.takes_away_use();
    let (banner, press) =
        if grave { (BannerKind::Warning, ButtonKind::Danger) } else { (BannerKind::Info, ButtonKind::Primary) };
    let (action, back) = (state.endpoint, account_page(members, &account));
    let (id, seen) = (account.id.to_string(), account.seen(act).to_string());
    let day = (act == MemberAct::SetExpiry).then(|| view! { <LastDay account state/> });
    view! {
        <Banner kind=banner title=effect>
            <p>{format!("{more}本人にお知らせを送信します。")}</p>
        </Banner>
        {warned.then(|| view! { <LastAdministrator/> })}
        <PostForm action=action>
            <input type="hidden" name="members" value=members.code()/>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="act" value=act.code()/>
            <input type="hidden" name="seen" value=seen/>
            <input type="hidden" name="warned" value=warned.to_string()/>
            {day}
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=back>"キャンセル"</ButtonLink>
                <Button kind=press>{button}</Button>
            </Buttons>
        </PostForm>
    }
}

/// 有効期限, as it is or as it was typed.
#[component]
fn LastDay(account: AccountDetail, state: FormState) -> impl IntoView {
    let stored = account.standing.expires_at.map(|end| last_day(end).to_string()).unwrap_or_default();
    let typed = state.typed(F::ExpiresOn.name());
    let value = if typed.is_empty() { stored } else { typed };
    view! {
        <Field
            field=F::ExpiresOn
            label=label(F::ExpiresOn)
            kind=FieldKind::Day
            support="この日まで利用できます。"
            value=value
            error=state.of_field(F::ExpiresOn)
        />
    }
}

/// D-10, done. A reload shows it again and does nothing else.
#[component]
pub fn ActDone(members: Members, id: Uuid, act: MemberAct) -> impl IntoView {
    with_member(members.screens().act, members, id, false, move |account| {
        view! { <Done members act account/> }.into_any()
    })
}

/// Whether the account is as the act leaves it: the address alone proves nothing.
fn is_done(act: MemberAct, account: &AccountDetail, now: domain::Timestamp) -> bool {
    match act {
        MemberAct::SetExpiry => account.standing.expires_at.is_some(),
        MemberAct::ReissuePassword => account.initial_password,
        MemberAct::EndSessions => account.open_sessions == 0,
        other => !account.standing.takes(other, now),
    }
}

#[component]
fn Done(members: Members, act: MemberAct, account: AccountDetail) -> impl IntoView {
    let ActWords { done, idle, .. } = act_words(act);
    let banner = if is_done(act, &account, page_info().now) {
        view! { <DoneBanner title=done>"本人にお知らせを送信しました。"</DoneBanner> }.into_any()
    } else {
        let title = if act == MemberAct::ReissuePassword {
            idle
        } else {
            "このアカウントの利用の設定は、その後変更されています"
        };
        view! { <Banner kind=BannerKind::Info title=title/> }.into_any()
    };
    let expiry = (act == MemberAct::SetExpiry).then(|| {
        view! { <Answers><Answer label=label(F::ExpiresOn) code=true>{expiry_text(&account.standing)}</Answer></Answers> }
    });
    view! {
        <Screen screen=members.screens().act crumbs=crumbs_under_member(members, account.id)>
            {banner}
            <Whom account=account.clone()/>
            {expiry}
            <Buttons>
                <ButtonLink href=Route::Member(members, account.id)>"詳細に戻る"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Members(members)>
                    {words(members).back_to_list}
                </ButtonLink>
            </Buttons>
        </Screen>
    }
}
