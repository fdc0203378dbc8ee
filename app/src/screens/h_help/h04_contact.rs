//! H-4 お問い合わせ: what the help desk needs, ready to be copied.

use leptos::prelude::*;

use crate::{
    parts::{CopyBlock, Crumb, Link},
    routes::Route,
    screens::{
        ScreenId,
        screen::{Screen, page_info},
        z_errors::contact_text,
    },
};

/// H-4.
#[component]
pub fn H04Contact() -> impl IntoView {
    let page = page_info();
    let phone = page.support_phone.clone();
    view! {
        <Screen
            screen=ScreenId::H4
            lead="お問い合わせの前に、よくあるご質問もご確認ください。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
        >
            <p><Link href=Route::Questions>"よくあるご質問を見る"</Link></p>
            <h2>"お問い合わせ先"</h2>
            <p>"サポート窓口：" <span class="code">{phone}</span></p>
            <h2>"お伝えいただく内容"</h2>
            <p>
                "次の内容をコピーして、わかる範囲で書き足してください。"
                "パスワードやワンタイム認証コードは、お伝えいただく必要はありません。"
            </p>
            <CopyBlock label="問い合わせ用の情報をコピー" text=contact_text(&page)/>
        </Screen>
    }
}
