//! C-11 管理メニュー(管理者ユーザ).

use leptos::prelude::*;

use super::{
    api::office_set_up, care::CareCards, certificate::CertificateEnds, set_up::SetUpGuide, staff_cards::StaffCards,
};
use crate::{
    parts::{CardGrid, IconKind, MenuCard},
    routes::{Records, Route},
    screens::{ScreenId, loaded::loaded, screen::Screen},
    services::set_up::SetUpProgress,
};

/// C-11.
#[component]
pub fn C11AdministratorMenu() -> impl IntoView {
    // The menu must open even when it is not known how far the office is.
    let progress = || async { Ok(office_set_up().await.ok()) };
    loaded(ScreenId::C11, progress, |progress| view! { <Menu progress/> }.into_any())
}

#[component]
fn Menu(progress: Option<SetUpProgress>) -> impl IntoView {
    view! {
        <Screen screen=ScreenId::C11 wide=true lead="行う操作を選んでください。">
            <CertificateEnds/>
            <SetUpGuide progress/>
            <CardGrid>
                <StaffCards/>
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
                <MenuCard
                    icon=IconKind::Clock
                    title="操作履歴"
                    text="だれが、いつ、何をしたかを確認します"
                    href=Route::Records(Records::Operations)
                />
            </CardGrid>
        </Screen>
    }
}
