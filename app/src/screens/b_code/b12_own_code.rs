//! B-12 with a code that was not sent: from the authenticator app, or a recovery code.

use domain::form::Field as F;
use leptos::prelude::*;

use super::api::{RedeemCode, RedeemRecoveryCode};
use crate::{
    error::ApiError,
    parts::{Button, Buttons, CodeField, ErrorSummary, Field, FieldKind, Link, PostForm},
    routes::Route,
    screens::{ScreenId, form_state::FormState, screen::Screen, text::label},
};

/// The errors of a form whose codes are guessed as sent ones are, filed under its own field.
fn errors(state: &FormState, field: F) -> Vec<(F, String)> {
    match state.error {
        Some(ApiError::WrongCode { left }) => {
            vec![(field, format!("{}が正しくありません。あと{left}回入力できます。", label(field)))]
        }
        _ => state.fields.clone(),
    }
}

#[component]
fn OtherWays() -> impl IntoView {
    view! { <p><Link href=Route::MemberSendCode>"ほかの方法で本人確認をする"</Link></p> }
}

/// The app's code.
#[component]
pub(super) fn AppCode() -> impl IntoView {
    let state = FormState::of::<RedeemCode>();
    let errors = errors(&state, F::AppCode);
    let wrong = errors.first().map(|(_, text)| text.clone());
    view! {
        <Screen
            screen=ScreenId::B12
            lead="認証アプリに表示されている6桁のコードを入力してください。"
            failed=state.failed()
        >
            <ErrorSummary errors message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <CodeField
                    field=F::AppCode
                    label=label(F::AppCode)
                    support="コードは30秒ごとに変わります"
                    sends_itself=true
                    error=wrong
                />
                <Buttons>
                    <Button>"認証を完了してトップ画面へ進む"</Button>
                </Buttons>
            </PostForm>
            <OtherWays/>
        </Screen>
    }
}

/// A recovery code.
#[component]
pub(super) fn RecoveryCode(left: i64) -> impl IntoView {
    let state = FormState::of::<RedeemRecoveryCode>();
    let errors = errors(&state, F::RecoveryCode);
    let wrong = errors.first().map(|(_, text)| text.clone());
    view! {
        <Screen
            screen=ScreenId::B12
            lead="保管しているリカバリーコードを1つ入力してください。入力したコードは、もう一度使うことはできません。"
            failed=state.failed()
        >
            <ErrorSummary errors message=state.message.clone()/>
            <PostForm action=state.endpoint>
                <Field
                    field=F::RecoveryCode
                    label=label(F::RecoveryCode)
                    kind=FieldKind::Code
                    support=format!("半角英数字10文字（残り{left}個）。ハイフンは省略できます。")
                    error=wrong
                />
                <Buttons>
                    <Button>"認証を完了してトップ画面へ進む"</Button>
                </Buttons>
            </PostForm>
            <OtherWays/>
        </Screen>
    }
}
