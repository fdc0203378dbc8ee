//! The top of every page.

use leptos::prelude::*;

use super::{menu::AccountMenu, preferences::Preferences};
use crate::{
    parts::{Icon, IconKind, ProductMark},
    routes::Route,
    services::{PageInfo, SignedInSummary},
};

/// Product mark and name; then who is signed in and the menu or, before that, help.
#[component]
pub(super) fn Header(
    /// Who is signed in.
    page: PageInfo,
    /// Where 「ログアウト」 posts to.
    sign_out: String,
) -> impl IntoView {
    let home = match &page.signed_in {
        Some(account) => Route::home(account.kind).to_string(),
        None => format!("{}{}", page.public_origin, Route::Top),
    };
    let account = page.signed_in.clone().map(|account| view! { <Account account=account/> });
    let tools = match page.signed_in {
        Some(account) => view! { <AccountMenu account=account sign_out=sign_out/> }.into_any(),
        None => view! {
            <Preferences/>
            <a class="header__button" rel="external" href=format!("{}{}", page.public_origin, Route::Manual)>
                <Icon kind=IconKind::Help/>"ヘルプ"
            </a>
        }
        .into_any(),
    };
    view! {
        <header class="header">
            {page.demo.then(|| view! { <DemoStrip mailbox=page.demo_mailbox/> })}
            <div class="header__inner">
                <a class="header__brand" rel="external" href=home>
                    <ProductMark/>
                    <span class="header__name">"介護保険資格確認等"<wbr/>"WEBサービス"</span>
                </a>
                {account}
                <div class="header__tools">{tools}</div>
            </div>
        </header>
    }
    .into_any()
}

/// Says that nothing here is real, and where the demo's mails are.
#[component]
fn DemoStrip(
    /// The mailbox's page.
    mailbox: Option<String>,
) -> impl IntoView {
    let link = mailbox.map(|address| {
        view! { " " <a class="demo__link" href=address target="_blank" rel="noopener external">"届いたメールを読む"</a> }
    });
    view! { <p class="demo">"デモ環境（すべて架空のデータです）"{link}</p> }
}

/// The office and the person.
#[component]
fn Account(
    /// Who is signed in.
    account: SignedInSummary,
) -> impl IntoView {
    let person = person(&account);
    view! {
        <div class="header__account">
        <p class="header__office">
            <Icon kind=IconKind::Office/>
            <span class="header__office-text">
                <span class="header__small"><span class="visually-hidden">"事業所番号："</span><span class="code">{account.office_number}</span></span>
                <span class="header__strong"><span class="visually-hidden">"事業所名："</span>{account.office_name}</span>
            </span>
        </p>
        <p class="header__person">
            <span class="header__small"><span class="visually-hidden">"ユーザ区分："</span>{account.kind.name()}</span>
            <span class="header__strong"><span class="visually-hidden">"ユーザ："</span>{person}</span>
        </p>
        </div>
    }
    .into_any()
}

/// Who is signed in, in one word. A 事業所ユーザ is the office itself; its name twice would only be noise.
pub(super) fn person(account: &SignedInSummary) -> String {
    let word = if account.name == account.office_name { &account.login_id } else { &account.name };
    word.clone()
}
