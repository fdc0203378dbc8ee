//! The embedded registry's tables: insurers, insured persons, terminal accounts. Only `platform::registry` and the import
//! of the registry come here.

use domain::{
    Timestamp,
    account::PersonName,
    care::{Day, FourItems, PersonRecord, Sex},
};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// 保険者.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredInsurer {
    /// 保険者番号.
    pub number: String,
    /// Its name.
    pub name: String,
    /// It takes part.
    pub joined: bool,
}

read_from_row!(RegisteredInsurer { number, name, joined });

/// An insured person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredPerson {
    /// Which one.
    pub id: Uuid,
    /// 保険者番号.
    pub insurer_number: String,
    /// 被保険者番号.
    pub insured_number: String,
    /// 姓.
    pub family_name: String,
    /// 名.
    pub given_name: String,
    /// せい.
    pub family_kana: String,
    /// めい.
    pub given_kana: String,
    /// 生年月日.
    pub born_on: Day,
    /// 性別.
    pub sex: Sex,
    /// Serial number of the card's certificate.
    pub certificate: Option<String>,
    /// The items.
    pub record: PersonRecord,
    /// Last change of anything about the person.
    pub changed_at: Timestamp,
}

read_from_row!(RegisteredPerson {
    id,
    insurer_number,
    insured_number,
    family_name,
    given_name,
    family_kana,
    given_kana,
    born_on,
    sex,
    certificate,
    record,
    changed_at,
});

impl RegisteredPerson {
    /// 氏名.
    pub fn name(&self) -> PersonName {
        PersonName {
            family: self.family_name.clone(),
            given: self.given_name.clone(),
            family_kana: self.family_kana.clone(),
            given_kana: self.given_kana.clone(),
        }
    }
}

macro_rules! select_person {
    ($rest:literal) => {
        concat!(
            "SELECT id, insurer_number, insured_number, family_name, given_name, family_kana, given_kana, born_on, sex,
                 certificate, record, changed_at FROM registry_people ",
            $rest
        )
    };
}

/// The insurer with this number.
pub async fn insurer(tx: &mut Tx, number: &str) -> Result<Option<RegisteredInsurer>, StoreError> {
    let sql = "SELECT number, name, joined FROM registry_insurers WHERE number = $1";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(number).fetch_optional(conn).await)?)
}

/// Adds an insurer, or gives it another name or state.
pub async fn put_insurer(tx: &mut Tx, insurer: &RegisteredInsurer) -> Result<(), StoreError> {
    let sql = "INSERT INTO registry_insurers (number, name, joined) VALUES ($1, $2, $3)
         ON CONFLICT (number) DO UPDATE SET name = excluded.name, joined = excluded.joined";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(&insurer.number)
        .bind(&insurer.name)
        .bind(insurer.joined)
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The person with this id.
pub async fn person(tx: &mut Tx, id: Uuid) -> Result<Option<RegisteredPerson>, StoreError> {
    let sql = select_person!("WHERE id = $1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(id).fetch_optional(conn).await)?)
}

/// The person with this 被保険者番号 of this insurer.
pub async fn person_by_number(
    tx: &mut Tx,
    insurer: &str,
    insured: &str,
) -> Result<Option<RegisteredPerson>, StoreError> {
    let sql = select_person!("WHERE insurer_number = $1 AND insured_number = $2");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(insurer).bind(insured).fetch_optional(conn).await)?)
}

/// The person for whom all four items are right.
pub async fn person_by_items(tx: &mut Tx, items: &FourItems) -> Result<Option<RegisteredPerson>, StoreError> {
    let sql = select_person!("WHERE insurer_number = $1 AND insured_number = $2 AND born_on = $3 AND sex = $4");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(items.insurer.as_str())
        .bind(items.insured.as_str())
        .bind(items.born_on.raw())
        .bind(items.sex.raw())
        .fetch_optional(conn).await)?)
}

/// Everybody of this birthday and sex.
pub async fn people_born(tx: &mut Tx, born_on: Day, sex: Sex) -> Result<Vec<RegisteredPerson>, StoreError> {
    let sql = select_person!("WHERE born_on = $1 AND sex = $2 ORDER BY id");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(born_on.raw()).bind(sex.raw()).fetch_all(conn).await)?)
}

/// The person on whose card the certificate with this serial number is.
pub async fn person_by_certificate(tx: &mut Tx, serial: &str) -> Result<Option<RegisteredPerson>, StoreError> {
    let sql = select_person!("WHERE certificate = $1");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(serial).fetch_optional(conn).await)?)
}

/// Adds a person, or replaces everything about the one with this id.
///
/// Errors: `Sql` (number or certificate belong to somebody else, or the insurer is unknown).
pub async fn put_person(tx: &mut Tx, person: &RegisteredPerson) -> Result<(), StoreError> {
    let sql = "INSERT INTO registry_people (id, insurer_number, insured_number, family_name, given_name, family_kana,
             given_kana, born_on, sex, certificate, record, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (id) DO UPDATE SET family_name = excluded.family_name, given_name = excluded.given_name,
             family_kana = excluded.family_kana, given_kana = excluded.given_kana, born_on = excluded.born_on,
             sex = excluded.sex, certificate = excluded.certificate, record = excluded.record,
             changed_at = excluded.changed_at";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(person.id)
        .bind(&person.insurer_number)
        .bind(&person.insured_number)
        .bind(&person.family_name)
        .bind(&person.given_name)
        .bind(&person.family_kana)
        .bind(&person.given_kana)
        .bind(person.born_on.raw())
        .bind(person.sex.raw())
        .bind(&person.certificate)
        .bind(person.record.raw())
        .bind(person.changed_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// A terminal account.
#[derive(Clone, Debug)]
pub struct RegisteredTerminal {
    /// オンライン資格確認ユーザID.
    pub user_id: String,
    /// PHC string of its password.
    pub password_hash: SecretString,
    /// 端末固有ID.
    pub terminal_id: String,
}

read_from_row!(RegisteredTerminal { user_id, password_hash, terminal_id });

/// The terminal account with this ID.
pub async fn terminal(tx: &mut Tx, user_id: &str) -> Result<Option<RegisteredTerminal>, StoreError> {
    let sql = "SELECT user_id, password_hash, terminal_id FROM registry_terminals WHERE user_id = $1";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(user_id).fetch_optional(conn).await)?)
}

/// Adds a terminal account, or replaces it.
pub async fn put_terminal(tx: &mut Tx, terminal: &RegisteredTerminal) -> Result<(), StoreError> {
    let sql = "INSERT INTO registry_terminals (user_id, password_hash, terminal_id) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash,
             terminal_id = excluded.terminal_id";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(&terminal.user_id)
        .bind(terminal.password_hash.raw())
        .bind(&terminal.terminal_id)
        .execute(conn).await.map(drop))?;
    Ok(())
}
