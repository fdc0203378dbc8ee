//! The entries for 一般ユーザ, which C-1 and C-11 share.

use leptos::prelude::*;

use crate::{
    parts::{IconKind, MenuCard},
    routes::{Members, Route},
};

/// 「一般ユーザ新規登録」 and 「一般ユーザ一覧」.
#[component]
pub(super) fn StaffCards() -> impl IntoView {
    view! {
        <MenuCard
            icon=IconKind::PersonAdd
            title="一般ユーザ新規登録"
            text="事業所の職員のアカウントを登録します"
            href=Route::NewMember(Members::Staff, None)
        />
        <MenuCard
            icon=IconKind::People
            title="一般ユーザ一覧"
            text="登録した職員の検索・編集・削除を行います"
            href=Route::Members(Members::Staff)
        />
    }
}
