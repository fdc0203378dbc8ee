//! The embedded registry: a platform in our own database.

use async_trait::async_trait;
use domain::care::{Content, FourItems, Item};
use secrecy::ExposeSecret;

use super::{
    CardFace, Found, Insurer, Person, PersonId, Platform, PlatformError, TerminalAccount, TerminalVerdict,
    without_spaces,
};
use crate::{
    services::Core,
    storage::{
        StoreError, Tx,
        registry::{self, RegisteredInsurer, RegisteredPerson},
    },
};

/// [`Platform`] on the registry's tables.
pub struct EmbeddedRegistry(pub Core);

impl From<StoreError> for PlatformError {
    fn from(error: StoreError) -> Self {
        tracing::error!(error.message = %error, "the registry cannot be read");
        Self::Away
    }
}

impl EmbeddedRegistry {
    async fn read(&self) -> Result<Tx, PlatformError> {
        Ok(self.0.db.read().await?)
    }
}

/// A registered person in the platform's terms.
pub(crate) fn person_of(row: &RegisteredPerson, insurer: &RegisteredInsurer) -> Person {
    Person {
        id: PersonId(row.id.to_string()),
        insurer: Insurer { number: insurer.number.clone(), name: insurer.name.clone(), joined: insurer.joined },
        insured_number: row.insured_number.clone(),
        name: row.name(),
        born_on: row.born_on,
        sex: row.sex,
        changed_at: row.changed_at,
    }
}

async fn with_insurer(tx: &mut Tx, row: &RegisteredPerson) -> Result<Person, PlatformError> {
    let insurer = registry::insurer(tx, &row.insurer_number).await?.ok_or(PlatformError::Away)?;
    Ok(person_of(row, &insurer))
}

async fn found(tx: &mut Tx, person: Option<RegisteredPerson>) -> Result<Found, PlatformError> {
    let Some(person) = person else { return Ok(Found::Nobody) };
    let person = with_insurer(tx, &person).await?;
    Ok(if person.insurer.joined { Found::One(Box::new(person)) } else { Found::InsurerNotJoined })
}

#[async_trait]
impl Platform for EmbeddedRegistry {
    async fn verify_terminal(&self, account: TerminalAccount<'_>) -> Result<TerminalVerdict, PlatformError> {
        let known = registry::terminal(&mut self.read().await?, account.user_id).await?;
        let hash = known.as_ref().map(|known| &known.password_hash);
        let fits = self.0.passwords.verify(hash, account.password.expose_secret()).await;
        Ok(match (fits.map_err(|_| PlatformError::Away)?, known) {
            // An account without a terminal was issued for whichever its holder uses.
            (true, Some(known)) if known.terminal_id.is_empty() || known.terminal_id == account.terminal_id => {
                TerminalVerdict::Accepted
            }
            (true, Some(_)) => TerminalVerdict::OtherTerminal,
            _ => TerminalVerdict::WrongCredentials,
        })
    }

    async fn find_by_certificate(&self, serial: &str) -> Result<Found, PlatformError> {
        let mut tx = self.read().await?;
        let person = registry::person_by_certificate(&mut tx, serial).await?;
        found(&mut tx, person).await
    }

    async fn find_by_four_items(&self, items: &FourItems) -> Result<Found, PlatformError> {
        let mut tx = self.read().await?;
        // Before the person is looked for: whether somebody is known to a 市町村 that takes no part is not to be learned.
        match registry::insurer(&mut tx, items.insurer.as_str()).await? {
            None => Ok(Found::Nobody),
            Some(insurer) if !insurer.joined => Ok(Found::InsurerNotJoined),
            Some(_) => {
                let person = registry::person_by_items(&mut tx, items).await?;
                found(&mut tx, person).await
            }
        }
    }

    async fn find_by_card_face(&self, face: &CardFace) -> Result<Found, PlatformError> {
        let mut tx = self.read().await?;
        let name = without_spaces(&face.name);
        let born = registry::people_born(&mut tx, face.born_on, face.sex).await?;
        let mut same = born.into_iter().filter(|person| without_spaces(&person.name().full()) == name);
        match (same.next(), same.next()) {
            (Some(_), Some(_)) => Ok(Found::Several),
            (only, _) => found(&mut tx, only).await,
        }
    }

    async fn person(&self, id: &PersonId) -> Result<Option<Person>, PlatformError> {
        let Ok(id) = id.0.parse() else { return Ok(None) };
        let mut tx = self.read().await?;
        match registry::person(&mut tx, id).await? {
            Some(person) => Ok(Some(with_insurer(&mut tx, &person).await?)),
            None => Ok(None),
        }
    }

    async fn item(&self, id: &PersonId, item: Item) -> Result<Option<Content>, PlatformError> {
        let Ok(id) = id.0.parse() else { return Ok(None) };
        let person = registry::person(&mut self.read().await?, id).await?;
        Ok(person.and_then(|person| person.record.item(item)))
    }
}
