//! 災害時の閲覧: what the operator declared, who used it for whom and why, and who reviewed that.

use domain::{Timestamp, care::EmergencyScope};
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct StoredEmergency {
    pub id: Uuid,
    pub scope: EmergencyScope,
    /// What happened, in the operator's words.
    pub title: String,
    pub started_at: Timestamp,
    /// It holds until then; moved forward when it is ended early.
    pub ends_at: Timestamp,
}

struct Row {
    id: Uuid,
    scope: String,
    scope_value: String,
    title: String,
    started_at: Timestamp,
    ends_at: Timestamp,
}

read_from_row!(Row { id, scope, scope_value, title, started_at, ends_at });

impl Row {
    fn declaration(self) -> Result<StoredEmergency, StoreError> {
        let Self { id, title, started_at, ends_at, .. } = self;
        let scope = EmergencyScope::from_parts(&self.scope, &self.scope_value);
        Ok(StoredEmergency { id, scope: scope.ok_or(StoreError::Corrupt("scope"))?, title, started_at, ends_at })
    }
}

/// That an account opened a person with a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct StoredUse {
    pub id: Uuid,
    pub emergency_id: Uuid,
    pub office_id: Uuid,
    pub account_id: Uuid,
    pub charge_id: Uuid,
    pub person_id: Uuid,
    pub reason: String,
    pub used_at: Timestamp,
    /// From then on the reason counts no longer.
    pub open_until: Timestamp,
}

read_from_row!(StoredUse {
    id,
    emergency_id,
    office_id,
    account_id,
    charge_id,
    person_id,
    reason,
    used_at,
    open_until,
});

/// A use as it is reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct ReviewedUse {
    pub id: Uuid,
    pub account_id: Uuid,
    pub person_id: Uuid,
    pub reason: String,
    pub used_at: Timestamp,
    pub login_id: String,
    pub name: String,
    /// 被保険者番号 and 氏名.
    pub person: String,
    pub reviewed_at: Option<Timestamp>,
    /// ユーザID of who reviewed it.
    pub reviewer: Option<String>,
}

read_from_row!(ReviewedUse {
    id,
    account_id,
    person_id,
    reason,
    used_at,
    login_id,
    name,
    person,
    reviewed_at,
    reviewer,
});

/// Adds a declaration.
pub async fn declare(tx: &mut Tx, emergency: &StoredEmergency) -> Result<(), StoreError> {
    let sql = "INSERT INTO emergencies (id, scope, scope_value, title, started_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)";
    let (scope, value) = emergency.scope.parts();
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(emergency.id)
        .bind(scope)
        .bind(value)
        .bind(&emergency.title)
        .bind(emergency.started_at.raw())
        .bind(emergency.ends_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Ends a declaration early. `false`: there is none with this id that still holds.
pub async fn end(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE emergencies SET ends_at = $2 WHERE id = $1 AND ends_at > $2";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Every declaration that holds, the one that lasts longest first.
pub async fn in_force(tx: &mut Tx, now: Timestamp) -> Result<Vec<StoredEmergency>, StoreError> {
    let sql = "SELECT id, scope, scope_value, title, started_at, ends_at FROM emergencies
         WHERE started_at <= $1 AND ends_at > $1 ORDER BY ends_at DESC, id";
    let rows: Vec<Row> = on_engine!(tx, conn => sqlx::query_as(sql).bind(now.raw()).fetch_all(conn).await)?;
    rows.into_iter().map(Row::declaration).collect()
}

/// Adds a use.
pub async fn insert_use(tx: &mut Tx, used: &StoredUse) -> Result<(), StoreError> {
    let sql = "INSERT INTO emergency_uses (id, emergency_id, office_id, account_id, charge_id, person_id, reason,
             used_at, open_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(used.id)
        .bind(used.emergency_id)
        .bind(used.office_id)
        .bind(used.account_id)
        .bind(used.charge_id)
        .bind(used.person_id)
        .bind(&used.reason)
        .bind(used.used_at.raw())
        .bind(used.open_until.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

macro_rules! select_use {
    ($rest:literal) => {
        concat!(
            "SELECT id, emergency_id, office_id, account_id, charge_id, person_id, reason, used_at, open_until
             FROM emergency_uses ",
            $rest
        )
    };
}

/// The account's newest use for this 担当 whose reason still counts, under a declaration that still holds.
pub async fn open_use(
    tx: &mut Tx,
    account: Uuid,
    charge: Uuid,
    now: Timestamp,
) -> Result<Option<StoredUse>, StoreError> {
    let sql = select_use!(
        "WHERE account_id = $1 AND charge_id = $2 AND open_until > $3
             AND EXISTS (SELECT 1 FROM emergencies AS e WHERE e.id = emergency_id AND e.ends_at > $3)
         ORDER BY used_at DESC, id DESC LIMIT 1"
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(account)
        .bind(charge)
        .bind(now.raw())
        .fetch_optional(conn).await)?)
}

/// Every use by an office for one person, the newest first.
pub async fn uses_for(tx: &mut Tx, office: Uuid, person: Uuid) -> Result<Vec<StoredUse>, StoreError> {
    let sql = select_use!("WHERE office_id = $1 AND person_id = $2 ORDER BY used_at DESC, id DESC");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(office).bind(person).fetch_all(conn).await)?)
}

/// One page of an office's uses, the newest first; `only_open`: those that nobody has reviewed.
pub async fn uses(
    tx: &mut Tx,
    office: Uuid,
    only_open: bool,
    limit: i64,
    offset: i64,
) -> Result<Vec<ReviewedUse>, StoreError> {
    let sql = "SELECT u.id AS id, u.account_id AS account_id, u.person_id AS person_id, u.reason AS reason,
             u.used_at AS used_at, a.login_id AS login_id,
             COALESCE(a.family_name || ' ' || a.given_name, '') AS name,
             c.insured_number || ' ' || c.family_name || ' ' || c.given_name AS person,
             u.reviewed_at AS reviewed_at, r.login_id AS reviewer
         FROM emergency_uses AS u
         JOIN accounts AS a ON a.id = u.account_id
         JOIN care_charges AS c ON c.id = u.charge_id
         LEFT JOIN accounts AS r ON r.id = u.reviewed_by
         WHERE u.office_id = $1 AND (NOT $2 OR u.reviewed_at IS NULL)
         ORDER BY u.used_at DESC, u.id DESC LIMIT $3 OFFSET $4";
    Ok(on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(office)
        .bind(only_open)
        .bind(limit)
        .bind(offset)
        .fetch_all(conn).await)?)
}

/// How many uses an office has, all of them or only those that nobody has reviewed.
pub async fn count_uses(tx: &mut Tx, office: Uuid, only_open: bool) -> Result<u64, StoreError> {
    let sql = "SELECT COUNT(*) FROM emergency_uses WHERE office_id = $1 AND (NOT $2 OR reviewed_at IS NULL)";
    let count: i64 =
        on_engine!(tx, conn => sqlx::query_scalar(sql).bind(office).bind(only_open).fetch_one(conn).await)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// One use of an office.
pub async fn find_use(tx: &mut Tx, office: Uuid, id: Uuid) -> Result<Option<StoredUse>, StoreError> {
    let sql = select_use!("WHERE office_id = $1 AND id = $2");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(office).bind(id).fetch_optional(conn).await)?)
}

/// Marks a use as reviewed. `false`: somebody did already.
pub async fn review(tx: &mut Tx, id: Uuid, by: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE emergency_uses SET reviewed_at = $3, reviewed_by = $2 WHERE id = $1 AND reviewed_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(by)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}
