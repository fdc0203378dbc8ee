//! One page of an office's accounts: search, filters, order.

use app::services::accounts::{AccountPage, AccountRow, Anchor, ListQuery, PAGE_ROWS, SortBy};
use domain::{
    Timestamp,
    account::{AccountKind, PersonName, Standing},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{choices, find::name};
use crate::storage::{
    StoreError, Tx,
    filter::{Filter, bind_all},
    row::{Stored, read_from_row},
    tx::on_engine,
};

mod filter;
mod parts;

use filter::{asked, beyond, columns, everything, key_of};

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
    locked_at: Option<Timestamp>,
    suspended_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
    locked_until: Option<Timestamp>,
    /// How many rows the whole list has; 0 when that was not asked for.
    total: i64,
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
    locked_at,
    suspended_at,
    expires_at,
    deleted_at,
    locked_until,
    total,
});

/// The page of the list that `query` asks for, or the last one when there are not so many.
pub async fn list(
    tx: &mut Tx,
    office_id: Uuid,
    kind: AccountKind,
    query: &ListQuery,
    now: Timestamp,
) -> Result<AccountPage, StoreError> {
    let filter = asked(tx, office_id, kind, query, now);
    let all = count_all(tx, office_id, kind).await?;
    let (listed, total, page) = if let Some((listed, total)) = searched(tx, &filter, query).await? {
        (listed, total, query.page.max(1))
    } else {
        let total = if filter.is_like(&everything(office_id, kind)) { all } else { count(tx, &filter).await? };
        let pages = u32::try_from(total.div_ceil(u64::from(PAGE_ROWS))).unwrap_or(u32::MAX);
        let page = query.page.clamp(1, pages.max(1));
        (rows(tx, filter, query, total, page).await?, total, page)
    };
    let ids: Vec<Uuid> = listed.iter().map(|row| row.id).collect();
    let mut choices = choices::load(tx, &ids).await?;
    let rows = listed.into_iter().map(|row| {
        let choices = choices.remove(&row.id).unwrap_or_default();
        row.into_row(choices, now)
    });
    Ok(AccountPage { rows: rows.collect(), total, all, page })
}

/// The accounts of all pages of the list, in its order.
pub async fn matching(
    tx: &mut Tx,
    office_id: Uuid,
    kind: AccountKind,
    query: &ListQuery,
    now: Timestamp,
) -> Result<Vec<Uuid>, StoreError> {
    let filter = asked(tx, office_id, kind, query, now);
    let sql =
        format!("SELECT id FROM accounts WHERE {} ORDER BY {}", filter.sql(), order(query.sort, query.descending));
    Ok(on_engine!(tx, conn => {
        let query = sqlx::query_scalar(AssertSqlSafe(sql));
        bind_all!(query, filter).fetch_all(conn).await
    })?)
}

/// The order; each has its index. Those who never signed in come before everybody who did.
fn order(sort: SortBy, descending: bool) -> String {
    match (sort, descending) {
        (SortBy::SignIn, false) => "last_sign_in_at NULLS FIRST, id".to_owned(),
        (SortBy::SignIn, true) => "last_sign_in_at DESC NULLS LAST, id DESC".to_owned(),
        (_, false) => columns(sort).to_owned(),
        (_, true) => format!("{} DESC", columns(sort).replace(',', " DESC,")),
    }
}

/// How many accounts of this kind the office has: kept by the database itself.
async fn count_all(tx: &mut Tx, office_id: Uuid, kind: AccountKind) -> Result<u64, StoreError> {
    let sql = "SELECT live FROM account_counts WHERE office_id = $1 AND kind = $2";
    let live: Option<i64> = on_engine!(tx, conn => sqlx::query_scalar(sql)
        .bind(office_id)
        .bind(kind.raw())
        .fetch_optional(conn).await)?;
    Ok(live.and_then(|live| u64::try_from(live).ok()).unwrap_or(0))
}

