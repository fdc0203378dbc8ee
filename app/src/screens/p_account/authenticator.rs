//! P-1: registering and removing the authenticator app.

use domain::form::Field as F;
use leptos::prelude::*;

use super::{
    api::{RegisterAuthenticatorCode, RemoveAuthenticator, authenticator_setup, credentials_confirmed},
    p01_account::crumbs,
};
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, CodeField, ErrorSummary, PostForm, QrCode},
    routes::{CredentialPage, Route},
    screens::{ScreenId, form_state::FormState, loaded::loaded, screen::Screen, text::label},
    services::authenticators::AuthenticatorSetup,
};

/// A new app: its secret, and the first code that it makes of it.
#[component]
pub fn RegisterAuthenticator() -> impl IntoView {
    loaded(ScreenId::P1, authenticator_setup, |setup| setup.map(|setup| view! { <Setup setup/> }).into_any())
}

#[component]
fn Setup(setup: AuthenticatorSetup) -> impl IntoView {
    let state = FormState::of::<RegisterAuthenticatorCode>();
    view! {
        <Screen
            screen=ScreenId::P1
            heading="アカウントへの認証アプリの登録"
            crumbs=crumbs(true)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <section class="section">
                <h2>"1. 認証アプリで読み取る"</h2>
                <p>"スマートフォンの認証アプリで「追加」を選び、次のQRコードを読み取ってください。"</p>
                <QrCode label="認証アプリに登録するためのQRコード" size=setup.picture.size path=setup.picture.path/>
                <p>"読み取れないときは、次のキーをアプリに入力してください（種類：時間ベース、6桁、30秒）。"</p>
                <p><span class="secret code" lang="en">{setup.secret}</span></p>
                <p><a class="link" href=setup.address>"この端末の認証アプリで開く"</a></p>
            </section>
            <section class="section">
                <h2>"2. 表示されたコードを入力する"</h2>
                <PostForm action=state.endpoint>
                    <CodeField
                        field=F::AppCode
                        label=label(F::AppCode)
                        support="アプリに表示された6桁の数字を入力してください"
                        sends_itself=false
                        error=state.of_field(F::AppCode)
                    />
                    <Buttons>
                        <Button>"認証アプリを登録する"</Button>
                        <ButtonLink kind=ButtonKind::Plain href=Route::Account(None)>"登録をやめる"</ButtonLink>
                    </Buttons>
                </PostForm>
            </section>
        </Screen>
    }
}

/// Removing the app.
#[component]
pub fn RemoveAuthenticatorPage() -> impl IntoView {
    let next = || credentials_confirmed(CredentialPage::RemoveAuthenticator.to_string());
    loaded(ScreenId::P1, next, |confirmed| confirmed.then(|| view! { <AskRemoval/> }).into_any())
}

#[component]
fn AskRemoval() -> impl IntoView {
    let state = FormState::of::<RemoveAuthenticator>();
    view! {
        <Screen
            screen=ScreenId::P1
            heading="アカウントの認証アプリの登録解除"
            crumbs=crumbs(true)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Banner kind=BannerKind::Warning title="解除すると、認証アプリとリカバリーコードは使えなくなります">
                <p>"メールまたはSMSのワンタイム認証コードでのログインは、これまでどおりできます。"</p>
            </Banner>
            <PostForm action=state.endpoint>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=Route::Account(None)>"キャンセル"</ButtonLink>
                    <Button kind=ButtonKind::Danger>"認証アプリの登録を解除する"</Button>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
