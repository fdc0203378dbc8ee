//! The ways to insured persons, on both menus of those who may see care information.

use leptos::prelude::*;

use crate::{
    parts::{IconKind, MenuCard},
    routes::Route,
};

/// 利用者一覧 and 本人確認.
#[component]
pub(super) fn CareCards() -> impl IntoView {
    view! {
        <MenuCard
            icon=IconKind::List
            title="利用者一覧"
            text="担当している方の資格確認結果と介護情報を確認します"
            href=Route::People
        />
        <MenuCard
            icon=IconKind::Person
            title="本人確認"
            text="新しい利用者のご本人確認を行い、担当として登録します"
            href=Route::VerifyPerson
        />
    }
}
