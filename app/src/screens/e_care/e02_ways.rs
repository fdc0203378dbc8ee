//! E-2: 本人確認: with a card or without.

use leptos::prelude::*;

use super::person::crumbs_under_list;
use crate::{
    parts::{Banner, ButtonKind, ButtonLink, Buttons, CardGrid, IconKind, MenuCard},
    routes::Route,
    screens::{ScreenId, screen::Screen},
};

/// E-2.
#[component]
pub fn VerifyPerson() -> impl IntoView {
    view! {
        <Screen
            screen=ScreenId::E2
            wide=true
            lead="ご本人であることを確認すると、この事業所を担当事業所として登録できます。確認の方法を選んでください。"
            crumbs=crumbs_under_list()
        >
            <CardGrid>
                <MenuCard
                    icon=IconKind::Edit
                    title="被保険者の情報で確認する（カードなし）"
                    text="保険者番号・被保険者番号・生年月日・性別を入力します"
                    href=Route::FindPerson
                />
            </CardGrid>
            <Banner title="マイナンバーカードで確認する場合">
                <p>
                    "カードを読み取るには、この端末にカードリーダーとマイナ資格確認アプリが必要です。"
                    "まだ利用できない端末では、被保険者の情報で確認してください。"
                </p>
            </Banner>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::People>"利用者一覧に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
