//! C-1 管理メニュー(事業所ユーザ).

use leptos::prelude::*;

use super::{certificate::CertificateEnds, staff_cards::StaffCards};
use crate::{
    parts::{CardGrid, IconKind, MenuCard},
    routes::{Members, Route},
    screens::{ScreenId, screen::Screen},
};

/// C-1.
#[component]
pub fn C01OfficeMenu() -> impl IntoView {
    let administrators = Members::Administrators;
    view! {
        <Screen screen=ScreenId::C1 wide=true lead="事業所のアカウントを管理します。行う操作を選んでください。">
            <CertificateEnds/>
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
            </CardGrid>
        </Screen>
    }
}
