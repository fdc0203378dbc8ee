//! The services and jobs of accounts: one row per choice, so that lists can filter by them.

use std::collections::{BTreeSet, HashMap};

use domain::{
    account::{AccountKind, ServiceCode},
    job::Job,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// Chosen services and jobs.
#[derive(Clone, Debug, Default)]
pub(super) struct Choices {
    pub(super) services: BTreeSet<ServiceCode>,
    pub(super) jobs: BTreeSet<Job>,
}

struct Choice {
    account_id: Uuid,
    code: String,
}

read_from_row!(Choice { account_id, code });

/// What each of these accounts has chosen, by two queries however many accounts there are.
pub(super) async fn load(tx: &mut Tx, accounts: &[Uuid]) -> Result<HashMap<Uuid, Choices>, StoreError> {
    let mut all: HashMap<Uuid, Choices> = HashMap::new();
    for Choice { account_id, code } in chosen(tx, "account_services", accounts).await? {
        let service = ServiceCode::from_code(&code).ok_or(StoreError::Corrupt("account_services.code"))?;
        all.entry(account_id).or_default().services.insert(service);
    }
    for Choice { account_id, code } in chosen(tx, "account_jobs", accounts).await? {
        let job = Job::from_code(&code).ok_or(StoreError::Corrupt("account_jobs.code"))?;
        all.entry(account_id).or_default().jobs.insert(job);
    }
    Ok(all)
}

async fn chosen(tx: &mut Tx, table: &'static str, accounts: &[Uuid]) -> Result<Vec<Choice>, StoreError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=accounts.len()).map(|place| format!("${place}")).collect();
    let sql = format!("SELECT account_id, code FROM {table} WHERE account_id IN ({})", places.join(", "));
    Ok(on_engine!(tx, conn => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        accounts.iter().fold(query, |query, account| query.bind(*account)).fetch_all(conn).await
    })?)
}

/// The services of the account of this kind that the office registered last, by code.
pub async fn usual_services(tx: &mut Tx, office: Uuid, kind: AccountKind) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT code FROM account_services WHERE account_id = (
            SELECT id FROM accounts WHERE office_id = $1 AND kind = $2 AND deleted_at IS NULL
            ORDER BY created_at DESC, id DESC LIMIT 1)
        ORDER BY code";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(office).bind(kind.raw()).fetch_all(conn).await)?)
}

/// Replaces what an account has chosen.
pub(super) async fn replace(
    tx: &mut Tx,
    account: Uuid,
    services: &BTreeSet<ServiceCode>,
    jobs: &BTreeSet<Job>,
) -> Result<(), StoreError> {
    let services = services.iter().map(|service| service.code()).collect();
    replace_in(tx, "account_services", account, services).await?;
    let jobs = jobs.iter().map(|job| job.code()).collect();
    replace_in(tx, "account_jobs", account, jobs).await
}

async fn replace_in(
    tx: &mut Tx,
    table: &'static str,
    account: Uuid,
    codes: Vec<&'static str>,
) -> Result<(), StoreError> {
    let delete = format!("DELETE FROM {table} WHERE account_id = $1");
    on_engine!(tx, conn => sqlx::query(AssertSqlSafe(delete)).bind(account).execute(conn).await.map(drop))?;
    if codes.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = (0..codes.len()).map(|row| format!("($1, ${})", row + 2)).collect();
    let insert = format!("INSERT INTO {table} (account_id, code) VALUES {}", rows.join(", "));
    on_engine!(tx, conn => {
        let query = sqlx::query(AssertSqlSafe(insert)).bind(account);
        codes.into_iter().fold(query, sqlx::query::Query::bind).execute(conn).await.map(drop)
    })?;
    Ok(())
}
