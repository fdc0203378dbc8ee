//! HL7 FHIR R4 as the platform speaks it: people are `Patient` with their insurance as `Coverage`, found by searches that
//! are posted.
//!
//! Only what is needed is read; what is missing, doubled or of another kind makes the whole answer [`Distrust`]ed.

use domain::{
    Timestamp,
    account::PersonName,
    care::{Day, Sex},
};
use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::Distrust;
use crate::platform::{Insurer, Person, PersonId};

/// Media type of FHIR's JSON.
pub(super) const MEDIA: &str = "application/fhir+json";

/// The release that is spoken, as a `CapabilityStatement` names it.
pub(super) const RELEASE: &str = "4.0.1";

/// What identifiers are of.
pub(super) mod system {
    /// 保険者番号.
    pub(crate) const INSURER: &str = "https://kaigo.example.jp/fhir/sid/insurer-number";
    /// 被保険者番号.
    pub(crate) const INSURED: &str = "https://kaigo.example.jp/fhir/sid/insured-number";
    /// Serial number of the certificate on a My Number card.
    pub(crate) const CERTIFICATE: &str = "https://kaigo.example.jp/fhir/sid/card-certificate";
    /// A call's ID.
    pub(crate) const REQUEST: &str = "https://kaigo.example.jp/fhir/sid/request";
}

/// How a name is written: `IDE` in kanji, `SYL` in kana. HL7's own extension.
const NAME_REPRESENTATION: &str = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

/// Whether a 保険者 takes part.
const JOINED: &str = "https://kaigo.example.jp/fhir/StructureDefinition/insurer-joined";

/// The outcome that stands in the place of people whose 保険者 takes no part.
const NOT_JOINED: &str = "insurer-not-joined";

