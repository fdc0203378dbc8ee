//! G-4 再設定完了.

use leptos::prelude::*;

use crate::{
    parts::{ButtonLink, Buttons, DoneBanner},
    routes::Route,
    screens::{
        ScreenId,
        screen::{Screen, page_info},
    },
};

/// G-4: to the menu, or to A-4 for whoever came by a link.
#[component]
pub fn G04Done() -> impl IntoView {
    let (to, way) = match page_info().signed_in {
        Some(who) => (Route::home(who.kind), "メニューに進む"),
        None => (Route::SignInMember, "ログイン画面に進む"),
    };
    view! {
        <Screen screen=ScreenId::G4>
            <DoneBanner title="パスワードを再設定しました">
                "次回から、新しいパスワードでログインしてください。登録されている連絡先に、お知らせを送信しました。"
            </DoneBanner>
            <Buttons><ButtonLink href=to>{way}</ButtonLink></Buttons>
        </Screen>
    }
}
