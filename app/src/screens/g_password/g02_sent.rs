//! G-2: what happens next after G-1. Says the same for every input.

use leptos::prelude::*;

use crate::{
    parts::{Banner, BannerKind, ButtonKind, ButtonLink, Buttons},
    routes::Route,
    screens::{ScreenId, screen::Screen},
};

/// G-2.
#[component]
pub fn G02Sent() -> impl IntoView {
    view! {
        <Screen screen=ScreenId::G2>
            <Banner kind=BannerKind::Info title="入力内容を受け付けました">
                <p>
                    "入力されたユーザIDと連絡先が登録されている内容と一致する場合は、パスワードを再設定するためのご案内を送信します。"
                </p>
            </Banner>
            <h2>"次に行うこと"</h2>
            <ol class="numbers">
                <li>"届いたメールまたはSMSのURLを、証明書の入ったこの端末で開きます。"</li>
                <li>"新しいパスワードを入力して、再設定します。"</li>
            </ol>
            <p>
                "URLの有効時間は30分です。10分ほど待っても届かないときは、入力内容をもう一度確認するか、事業所の管理者に初期パスワードの再発行を依頼してください。"
            </p>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::SignInMember>"ログイン画面に戻る"</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=Route::ForgottenPassword>"入力し直す"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
