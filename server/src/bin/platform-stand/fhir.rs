//! People and eligibility as FHIR R4 JSON, written by hand.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::care::{Content, Period};
use serde_json::{Value, json};
use server::platform::Person;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

pub(crate) const MEDIA: &str = "application/fhir+json";
pub(crate) const INSURED: &str = "https://kaigo.example.jp/fhir/sid/insured-number";
pub(crate) const CERTIFICATE: &str = "https://kaigo.example.jp/fhir/sid/card-certificate";
const INSURER: &str = "https://kaigo.example.jp/fhir/sid/insurer-number";
const REPRESENTATION: &str = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
const JOINED: &str = "https://kaigo.example.jp/fhir/StructureDefinition/insurer-joined";
const CONTENT: &str = "https://kaigo.example.jp/fhir/StructureDefinition/care-item-content";

/// One person or nobody. `certificate`: what the search was by, if it was.
pub(crate) fn searchset(person: Option<&Person>, certificate: Option<&str>) -> Value {
    let Some(person) = person else {
        return json!({ "resourceType": "Bundle", "type": "searchset", "total": 0 });
    };
    json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "total": 1,
        "entry": [
            { "resource": patient(person, certificate), "search": { "mode": "match" } },
            { "resource": coverage(person), "search": { "mode": "include" } },
        ],
    })
}

/// Two people who are nobody in particular: the contract asks for no more when there are several.
pub(crate) fn several() -> Value {
    let name = |text: &str, code: &str| {
        json!({
            "family": text, "given": [text], "extension": [{ "url": REPRESENTATION, "valueCode": code }],
        })
    };
    let hit = |id: &str| {
        json!({
            "resource": {
                "resourceType": "Patient", "id": id, "meta": { "lastUpdated": "2025-02-07T01:00:00Z" },
                "identifier": [{ "system": INSURED, "value": "0000000000" }],
                "name": [name("見本", "IDE"), name("みほん", "SYL")], "gender": "female", "birthDate": "1950-04-01",
            },
            "search": { "mode": "match" },
        })
    };
    json!({ "resourceType": "Bundle", "type": "searchset", "total": 2, "entry": [hit("1"), hit("2")] })
}

/// The 市町村 takes no part.
pub(crate) fn not_joined() -> Value {
    let details = json!({ "coding": [{ "code": "insurer-not-joined" }] });
    let issue = json!([{ "severity": "information", "code": "not-supported", "details": details }]);
    let outcome = json!({ "resourceType": "OperationOutcome", "issue": issue });
    let entry = json!([{ "resource": outcome, "search": { "mode": "outcome" } }]);
    json!({ "resourceType": "Bundle", "type": "searchset", "total": 0, "entry": entry })
}

fn patient(person: &Person, certificate: Option<&str>) -> Value {
    let name = |family: &str, given: &str, code: &str| {
        json!({
            "use": "official", "family": family, "given": [given],
            "extension": [{ "url": REPRESENTATION, "valueCode": code }],
        })
    };
    let mut identifier = vec![json!({ "system": INSURED, "value": person.insured_number })];
    identifier.extend(certificate.map(|serial| json!({ "system": CERTIFICATE, "value": serial })));
    let written = &person.name;
    json!({
        "resourceType": "Patient",
        "id": person.id.0,
        "meta": { "lastUpdated": instant(person) },
        "identifier": identifier,
        "name": [
            name(&written.family, &written.given, "IDE"),
            name(&written.family_kana, &written.given_kana, "SYL"),
        ],
        "gender": person.sex,
        "birthDate": person.born_on,
    })
}

fn instant(person: &Person) -> String {
    let nanos = i128::from(person.changed_at.micros()) * 1_000;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok();
    at.and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default()
}

fn coverage(person: &Person) -> Value {
    json!({
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": { "reference": format!("Patient/{}", person.id.0) },
        "subscriberId": person.insured_number,
        "payor": [{ "reference": "#insurer" }],
        "contained": [{
            "resourceType": "Organization",
            "id": "insurer",
            "identifier": [{ "system": INSURER, "value": person.insurer.number }],
            "name": person.insurer.name,
            "extension": [{ "url": JOINED, "valueBoolean": person.insurer.joined }],
        }],
    })
}

/// The answer to a `CoverageEligibilityRequest`.
pub(crate) fn eligibility(question: &Value, person: Option<&Person>, content: Option<&Content>) -> Value {
    let insurance: Vec<Value> = content.map(|content| insurance(question, person, content)).into_iter().collect();
    let number = person.map_or("", |person| person.insurer.number.as_str());
    json!({
        "resourceType": "CoverageEligibilityResponse",
        "status": "active",
        "purpose": ["benefits"],
        "patient": question["patient"],
        "created": question["created"],
        "request": { "identifier": question["identifier"][0] },
        "outcome": "complete",
        "insurer": { "identifier": { "system": INSURER, "value": number } },
        "insurance": insurance,
    })
}

fn insurance(question: &Value, person: Option<&Person>, content: &Content) -> Value {
    let data = STANDARD.encode(json!(content).to_string());
    let attachment = json!({ "contentType": "application/json", "data": data });
    let mut insurance = json!({
        "coverage": { "identifier": { "system": INSURED, "value": person.map(|person| &person.insured_number) } },
        "item": [{
            "category": question["item"][0]["category"],
            "extension": [{ "url": CONTENT, "valueAttachment": attachment }],
        }],
    });
    if let Some(Period { from, to }) = content.period() {
        insurance["benefitPeriod"] = json!({ "start": from, "end": to });
    }
    insurance
}
