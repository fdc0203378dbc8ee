//! B-11: how the one-time code is sent to a 管理者ユーザ or 一般ユーザ. Only ways that are registered are offered.

use leptos::prelude::*;

use super::api::SendCode;
use crate::{
    parts::{Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, ErrorSummary, PostForm, RadioCard},
    routes::Route,
    screens::{ScreenId, a_sign_in::sign_in_progress, form_state::FormState, loaded::loaded, screen::Screen},
    services::sign_in::{CodeChannel, Progress, Step, Who},
};

/// B-11.
#[component]
pub fn B11Method() -> impl IntoView {
    loaded(
        ScreenId::B11,
        || sign_in_progress(Who::Member, Step::SendCode),
        |progress| {
            let own = progress.app || progress.recovery_codes_left > 0;
            if progress.email.is_none() && progress.phone.is_none() && !own {
                view! { <NoContact/> }.into_any()
            } else {
                view! { <Choose progress/> }.into_any()
            }
        },
    )
}

#[component]
fn Choose(progress: Progress) -> impl IntoView {
    let state = FormState::of::<SendCode>();
    let app = progress.app.then(|| "アプリに表示される6桁のコードを入力します".to_owned());
    let left = progress.recovery_codes_left;
    let recovery = (left > 0).then(|| format!("残り{left}個"));
    let ways = [
        (CodeChannel::Mail, "メールでワンタイム認証コードを送信", progress.email.clone()),
        (CodeChannel::Sms, "SMSでワンタイム認証コードを送信", progress.phone.clone()),
        (CodeChannel::App, "認証アプリのコードを使用", app),
        (CodeChannel::Recovery, "リカバリーコードを使用", recovery),
    ];
    let (lead, legend, button) = if progress.app {
        ("本人確認の方法を選択してください。", "本人確認の方法", "次へ進む")
    } else {
        ("本人確認のため、ワンタイム認証コードを送信します。送信方法を選択してください。", "送信方法", "送信する")
    };
    // The way chosen last, else the app that was set up for this, else the first that there is.
    let app = progress.app.then_some(CodeChannel::App);
    let first = progress.channel.or(app).or(ways.iter().find(|(.., to)| to.is_some()).map(|(way, ..)| *way));
    let ways = ways.into_iter().filter_map(move |(way, label, to)| {
        let to = to?;
        Some(view! { <RadioCard name="channel" value=way.code() label=label detail=to checked=first == Some(way)/> })
    });
    view! {
        <Screen
            screen=ScreenId::B11
            lead=lead
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <fieldset class="radios">
                    <legend class="field__label">{legend}</legend>
                    {ways.collect_view()}
                </fieldset>
                <Buttons>
                    <Button>{button}</Button>
                    <ButtonLink kind=ButtonKind::Plain href=Route::SignInMember>"ユーザIDの入力に戻る"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}

#[component]
fn NoContact() -> impl IntoView {
    view! {
        <Screen screen=ScreenId::B11>
            <Banner kind=BannerKind::Danger title="連絡先が登録されていません">
                <p>
                    "ワンタイム認証コードを送信できないため、ログインを続けられません。"
                    "事業所の管理者に、メールアドレスまたは携帯電話番号の登録を依頼してください。"
                </p>
            </Banner>
            <Buttons>
                <ButtonLink kind=ButtonKind::Plain href=Route::SignInMember>"ユーザIDの入力に戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}
