//! C-11 管理メニュー(管理者ユーザ).

use leptos::prelude::*;

use super::{care::CareCards, certificate::CertificateEnds};
use crate::{
    parts::{CardGrid, IconKind, MenuCard},
    routes::Route,
    screens::{ScreenId, screen::Screen},
};

/// C-11.
#[component]
pub fn C11AdministratorMenu() -> impl IntoView {
    view! {
        <Screen screen=ScreenId::C11 wide=true lead="行う操作を選んでください。">
            <CertificateEnds/>
            <CardGrid>
                <CareCards/>
                <MenuCard
                    icon=IconKind::Terminal
                    title="マイナ資格確認アプリ情報登録"
                    text="カードを読み取る端末の登録と認証を行います"
                    href=Route::Terminals
                />
                <MenuCard
                    icon=IconKind::Lock
                    title="パスワードの変更"
                    text="ログインに使うパスワードを変更します"
                    href=Route::ChangePassword
                />
            </CardGrid>
        </Screen>
    }
}
