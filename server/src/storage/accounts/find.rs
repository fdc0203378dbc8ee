//! Looking accounts up.

use std::collections::{HashMap, HashSet};

use domain::{
    Timestamp,
    account::{AccountKind, LoginId, PersonName},
    contact::{Email, Phone},
};
use secrecy::SecretString;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Account, choices};
use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// The columns of one account.
pub(super) struct Record {
    id: Uuid,
    office_id: Uuid,
    kind: AccountKind,
    login_id: String,
    family_name: Option<String>,
    given_name: Option<String>,
    family_kana: Option<String>,
    given_kana: Option<String>,
    email: Option<Email>,
    phone: Option<Phone>,
    password_hash: SecretString,
    password_initial: bool,
    password_expires_at: Option<Timestamp>,
    security_code_hash: Option<SecretString>,
    created_at: Timestamp,
    changed_at: Timestamp,
    last_sign_in_at: Option<Timestamp>,
    locked_at: Option<Timestamp>,
    suspended_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
    version: i64,
}

read_from_row!(Record {
    id,
    office_id,
    kind,
    login_id,
    family_name,
    given_name,
    family_kana,
    given_kana,
    email,
    phone,
    password_hash,
    password_initial,
    password_expires_at,
    security_code_hash,
    created_at,
    changed_at,
    last_sign_in_at,
    locked_at,
    suspended_at,
    expires_at,
    deleted_at,
    version,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, office_id, kind, login_id, family_name, given_name, family_kana, given_kana, email, phone,
                 password_hash, password_initial, password_expires_at, security_code_hash, created_at, changed_at,
                 last_sign_in_at, locked_at, suspended_at, expires_at, deleted_at, version FROM accounts ",
            $rest
        )
    };
}

/// The account that signs in with this ID, in any letter case. Deleted ones are not found.
pub async fn find_by_login_id(tx: &mut Tx, login_id: &LoginId) -> Result<Option<Account>, StoreError> {
    let sql = select!("WHERE login_id_key = $1 AND deleted_at IS NULL");
    let found = on_engine!(tx, conn => sqlx::query_as(sql).bind(login_id.key()).fetch_optional(conn).await)?;
    whole(tx, found).await
}

/// The account with this id, deleted or not.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Account>, StoreError> {
    let sql = select!("WHERE id = $1");
    let found = on_engine!(tx, conn => sqlx::query_as(sql).bind(id).fetch_optional(conn).await)?;
    whole(tx, found).await
}

/// The account with this id, if it belongs to this office and is of this kind. Deleted ones only `with_deleted`.
pub async fn find_in_office(
    tx: &mut Tx,
    office_id: Uuid,
    kind: AccountKind,
    id: Uuid,
    with_deleted: bool,
) -> Result<Option<Account>, StoreError> {
    let sql = select!("WHERE id = $1 AND office_id = $2 AND kind = $3 AND ($4 OR deleted_at IS NULL)");
    let found = on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(id)
        .bind(office_id)
        .bind(kind.raw())
        .bind(with_deleted)
        .fetch_optional(conn).await)?;
    whole(tx, found).await
}

/// Whether another account than `except` has, or had, this ID in any letter case.
pub async fn login_id_taken(tx: &mut Tx, login_id: &LoginId, except: Option<Uuid>) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM accounts WHERE login_id_key = $1";
    let owner: Option<Uuid> =
        on_engine!(tx, conn => sqlx::query_scalar(sql).bind(login_id.key()).fetch_optional(conn).await)?;
    Ok(owner.is_some_and(|owner| Some(owner) != except))
}

/// Those of the keys (`LoginId::key`) that an account has, or had.
pub async fn login_ids_taken(tx: &mut Tx, keys: &[String]) -> Result<HashSet<String>, StoreError> {
    let mut taken = HashSet::new();
    for keys in keys.chunks(AT_ONCE) {
        let sql = format!("SELECT login_id_key FROM accounts WHERE login_id_key IN ({})", places(1, keys.len()));
        let found: Vec<String> = on_engine!(tx, conn => {
            let query = sqlx::query_scalar(AssertSqlSafe(sql));
            keys.iter().fold(query, sqlx::query::QueryScalar::bind).fetch_all(conn).await
        })?;
        taken.extend(found);
    }
    Ok(taken)
}

/// Those of the accounts that belong to this office, in the order of `ids`.
pub async fn find_some(tx: &mut Tx, office_id: Uuid, ids: &[Uuid]) -> Result<Vec<Account>, StoreError> {
    let mut accounts = Vec::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        let sql = format!("{}{})", select!("WHERE office_id = $1 AND id IN ("), places(2, ids.len()));
        let found: Vec<Record> = on_engine!(tx, conn => {
            let query = sqlx::query_as(AssertSqlSafe(sql)).bind(office_id);
            ids.iter().fold(query, |query, id| query.bind(*id)).fetch_all(conn).await
        })?;
        let mut choices = choices::load(tx, ids).await?;
        let mut found: HashMap<Uuid, Record> = found.into_iter().map(|record| (record.id, record)).collect();
        accounts.extend(ids.iter().filter_map(|id| {
            let record = found.remove(id)?;
            Some(record.into_account(choices.remove(id).unwrap_or_default()))
        }));
    }
    Ok(accounts)
}

/// Values in one statement at most.
const AT_ONCE: usize = 500;

/// `$2, $3, $4`.
fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// The account of a record, with what it has chosen.
async fn whole(tx: &mut Tx, record: Option<Record>) -> Result<Option<Account>, StoreError> {
    let Some(record) = record else { return Ok(None) };
    let choices = choices::load(tx, &[record.id]).await?.remove(&record.id).unwrap_or_default();
    Ok(Some(record.into_account(choices)))
}

impl Record {
    fn into_account(self, choices: choices::Choices) -> Account {
        Account {
            id: self.id,
            office_id: self.office_id,
            kind: self.kind,
            login_id: self.login_id,
            name: name(self.family_name, self.given_name, self.family_kana, self.given_kana),
            services: choices.services,
            jobs: choices.jobs,
            email: self.email,
            phone: self.phone,
            created_at: self.created_at,
            changed_at: self.changed_at,
            last_sign_in_at: self.last_sign_in_at,
            locked_at: self.locked_at,
            suspended_at: self.suspended_at,
            expires_at: self.expires_at,
            deleted_at: self.deleted_at,
            version: self.version,
            password_hash: self.password_hash,
            password_initial: self.password_initial,
            password_expires_at: self.password_expires_at,
            security_code_hash: self.security_code_hash,
        }
    }
}

/// A name has all four parts or does not exist.
pub(super) fn name(
    family: Option<String>,
    given: Option<String>,
    family_kana: Option<String>,
    given_kana: Option<String>,
) -> Option<PersonName> {
    Some(PersonName { family: family?, given: given?, family_kana: family_kana?, given_kana: given_kana? })
}