/// The answer to a search.
#[derive(Deserialize)]
#[serde(tag = "resourceType")]
pub(super) enum Answer {
    Bundle {
        r#type: BundleType,
        total: Option<usize>,
        #[serde(default)]
        entry: Vec<Entry>,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BundleType {
    Searchset,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    resource: Resource,
    search: Search,
}

#[derive(Deserialize)]
struct Search {
    mode: Mode,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Match,
    Include,
    Outcome,
}

#[derive(Deserialize)]
#[serde(tag = "resourceType")]
enum Resource {
    Patient(Patient),
    Coverage(Coverage),
    OperationOutcome { issue: Vec<Issue> },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Patient {
    id: String,
    meta: Meta,
    identifier: Vec<Identifier>,
    name: Vec<HumanName>,
    gender: Sex,
    birth_date: Day,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    last_updated: String,
}

#[derive(Deserialize)]
pub(super) struct Identifier {
    pub(super) system: String,
    pub(super) value: String,
}

#[derive(Deserialize)]
struct HumanName {
    family: String,
    given: Vec<String>,
    #[serde(default)]
    extension: Vec<Extension>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Extension {
    pub(super) url: String,
    value_code: Option<String>,
    value_boolean: Option<bool>,
    pub(super) value_attachment: Option<Attachment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attachment {
    pub(super) content_type: String,
    /// Base64.
    pub(super) data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Coverage {
    status: CoverageStatus,
    beneficiary: Reference,
    subscriber_id: String,
    payor: Vec<Reference>,
    contained: Vec<Contained>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum CoverageStatus {
    Active,
}

#[derive(Deserialize)]
pub(super) struct Reference {
    #[serde(default)]
    pub(super) reference: Option<String>,
    #[serde(default)]
    pub(super) identifier: Option<Identifier>,
}

#[derive(Deserialize)]
#[serde(tag = "resourceType")]
enum Contained {
    Organization {
        id: String,
        identifier: Vec<Identifier>,
        name: String,
        #[serde(default)]
        extension: Vec<Extension>,
    },
}

#[derive(Deserialize)]
struct Issue {
    #[serde(default)]
    details: CodeableConcept,
}

#[derive(Default, Deserialize)]
pub(super) struct CodeableConcept {
    #[serde(default)]
    pub(super) coding: Vec<Coding>,
}

#[derive(Deserialize)]
pub(super) struct Coding {
    pub(super) code: String,
}

/// What a search found.
pub(super) enum Hits {
    Nobody,
    /// The person, and the certificate that the platform says is on their card.
    One(Box<Person>, Option<String>),
    Several,
    NotJoined,
}

impl Answer {
    /// Errors: [`Distrust`].
    pub(super) fn hits(self) -> Result<Hits, Distrust> {
        let Self::Bundle { r#type: BundleType::Searchset, total, entry } = self;
        let (mut patients, mut coverages, mut not_joined) = (Vec::new(), Vec::new(), false);
        for entry in entry {
            match (entry.search.mode, entry.resource) {
                (Mode::Match, Resource::Patient(patient)) => patients.push(patient),
                (Mode::Include, Resource::Coverage(coverage)) => coverages.push(coverage),
                (Mode::Outcome, Resource::OperationOutcome { issue }) => not_joined |= issue.iter().any(Issue::says_so),
                _ => return Err(Distrust("a resource in a place that is not its own")),
            }
        }
        let several = patients.len() > 1;
        match (patients.pop(), not_joined) {
            _ if several => Ok(Hits::Several),
            // A page of one out of many says nothing about whom it is.
            (found, _) if total.is_some_and(|total| total != usize::from(found.is_some())) => {
                Err(Distrust("another number of people than it says"))
            }
            (None, true) => Ok(Hits::NotJoined),
            (None, false) => Ok(Hits::Nobody),
            (Some(_), true) => Err(Distrust("somebody whose insurer takes no part")),
            (Some(patient), false) => patient.with(coverages),
        }
    }
}

impl Issue {
    fn says_so(&self) -> bool {
        self.details.coding.iter().any(|coding| coding.code == NOT_JOINED)
    }
}

impl Patient {
    fn with(self, coverages: Vec<Coverage>) -> Result<Hits, Distrust> {
        let [coverage] = <[Coverage; 1]>::try_from(coverages).map_err(|_| Distrust("not exactly one coverage"))?;
        let insured_number = one(&self.identifier, system::INSURED)?.ok_or(Distrust("no insured number"))?;
        let certificate = one(&self.identifier, system::CERTIFICATE)?.map(str::to_owned);
        if !is_id(&self.id) {
            return Err(Distrust("an id that is none"));
        }
        let of = coverage.beneficiary.reference.as_deref().and_then(|whose| whose.strip_prefix("Patient/"));
        if of != Some(self.id.as_str()) || coverage.subscriber_id != insured_number {
            return Err(Distrust("the coverage of another person"));
        }
        let ((family, given), (family_kana, given_kana)) = (self.name("IDE")?, self.name("SYL")?);
        let changed_at = OffsetDateTime::parse(&self.meta.last_updated, &Rfc3339);
        let changed_at = changed_at.map_err(|_| Distrust("no time of the last change"))?.unix_timestamp_nanos() / 1_000;
        let person = Person {
            id: PersonId(self.id.clone()),
            insurer: coverage.insurer()?,
            insured_number: insured_number.to_owned(),
            name: PersonName { family, given, family_kana, given_kana },
            born_on: self.birth_date,
            sex: self.gender,
            changed_at: Timestamp::from_micros(i64::try_from(changed_at).unwrap_or(i64::MAX)),
        };
        Ok(Hits::One(Box::new(person), certificate))
    }

    /// Family and given name in one way of writing.
    fn name(&self, written: &str) -> Result<(String, String), Distrust> {
        let is = |extension: &Extension| {
            extension.url == NAME_REPRESENTATION && extension.value_code.as_deref() == Some(written)
        };
        let mut names = self.name.iter().filter(|name| name.extension.iter().any(is));
        match (names.next(), names.next()) {
            (Some(name), None) => Ok((name.family.clone(), name.given.join(" "))),
            _ => Err(Distrust("not exactly one name in kanji and one in kana")),
        }
    }
}

impl Coverage {
    fn insurer(&self) -> Result<Insurer, Distrust> {
        let Self { status: CoverageStatus::Active, payor, contained, .. } = self;
        let ([payor], [Contained::Organization { id, identifier, name, extension }]) =
            (payor.as_slice(), contained.as_slice())
        else {
            return Err(Distrust("not exactly one insurer"));
        };
        if payor.reference.as_deref().and_then(|whom| whom.strip_prefix('#')) != Some(id.as_str()) {
            return Err(Distrust("an insurer who does not pay"));
        }
        let number = one(identifier, system::INSURER)?.ok_or(Distrust("no insurer number"))?.to_owned();
        let joined = extension.iter().find(|extension| extension.url == JOINED).and_then(|found| found.value_boolean);
        let joined = joined.ok_or(Distrust("no word about whether the insurer takes part"))?;
        Ok(Insurer { number, name: name.clone(), joined })
    }
}

/// FHIR's ids.
fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// The one identifier of a system. Errors: several.
fn one<'a>(all: &'a [Identifier], system: &str) -> Result<Option<&'a str>, Distrust> {
    let mut values = all.iter().filter(|identifier| identifier.system == system).map(|found| found.value.as_str());
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(Distrust("several numbers of one kind")),
        (only, None) => Ok(only),
    }
}

/// A moment as FHIR writes it.
pub(super) fn moment(at: Timestamp) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.micros()) * 1_000);
    at.ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default()
}

/// `system|value`, as FHIR searches by identifiers.
pub(super) fn token(system: &str, value: &str) -> String {
    // What separates values in a search is escaped in one.
    let mut token = format!("{system}|");
    for c in value.chars() {
        if matches!(c, '\\' | '|' | ',' | '$') {
            token.push('\\');
        }
        token.push(c);
    }
    token
}

/// The answer to `GET /metadata`.
#[derive(Deserialize)]
#[serde(tag = "resourceType")]
pub(super) enum Metadata {
    #[serde(rename_all = "camelCase")]
    CapabilityStatement { fhir_version: String },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ONE: &str = r##"{"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":{"resourceType":
        "Patient","id":"1","meta":{"lastUpdated":"2025-02-07T01:00:00.000001Z"},"identifier":[{"system":
        "https://kaigo.example.jp/fhir/sid/insured-number","value":"0001000000"}],"name":[{"family":"見本","given":["花子"],
        "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"IDE"}]},
        {"family":"みほん","given":["はなこ"],"extension":[{"url":
        "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"SYL"}]}],"gender":"female",
        "birthDate":"1940-04-01"},"search":{"mode":"match"}},{"resource":{"resourceType":"Coverage","status":"active",
        "beneficiary":{"reference":"Patient/1"},"subscriberId":"0001000000","payor":[{"reference":"#insurer"}],"contained":
        [{"resourceType":"Organization","id":"insurer","identifier":[{"system":
        "https://kaigo.example.jp/fhir/sid/insurer-number","value":"435073"}],"name":"みほん市","extension":[{"url":
        "https://kaigo.example.jp/fhir/StructureDefinition/insurer-joined","valueBoolean":true}]}]},"search":
        {"mode":"include"}}]}"##;

    fn hits(bytes: &[u8]) -> Option<Hits> {
        serde_json::from_slice::<Answer>(bytes).ok().and_then(|answer| answer.hits().ok())
    }

    #[test]
    fn moments_are_read_and_written_to_the_microsecond() {
        let Some(Hits::One(person, None)) = hits(ONE.as_bytes()) else { panic!("not one person") };
        assert_eq!(person.changed_at, Timestamp::from_micros(1_738_890_000_000_001));
        assert_eq!(moment(person.changed_at), "2025-02-07T01:00:00.000001Z");
    }

    #[test]
    fn what_separates_values_is_escaped() {
        assert_eq!(token("s", r"a|b,c$d\e"), r"s|a\|b\,c\$d\\e");
    }

    proptest! {
        #[test]
        fn bytes_that_went_wrong_on_the_way_break_nothing(
            changes in proptest::collection::vec((0..ONE.len(), any::<u8>()), 1..4),
            end in 0..ONE.len(),
        ) {
            let mut bytes = ONE.as_bytes().to_vec();
            for (at, byte) in changes {
                bytes[at] = byte;
            }
            let _ = hits(&bytes);
            prop_assert!(hits(&bytes[..end]).is_none());
        }
    }
}
