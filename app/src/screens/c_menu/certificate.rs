//! The notice on every menu that the client certificate will end.

use leptos::prelude::*;

use crate::{
    parts::{Banner, BannerKind},
    screens::screen::page_info,
};

/// From 90 days before a client certificate ends (rules.md); nothing before that.
#[component]
pub(super) fn CertificateEnds() -> impl IntoView {
    let ends = page_info().signed_in.and_then(|who| who.certificate_ends)?;
    let day = domain::time::with_japanese_era(ends.date());
    Some(view! {
        <Banner kind=BannerKind::Warning title="クライアント証明書の有効期限が近づいています">
            <p>
                "この端末の証明書は " <span class="code">{day}</span>
                " に期限が切れます。電子請求受付システムで、早めに更新してください。"
            </p>
        </Banner>
    })
}
