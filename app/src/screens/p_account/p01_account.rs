//! P-1: one's own account.

use leptos::prelude::*;

use super::{api::account_overview, history::SignInHistory, sessions::Sessions, sign_in_ways::SignInWays};
use crate::{
    error::ApiError,
    parts::{Answer, Answers, Crumb, DoneBanner, ErrorSummary},
    routes::{AccountChange, Route},
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::loaded,
        p_account::{EndOtherSessions, EndSession},
        screen::{Screen, menu_crumb},
    },
    services::own_account::Overview,
};

/// The way to P-1, for it and for its parts.
pub(super) fn crumbs(part: bool) -> Vec<Crumb> {
    let account = part.then(|| Crumb::to(ScreenId::P1.title(), Route::Account(None)));
    [menu_crumb()].into_iter().chain(account).collect()
}

/// P-1.
#[component]
pub fn P01Account(change: Option<AccountChange>) -> impl IntoView {
    loaded(ScreenId::P1, account_overview, move |overview| view! { <Account change overview/> }.into_any())
}

const fn done(change: AccountChange) -> (&'static str, &'static str) {
    const TOLD: &str = "登録されている連絡先に、お知らせを送信しました。";
    match change {
        AccountChange::PasskeyAdded => ("パスキーを追加しました", TOLD),
        AccountChange::PasskeyRemoved => {
            ("パスキーを削除しました", "端末に残っているパスキーは、端末のパスワード管理の設定から削除してください。")
        }
        AccountChange::AuthenticatorRemoved => ("認証アプリの登録を解除しました", TOLD),
        AccountChange::SessionEnded => ("選択した端末をログアウトさせました", ""),
        AccountChange::OtherSessionsEnded => ("ほかの端末をすべてログアウトさせました", ""),
    }
}

#[component]
fn Account(change: Option<AccountChange>, overview: Overview) -> impl IntoView {
    let refused = [FormState::of::<EndSession>(), FormState::of::<EndOtherSessions>()];
    let message = refused.iter().find_map(|state| state.message.clone());
    let gone = refused.iter().any(|state| state.error == Some(ApiError::NotFound));
    let done = change.filter(|_| !gone).map(done).map(|(title, text)| {
        view! { <DoneBanner title=title>{text}</DoneBanner> }
    });
    let Overview { login_id, name, kind, office_number, office_name, email, phone, credentials, sessions, sign_ins } =
        overview;
    let member = credentials.is_some();
    let contact = |contact: Option<String>| contact.unwrap_or_else(|| "未登録".to_owned());
    view! {
        <Screen screen=ScreenId::P1 crumbs=crumbs(false) failed=message.is_some()>
            {done}
            <ErrorSummary errors=Vec::new() message/>
            <section class="section">
                <h2>"登録内容"</h2>
                <Answers>
                    <Answer label="ユーザID" code=true>{login_id}</Answer>
                    {name.map(|name| view! { <Answer label="氏名"><span class="nobreak">{name}</span></Answer> })}
                    <Answer label="ユーザの種類">{kind.name()}</Answer>
                    <Answer label="事業所">{office_name}" "<span class="code muted">{office_number}</span></Answer>
                    <Answer label="メールアドレス" code=true>{contact(email)}</Answer>
                    {member.then(|| view! { <Answer label="携帯電話番号" code=true>{contact(phone)}</Answer> })}
                </Answers>
                <p class="muted">{who_changes(member)}</p>
            </section>
            <SignInWays credentials/>
            <Sessions sessions/>
            <SignInHistory sign_ins/>
        </Screen>
    }
}

const fn who_changes(member: bool) -> &'static str {
    if member {
        "登録内容の変更は、事業所の管理者に依頼してください。連絡先は一部を伏せて表示しています。"
    } else {
        "登録内容は、電子請求受付システムから取り込んでいます。メールアドレスは一部を伏せて表示しています。"
    }
}
