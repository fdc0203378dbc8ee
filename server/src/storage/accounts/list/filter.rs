//! The condition of a list of accounts.

use app::services::accounts::ListQuery;
use domain::{Timestamp, account::AccountKind, text::search_key, time::parse_day};
use time::Date;
use uuid::Uuid;

use crate::storage::{
    filter::{Bind, Filter},
    row::Stored,
    search::containing,
};

/// The office's accounts of one kind that were not deleted.
pub(super) fn everything(office_id: Uuid, kind: AccountKind) -> Filter {
    Filter::default()
        .with("deleted_at IS NULL")
        .and("office_id = ?", Bind::Id(office_id))
        .and("kind = ?", Bind::Text(kind.raw()))
}

/// Those of them that the query's search and filters leave. A day that cannot be read filters nothing.
pub(super) fn narrowed(mut filter: Filter, query: &ListQuery) -> Filter {
    let search = search_key(&query.search);
    if !search.is_empty() {
        filter = filter.and(r"search_text LIKE ? ESCAPE '\'", Bind::Text(containing(&search)));
    }
    if let Some(service) = query.service {
        let condition = "EXISTS (SELECT 1 FROM account_services WHERE account_id = accounts.id AND code = ?)";
        filter = filter.and(condition, Bind::Text(service.code().to_owned()));
    }
    if let Some(job) = query.job {
        let condition = "EXISTS (SELECT 1 FROM account_jobs WHERE account_id = accounts.id AND code = ?)";
        filter = filter.and(condition, Bind::Text(job.code().to_owned()));
    }
    if let Some(start) = parse_day(&query.registered_from).map(Timestamp::start_of) {
        filter = filter.and("created_at >= ?", Bind::Number(start.raw()));
    }
    if let Some(end) = parse_day(&query.registered_to).and_then(Date::next_day).map(Timestamp::start_of) {
        filter = filter.and("created_at < ?", Bind::Number(end.raw()));
    }
    filter
}
