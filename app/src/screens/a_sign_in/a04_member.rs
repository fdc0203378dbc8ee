//! says plainly that administrators and staff cannot sign in to this version yet.

use leptos::prelude::*;

use crate::{
    parts::{Banner, BannerKind, ButtonKind, ButtonLink, Buttons, Crumb},
    routes::Route,
    screens::{ScreenId, screen::Screen},
};

///
#[component]
pub fn A04Member() -> impl IntoView {
    view! {
        <Screen screen=ScreenId::A4 crumbs=vec![Crumb::to("トップ", Route::Top)]>
            <Banner kind=BannerKind::Info title="このバージョンでは、まだご利用になれません">
                <p>
                    "管理者ユーザと一般ユーザのログインは、次のバージョンで提供します。"
                    "事業所ユーザによる管理者ユーザの登録は、いまご利用になれます。"
                </p>
            </Banner>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Top>"トップ画面に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
