//! 同意. One row per item and giving; what was replaced or withdrawn stays.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    care::{Day, Item, Relation},
};
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// Consent to one item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct StoredConsent {
    pub id: Uuid,
    pub charge_id: Uuid,
    pub item: Item,
    /// 閲覧期限.
    pub until_day: Day,
    pub proxy_name: Option<String>,
    pub proxy_relation: Option<Relation>,
    pub given_at: Timestamp,
    pub given_by: Uuid,
    /// Set when it was withdrawn or replaced.
    pub ended_at: Option<Timestamp>,
}

read_from_row!(StoredConsent {
    id,
    charge_id,
    item,
    until_day,
    proxy_name,
    proxy_relation,
    given_at,
    given_by,
    ended_at,
});

/// Why a consent ended, as it is stored.
pub mod consent_ended {
    /// The person withdrew it.
    pub const WITHDRAWN: &str = "withdrawn";
    /// A newer one took its place.
    pub const REPLACED: &str = "replaced";
    /// The office's 担当 ended.
    pub const CHARGE_ENDED: &str = "charge_ended";
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, charge_id, item, until_day, proxy_name, proxy_relation, given_at, given_by, ended_at
             FROM care_consents ",
            $rest
        )
    };
}

/// The newest consent to each item, withdrawn ones included.
pub async fn newest_consents(tx: &mut Tx, charge: Uuid) -> Result<BTreeMap<Item, StoredConsent>, StoreError> {
    let sql = select!("WHERE charge_id = $1 ORDER BY given_at, id");
    let all: Vec<StoredConsent> = on_engine!(tx, conn => sqlx::query_as(sql).bind(charge).fetch_all(conn).await)?;
    Ok(all.into_iter().map(|consent| (consent.item, consent)).collect())
}

/// The consents that were neither withdrawn nor replaced; their end dates may be past.
pub async fn current_consents(tx: &mut Tx, charge: Uuid) -> Result<Vec<StoredConsent>, StoreError> {
    let sql = select!("WHERE charge_id = $1 AND ended_at IS NULL ORDER BY item");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(charge).fetch_all(conn).await)?)
}

/// Adds a consent. End the one that it replaces first.
pub async fn insert_consent(tx: &mut Tx, consent: &StoredConsent) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO care_consents (id, charge_id, item, until_day, proxy_name, proxy_relation, given_at, given_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(consent.id)
        .bind(consent.charge_id)
        .bind(consent.item.raw())
        .bind(consent.until_day.raw())
        .bind(&consent.proxy_name)
        .bind(consent.proxy_relation.raw())
        .bind(consent.given_at.raw())
        .bind(consent.given_by)
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Ends the consent to one item, or to all; answers how many ended. `reason`: see [`consent_ended`].
pub async fn end_consents(
    tx: &mut Tx,
    charge: Uuid,
    item: Option<Item>,
    reason: &'static str,
    by: Uuid,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "UPDATE care_consents SET ended_at = $5, ended_by = $4, end_reason = $3
         WHERE charge_id = $1 AND ended_at IS NULL AND (item = $2 OR $2 = '')";
    Ok(on_engine!(tx, conn => sqlx::query(sql)
        .bind(charge)
        .bind(item.map(Item::code).unwrap_or_default())
        .bind(reason)
        .bind(by)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
