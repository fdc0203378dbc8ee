//! B-2 ワンタイム認証.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::{RedeemCode, ResendCode};
use crate::{
    parts::{
        Banner, BannerKind, Button, ButtonKind, Buttons, CodeField, Countdown, Disclosure, ErrorSummary, Link,
        seconds_left,
    },
    routes::Route,
    screens::{
        ScreenId, a_sign_in::sign_in_progress, form_state::FormState, loaded::loaded, screen::Screen, text::label,
    },
    services::sign_in::{Progress, Step},
};

/// B-2.
#[component]
pub fn B02Code() -> impl IntoView {
    loaded(ScreenId::B2, || sign_in_progress(Step::Code), |progress| view! { <CodeForm progress/> }.into_any())
}

#[component]
fn CodeForm(progress: Progress) -> impl IntoView {
    let action = ServerAction::<RedeemCode>::new();
    let state = FormState::of(action);
    let resend = ServerAction::<ResendCode>::new();
    let resend_state = FormState::of(resend);
    let failed = Signal::derive(move || state.failed.get() || resend_state.failed.get());
    let message = Signal::derive(move || state.message.get().or_else(|| resend_state.message.get()));
    let to = progress.sent_to.clone().unwrap_or_default();
    view! {
        <Screen
            screen=ScreenId::B2
            lead="登録されたメールアドレスあてにワンタイム認証コードが送信されました。メールに記載のワンタイム認証コードを入力してください。"
            failed=failed
        >
            <ErrorSummary errors=state.fields message=message/>
            {progress.resent.then(|| view! { <Resent/> })}
            <p>"送信先：" <span class="code">{to}</span></p>
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                <CodeField
                    field=F::OneTimeCode
                    label=label(F::OneTimeCode)
                    support="6桁のワンタイム認証コードを入力してください"
                    error=state.of_field(F::OneTimeCode)
                />
                <Countdown
                    label="有効時間の残り"
                    seconds=progress.valid_for
                    ended="有効時間が過ぎました。ワンタイム認証コードを再送してください。"
                />
                <Buttons>
                    <Button busy=state.busy>"認証を完了してトップ画面へ進む"</Button>
                </Buttons>
            </ActionForm>
            <section class="section">
                <h2>"ワンタイム認証コードが届かないとき"</h2>
                <Resend progress=progress.clone() action=resend busy=resend_state.busy/>
                <Disclosure summary="届かないときは">
                <ul class="bullets">
                    <li>"迷惑メールのフォルダに入っていないか確認してください。"</li>
                    <li>"受信制限をしている場合は、本サービスのメールを受信できるように設定してください。"</li>
                    <li>
                        "送信先に心当たりがないときは、電子請求受付システムのメールアドレスを確認してください。"
                        <Link href=format!("{}#mail-does-not-come", Route::Questions)>"よくあるご質問"</Link>
                    </li>
                </ul>
                </Disclosure>
            </section>
        </Screen>
    }
}

#[component]
fn Resent() -> impl IntoView {
    view! {
        <Banner kind=BannerKind::Info title="ワンタイム認証コードを再送しました。">
            <p>
                "ワンタイム認証コードが再送されました。メールに記載のワンタイム認証コードを入力してください。"
                "先に届いたコードも、有効時間内であれば使えます。"
            </p>
        </Banner>
    }
}

/// 「ワンタイム認証コードを再送する」: waits out its cool-down with JavaScript; without it, says how long it takes.
#[component]
fn Resend(progress: Progress, action: ServerAction<ResendCode>, busy: Signal<bool>) -> impl IntoView {
    if !progress.resends_left {
        return view! {
            <p class="muted">
                "ワンタイム認証コードを再送できる回数を超えました。届かない場合は、"
                <Link href=Route::SignInOffice>"ユーザIDの入力からやり直してください。"</Link>
            </p>
        }
        .into_any();
    }
    let left = seconds_left(progress.resend_in);
    let hint = move || match left.get() {
        0 => String::new(),
        seconds => format!("あと{seconds}秒で再送できます。"),
    };
    view! {
        <ActionForm action=action>
            <Buttons>
                <Button kind=ButtonKind::Secondary busy=busy>"ワンタイム認証コードを再送する"</Button>
            </Buttons>
            <p class="muted">{hint}</p>
        </ActionForm>
    }
    .into_any()
}
