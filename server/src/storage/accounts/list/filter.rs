//! The condition of a list of accounts.

use app::services::accounts::{ListQuery, StateFilter};
use domain::{
    Timestamp,
    account::{AccountKind, AccountState, DORMANT_DAYS, RESTORE_DAYS, days_before},
    text::search_key,
    time::parse_day,
};
use time::Date;
use uuid::Uuid;

use crate::storage::{
    filter::{Bind, Filter},
    row::Stored,
    search::containing,
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
        StateFilter::State(AccountState::Locked) => in_use(all).and(LOCKED, now_number()),
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
