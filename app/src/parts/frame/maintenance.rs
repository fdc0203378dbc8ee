//! Planned maintenance, on top of every page.

use domain::time::spoken_minute;
use leptos::prelude::*;

use crate::{
    parts::{Banner, BannerKind},
    services::maintenance::MaintenancePlan,
};

/// From when to when the service will be away.
#[component]
pub(super) fn MaintenanceNotice(
    /// What is planned.
    plan: MaintenancePlan,
) -> impl IntoView {
    let text = (!plan.text.is_empty()).then(|| view! { <p>{plan.text}</p> });
    view! {
        <aside class="notice" aria-label="メンテナンスの予定">
            <Banner kind=BannerKind::Warning title="メンテナンスのため、次の期間はご利用いただけません">
                <p>
                    <span class="nobreak">{spoken_minute(plan.from)}</span>" から "
                    <span class="nobreak">{spoken_minute(plan.to)}</span>" まで"
                </p>
                {text}
            </Banner>
        </aside>
    }
    .into_any()
}
