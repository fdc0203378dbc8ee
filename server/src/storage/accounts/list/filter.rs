//! The condition of a list of accounts.

use app::services::accounts::{ListQuery, SortBy, StateFilter};
use domain::{
    Timestamp,
    account::{AccountKind, AccountState, DORMANT_DAYS, RESTORE_DAYS, days_before},
    text::search_key,
    time::parse_day,
};
use time::Date;
use uuid::Uuid;

use super::parts;
use crate::storage::{
    StoreError, Tx,
    filter::{Bind, Filter},
    row::{Stored, read_from_row},
    search::{containing, searchable},
    tx::on_engine,
};

/// The office's accounts of the kind that are locked in either way. They are few, and each is found by an index: hence the
/// list of ids without a further word on office and kind, which would be looked through instead, and the `CROSS JOIN`,
/// which lets SQLite begin with the locks.
const LOCKED: &str = "id IN (
    SELECT id FROM accounts
    WHERE office_id = $1 AND kind = $2 AND deleted_at IS NULL AND locked_at IS NOT NULL
    UNION ALL
    SELECT id FROM guards CROSS JOIN accounts
    WHERE scope = 'login_id' AND locked_until > ? AND login_id_key = key
        AND office_id = $1 AND kind = $2 AND deleted_at IS NULL)";

/// No sign-in since then; of those who never signed in, those registered by then.
const DORMANT: &str = "(last_sign_in_at <= ? OR (last_sign_in_at IS NULL AND created_at <= ?))";

/// Not locked by wrong passwords.
const NOT_GUESSED: &str = "login_id_key NOT IN (SELECT key FROM guards WHERE scope = 'login_id' AND locked_until > ?)";

/// The office's accounts of one kind that were not deleted.
pub(super) fn everything(office_id: Uuid, kind: AccountKind) -> Filter {
    in_office(office_id, kind).with("deleted_at IS NULL")
}

/// Those that a list shows in a state (`Standing::state`), deleted ones only as long as that can be undone; without
/// one, [`everything`].
pub(super) fn in_state(office_id: Uuid, kind: AccountKind, state: Option<StateFilter>, now: Timestamp) -> Filter {
    if state == Some(StateFilter::DELETED) {
        let earliest = days_before(now, RESTORE_DAYS).raw();
        return in_office(office_id, kind).and("deleted_at > ?", Bind::Number(earliest));
    }
    let all = everything(office_id, kind);
    let Some(state) = state else { return all };
    let now_number = || Bind::Number(now.raw());
    let in_use =
        |all: Filter| all.with("suspended_at IS NULL").and("(expires_at IS NULL OR expires_at > ?)", now_number());
    let not_locked = |all: Filter| all.with("locked_at IS NULL").and(NOT_GUESSED, now_number());
    match state {
        StateFilter::State(AccountState::Suspended) => all.with("suspended_at IS NOT NULL"),
        StateFilter::State(AccountState::Expired) => {
            all.with("suspended_at IS NULL").and("expires_at <= ?", now_number())
        }
        StateFilter::State(AccountState::Locked) => in_use(all.bare().and(LOCKED, now_number())),
        StateFilter::State(AccountState::NeverSignedIn) => not_locked(in_use(all)).with("last_sign_in_at IS NULL"),
        StateFilter::State(AccountState::Active | AccountState::Deleted) => {
            not_locked(in_use(all)).with("last_sign_in_at IS NOT NULL")
        }
        StateFilter::Dormant => {
            let latest = days_before(now, DORMANT_DAYS).raw();
            all.and(DORMANT, Bind::Number(latest))
        }
    }
}

fn in_office(office_id: Uuid, kind: AccountKind) -> Filter {
    Filter::default().and("office_id = ?", Bind::Id(office_id)).and("kind = ?", Bind::Text(kind.raw()))
}

/// Those that the query's state, search and filters leave. A day that cannot be read filters nothing.
pub(super) fn asked(tx: &Tx, office_id: Uuid, kind: AccountKind, query: &ListQuery, now: Timestamp) -> Filter {
    let mut filter = in_state(office_id, kind, query.state, now);
    let search = searchable(&search_key(&query.search));
    if !search.is_empty() {
        // The deleted are few and not in the index.
        if query.state != Some(StateFilter::DELETED) {
            let (place, found) = filter.bound(Bind::Text(parts::words(tx, office_id, &search)));
            filter = parts::narrowed(tx, found, &place);
        }
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

/// Those of them that come behind `key` in this order.
pub(super) fn beyond(filter: Filter, sort: SortBy, descending: bool, key: Vec<Bind>) -> Filter {
    let (places, filter) = key.into_iter().fold((Vec::new(), filter), |(mut places, filter), bind| {
        let (place, filter) = filter.bound(bind);
        places.push(place);
        (places, filter)
    });
    let than = if descending { "<" } else { ">" };
    filter.with_text(format!("({}) {than} ({})", columns(sort), places.join(", ")))
}

/// The columns that make up an order; the id makes it total.
pub(super) const fn columns(sort: SortBy) -> &'static str {
    match sort {
        SortBy::Name => "family_kana, given_kana, id",
        SortBy::Services => "service_sort, id",
        SortBy::Jobs => "job_sort, id",
        SortBy::Registered => "created_at, id",
        SortBy::SignIn => "last_sign_in_at, id",
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
        // Those who never signed in have no place that could be compared.
        SortBy::SignIn => return Ok(None),
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

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::storage::{Db, filter::bind_all, tx::On};

    #[tokio::test]
    async fn sqlite_begins_a_search_with_what_was_found_and_not_with_the_whole_office() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}", folder.path().join("care.db").display())).await.unwrap();
        db.migrate().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let query = ListQuery { search: "だれん".to_owned(), ..ListQuery::default() };
        let filter = asked(&tx, Uuid::nil(), AccountKind::Staff, &query, Timestamp::from_seconds(0));
        for select in
            ["SELECT COUNT(*) FROM accounts", "SELECT id FROM accounts", "SELECT id, COUNT(*) OVER () FROM accounts"]
        {
            for order in ["", " ORDER BY created_at DESC, id DESC LIMIT 20"] {
                let sql = format!("EXPLAIN QUERY PLAN {select} WHERE {}{order}", filter.sql());
                let On::Sqlite(open) = &mut tx.on else { panic!("SQLite was asked for") };
                let steps = sqlx::query_as::<_, (i64, i64, i64, String)>(AssertSqlSafe(sql));
                let steps = bind_all!(steps, filter).fetch_all(&mut **open).await.unwrap();
                let begin = steps.iter().find(|step| step.3.contains(" accounts ")).unwrap();
                assert!(begin.3.starts_with("SEARCH accounts") && begin.3.ends_with("(id=?)"), "{steps:?}");
            }
        }
    }
}
