//! Results of 資格確認, and what is hidden.

use leptos::prelude::*;

use super::section;
use crate::parts::{BannerKind, Fact, Facts, ResultBanner, Withheld};

pub(super) fn results() -> AnyView {
    view! {
        {section("結果", banners())}
        {section("まず見るところ", facts())}
    }
    .into_any()
}

fn banners() -> AnyView {
    view! {
        <ResultBanner kind=BannerKind::Success word="有効" text="認定は 2026/03/31（令和8年3月31日） まで有効です"/>
        <ResultBanner kind=BannerKind::Warning word="あと12日" text="認定は 2025/02/19（令和7年2月19日） に終わります"/>
        <ResultBanner kind=BannerKind::Danger word="期限切れ" text="認定は 2025/01/31（令和7年1月31日） に期限が切れました"/>
        <ResultBanner kind=BannerKind::Info word="表示できません" text="被保険者証を見る権限がありません"/>
    }
    .into_any()
}

fn facts() -> AnyView {
    view! {
        <Facts>
            <Fact label="要介護状態区分" value="要介護2"/>
            <Fact label="認定有効期間" value="2026/03/31 まで" detail="2024/04/01 から 令和8年3月31日"/>
        </Facts>
        <Withheld reason="同意なし" text="ご本人の同意が登録されると、表示できます。"/>
    }
    .into_any()
}
