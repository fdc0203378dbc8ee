//! A-1 トップ: two doors, and help.

use leptos::prelude::*;

use crate::{
    parts::{Card, CardGrid, IconKind, MenuCard},
    routes::Route,
    screens::{
        ScreenId,
        screen::{Screen, page_info},
    },
};

///
#[component]
pub fn A01Top() -> impl IntoView {
    let page = page_info();
    // Another listener: pressing a button is when the browser asks for the client certificate.
    let door = move |route: Route| format!("{}{route}", page.sign_in_origin);
    view! {
        <Screen
            screen=ScreenId::A1
            wide=true
            lead="介護保険の資格確認などを行うためのサービスです。ご利用になるユーザの種類を選んでください。"
        >
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
        </Screen>
    }
}
