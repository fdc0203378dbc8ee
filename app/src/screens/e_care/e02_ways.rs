//! E-2: 本人確認: with a card or without.

use leptos::prelude::*;

use super::person::crumbs_under_list;
use crate::{
    parts::{ButtonKind, ButtonLink, Buttons, CardGrid, IconKind, MenuCard},
    routes::{ReaderStep, Route},
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
                    icon=IconKind::Terminal
                    title="マイナンバーカードで確認する"
                    text="この端末のカードリーダーで、暗証番号または目視により確認します"
                    href=Route::Reader(ReaderStep::Choose)
                />
                <MenuCard
                    icon=IconKind::Edit
                    title="被保険者の情報で確認する（カードなし）"
                    text="保険者番号・被保険者番号・生年月日・性別を入力します"
                    href=Route::FindPerson
                />
            </CardGrid>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::People>"利用者一覧に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
