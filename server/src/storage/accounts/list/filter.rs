//! The condition of a list, put together from constant texts; what people typed is only ever bound.

use app::services::accounts::{ListQuery, SortBy};
use domain::{Timestamp, account::AccountKind, text::search_key, time::parse_day};
use time::Date;
use uuid::Uuid;

use super::pairs;
use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// A value for one placeholder.
#[derive(Clone)]
pub(super) enum Bind {
    Id(Uuid),
    Text(String),
    Number(i64),
}

/// A condition on the table `accounts`, and how it is come by.
#[derive(Clone)]
pub(super) struct Filter {
    /// Narrows the accounts down before anything else is looked at; empty: there is no search.
    found: String,
    conditions: Vec<String>,
    binds: Vec<Bind>,
    narrowed: bool,
}

/// More characters than an ordinary name or ID has; a longer search is cut there, so that patterns stay small.
const SEARCH_MAX: usize = 200;

impl Filter {
    /// The office's accounts of one kind that were not deleted, as far as the query's search and filters leave them. A day
    /// that cannot be read filters nothing.
    pub(super) fn of(tx: &Tx, office_id: Uuid, kind: AccountKind, query: &ListQuery) -> Self {
        let everything = Self {
            found: String::new(),
            conditions: vec!["deleted_at IS NULL".to_owned()],
            binds: Vec::new(),
            narrowed: false,
        };
        let everything = everything.and("office_id = ?", Bind::Id(office_id)).and("kind = ?", Bind::Text(kind.raw()));
        let narrowed = everything.clone().narrowed(tx, office_id, query);
        Self { narrowed: narrowed.conditions.len() > everything.conditions.len(), ..narrowed }
    }

    fn narrowed(mut self, tx: &Tx, office_id: Uuid, query: &ListQuery) -> Self {
        // NUL, which PostgreSQL refuses, stands in no name.
        let search: String = search_key(&query.search).chars().filter(|c| *c != '\0').take(SEARCH_MAX).collect();
        if !search.is_empty() {
            self.binds.push(Bind::Text(pairs::words(tx, office_id, &search)));
            self.found = pairs::found(tx, self.binds.len());
            self = self.and(r"search_text LIKE ? ESCAPE '\'", Bind::Text(containing(&search)));
        }
        if let Some(service) = query.service {
            let condition = "EXISTS (SELECT 1 FROM account_services WHERE account_id = accounts.id AND code = ?)";
            self = self.and(condition, Bind::Text(service.code().to_owned()));
        }
        if let Some(job) = query.job {
            let condition = "EXISTS (SELECT 1 FROM account_jobs WHERE account_id = accounts.id AND code = ?)";
            self = self.and(condition, Bind::Text(job.code().to_owned()));
        }
        if let Some(start) = parse_day(&query.registered_from).map(Timestamp::start_of) {
            self = self.and("created_at >= ?", Bind::Number(start.raw()));
        }
        if let Some(end) = parse_day(&query.registered_to).and_then(Date::next_day).map(Timestamp::start_of) {
            self = self.and("created_at < ?", Bind::Number(end.raw()));
        }
        self
    }

    /// Those of them that come behind `key` in this order.
    pub(super) fn beyond(mut self, sort: SortBy, descending: bool, key: Vec<Bind>) -> Self {
        let first = self.binds.len() + 1;
        let places: Vec<String> = (first..first + key.len()).map(|place| format!("${place}")).collect();
        let than = if descending { "<" } else { ">" };
        self.conditions.push(format!("({}) {than} ({})", columns(sort), places.join(", ")));
        self.binds.extend(key);
        self
    }

    /// Adds a condition with one placeholder, written `?`.
    fn and(mut self, condition: &'static str, bind: Bind) -> Self {
        self.binds.push(bind);
        self.conditions.push(condition.replace('?', &format!("${}", self.binds.len())));
        self
    }

    /// Binds one more number; answers its placeholder.
    pub(super) fn numbered(mut self, number: i64) -> (String, Self) {
        self.binds.push(Bind::Number(number));
        (format!("${}", self.binds.len()), self)
    }

    /// What stands behind `FROM`.
    pub(super) fn sql(&self) -> String {
        format!("accounts WHERE {}{}", self.found, self.conditions.join(" AND "))
    }

    pub(super) fn binds(&self) -> &[Bind] {
        &self.binds
    }

    /// Neither search nor filters.
    pub(super) fn is_everything(&self) -> bool {
        !self.narrowed
    }
}

/// The columns that make up an order; the id makes it total.
pub(super) const fn columns(sort: SortBy) -> &'static str {
    match sort {
        SortBy::Name => "family_kana, given_kana, id",
        SortBy::Services => "service_sort, id",
        SortBy::Jobs => "job_sort, id",
        SortBy::Registered => "created_at, id",
    }
}

/// Where an account stands, or stood before it was deleted, in the order of this list.
pub(super) async fn key_of(
    tx: &mut Tx,
    filter: &Filter,
    sort: SortBy,
    id: Uuid,
) -> Result<Option<Vec<Bind>>, StoreError> {
    let [Bind::Id(office), Bind::Text(kind), ..] = filter.binds() else { return Ok(None) };
    let sql = "SELECT family_kana, given_kana, service_sort, job_sort, created_at FROM accounts
         WHERE id = $1 AND office_id = $2 AND kind = $3";
    let found: Option<Place> = on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(id)
        .bind(*office)
        .bind(kind)
        .fetch_optional(conn).await)?;
    let Some(place) = found else { return Ok(None) };
    let mut key = match sort {
        SortBy::Name => match (place.family_kana, place.given_kana) {
            (Some(family), Some(given)) => vec![Bind::Text(family), Bind::Text(given)],
            _ => return Ok(None),
        },
        SortBy::Services => vec![Bind::Text(place.service_sort)],
        SortBy::Jobs => vec![Bind::Number(place.job_sort)],
        SortBy::Registered => vec![Bind::Number(place.created_at)],
    };
    key.push(Bind::Id(id));
    Ok(Some(key))
}

struct Place {
    family_kana: Option<String>,
    given_kana: Option<String>,
    service_sort: String,
    job_sort: i64,
    created_at: i64,
}

read_from_row!(Place { family_kana, given_kana, service_sort, job_sort, created_at });

/// The `LIKE` pattern for texts that contain `search`, wildcards and all.
fn containing(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
