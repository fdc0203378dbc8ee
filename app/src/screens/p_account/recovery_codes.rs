//! P-1: recovery codes, shown once.

use leptos::prelude::*;

use super::{
    api::{RenewRecoveryCodes, credentials_confirmed},
    p01_account::crumbs,
};
use crate::{
    parts::{
        Banner, BannerKind, Button, ButtonKind, ButtonLink, Buttons, CopyBlock, DoneBanner, ErrorSummary, PostForm,
        PrintButton,
    },
    routes::{CredentialPage, Route},
    screens::{
        ScreenId,
        form_state::FormState,
        loaded::loaded,
        screen::{Screen, page_info},
    },
};

/// New codes, just after they were made; else the question whether to make some.
#[component]
pub fn RecoveryCodes() -> impl IntoView {
    if let Some(codes) = page_info().shown_once {
        return view! { <NewCodes codes/> }.into_any();
    }
    let next = || credentials_confirmed(CredentialPage::RecoveryCodes.to_string());
    loaded(ScreenId::P1, next, |confirmed| confirmed.then(|| view! { <AskRenewal/> }).into_any()).into_any()
}

#[component]
fn NewCodes(codes: String) -> impl IntoView {
    view! {
        <Screen screen=ScreenId::P1 heading="アカウントのリカバリーコード" crumbs=crumbs(true)>
            <DoneBanner title="リカバリーコードを発行しました">
                "認証アプリを使えないときに、ワンタイム認証コードの代わりに入力できます。1つのコードは1回だけ使えます。"
            </DoneBanner>
            <Banner kind=BannerKind::Warning title="この画面は一度しか表示されません">
                <p>"印刷するか書き写して、ほかの人の目に触れないところに保管してください。"</p>
            </Banner>
            <CopyBlock text=codes label="リカバリーコードをコピー" name=Some("リカバリーコード".to_owned())/>
            <Buttons>
                <PrintButton/>
                <ButtonLink href=Route::Account(None)>"保管したので、アカウントに戻る"</ButtonLink>
            </Buttons>
        </Screen>
    }
}

#[component]
fn AskRenewal() -> impl IntoView {
    let state = FormState::of::<RenewRecoveryCodes>();
    view! {
        <Screen
            screen=ScreenId::P1
            heading="アカウントのリカバリーコードの再発行"
            crumbs=crumbs(true)
            failed=state.failed()
        >
            <ErrorSummary errors=state.fields.clone() message=state.message.clone()/>
            <Banner kind=BannerKind::Warning title="再発行すると、これまでのリカバリーコードは使えなくなります">
                <p>"新しい10個のコードが、一度だけ表示されます。"</p>
            </Banner>
            <PostForm action=state.endpoint>
                <Buttons>
                    <Button>"リカバリーコードを再発行する"</Button>
                    <ButtonLink kind=ButtonKind::Plain href=Route::Account(None)>"アカウントに戻る"</ButtonLink>
                </Buttons>
            </PostForm>
        </Screen>
    }
}
