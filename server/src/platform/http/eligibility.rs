//! 資格確認 as FHIR has it: a `CoverageEligibilityRequest` is answered by a `CoverageEligibilityResponse`.
//!
//! Patient, request, insurance and period stand where FHIR has them. What a Japanese certificate says beyond that has no
//! element there and is carried as a JSON attachment in an extension.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    Timestamp,
    care::{Content, Day, Item},
};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    Distrust,
    fhir::{CodeableConcept, Extension, Identifier, Reference, moment, system},
};
use crate::platform::{PersonId, PlatformError};

/// Names the items.
const ITEMS: &str = "https://kaigo.example.jp/fhir/CodeSystem/care-item";

/// What an item says, as an attachment.
const CONTENT: &str = "https://kaigo.example.jp/fhir/StructureDefinition/care-item-content";

/// HL7's own extension for what is not said, and why.
const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// Whether an item is asked for in this way: the certificates are, documents and histories are not.
pub(super) const fn covers(item: Item) -> bool {
    matches!(item, Item::InsuranceCard | Item::BurdenRatio | Item::BurdenLimit)
}

/// The question. `id` comes back in the answer.
pub(super) fn request(id: Uuid, person: &PersonId, item: Item, now: Timestamp) -> String {
    json!({
        "resourceType": "CoverageEligibilityRequest",
        "identifier": [{ "system": system::REQUEST, "value": id.to_string() }],
        "status": "active",
        "purpose": ["benefits"],
        "patient": { "reference": format!("Patient/{}", person.0) },
        "created": moment(now),
        // The platform knows whose insured person it is.
        "insurer": { "extension": [{ "url": ABSENT, "valueCode": "unknown" }] },
        "item": [{ "category": { "coding": [{ "system": ITEMS, "code": item.code() }] } }],
    })
    .to_string()
}

/// The answer.
#[derive(Deserialize)]
#[serde(tag = "resourceType")]
pub(super) enum Answer {
    CoverageEligibilityResponse(Response),
}

#[derive(Deserialize)]
pub(super) struct Response {
    status: Status,
    purpose: Vec<Purpose>,
    patient: Reference,
    request: Reference,
    outcome: Outcome,
    #[serde(default)]
    insurance: Vec<Insurance>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Active,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Purpose {
    Benefits,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Complete,
    Queued,
    Error,
    Partial,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Insurance {
    benefit_period: Option<BenefitPeriod>,
    item: Vec<InsuranceItem>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
struct BenefitPeriod {
    start: Day,
    end: Day,
}

#[derive(Deserialize)]
struct InsuranceItem {
    category: CodeableConcept,
    extension: Vec<Extension>,
}

/// Why an answer is of no use.
pub(super) enum Useless {
    /// The platform says that it has none.
    Away,
    /// It is not what was asked for.
    Untrusted(Distrust),
}

impl From<Distrust> for Useless {
    fn from(distrust: Distrust) -> Self {
        Self::Untrusted(distrust)
    }
}

impl From<Useless> for PlatformError {
    fn from(useless: Useless) -> Self {
        match useless {
            Useless::Away => {
                tracing::warn!("the platform says that it cannot answer about eligibility now");
                Self::Away
            }
            Useless::Untrusted(distrust) => distrust.into(),
        }
    }
}

impl Answer {
    /// What the item says; `None`: there is nothing of it. Errors: [`Useless`].
    pub(super) fn content(self, id: Uuid, person: &PersonId, item: Item) -> Result<Option<Content>, Useless> {
        let Self::CoverageEligibilityResponse(Response { status: Status::Active, outcome, .. }) = &self;
        if *outcome != Outcome::Complete {
            return Err(Useless::Away);
        }
        let Self::CoverageEligibilityResponse(response) = self;
        if !is_request(response.request.identifier.as_ref(), id) {
            return Err(Distrust("the answer to another request").into());
        }
        if response.patient.reference != Some(format!("Patient/{}", person.0)) {
            return Err(Distrust("another person").into());
        }
        if response.purpose.is_empty() {
            return Err(Distrust("no purpose").into());
        }
        match response.insurance.as_slice() {
            [] => Ok(None),
            [insurance] => Ok(Some(insurance.content(item)?)),
            _ => Err(Distrust("several insurances").into()),
        }
    }
}

fn is_request(identifier: Option<&Identifier>, id: Uuid) -> bool {
    identifier.is_some_and(|found| found.system == system::REQUEST && found.value == id.to_string())
}

impl Insurance {
    fn content(&self, item: Item) -> Result<Content, Distrust> {
        let [only] = self.item.as_slice() else { return Err(Distrust("not exactly one item")) };
        if !only.category.coding.iter().any(|coding| coding.code == item.code()) {
            return Err(Distrust("another item"));
        }
        let attachment = only.extension.iter().find(|extension| extension.url == CONTENT);
        let attachment = attachment.and_then(|extension| extension.value_attachment.as_ref());
        let attachment = attachment.filter(|found| found.content_type == "application/json");
        let bytes = attachment.and_then(|found| STANDARD.decode(&found.data).ok()).ok_or(Distrust("no content"))?;
        let content: Content = serde_json::from_slice(&bytes).map_err(|_| Distrust("another content"))?;
        let said = content.period().map(|period| BenefitPeriod { start: period.from, end: period.to });
        if self.benefit_period == said { Ok(content) } else { Err(Distrust("two periods that differ")) }
    }
}
