//! signed out.

use leptos::prelude::*;

use crate::{
    parts::{ButtonLink, Buttons, DoneBanner},
    routes::Route,
    screens::{
        ScreenId,
        screen::{Screen, page_info},
    },
};

///
#[component]
pub fn A09SignedOut() -> impl IntoView {
    let top = format!("{}{}", page_info().public_origin, Route::Top);
    view! {
        <Screen screen=ScreenId::A9>
            <DoneBanner title="ログアウトしました">
                "共用の端末をお使いの場合は、ブラウザをすべて閉じてください。"
            </DoneBanner>
            <Buttons>
                <ButtonLink href=top>"トップ画面に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
