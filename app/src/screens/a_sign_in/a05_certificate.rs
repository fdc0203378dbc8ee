//! how to install and choose the client certificate.

use leptos::prelude::*;

use crate::{
    parts::{ButtonKind, ButtonLink, Buttons, Crumb, Link},
    routes::Route,
    screens::{ScreenId, h_help::Slug, screen::Screen},
};

///
#[component]
pub fn A05Certificate() -> impl IntoView {
    view! {
        <Screen
            screen=ScreenId::A5
            lead="ログインには、事業所ごとに発行された介護DX証明書（クライアント証明書）が必要です。"
            crumbs=vec![Crumb::to("トップ", Route::Top)]
        >
            <h2>"証明書をインストールする"</h2>
            <ol class="numbers">
                <li>"電子請求受付システムから、証明書のファイル（.p12）をダウンロードします。"</li>
                <li>"Windowsでは、ファイルをダブルクリックします。スマートフォンでは、ファイルを開いて「インストール」を選びます。"</li>
                <li>"発行のときに通知されたパスワードを入力し、画面の案内に沿って完了します。"</li>
                <li>"ブラウザをすべて閉じてから、もう一度開きます。"</li>
            </ol>
            <p>"証明書は、利用する端末ごとにインストールしてください。"</p>
            <h2>"証明書を選択する"</h2>
            <ol class="numbers">
                <li>"トップ画面でログインのボタンを押すと、ブラウザが証明書の選択画面を表示します。"</li>
                <li>"自分の事業所の名前と事業所番号が書かれた証明書を選び「OK」を押します。"</li>
            </ol>
            <h2>"選択を間違えたとき・表示されないとき"</h2>
            <p>
                "ブラウザは選択した証明書を、閉じるまで覚えています。すべてのウィンドウを閉じてから開き直すと、選び直せます。"
                "それでも表示されないときは、"
                <Link href=Route::Question(Slug::CERTIFICATE_NOT_SHOWN)>"よくあるご質問"</Link>
                "をご覧ください。"
            </p>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Top>"トップ画面に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
