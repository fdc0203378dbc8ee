//! A-1 トップ: two doors, help, and news.

use leptos::prelude::*;

use crate::{
    parts::{Card, CardGrid, IconKind, Link, MenuCard},
    routes::Route,
    screens::{
        ScreenId,
        i_news::current_news,
        loaded::loaded,
        screen::{Screen, page_info},
    },
    services::news::NewsItem,
};

/// So many お知らせ stand here; all of them on I-1.
const NEWEST: u32 = 3;

///
#[component]
pub fn A01Top() -> impl IntoView {
    // The doors must open even when the news cannot be read.
    let news = || async { Ok(current_news(NEWEST).await.ok()) };
    loaded(ScreenId::A1, news, |news| view! { <Top news/> }.into_any())
}

#[component]
fn Top(news: Option<Vec<NewsItem>>) -> impl IntoView {
    view! {
        <Screen
            screen=ScreenId::A1
            wide=true
            lead="介護保険の資格確認などを行うためのサービスです。ご利用になるユーザの種類を選んでください。"
        >
            <div class="top">
                <div class="stack"><Doors/><Help/></div>
                <section class="section top__news" aria-labelledby="news">
                    <h2 id="news">"お知らせ"</h2>
                    <Newest news/>
                </section>
            </div>
        </Screen>
    }
}

#[component]
fn Doors() -> impl IntoView {
    // Another listener: pressing a button is when the browser asks for the client certificate.
    let origin = page_info().sign_in_origin;
    let door = move |route: Route| format!("{origin}{route}");
    view! {
        <CardGrid>
            <Card
                icon=IconKind::Office
                title="事業所ユーザ"
                text="管理者ユーザの登録・変更を行う方。電子請求受付システムのアカウントを使います。"
                href=door(Route::SignInOffice)
                action="事業所ユーザログイン"
            />
            <Card
                icon=IconKind::Person
                title="管理者または一般ユーザ"
                text="利用者の資格確認や介護情報の閲覧を行う方。事業所で発行されたアカウントを使います。"
                href=door(Route::SignInMember)
                action="管理者または一般ユーザログイン"
            />
        </CardGrid>
    }
}

#[component]
fn Help() -> impl IntoView {
    view! {
        <h2>"はじめての方・お困りの方"</h2>
        <CardGrid>
            <MenuCard
                icon=IconKind::Book
                title="操作マニュアル"
                text="準備からログイン、登録までの手順"
                href=Route::Manual
            />
            <MenuCard
                icon=IconKind::Help
                title="その他のよくあるご質問"
                text="証明書、コードが届かないときなど"
                href=Route::Questions
            />
            <MenuCard
                icon=IconKind::Certificate
                title="クライアント証明書のご案内"
                text="インストールと選択のしかた"
                href=Route::CertificateHelp
            />
        </CardGrid>
    }
}

#[component]
fn Newest(news: Option<Vec<NewsItem>>) -> impl IntoView {
    let Some(news) = news else {
        return view! { <p class="muted">"お知らせを読み込めませんでした。"</p> }.into_any();
    };
    if news.is_empty() {
        return view! { <p class="muted">"現在、お知らせはありません。"</p> }.into_any();
    }
    let items = news.into_iter().map(|item| {
        view! {
            <li>
                <p class="small muted code">{item.published_at.date_text()}</p>
                <Link href=format!("{}#{}", Route::News, item.id)>{item.title}</Link>
            </li>
        }
    });
    view! {
        <ul class="news">{items.collect_view()}</ul>
        <p><Link href=Route::News>"お知らせをすべて見る"</Link></p>
    }
    .into_any()
}
