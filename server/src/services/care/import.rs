//! Filling the embedded registry from a JSON file: everything in it or nothing.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    account::PersonName,
    care::{Day, InsuredNumber, InsurerNumber, PersonRecord, Sex},
    text::{holds_individual_number, to_hiragana, written_name},
};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use super::snapshot_of;
use crate::{
    platform::registry::person_of,
    services::{Core, audit::operator_entry},
    storage::{
        StoreError, Tx, audit,
        care::{self, Snapshot},
        registry::{self, RegisteredInsurer, RegisteredPerson, RegisteredTerminal},
    },
};

/// The file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the file's keys")]
pub struct RegistryFile {
    pub insurers: Vec<ImportInsurer>,
    pub people: Vec<ImportPerson>,
    pub terminals: Vec<ImportTerminal>,
}

/// 保険者.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the file's keys")]
pub struct ImportInsurer {
    pub number: InsurerNumber,
    pub name: String,
    pub joined: bool,
}

/// An insured person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the file's keys")]
pub struct ImportPerson {
    pub insurer_number: InsurerNumber,
    pub insured_number: InsuredNumber,
    pub name: PersonName,
    pub born_on: Day,
    pub sex: Sex,
    /// Serial number of the card's certificate.
    #[serde(default)]
    pub certificate: Option<String>,
    #[serde(default)]
    pub record: PersonRecord,
}

/// A terminal account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the file's keys")]
pub struct ImportTerminal {
    pub user_id: String,
    pub password: SecretString,
    pub terminal_id: String,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum RegistryImportError {
    #[error("the file is not what it should be: {0}")]
    Json(#[from] serde_json::Error),
    #[error("{0} may hold a 個人番号 (twelve digits); such numbers are never stored")]
    IndividualNumber(String),
    #[error("person {0}: the name cannot be used")]
    Name(usize),
    #[error("person {0}: the insurer is not known")]
    Insurer(usize),
    #[error("a password could not be hashed")]
    Hash,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct RegistryImport {
    pub insurers: usize,
    pub people: usize,
    pub terminals: usize,
}

/// Reads a file. Errors: `Json`, `IndividualNumber` (with the place in the file).
pub fn read_json(bytes: &[u8]) -> Result<RegistryFile, RegistryImportError> {
    let whole: Value = serde_json::from_slice(bytes)?;
    if let Some(place) = individual_number_in(&whole, "") {
        return Err(RegistryImportError::IndividualNumber(place));
    }
    Ok(serde_json::from_value(whole)?)
}

/// Where in a JSON document something may be a 個人番号.
pub(crate) fn individual_number_in(value: &Value, place: &str) -> Option<String> {
    match value {
        Value::String(text) => holds_individual_number(text).then(|| place.to_owned()),
        Value::Number(number) => holds_individual_number(&number.to_string()).then(|| place.to_owned()),
        Value::Array(all) => {
            all.iter().enumerate().find_map(|(at, one)| individual_number_in(one, &format!("{place}/{at}")))
        }
        // A key is as good a hiding place; it is named by its parent only.
        Value::Object(all) => all.iter().find_map(|(key, one)| {
            let here = || holds_individual_number(key).then(|| format!("{place}/*"));
            here().or_else(|| individual_number_in(one, &format!("{place}/{key}")))
        }),
        Value::Null | Value::Bool(_) => None,
    }
}

/// Takes a file. People who are known already (by insurer and number) are replaced; offices that are in charge of them see
/// the change in their lists.
///
/// Errors: nothing is taken then.
pub async fn import(core: &Core, file: &RegistryFile) -> Result<RegistryImport, RegistryImportError> {
    let terminals = hashed(core, &file.terminals).await?;
    let now = core.ambient.now();
    let mut tx = core.db.write().await?;
    for insurer in &file.insurers {
        let ImportInsurer { number, name, joined } = insurer.clone();
        registry::put_insurer(&mut tx, &RegisteredInsurer { number: number.to_string(), name, joined }).await?;
    }
    let mut insurers = BTreeMap::new();
    for (at, person) in file.people.iter().enumerate() {
        let number = person.insurer_number.as_str();
        if !insurers.contains_key(number) {
            let insurer = registry::insurer(&mut tx, number).await?.ok_or(RegistryImportError::Insurer(at))?;
            insurers.insert(number, insurer);
        }
        let row = registered(core, &mut tx, at, person, now).await?;
        registry::put_person(&mut tx, &row).await?;
        refresh_charges(&mut tx, core, &row, &insurers[number]).await?;
    }
    for terminal in &terminals {
        registry::put_terminal(&mut tx, terminal).await?;
    }
    let done = RegistryImport { insurers: file.insurers.len(), people: file.people.len(), terminals: terminals.len() };
    let detail = json!({ "insurers": done.insurers, "people": done.people, "terminals": done.terminals });
    audit::append(&mut tx, &operator_entry(now, "operator.import_registry", detail)).await?;
    tx.commit().await?;
    Ok(done)
}

async fn hashed(core: &Core, all: &[ImportTerminal]) -> Result<Vec<RegisteredTerminal>, RegistryImportError> {
    let mut hashed = Vec::new();
    for one in all {
        let password_hash = core.passwords.hash(&core.ambient, one.password.clone()).await;
        hashed.push(RegisteredTerminal {
            user_id: one.user_id.clone(),
            password_hash: password_hash.map_err(|_| RegistryImportError::Hash)?,
            terminal_id: one.terminal_id.clone(),
        });
    }
    Ok(hashed)
}

async fn registered(
    core: &Core,
    tx: &mut Tx,
    at: usize,
    person: &ImportPerson,
    now: Timestamp,
) -> Result<RegisteredPerson, RegistryImportError> {
    let (insurer, insured) = (person.insurer_number.as_str(), person.insured_number.as_str());
    let known = registry::person_by_number(tx, insurer, insured).await?;
    let name = [written_name(&person.name.family), written_name(&person.name.given)];
    let kana = [to_hiragana(&person.name.family_kana), to_hiragana(&person.name.given_kana)];
    if name.iter().chain(&kana).any(|part| part.is_empty() || part.chars().any(char::is_control)) {
        return Err(RegistryImportError::Name(at));
    }
    let ([family_name, given_name], [family_kana, given_kana]) = (name, kana);
    let row = RegisteredPerson {
        id: known.as_ref().map_or_else(|| core.ambient.id(), |known| known.id),
        insurer_number: insurer.to_owned(),
        insured_number: insured.to_owned(),
        family_name,
        given_name,
        family_kana,
        given_kana,
        born_on: person.born_on,
        sex: person.sex,
        certificate: person.certificate.clone(),
        record: person.record.clone(),
        changed_at: now,
    };
    // A file that says the same again changes nobody.
    Ok(match known {
        Some(known) if (RegisteredPerson { changed_at: known.changed_at, ..row.clone() }) == known => known,
        _ => row,
    })
}

/// Brings the lists of the offices in charge up to date.
async fn refresh_charges(
    tx: &mut Tx,
    core: &Core,
    row: &RegisteredPerson,
    insurer: &RegisteredInsurer,
) -> Result<(), StoreError> {
    let person_id = care::person_id(tx, &row.id.to_string(), core.ambient.id()).await?;
    care::refresh(tx, person_id, &snapshot(row, insurer, Day::new(core.ambient.now().date()))).await
}

/// What lists of offices in charge keep of a registered person.
pub fn snapshot(row: &RegisteredPerson, insurer: &RegisteredInsurer, today: Day) -> Snapshot {
    snapshot_of(&person_of(row, insurer), row.record.insurance_card.as_ref(), today)
}
