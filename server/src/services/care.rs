//! Insured persons: 本人確認, 担当, 同意, and what may be seen of them.

mod batch;
mod consent;
pub mod emergency;
mod identify;
pub mod import;
pub mod matrix;
mod people;
mod view;

use std::sync::Arc;

use app::{
    error::ApiError,
    services::{
        CareLeave, RequestInfo,
        care::{
            Care, CareSheet, CareView, ConsentSheet, FoundPerson, PeoplePage, PeopleQuery, PersonHead, PrintedFace,
        },
    },
};
use async_trait::async_trait;
use domain::care::{ConsentForm, Day, Item, LookupForm, Validity, validity};
use uuid::Uuid;

use super::Core;
use crate::{
    platform::{Person, Platform, PlatformError},
    storage::{
        Tx,
        care::{self, Charge, Snapshot},
    },
};

/// [`Care`] on our own database and a platform.
#[derive(Clone)]
pub struct CareService {
    core: Core,
    platform: Arc<dyn Platform>,
}

impl From<PlatformError> for ApiError {
    fn from(error: PlatformError) -> Self {
        tracing::warn!(error.message = %error, "a request got no answer of use from the platform");
        Self::PlatformUnavailable
    }
}

impl CareService {
    /// Works with this platform.
    pub fn new(core: Core, platform: Arc<dyn Platform>) -> Self {
        Self { core, platform }
    }

    fn today(&self) -> Day {
        Day::new(self.core.ambient.now().date())
    }

    /// The office's 担当. Everything else is `NotFound`, whatever the reason.
    async fn charge(&self, tx: &mut Tx, leave: &CareLeave, id: Uuid) -> Result<Charge, ApiError> {
        care::find(tx, leave.actor().office_id, id).await?.ok_or(ApiError::NotFound)
    }
}

fn head_of(id: Uuid, person: &Snapshot) -> PersonHead {
    PersonHead {
        id,
        insurer_number: person.insurer_number.clone(),
        insurer_name: person.insurer_name.clone(),
        insured_number: person.insured_number.clone(),
        name: person.name.clone(),
        born_on: person.born_on,
        sex: person.sex,
    }
}

/// The copy for lists of what the platform says; `card`: the certificate, when it is known.
fn snapshot_of(person: &Person, card: Option<&domain::care::InsuranceCard>, today: Day) -> Snapshot {
    // What has no entitlement has no last day either: lists would count it as expired.
    let entitled = !matches!(validity(card, today), Validity::None(_));
    Snapshot {
        insurer_number: person.insurer.number.clone(),
        insurer_name: person.insurer.name.clone(),
        insured_number: person.insured_number.clone(),
        name: person.name.clone(),
        born_on: person.born_on,
        sex: person.sex,
        level: card.filter(|card| card.lost_on.is_none_or(|lost| lost > today)).and_then(|card| card.level),
        until: card.filter(|_| entitled).and_then(|card| card.period).map(|period| period.to),
        changed_at: person.changed_at,
    }
}

#[async_trait]
impl Care for CareService {
    async fn list(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        query: &PeopleQuery,
    ) -> Result<PeoplePage, ApiError> {
        let page = self.people(leave, query).await?;
        self.write_down_list(leave, request, &page).await?;
        Ok(page)
    }

    async fn look_up(&self, leave: &CareLeave, request: &RequestInfo, form: LookupForm) -> Result<Uuid, ApiError> {
        self.look_up_by_items(leave, request, &form).await
    }

    async fn look_up_card(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        certificate: &str,
    ) -> Result<Uuid, ApiError> {
        self.look_up_by_card(leave, request, certificate).await
    }

    async fn look_up_face(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        face: &PrintedFace,
    ) -> Result<Uuid, ApiError> {
        self.look_up_by_face(leave, request, face).await
    }

    async fn found(&self, leave: &CareLeave, matched: Uuid) -> Result<FoundPerson, ApiError> {
        self.found_person(leave, matched).await
    }

    async fn take_charge(&self, leave: &CareLeave, request: &RequestInfo, matched: Uuid) -> Result<Uuid, ApiError> {
        self.register(leave, request, matched).await
    }

    async fn person(&self, leave: &CareLeave, charge: Uuid) -> Result<PersonHead, ApiError> {
        let mut tx = self.core.db.read().await?;
        let charge = self.charge(&mut tx, leave, charge).await?;
        Ok(head_of(charge.id, &charge.person))
    }

    async fn view(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        charge: Uuid,
        view: CareView,
    ) -> Result<CareSheet, ApiError> {
        self.sheet(leave, request, charge, view).await
    }

    async fn consents(&self, leave: &CareLeave, charge: Uuid) -> Result<ConsentSheet, ApiError> {
        self.consent_sheet(leave, charge).await
    }

    async fn give_consent(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        charge: Uuid,
        form: ConsentForm,
    ) -> Result<(), ApiError> {
        self.record_consent(leave, request, charge, &form).await
    }

    async fn withdraw_consent(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        charge: Uuid,
        item: Option<Item>,
    ) -> Result<(), ApiError> {
        self.withdraw(leave, request, charge, item).await
    }

    async fn end_charge(&self, leave: &CareLeave, request: &RequestInfo, charge: Uuid) -> Result<(), ApiError> {
        self.end(leave, request, charge).await
    }
}
