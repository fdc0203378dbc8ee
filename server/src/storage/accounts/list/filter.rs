//! The condition of a list, put together from constant texts; what people typed is only ever bound.

use app::services::accounts::ListQuery;
use domain::{Timestamp, account::AccountKind, text::search_key, time::parse_day};
use time::Date;
use uuid::Uuid;

use crate::storage::row::Stored;

/// A value for one placeholder.
#[derive(Clone)]
pub(super) enum Bind {
    Id(Uuid),
    Text(String),
    Number(i64),
}

/// A condition on the table `accounts`.
#[derive(Clone)]
pub(super) struct Filter {
    conditions: Vec<String>,
    binds: Vec<Bind>,
}

/// More characters than an ordinary name or ID has; a longer search is cut there, so that patterns stay small.
const SEARCH_MAX: usize = 200;

impl Filter {
    /// The office's accounts of one kind that were not deleted.
    pub(super) fn everything(office_id: Uuid, kind: AccountKind) -> Self {
        Self { conditions: vec!["deleted_at IS NULL".to_owned()], binds: Vec::new() }
            .and("office_id = ?", Bind::Id(office_id))
            .and("kind = ?", Bind::Text(kind.raw()))
    }

    /// Those of them that the query's search and filters leave. A day that cannot be read filters nothing.
    pub(super) fn narrowed(mut self, query: &ListQuery) -> Self {
        let search = search_key(&query.search);
        if !search.is_empty() {
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

    pub(super) fn sql(&self) -> String {
        self.conditions.join(" AND ")
    }

    pub(super) fn binds(&self) -> &[Bind] {
        &self.binds
    }

    /// Whether both have as many conditions: `other` is what this one was narrowed from.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.conditions.len() == other.conditions.len()
    }
}

/// The `LIKE` pattern for texts that contain `search`, wildcards and all. NUL, which PostgreSQL refuses, stands in no
/// name and is dropped.
fn containing(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.chars().filter(|c| *c != '\0').take(SEARCH_MAX) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
