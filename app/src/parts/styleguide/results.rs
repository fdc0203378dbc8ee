//! Results of 資格確認, what is hidden, and the fields of 本人確認 and 同意.

use domain::form::Field as F;
use leptos::prelude::*;

use crate::parts::{BannerKind, BirthField, CheckCard, ChoiceCards, Fact, Facts, ResultBanner, SelectField, Withheld};

pub(super) fn results() -> impl IntoView {
    view! {
        <section class="section"><h2>"資格確認の結果"</h2>{banners()}</section>
        <section class="section"><h2>"本人確認と同意の入力"</h2>{fields()}</section>
    }
    .into_any()
}

fn banners() -> impl IntoView {
    view! {
        <ResultBanner kind=BannerKind::Success word="有効" text="認定は 2026/03/31（令和8年3月31日） まで有効です"/>
        <ResultBanner kind=BannerKind::Warning word="あと12日" text="認定は 2025/02/19（令和7年2月19日） に終わります"/>
        <ResultBanner kind=BannerKind::Danger word="期限切れ" text="認定は 2025/01/31（令和7年1月31日） に期限が切れました"/>
        <ResultBanner kind=BannerKind::Info word="表示できません" text="被保険者証を見る権限がありません"/>
        <Facts>
            <Fact label="要介護状態区分" value="要介護2"/>
            <Fact label="認定有効期間" value="2026/03/31 まで" detail="2024/04/01 から 令和8年3月31日"/>
        </Facts>
        <Withheld reason="同意なし" text="ご本人の同意が登録されると、表示できます。"/>
    }
}

fn fields() -> impl IntoView {
    let wrong = Some("生年月日を入力してください。".to_owned());
    let typed = || ["showa", "15", "4", "1"].map(str::to_owned);
    view! {
        <BirthField label="生年月日" typed=typed() error=None/>
        <BirthField label="生年月日（誤り）" typed=Default::default() error=wrong/>
        <ChoiceCards field=F::ConsentItems legend="見てもよい情報">
            <CheckCard name="items" value="life" label="LIFE情報" detail="体や生活の状態の記録" checked=true/>
            <CheckCard name="items" value="care_plan" label="ケアプラン" checked=false/>
        </ChoiceCards>
        <SelectField field=F::ProxyRelation label="ご本人との関係" required=false options=vec![("child", "子")]/>
    }
}
