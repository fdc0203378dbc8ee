//! P-1: what one signs in with.

use leptos::prelude::*;

use crate::{
    parts::{Answer, Answers, ButtonKind, ButtonLink, Buttons, Link},
    routes::{CredentialPage, Route},
    services::{own_account::Credentials, passkeys::PasskeyLine},
};

/// Password, passkeys, authenticator app and recovery codes. `None`: a 事業所ユーザ, for whom none of them is kept here.
#[component]
pub(super) fn SignInWays(credentials: Option<Credentials>) -> impl IntoView {
    let Some(credentials) = credentials else {
        return view! {
            <section class="section">
                <h2>"ログイン方法"</h2>
                <p>
                    "事業所ユーザのパスワードとセキュリティコードは、電子請求受付システムのものです。"
                    "変更するときは、電子請求受付システムで変更してください。"
                </p>
            </section>
        }
        .into_any();
    };
    view! {
        <section class="section">
            <h2>"パスワード"</h2>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::ChangePassword>"パスワードを変更する"</ButtonLink>
            </Buttons>
        </section>
        <section class="section" id="passkeys">
            <h2>"パスキー"</h2>
            <p>
                "端末の画面ロック（指紋・顔・PIN）で、パスワードとワンタイム認証コードの代わりにログインできます。"
                "クライアント証明書は、これまでどおり必要です。"
            </p>
            <PasskeyList passkeys=credentials.passkeys/>
            <div class="needs-app">
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=CredentialPage::NewPasskey.to_string()>
                        "パスキーを追加する"
                    </ButtonLink>
                </Buttons>
            </div>
            <p class="muted without-script">
                "パスキーの追加とパスキーでのログインには、JavaScriptを有効にしたブラウザが必要です。"
            </p>
        </section>
        <AuthenticatorState since=credentials.authenticator_since codes_left=credentials.recovery_codes_left/>
    }
    .into_any()
}

#[component]
fn PasskeyList(passkeys: Vec<PasskeyLine>) -> impl IntoView {
    if passkeys.is_empty() {
        return view! { <p class="muted">"パスキーは登録されていません。"</p> }.into_any();
    }
    let rows = passkeys.into_iter().map(|passkey| {
        let used = passkey.last_used_at.map_or("まだ使っていません".to_owned(), domain::Timestamp::minute_text);
        let kept =
            if passkey.backed_up { "複数の端末で使用可" } else { "この端末または認証器のみ" };
        let remove = CredentialPage::RemovePasskey(passkey.id).to_string();
        view! {
            <div class="answers__row">
                <dt class="answers__label">{passkey.name.clone()}</dt>
                <dd class="answers__value">
                    <ul class="answers__list">
                        <li>"追加日："<span class="code">{passkey.added_at.date_text()}</span></li>
                        <li>"最終利用："<span class="code">{used}</span></li>
                        <li>{kept}</li>
                    </ul>
                </dd>
                <dd class="answers__change">
                    <Link href=remove>"削除"<span class="visually-hidden">{format!("：{}", passkey.name)}</span></Link>
                </dd>
            </div>
        }
    });
    view! { <Answers>{rows.collect_view()}</Answers> }.into_any()
}

#[component]
fn AuthenticatorState(since: Option<domain::Timestamp>, codes_left: i64) -> impl IntoView {
    let lead = view! {
        <p>
            "スマートフォンなどの認証アプリに表示される6桁のコードを、メールやSMSで届くワンタイム認証コードの代わりに使えます。"
        </p>
    };
    let Some(since) = since else {
        return view! {
            <section class="section" id="authenticator">
                <h2>"認証アプリ"</h2>
                {lead}
                <p class="muted">"認証アプリは登録されていません。"</p>
                <Buttons>
                    <ButtonLink kind=ButtonKind::Secondary href=CredentialPage::Authenticator.to_string()>
                        "認証アプリを登録する"
                    </ButtonLink>
                </Buttons>
            </section>
        }
        .into_any();
    };
    view! {
        <section class="section" id="authenticator">
            <h2>"認証アプリ"</h2>
            {lead}
            <Answers>
                <Answer label="登録日" code=true>{since.date_text()}</Answer>
                <Answer label="リカバリーコード">{format!("残り{codes_left}個")}</Answer>
            </Answers>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=CredentialPage::RecoveryCodes.to_string()>
                    "リカバリーコードを再発行する"
                </ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=CredentialPage::RemoveAuthenticator.to_string()>
                    "認証アプリの登録を解除する"
                </ButtonLink>
            </Buttons>
        </section>
    }
    .into_any()
}
