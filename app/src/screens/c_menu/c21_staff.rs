//! C-21 メニュー(一般ユーザ).

use leptos::prelude::*;

use super::{care::CareCards, certificate::CertificateEnds};
use crate::{
    parts::{CardGrid, IconKind, MenuCard},
    routes::Route,
    screens::{ScreenId, screen::Screen},
};

/// C-21.
#[component]
pub fn C21StaffMenu() -> impl IntoView {
    view! {
        <Screen screen=ScreenId::C21 wide=true lead="行う操作を選んでください。">
            <CertificateEnds/>
            <CardGrid>
                <CareCards/>
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