async fn count(tx: &mut Tx, filter: &Filter) -> Result<u64, StoreError> {
    let sql = format!("SELECT COUNT(*) FROM accounts WHERE {}", filter.sql());
    let count: i64 = on_engine!(tx, conn => {
        let query = sqlx::query_scalar(AssertSqlSafe(sql));
        bind_all!(query, filter).fetch_one(conn).await
    })?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// A page of what a search finds, and how much it finds: in one query, since finding costs more than counting. `None`: there
/// is no search, no such page, or a neighbour from which the page is reached sooner.
async fn searched(tx: &mut Tx, filter: &Filter, query: &ListQuery) -> Result<Option<(Vec<Listed>, u64)>, StoreError> {
    let page = query.page.max(1);
    if query.search.is_empty() || (page > 1 && query.anchor.is_some()) {
        return Ok(None);
    }
    let slice = Slice { counted: true, ..Slice::of(u64::from(PAGE_ROWS), u64::from(page - 1) * u64::from(PAGE_ROWS)) };
    let listed = slice.read(tx, filter.clone(), query).await?;
    let total = listed.first().and_then(|row| u64::try_from(row.total).ok());
    Ok(total.map(|total| (listed, total)))
}

async fn rows(
    tx: &mut Tx,
    filter: Filter,
    query: &ListQuery,
    total: u64,
    page: u32,
) -> Result<Vec<Listed>, StoreError> {
    if let Some(anchor) = query.anchor.filter(|_| page > 1) {
        let beside = beside(tx, &filter, query, anchor).await?;
        if !beside.is_empty() {
            return Ok(beside);
        }
    }
    // From whichever end is nearer.
    let skipped = u64::from(page - 1) * u64::from(PAGE_ROWS);
    let rest = total.saturating_sub(skipped).min(u64::from(PAGE_ROWS));
    let behind = total.saturating_sub(skipped + rest);
    let from_the_end = behind < skipped;
    let (offset, limit) = if from_the_end { (behind, rest) } else { (skipped, u64::from(PAGE_ROWS)) };
    Slice { backwards: from_the_end, ..Slice::of(limit, offset) }.read(tx, filter, query).await
}

/// The page that lies beside `anchor`; empty when there is no such account, or no whole page before it.
async fn beside(tx: &mut Tx, filter: &Filter, query: &ListQuery, anchor: Anchor) -> Result<Vec<Listed>, StoreError> {
    let (id, before) = match anchor {
        Anchor::After(id) => (id, false),
        Anchor::Before(id) => (id, true),
    };
    let Some(key) = key_of(tx, filter, query.sort, id).await? else { return Ok(Vec::new()) };
    let filter = beyond(filter.clone(), query.sort, query.descending != before, key);
    let found = Slice { backwards: before, ..Slice::of(u64::from(PAGE_ROWS), 0) }.read(tx, filter, query).await?;
    let whole = !before || found.len() == PAGE_ROWS as usize;
    Ok(if whole { found } else { Vec::new() })
}

/// Rows of the filtered list.
struct Slice {
    /// Counted from its end, and still answered in its order.
    backwards: bool,
    /// With the number of all rows.
    counted: bool,
    limit: i64,
    offset: i64,
}

impl Slice {
    fn of(limit: u64, offset: u64) -> Self {
        let number = |number| i64::try_from(number).unwrap_or(i64::MAX);
        Self { backwards: false, counted: false, limit: number(limit), offset: number(offset) }
    }

    /// The inner query picks the ids out of an index alone; only those rows are then read whole.
    async fn read(&self, tx: &mut Tx, filter: Filter, query: &ListQuery) -> Result<Vec<Listed>, StoreError> {
        let (limit, filter) = filter.numbered(self.limit);
        let (offset, filter) = filter.numbered(self.offset);
        let sql = format!(
            "SELECT id, login_id, family_name, given_name, family_kana, given_kana, created_at, last_sign_in_at,
                 locked_at, suspended_at, expires_at, deleted_at, locked_until, total
             FROM accounts LEFT JOIN guards ON scope = 'login_id' AND key = login_id_key
             JOIN (SELECT id AS found, {} AS total FROM accounts WHERE {} ORDER BY {} LIMIT {limit} OFFSET {offset})
                 AS slice ON found = id
             ORDER BY {}",
            if self.counted { "COUNT(*) OVER ()" } else { "CAST(0 AS BIGINT)" },
            filter.sql(),
            order(query.sort, query.descending != self.backwards),
            order(query.sort, query.descending),
        );
        Ok(on_engine!(tx, conn => {
            let query = sqlx::query_as(AssertSqlSafe(sql));
            bind_all!(query, filter).fetch_all(conn).await
        })?)
    }
}

impl Listed {
    fn into_row(self, choices: choices::Choices, now: Timestamp) -> AccountRow {
        let standing = Standing {
            locked_at: self.locked_at,
            locked_until: self.locked_until,
            suspended_at: self.suspended_at,
            expires_at: self.expires_at,
            deleted_at: self.deleted_at,
            last_sign_in: self.last_sign_in_at,
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
            last_sign_in: self.last_sign_in_at,
            state: standing.state(now),
        }
    }
}
