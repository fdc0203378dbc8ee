//! One page of an office's accounts: search, filters, order.

use app::services::accounts::{AccountPage, AccountRow, ListQuery, PAGE_ROWS, SortBy};
use domain::{
    Timestamp,
    account::{AccountKind, PersonName},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{choices, find::name, state::Marks};
use crate::storage::{
    StoreError, Tx,
    filter::{Filter, bind_all},
    row::read_from_row,
    tx::on_engine,
};

mod filter;

use filter::{everything, narrowed};

/// The columns of a row.
struct Listed {
    id: Uuid,
    login_id: String,
    family_name: Option<String>,
    given_name: Option<String>,
    family_kana: Option<String>,
    given_kana: Option<String>,
    created_at: Timestamp,
    last_sign_in_at: Option<Timestamp>,
    suspended_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    locked_until: Option<Timestamp>,
}

read_from_row!(Listed {
    id,
    login_id,
    family_name,
    given_name,
    family_kana,
    given_kana,
    created_at,
    last_sign_in_at,
    suspended_at,
    expires_at,
    locked_until,
});

/// The page of the list that `query` asks for, or the last one when there are not so many.
pub async fn list(
    tx: &mut Tx,
    office_id: Uuid,
    kind: AccountKind,
    query: &ListQuery,
    now: Timestamp,
) -> Result<AccountPage, StoreError> {
    let everything = everything(office_id, kind);
    let filter = narrowed(everything.clone(), query);
    let all = count(tx, &everything).await?;
    let total = if filter.is_like(&everything) { all } else { count(tx, &filter).await? };
    let pages = u32::try_from(total.div_ceil(u64::from(PAGE_ROWS))).unwrap_or(u32::MAX);
    let page = query.page.clamp(1, pages.max(1));
    let listed = rows(tx, filter, order(query.sort, query.descending), page).await?;
    let ids: Vec<Uuid> = listed.iter().map(|row| row.id).collect();
    let mut choices = choices::load(tx, &ids).await?;
    let rows = listed.into_iter().map(|row| {
        let choices = choices.remove(&row.id).unwrap_or_default();
        row.into_row(choices, now)
    });
    Ok(AccountPage { rows: rows.collect(), total, all, page })
}

/// The order's columns; the id makes it total. Each has its index.
const fn order(sort: SortBy, descending: bool) -> &'static str {
    match (sort, descending) {
        (SortBy::Name, false) => "family_kana, given_kana, id",
        (SortBy::Name, true) => "family_kana DESC, given_kana DESC, id DESC",
        (SortBy::Services, false) => "service_sort, id",
        (SortBy::Services, true) => "service_sort DESC, id DESC",
        (SortBy::Jobs, false) => "job_sort, id",
        (SortBy::Jobs, true) => "job_sort DESC, id DESC",
        (SortBy::Registered, false) => "created_at, id",
        (SortBy::Registered, true) => "created_at DESC, id DESC",
    }
}

async fn count(tx: &mut Tx, filter: &Filter) -> Result<u64, StoreError> {
    let sql = format!("SELECT COUNT(*) FROM accounts WHERE {}", filter.sql());
    let count: i64 = on_engine!(tx, conn => {
        let query = sqlx::query_scalar(AssertSqlSafe(sql));
        bind_all!(query, filter).fetch_one(conn).await
    })?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The inner query picks the page's ids out of an index alone; only those rows are then read whole.
async fn rows(tx: &mut Tx, filter: Filter, order: &'static str, page: u32) -> Result<Vec<Listed>, StoreError> {
    let skipped = i64::from(page - 1) * i64::from(PAGE_ROWS);
    let (limit, filter) = filter.numbered(i64::from(PAGE_ROWS));
    let (offset, filter) = filter.numbered(skipped);
    let sql = format!(
        "SELECT id, login_id, family_name, given_name, family_kana, given_kana, created_at, last_sign_in_at,
             suspended_at, expires_at, locked_until
         FROM accounts LEFT JOIN guards ON scope = 'login_id' AND key = login_id_key
         WHERE id IN (SELECT id FROM accounts WHERE {} ORDER BY {order} LIMIT {limit} OFFSET {offset})
         ORDER BY {order}",
        filter.sql()
    );
    Ok(on_engine!(tx, conn => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        bind_all!(query, filter).fetch_all(conn).await
    })?)
}

impl Listed {
    fn into_row(self, choices: choices::Choices, now: Timestamp) -> AccountRow {
        let marks = Marks {
            suspended: self.suspended_at.is_some(),
            expires_at: self.expires_at,
            locked_until: self.locked_until,
            signed_in_once: self.last_sign_in_at.is_some(),
        };
        let name = name(self.family_name, self.given_name, self.family_kana, self.given_kana);
        AccountRow {
            id: self.id,
            login_id: self.login_id,
            name: name.as_ref().map(PersonName::full).unwrap_or_default(),
            reading: name.as_ref().map(PersonName::reading).unwrap_or_default(),
            services: choices.services,
            jobs: choices.jobs,
            registered_at: self.created_at,
            state: marks.state(now),
        }
    }
}
