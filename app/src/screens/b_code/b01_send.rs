//! B-1: where the one-time code will go, before it is sent.

use leptos::prelude::*;

use super::api::SendCode;
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm},
    routes::Route,
    screens::{ScreenId, a_sign_in::sign_in_progress, form_state::FormState, loaded::loaded, screen::Screen},
    services::sign_in::{CodeChannel, Step, Who},
};

/// B-1.
#[component]
pub fn B01Send() -> impl IntoView {
    loaded(
        ScreenId::B1,
        || sign_in_progress(Who::Office, Step::SendCode),
        |progress| match progress.email {
            Some(to) => view! { <Send to/> }.into_any(),
            None => view! { <NoContact/> }.into_any(),
        },
    )
}

#[component]
fn Send(to: String) -> impl IntoView {
    let state = FormState::of::<SendCode>();
    view! {
        <Screen
            screen=ScreenId::B1
            lead="本人確認のため、登録されているメールアドレスあてにワンタイム認証コードを送信します。"
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <dl class="answers">
                <div class="answers__row"><dt class="answers__label">"送信先"</dt><dd class="answers__value code">{to}</dd></div>
            </dl>
            <PostForm action=state.endpoint>
                <input type="hidden" name="channel" value=CodeChannel::Mail.code()/>
                <Buttons>
                    <Button>"ワンタイム認証コードを送信する"</Button>
                </Buttons>
            </PostForm>
        </Screen>
    }
}

#[component]
fn NoContact() -> impl IntoView {
    view! {
        <Screen screen=ScreenId::B1>
            <Banner kind=BannerKind::Danger title="メールアドレスが登録されていません">
                <p>
                    "ワンタイム認証コードを送信できないため、ログインを続けられません。"
                    "電子請求受付システムでメールアドレスを登録し、翌日以降にもう一度お試しください。"
                </p>
            </Banner>
            <Buttons>
                <ButtonLink kind=ButtonKind::Secondary href=Route::Contact>"お問い合わせ"</ButtonLink>
                <ButtonLink kind=ButtonKind::Plain href=Route::SignInOffice>"ユーザIDの入力に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
