//! E: insured persons and their care information.

mod address;
mod api;
mod certificates;
mod documents;
mod e01_list;
mod e02_ways;
mod e04_find;
mod e04_found;
mod e05_consent;
mod e05_form;
mod e05_record;
mod e06_eligibility;
mod e07_sheets;
mod e12_print;
mod e13_end;
mod item;
mod person;

use leptos::prelude::*;
use uuid::Uuid;

pub use api::{
    EndCharge, GiveConsent, LookUpPerson, TakeCharge, WithdrawConsent, charged_person, consents_of, end_charge,
    give_consent, list_people, look_up_person, person_found, take_charge, view_care, withdraw_consent,
};
pub use e01_list::PeopleList;
pub use e02_ways::VerifyPerson;
pub use e04_find::FindPerson;
pub use e04_found::PersonFound;
pub use e05_consent::ConsentPage;
pub use e05_record::ConsentRecordPage;
pub use e13_end::EndChargePage;

use self::{e06_eligibility::Eligibility, e07_sheets::Sheet, e12_print::Print};
use super::loaded::loaded;
use crate::{routes::Route, screens::ScreenId, services::care::CareView};

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
