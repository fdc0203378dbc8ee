//! C-1 管理メニュー(事業所ユーザ).

use leptos::prelude::*;

use crate::{
    parts::{Banner, BannerKind, CardGrid, IconKind, MenuCard},
    routes::{Members, Route},
    screens::{
        ScreenId,
        screen::{Screen, page_info},
    },
};

/// C-1.
#[component]
pub fn C01OfficeMenu() -> impl IntoView {
    let ends = page_info().signed_in.and_then(|who| who.certificate_ends);
    let administrators = Members::Administrators;
    view! {
        <Screen screen=ScreenId::C1 wide=true lead="事業所のアカウントを管理します。行う操作を選んでください。">
            {ends.map(|ends| view! { <CertificateEnds ends/> })}
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
            </CardGrid>
        </Screen>
    }
}

/// 90 days before a client certificate ends (rules.md).
#[component]
fn CertificateEnds(ends: domain::Timestamp) -> impl IntoView {
    let day = domain::time::with_japanese_era(ends.date());
    view! {
        <Banner kind=BannerKind::Warning title="クライアント証明書の有効期限が近づいています">
            <p>
                "この端末の証明書は " <span class="code">{day}</span>
                " に期限が切れます。電子請求受付システムで、早めに更新してください。"
            </p>
        </Banner>
    }
}
