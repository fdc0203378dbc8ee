//! E-6 … E-12: one server function and one way of loading for all of them.

use leptos::prelude::*;
use uuid::Uuid;

use super::{api::view_care, e06_eligibility::Eligibility, e07_sheets::Sheet, e12_print::Print};
use crate::{
    routes::Route,
    screens::{ScreenId, loaded::loaded},
    services::care::CareView,
};

/// E-6 … E-12.
#[component]
pub fn CareScreen(id: Uuid, show: CareView) -> impl IntoView {
    let screen = Route::Care(id, show).screen().unwrap_or(ScreenId::E6);
    loaded(
        screen,
        move || view_care(id, show),
        move |sheet| match show {
            CareView::Eligibility => view! { <Eligibility sheet/> }.into_any(),
            CareView::Print => view! { <Print sheet/> }.into_any(),
            _ => view! { <Sheet screen sheet/> }.into_any(),
        },
    )
}
