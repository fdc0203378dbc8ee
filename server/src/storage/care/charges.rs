//! 担当: that an office is in charge of a person, with a copy of who the person is.

use domain::{
    Timestamp,
    account::PersonName,
    care::{CareLevel, Day, Sex},
    text::search_key,
};
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// What is copied from the platform for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Snapshot {
    pub insurer_number: String,
    pub insurer_name: String,
    pub insured_number: String,
    pub name: PersonName,
    pub born_on: Day,
    pub sex: Sex,
    pub level: Option<CareLevel>,
    /// Last day of 認定有効期間.
    pub until: Option<Day>,
    /// The platform's last change of anything about the person.
    pub changed_at: Timestamp,
}

impl Snapshot {
    fn search_text(&self) -> String {
        [self.insured_number.as_str(), &self.name.full(), &self.name.reading()].map(search_key).join("\n")
    }
}

/// A 担当 that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Charge {
    pub id: Uuid,
    pub office_id: Uuid,
    pub person_id: Uuid,
    pub person: Snapshot,
    /// `card` or `items`.
    pub identified_by: String,
    /// Why the person was looked up.
    pub purpose: String,
    pub started_at: Timestamp,
    pub started_by: Uuid,
}

struct Row {
    id: Uuid,
    office_id: Uuid,
    person_id: Uuid,
    insurer_number: String,
    insurer_name: String,
    insured_number: String,
    family_name: String,
    given_name: String,
    family_kana: String,
    given_kana: String,
    born_on: Day,
    sex: Sex,
    level_code: String,
    until_day: String,
    record_changed_at: Timestamp,
    identified_by: String,
    purpose: String,
    started_at: Timestamp,
    started_by: Uuid,
}

read_from_row!(Row {
    id,
    office_id,
    person_id,
    insurer_number,
    insurer_name,
    insured_number,
    family_name,
    given_name,
    family_kana,
    given_kana,
    born_on,
    sex,
    level_code,
    until_day,
    record_changed_at,
    identified_by,
    purpose,
    started_at,
    started_by,
});

impl From<Row> for Charge {
    fn from(row: Row) -> Self {
        let name = PersonName {
            family: row.family_name,
            given: row.given_name,
            family_kana: row.family_kana,
            given_kana: row.given_kana,
        };
        let person = Snapshot {
            insurer_number: row.insurer_number,
            insurer_name: row.insurer_name,
            insured_number: row.insured_number,
            name,
            born_on: row.born_on,
            sex: row.sex,
            level: CareLevel::from_code(&row.level_code),
            until: Day::parse(&row.until_day),
            changed_at: row.record_changed_at,
        };
        Self {
            id: row.id,
            office_id: row.office_id,
            person_id: row.person_id,
            person,
            identified_by: row.identified_by,
            purpose: row.purpose,
            started_at: row.started_at,
            started_by: row.started_by,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, office_id, person_id, insurer_number, insurer_name, insured_number, family_name, given_name,
                 family_kana, given_kana, born_on, sex, level_code, until_day, record_changed_at, identified_by,
                 purpose, started_at, started_by FROM care_charges ",
            $rest
        )
    };
}

/// The office's 担当 with this id, while it lasts.
pub async fn find(tx: &mut Tx, office_id: Uuid, id: Uuid) -> Result<Option<Charge>, StoreError> {
    let sql = select!("WHERE id = $1 AND office_id = $2 AND ended_at IS NULL");
    let row: Option<Row> =
        on_engine!(tx, conn => sqlx::query_as(sql).bind(id).bind(office_id).fetch_optional(conn).await)?;
    Ok(row.map(Charge::from))
}

/// The office's 担当 of this person, while it lasts.
pub async fn find_by_person(tx: &mut Tx, office_id: Uuid, person_id: Uuid) -> Result<Option<Charge>, StoreError> {
    let sql = select!("WHERE office_id = $1 AND person_id = $2 AND ended_at IS NULL");
    let row: Option<Row> =
        on_engine!(tx, conn => sqlx::query_as(sql).bind(office_id).bind(person_id).fetch_optional(conn).await)?;
    Ok(row.map(Charge::from))
}

