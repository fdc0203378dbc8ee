//! B-2 and B-12 ワンタイム認証.

use domain::form::Field as F;
use leptos::prelude::*;

use super::{
    api::{RedeemCode, ResendCode},
    b12_own_code::{AppCode, RecoveryCode},
};
use crate::{
    parts::{
        Banner, BannerKind, Button, ButtonKind, Buttons, CodeField, Countdown, Disclosure, ErrorSummary, Link,
        PostForm, seconds_left,
    },
    routes::Route,
    screens::{
        ScreenId,
        a_sign_in::{sign_in_progress, start_of},
        form_state::FormState,
        h_help::Slug,
        loaded::loaded,
        screen::Screen,
        text::label,
    },
    services::sign_in::{CodeChannel, Progress, Step, Who},
};

/// B-2.
#[component]
pub fn B02Code() -> impl IntoView {
    let progress = || sign_in_progress(Who::Office, Step::Code);
    loaded(ScreenId::B2, progress, |progress| view! { <CodeForm screen=ScreenId::B2 progress/> }.into_any())
}

/// B-12.
#[component]
pub fn B12Code() -> impl IntoView {
    let progress = || sign_in_progress(Who::Member, Step::Code);
    loaded(ScreenId::B12, progress, |progress| match progress.channel {
        Some(CodeChannel::App) => view! { <AppCode/> }.into_any(),
        Some(CodeChannel::Recovery) => view! { <RecoveryCode left=progress.recovery_codes_left/> }.into_any(),
        _ => view! { <CodeForm screen=ScreenId::B12 progress/> }.into_any(),
    })
}

#[component]
fn CodeForm(screen: ScreenId, progress: Progress) -> impl IntoView {
    let state = FormState::of::<RedeemCode>();
    let resend = FormState::of::<ResendCode>();
    let failed = state.failed() || resend.failed();
    let message = state.message.clone().or_else(|| resend.message.clone());
    let to = progress.sent_to().unwrap_or_default().to_owned();
    let by_sms = progress.channel == Some(CodeChannel::Sms);
    let lead = if by_sms {
        "登録された携帯電話番号あてにワンタイム認証コードが送信されました。SMSに記載のワンタイム認証コードを入力してください。"
    } else {
        "登録されたメールアドレスあてにワンタイム認証コードが送信されました。メールに記載のワンタイム認証コードを入力してください。"
    };
    view! {
        <Screen
            screen=screen
            lead=lead
            failed=failed
        >
            <ErrorSummary errors=state.fields.clone() message/>
            {progress.resent.then(|| view! { <Resent/> })}
            <p>"送信先：" <span class="code">{to}</span></p>
            <PostForm action=state.endpoint>
                <CodeField
                    field=F::OneTimeCode
                    label=label(F::OneTimeCode)
                    support="6桁のワンタイム認証コードを入力してください"
                    sends_itself=true
                    error=state.of_field(F::OneTimeCode)
                />
                <Countdown
                    label="有効時間の残り"
                    seconds=progress.valid_for
                    ended="有効時間が過ぎました。ワンタイム認証コードを再送してください。"
                />
                <Buttons>
                    <Button>"認証を完了してトップ画面へ進む"</Button>
                </Buttons>
            </PostForm>
            <section class="section">
                <h2>"ワンタイム認証コードが届かないとき"</h2>
                <Resend progress=progress.clone() action=resend.endpoint/>
                <NotArrived who=progress.who by_sms another_way=progress.has_another_way()/>
            </section>
        </Screen>
    }
}

#[component]
fn NotArrived(who: Who, by_sms: bool, another_way: bool) -> impl IntoView {
    let blocked = if by_sms {
        "SMSの受信を拒否する設定になっていないか確認してください。"
    } else {
        "受信制限をしている場合は、本サービスのメールを受信できるように設定してください。"
    };
    let unknown = match who {
        Who::Office => "送信先に心当たりがないときは、電子請求受付システムのメールアドレスを確認してください。",
        Who::Member => "送信先に心当たりがないときは、事業所の管理者に連絡先の変更を依頼してください。",
    };
    view! {
        <Disclosure summary="届かないときは">
            <ul class="bullets">
                {(!by_sms).then(|| view! { <li>"迷惑メールのフォルダに入っていないか確認してください。"</li> })}
                <li>{blocked}</li>
                <li>{unknown}<Link href=Route::Question(if by_sms { Slug::SMS_DOES_NOT_COME } else { Slug::MAIL_DOES_NOT_COME })>"よくあるご質問"</Link></li>
            </ul>
        </Disclosure>
        {(who == Who::Member && another_way).then(|| view! {
            <p><Link href=Route::MemberSendCode>"ほかの方法で送信する"</Link></p>
        })}
    }
}

#[component]
fn Resent() -> impl IntoView {
    view! {
        <Banner kind=BannerKind::Info title="ワンタイム認証コードを再送しました。">
            <p>
                "ワンタイム認証コードが再送されました。新しく届いたワンタイム認証コードを入力してください。"
                "先に届いたコードも、有効時間内であれば使えます。"
            </p>
        </Banner>
    }
}

/// 「ワンタイム認証コードを再送する」: waits out its cool-down with JavaScript; without it, says how long it takes.
#[component]
fn Resend(progress: Progress, action: &'static str) -> impl IntoView {
    let start = start_of(progress.who).0;
    if !progress.resends_left {
        return view! {
            <p class="muted">
                "ワンタイム認証コードを再送できる回数を超えました。届かない場合は、"
                <Link href=start>"ユーザIDの入力からやり直してください。"</Link>
            </p>
        }
        .into_any();
    }
    view! {
        <PostForm action>
            <Buttons>
                <Button kind=ButtonKind::Secondary>"ワンタイム認証コードを再送する"</Button>
            </Buttons>
            <CoolDown seconds=progress.resend_in/>
        </PostForm>
    }
    .into_any()
}

/// When a code can be sent again.
#[island]
fn CoolDown(seconds: i64) -> impl IntoView {
    let left = seconds_left(seconds);
    let hint = move || match left.get() {
        0 => String::new(),
        seconds => format!("あと{seconds}秒で再送できます。"),
    };
    view! { <p class="muted">{hint}</p> }
}
