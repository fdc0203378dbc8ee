//! D-5 and D-15: one member, whole, and what can be done to it.

use domain::account::{MemberAct, Right};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    acts::{act_words, expiry_text, lock_text},
    answers::MemberAnswers,
    api::member_detail,
    words::{crumbs_under_list, own_kind, words},
};
use crate::{
    parts::{Answer, Answers, ButtonKind, ButtonLink, Buttons, StateBadge},
    routes::{Members, Route},
    screens::{
        ScreenId,
        loaded::loaded,
        screen::{Screen, page_info},
    },
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
    with_member(members.screens().detail, members, id, false, move |account| {
        view! { <Detail members account/> }.into_any()
    })
}

#[component]
fn Detail(members: Members, account: AccountDetail) -> impl IntoView {
    let words = words(members);
    let last =
        account.standing.last_sign_in.map_or("まだログインしていません".to_owned(), domain::Timestamp::minute_text);
    view! {
        <Screen screen=members.screens().detail crumbs=crumbs_under_list(members)>
            <p><StateBadge state=account.state/></p>
            <MemberAnswers form=account.profile.to_form()/>
            <Buttons>
                <ButtonLink href=Route::EditMember(members, account.id, None)>"登録内容を編集する"</ButtonLink>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Members(members)>{words.back_to_list}</ButtonLink>
            </Buttons>
            <section class="section">
                <h2>"利用の状況"</h2>
                <Answers>
                    <Answer label="最終ログイン" code=true>{last}</Answer>
                    <Answer label="登録日" code=true>{account.registered_at.date_text()}</Answer>
                    <Answer label="最終更新" code=true>{account.changed_at.minute_text()}</Answer>
                </Answers>
            </section>
            <section class="section">
                <h2>"利用の設定"</h2>
                <Settings members account=account.clone()/>
            </section>
            <Buttons>
                <ButtonLink kind=ButtonKind::Danger href=Route::DeleteMember(members, account.id)>
                    "アカウントを削除する"
                </ButtonLink>
            </Buttons>
        </Screen>
    }
}

/// What is decided about the account's use, each with the acts that there are for it.
#[component]
fn Settings(members: Members, account: AccountDetail) -> impl IntoView {
    use MemberAct::{EndSessions, Lock, ReissuePassword, RemoveExpiry, Resume, SetExpiry, Suspend, Unlock};
    let now = page_info().now;
    let (standing, id) = (account.standing, account.id);
    let links = move |acts: &[MemberAct]| {
        let taken = acts.iter().filter(|act| standing.takes(**act, now));
        let link = |act: &MemberAct| (act_words(*act).button, Route::Act(members, id, *act).to_string());
        taken.map(link).collect::<Vec<_>>()
    };
    let password = match (account.initial_password, account.password_expires_at) {
        (false, _) => "本人が設定".to_owned(),
        (true, None) => "初期パスワード".to_owned(),
        (true, Some(end)) if end <= now => format!("初期パスワード（{}に期限切れ）", end.minute_text()),
        (true, Some(end)) => format!("初期パスワード（{}まで）", end.minute_text()),
    };
    let sessions =
        if account.open_sessions == 0 { "なし".to_owned() } else { format!("{}台", account.open_sessions) };
    let end_sessions: &[MemberAct] = if account.open_sessions == 0 { &[] } else { &[EndSessions] };
    let suspended = standing.suspended_at.map_or("なし".to_owned(), |since| format!("{}から", since.minute_text()));
    let kind = own_kind().may(Right::ChangeRights).then(|| {
        let change = vec![("権限を変更する", Route::ChangeKind(members, id).to_string())];
        view! { <Answer label="権限" links=change>{words(members).kind}</Answer> }
    });
    view! {
        <Answers>
            <Answer label="パスワード" links=links(&[ReissuePassword])>{password}</Answer>
            <Answer label="ログイン中の端末" links=links(end_sessions)>{sessions}</Answer>
            <Answer label="ロック" links=links(&[Lock, Unlock])>{lock_text(&standing, now)}</Answer>
            <Answer label="利用停止" links=links(&[Suspend, Resume])>{suspended}</Answer>
            <Answer label="有効期限" links=links(&[SetExpiry, RemoveExpiry])>{expiry_text(&standing)}</Answer>
            {kind}
        </Answers>
    }
}
