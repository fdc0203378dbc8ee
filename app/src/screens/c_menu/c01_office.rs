//! C-1 管理メニュー(事業所ユーザ).

use leptos::prelude::*;

use super::{api::office_set_up, certificate::CertificateEnds, set_up::SetUpGuide, staff_cards::StaffCards};
use crate::{
    parts::{CardGrid, IconKind, MenuCard},
    routes::{Members, Records, Route},
    screens::{ScreenId, loaded::loaded, screen::Screen},
    services::set_up::SetUpProgress,
};

/// C-1.
#[component]
pub fn C01OfficeMenu() -> impl IntoView {
    // The menu must open even when it is not known how far the office is.
    let progress = || async { Ok(office_set_up().await.ok()) };
    loaded(ScreenId::C1, progress, |progress| view! { <Menu progress/> }.into_any())
}

#[component]
fn Menu(progress: Option<SetUpProgress>) -> impl IntoView {
    let administrators = Members::Administrators;
    view! {
        <Screen screen=ScreenId::C1 wide=true lead="事業所のアカウントを管理します。行う操作を選んでください。">
            <CertificateEnds/>
            <SetUpGuide progress/>
            <CardGrid>
                <MenuCard
                    icon=IconKind::PersonAdd
                    title="管理者ユーザ新規登録"
                    text="事業所の管理者のアカウントを登録します"
                    href=Route::NewMember(administrators, None)
                />
                <MenuCard
                    icon=IconKind::People
                    title="管理者ユーザ一覧"
                    text="登録した管理者の検索・編集・削除を行います"
                    href=Route::Members(administrators)
                />
                <StaffCards/>
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
