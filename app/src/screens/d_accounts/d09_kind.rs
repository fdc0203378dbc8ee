//! D-9 権限変更: a 管理者ユーザ becomes a 一般ユーザ, or the other way round. The list that the account moved to is shown
//! then, and says so.

use domain::form::{Field, Problem};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    api::ChangeMemberKind,
    d05_detail::with_member,
    whom::{LastAdministrator, Whom},
    words::{crumbs_under_member, words},
};
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm},
    routes::{Members, Route},
    screens::{ScreenId, form_state::FormState, screen::Screen, text::problem},
    services::accounts::AccountDetail,
};

/// D-9.
#[component]
pub fn ChangeKindPage(members: Members, id: Uuid) -> impl IntoView {
    with_member(ScreenId::D9, members, id, false, move |account| view! { <Ask members account/> }.into_any())
}

#[component]
fn Ask(members: Members, account: AccountDetail) -> impl IntoView {
    let state = FormState::of::<ChangeMemberKind>();
    let (from, to) = (words(members), words(members.other()));
    let back = Route::Member(members, account.id);
    let lacks_mail = to.email_required && account.profile.email.is_none();
    let body = if lacks_mail {
        view! { <MailFirst members id=account.id/> }.into_any()
    } else {
        let warned = account.last_administrator;
        let (banner, press) = match members {
            Members::Administrators => (BannerKind::Warning, ButtonKind::Danger),
            Members::Staff => (BannerKind::Info, ButtonKind::Primary),
        };
        view! {
            <Banner kind=banner title=effect(members)>
                <p>"ログイン中の場合は、すぐにログアウトします。本人にお知らせを送信します。"</p>
            </Banner>
            {warned.then(|| view! { <LastAdministrator/> })}
            <PostForm action=state.endpoint>
                <input type="hidden" name="members" value=members.code()/>
                <input type="hidden" name="id" value=account.id.to_string()/>
                <input type="hidden" name="version" value=account.version.to_string()/>
                <input type="hidden" name="warned" value=warned.to_string()/>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=back>"キャンセル"</ButtonLink>
                    <Button kind=press>{format!("{}に変更する", to.kind)}</Button>
                </Buttons>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <Screen
            screen=ScreenId::D9
            lead=format!("{}から{}に変更します。ユーザIDとユーザ名を確認してください。", from.kind, to.kind)
            crumbs=crumbs_under_member(members, account.id)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Whom account=account.clone()/>
            {body}
        </Screen>
    }
}

/// What the account gains or loses.
const fn effect(members: Members) -> &'static str {
    match members {
        Members::Administrators => "一般ユーザの管理と、マイナ資格確認アプリ情報の登録ができなくなります",
        Members::Staff => "一般ユーザの管理と、マイナ資格確認アプリ情報の登録ができるようになります",
    }
}

/// A 管理者ユーザ needs a mail address; this account has none.
#[component]
fn MailFirst(members: Members, id: Uuid) -> impl IntoView {
    view! {
        <Banner kind=BannerKind::Danger title="管理者ユーザには、メールアドレスの登録が必要です">
            <p>{problem(Field::Email, Problem::Missing)}</p>
        </Banner>
        <Buttons>
            <ButtonLink href=format!("{}#{}", Route::EditMember(members, id, None), Field::Email.name())>
                "登録内容を編集する"
            </ButtonLink>
            <ButtonLink kind=ButtonKind::Secondary href=Route::Member(members, id)>"詳細に戻る"</ButtonLink>
        </Buttons>
    }
}
