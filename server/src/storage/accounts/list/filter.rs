//! The condition of a list, put together from constant texts; what people typed is only ever bound.

use app::services::accounts::{ListQuery, StateFilter};
use domain::{
    Timestamp,
    account::{AccountKind, AccountState, DORMANT_DAYS, RESTORE_DAYS, days_before},
    text::search_key,
    time::parse_day,
};
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

impl Filter {
    /// The office's accounts of one kind that were not deleted.
    pub(super) fn everything(office_id: Uuid, kind: AccountKind) -> Self {
        Self::in_office(office_id, kind).fixed("deleted_at IS NULL")
    }

    /// Those that a list shows in a state (`Standing::state`), deleted ones only as long as that can be undone; without
    /// one, [`Self::everything`].
    pub(super) fn in_state(office_id: Uuid, kind: AccountKind, state: Option<StateFilter>, now: Timestamp) -> Self {
        if state == Some(StateFilter::DELETED) {
            let earliest = days_before(now, RESTORE_DAYS).raw();
            return Self::in_office(office_id, kind).and("deleted_at > ?", Bind::Number(earliest));
        }
        let all = Self::everything(office_id, kind);
        let Some(state) = state else { return all };
        let now_number = || Bind::Number(now.raw());
        let in_use =
            |all: Self| all.fixed("suspended_at IS NULL").and("(expires_at IS NULL OR expires_at > ?)", now_number());
        let not_locked = |all: Self| all.fixed("locked_at IS NULL").and(NOT_GUESSED, now_number());
        match state {
            StateFilter::State(AccountState::Suspended) => all.fixed("suspended_at IS NOT NULL"),
            StateFilter::State(AccountState::Expired) => {
                all.fixed("suspended_at IS NULL").and("expires_at <= ?", now_number())
            }
            StateFilter::State(AccountState::Locked) => {
                let locked = Self { conditions: Vec::new(), binds: all.binds }.and(LOCKED, now_number());
                in_use(locked)
            }
            StateFilter::State(AccountState::NeverSignedIn) => not_locked(in_use(all)).fixed("last_sign_in_at IS NULL"),
            StateFilter::State(AccountState::Active | AccountState::Deleted) => {
                not_locked(in_use(all)).fixed("last_sign_in_at IS NOT NULL")
            }
            StateFilter::Dormant => {
                let latest = days_before(now, DORMANT_DAYS).raw();
                all.and(DORMANT, Bind::Number(latest))
            }
        }
    }

    fn in_office(office_id: Uuid, kind: AccountKind) -> Self {
        Self { conditions: Vec::new(), binds: Vec::new() }
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

    /// Adds a condition without a value.
    fn fixed(mut self, condition: &'static str) -> Self {
        self.conditions.push(condition.to_owned());
        self
    }

    /// Adds a condition with one value, whose placeholder is written `?`.
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

    /// Whether both have the same conditions: `other` is what this one was narrowed from.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.conditions == other.conditions
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