/// The office's 担当 of everybody with this 被保険者番号, while they last: insurers may give out the same.
pub async fn find_by_number(tx: &mut Tx, office_id: Uuid, insured_number: &str) -> Result<Vec<Charge>, StoreError> {
    let sql = select!("WHERE office_id = $1 AND insured_number = $2 AND ended_at IS NULL ORDER BY id");
    let rows: Vec<Row> =
        on_engine!(tx, conn => sqlx::query_as(sql).bind(office_id).bind(insured_number).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(Charge::from).collect())
}

/// Adds a 担当. `false`: the office has one of this person already, and nothing is changed.
pub async fn insert(tx: &mut Tx, charge: &Charge) -> Result<bool, StoreError> {
    let person = &charge.person;
    let sql = "INSERT INTO care_charges (id, office_id, person_id, insurer_number, insurer_name, insured_number,
             family_name, given_name, family_kana, given_kana, born_on, sex, search_text, level_code, until_day,
             record_changed_at, identified_by, purpose, started_at, started_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
         ON CONFLICT (office_id, person_id) WHERE ended_at IS NULL DO NOTHING";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(charge.id)
        .bind(charge.office_id)
        .bind(charge.person_id)
        .bind(&person.insurer_number)
        .bind(&person.insurer_name)
        .bind(&person.insured_number)
        .bind(&person.name.family)
        .bind(&person.name.given)
        .bind(&person.name.family_kana)
        .bind(&person.name.given_kana)
        .bind(person.born_on.raw())
        .bind(person.sex.raw())
        .bind(person.search_text())
        .bind(person.level.map(CareLevel::code).unwrap_or_default())
        .bind(person.until.map(Day::iso).unwrap_or_default())
        .bind(person.changed_at.raw())
        .bind(&charge.identified_by)
        .bind(&charge.purpose)
        .bind(charge.started_at.raw())
        .bind(charge.started_by)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Gives every lasting 担当 of a person, in every office, the newest copy.
pub async fn refresh(tx: &mut Tx, person_id: Uuid, person: &Snapshot) -> Result<(), StoreError> {
    let sql = "UPDATE care_charges SET insurer_number = $2, insurer_name = $3, insured_number = $4, family_name = $5,
             given_name = $6, family_kana = $7, given_kana = $8, born_on = $9, sex = $10, search_text = $11,
             level_code = $12, until_day = $13, record_changed_at = $14
         WHERE person_id = $1 AND ended_at IS NULL";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(person_id)
        .bind(&person.insurer_number)
        .bind(&person.insurer_name)
        .bind(&person.insured_number)
        .bind(&person.name.family)
        .bind(&person.name.given)
        .bind(&person.name.family_kana)
        .bind(&person.name.given_kana)
        .bind(person.born_on.raw())
        .bind(person.sex.raw())
        .bind(person.search_text())
        .bind(person.level.map(CareLevel::code).unwrap_or_default())
        .bind(person.until.map(Day::iso).unwrap_or_default())
        .bind(person.changed_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Ends a 担当; `false` when there is none that lasts.
pub async fn end(tx: &mut Tx, office_id: Uuid, id: Uuid, by: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE care_charges SET ended_at = $4, ended_by = $3
         WHERE id = $1 AND office_id = $2 AND ended_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(office_id)
        .bind(by)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Notes that an account looked at a person.
pub async fn note_view(tx: &mut Tx, account: Uuid, charge: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO care_views (account_id, charge_id, viewed_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, charge_id) DO UPDATE SET viewed_at = excluded.viewed_at";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(account)
        .bind(charge)
        .bind(now.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// This service's own id of the person whom the platform calls so; `fresh` when it is seen for the first time.
pub async fn person_id(tx: &mut Tx, platform_id: &str, fresh: Uuid) -> Result<Uuid, StoreError> {
    let sql = "INSERT INTO care_people (id, platform_id) VALUES ($1, $2)
         ON CONFLICT (platform_id) DO UPDATE SET platform_id = excluded.platform_id RETURNING id";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(fresh).bind(platform_id).fetch_one(conn).await)?)
}

/// The platform's name for a person.
pub async fn platform_id(tx: &mut Tx, person_id: Uuid) -> Result<Option<String>, StoreError> {
    let sql = "SELECT platform_id FROM care_people WHERE id = $1";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(person_id).fetch_optional(conn).await)?)
}
