//! Z: error screens. One for each kind of error; each says what happened, what was not lost, and what to do.

mod advice;
mod contact;

use leptos::prelude::*;

use self::advice::{Advice, advice};
use super::{
    ScreenId,
    a_sign_in::start_of,
    screen::{Screen, page_info},
};
use crate::{
    error::ApiError,
    parts::{Banner, BannerKind, ButtonKind, ButtonLink, Buttons, CopyBlock},
    routes::Route,
    services::{PageInfo, ProblemReport, sign_in::Who},
};

pub use contact::contact_text;
use contact::report_text;

/// The screen that an error has.
pub const fn screen_of(error: &ApiError) -> ScreenId {
    match error {
        ApiError::Certificate(_) => ScreenId::Z2,
        ApiError::SessionTimedOut | ApiError::SignInOver | ApiError::SignInRefused => ScreenId::Z3,
        ApiError::NotPermitted => ScreenId::Z4,
        ApiError::NotFound | ApiError::Malformed | ApiError::Conflict => ScreenId::Z5,
        ApiError::Maintenance => ScreenId::Z6,
        ApiError::PlatformUnavailable => ScreenId::Z9,
        ApiError::Locked { .. } | ApiError::TooManyRequests { .. } => ScreenId::Z7,
        _ => ScreenId::Z1,
    }
}

/// The error screen of a request that failed just now, under its own address.
#[component]
pub fn Problem(
    /// What happened.
    error: ApiError,
    /// The screen that was asked for; found from the address when not given.
    #[prop(optional)]
    from: Option<ScreenId>,
) -> impl IntoView {
    let page = page_info();
    let report = ProblemReport {
        error,
        from: from.or_else(|| Route::parse(&page.address).and_then(|route| route.screen())),
        error_id: page.request_id.clone(),
        at: page.now,
        return_to: Some(page.address.clone()).filter(|address| needs_session(address)),
    };
    view! { <Report report/> }
}

/// `/problem`: the error of a form, carried here over a redirect. Opened by itself it is a page that does not exist.
#[component]
pub fn ReportedProblem() -> impl IntoView {
    match page_info().problem {
        Some(report) => view! { <Report report/> }.into_any(),
        None => view! { <Problem error=ApiError::NotFound/> }.into_any(),
    }
}

#[component]
fn Report(report: ProblemReport) -> impl IntoView {
    let page = page_info();
    let screen = screen_of(&report.error);
    let Advice { title, happened, kept, next, kind } = advice(&report.error);
    let next = next.iter().map(|step| view! { <li>{*step}</li> }).collect_view();
    let text = report_text(&page, screen, &report);
    view! {
        <Screen screen=screen>
            <Banner kind=kind title=title>
                <p>{happened}</p>
            </Banner>
            {(!kept.is_empty()).then(|| view! { <p>{kept}</p> })}
            <h2>"次に行うこと"</h2>
            <ol class="numbers">{next}</ol>
            <Ways report=report.clone() page=page.clone()/>
            <h2>"お問い合わせになるとき"</h2>
            <dl class="answers">
                <Row label="画面番号" value=screen.number().to_owned()/>
                <Row label="操作していた画面" value=report.from.map_or("－".to_owned(), |from| from.number().to_owned())/>
                <Row label="エラーID" value=report.error_id.clone()/>
                <Row label="発生日時" value=report.at.second_text()/>
            </dl>
            <CopyBlock label="問い合わせ用の情報をコピー" text/>
        </Screen>
    }
}

#[component]
fn Row(label: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="answers__row">
            <dt class="answers__label">{label}</dt>
            <dd class="answers__value code">{value}</dd>
        </div>
    }
}

/// The buttons that lead on.
#[component]
fn Ways(report: ProblemReport, page: PageInfo) -> impl IntoView {
    let top = format!("{}{}", page.public_origin, Route::Top);
    let home = page.signed_in.as_ref().map_or_else(|| top.clone(), |who| Route::home(who.kind).to_string());
    let buttons = match report.error {
        ApiError::SessionTimedOut | ApiError::SignInOver | ApiError::SignInRefused => {
            let back = report.return_to.as_deref().filter(|path| needs_session(path));
            let signers = report.from.map_or(&[Who::Member, Who::Office][..], ScreenId::signers);
            let again = signers.iter().map(|who| again(*who, back, signers.len() > 1)).collect_view();
            view! {
                {again}
                <ButtonLink kind=ButtonKind::Secondary href=top>"トップ画面に戻る"</ButtonLink>
            }
            .into_any()
        }
        ApiError::Certificate(_) => view! {
            <ButtonLink href=format!("{}{}", page.public_origin, Route::CertificateHelp)>"証明書のご案内を見る"</ButtonLink>
            <ButtonLink kind=ButtonKind::Secondary href=top>"トップ画面に戻る"</ButtonLink>
        }
        .into_any(),
        _ => {
            let label = if page.signed_in.is_some() { "メニューに戻る" } else { "トップ画面に戻る" };
            view! { <ButtonLink href=home>{label}</ButtonLink> }.into_any()
        }
    };
    view! { <Buttons>{buttons}</Buttons> }
}

/// The button that leads back to the start of the sign-in and from there to `back`.
fn again(who: Who, back: Option<&str>, several: bool) -> impl IntoView + use<> {
    let start = start_of(who).0.to_string();
    let href = back.map_or_else(
        || start.clone(),
        |path| {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("return", path).finish();
            format!("{start}?{query}")
        },
    );
    let (kind, label) = match (several, who) {
        (false, _) => (ButtonKind::Primary, "もう一度ログインする"),
        (true, Who::Member) => (ButtonKind::Primary, "管理者または一般ユーザでログインする"),
        (true, Who::Office) => (ButtonKind::Secondary, "事業所ユーザでログインする"),
    };
    view! { <ButtonLink kind=kind href=href>{label}</ButtonLink> }
}

/// Whether signing in again should lead back to `path`.
fn needs_session(path: &str) -> bool {
    let screen = Route::parse(path).and_then(|route| route.screen());
    screen.is_some_and(|screen| matches!(screen.access(), super::Access::SignedIn(_)))
}

/// The banner's look per error.
pub(super) const fn kind_of(error: &ApiError) -> BannerKind {
    match error {
        ApiError::SessionTimedOut | ApiError::SignInOver | ApiError::Maintenance | ApiError::PlatformUnavailable => {
            BannerKind::Warning
        }
        ApiError::NotFound => BannerKind::Info,
        _ => BannerKind::Danger,
    }
}
