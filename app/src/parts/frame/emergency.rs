//! A declared disaster, on top of every page of the offices that it is for.

use domain::{
    account::{AccountKind, Right},
    time::spoken_minute,
};
use leptos::prelude::*;

use crate::{
    parts::{Banner, BannerKind, Link},
    routes::Route,
    services::emergencies::EmergencyNotice,
};

/// What is declared, until when, and where its uses are reviewed.
#[component]
pub(super) fn EmergencyBanner(
    /// What is declared.
    notice: EmergencyNotice,
    /// Who is signed in.
    kind: AccountKind,
) -> impl IntoView {
    let EmergencyNotice { title, until } = notice;
    let review = kind.may(Right::OfficeAuditRecords).then(|| {
        view! { <p><Link href=Route::EmergencyUses>"災害時の閲覧を確認する"</Link></p> }
    });
    view! {
        <aside class="notice" aria-label="災害時の閲覧">
            <Banner kind=BannerKind::Warning title=format!("災害時の閲覧が有効です（{title}）")>
                <p>
                    <span class="nobreak">{spoken_minute(until)}</span>
                    " まで、ご本人の同意を得られないときも、理由を記録すれば担当している方の介護情報を閲覧できます。閲覧は、あとで確認されます。"
                </p>
                {review}
            </Banner>
        </aside>
    }
    .into_any()
}
