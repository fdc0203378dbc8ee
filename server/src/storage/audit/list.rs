//! Pages of an office's records, ordered by time. Each shape of filter has its index; nothing is skipped row by row and
//! nothing is counted to its end, so a page costs the same however long the trail is.

use app::services::audit::{COUNTED, Cursor, Fact, Outcome, PAGE_ROWS, Record, RecordPage, RecordQuery};
use domain::{Timestamp, account::AccountKind, time::parse_day};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use time::Date;
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    filter::{Bind, Filter, bind_all},
    row::{Stored, read_from_row},
    tx::{On, on_engine},
};

/// Whose records may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Only this office's.
    pub office_id: Uuid,
    /// Only what this account did.
    pub own: Option<Uuid>,
    /// Only actions of this group, such as `care`.
    pub group: Option<&'static str>,
}

struct Stated {
    seq: i64,
    at: Timestamp,
    request_id: String,
    account_kind: Option<AccountKind>,
    login_id: String,
    certificate: String,
    address: String,
    screen: String,
    action: String,
    result: String,
    detail: String,
    family_name: Option<String>,
    given_name: Option<String>,
    target: Option<String>,
}

read_from_row!(Stated {
    seq,
    at,
    request_id,
    account_kind,
    login_id,
    certificate,
    address,
    screen,
    action,
    result,
    detail,
    family_name,
    given_name,
    target,
});

/// To whom something was done, an account or an insured person, as people know them: of the record's own office only.
const TARGET: &str = "COALESCE(
    (SELECT login_id || COALESCE(' ' || family_name || ' ' || given_name, '') FROM accounts
        WHERE accounts.id = r.target AND accounts.office_id = r.office_id),
    (SELECT insured_number || ' ' || family_name || ' ' || given_name FROM care_charges
        WHERE person_id = r.target AND care_charges.office_id = r.office_id ORDER BY started_at DESC LIMIT 1))";

/// The page that `query` asks for. Before the newest row there is nothing: a cursor that leads there is dropped.
pub async fn page(tx: &mut Tx, scope: Scope, query: &RecordQuery) -> Result<RecordPage, StoreError> {
    let selection = Selection::new(tx, scope, query);
    let (mut cursor, limit) = (query.cursor, PAGE_ROWS + 1);
    let mut rows = selection.rows(tx, cursor, limit).await?;
    if matches!(cursor, Some(Cursor::Newer(_))) && rows.len() < limit as usize {
        cursor = None;
        rows = selection.rows(tx, cursor, limit).await?;
    }
    let more = rows.len() == limit as usize;
    let (newer, older) = match cursor {
        None => (false, more),
        Some(Cursor::Older(_)) => (true, more),
        Some(Cursor::Newer(_)) => (more, true),
    };
    match cursor {
        // In the order of time: what is beyond the page stands first.
        Some(Cursor::Newer(_)) if more => drop(rows.remove(0)),
        _ => rows.truncate(PAGE_ROWS as usize),
    }
    let total = selection.count(tx).await?;
    Ok(RecordPage { rows, total, newer, older, own_only: scope.own.is_some() })
}

/// The newest records of the query, `at_most` of them, whatever its cursor says.
pub async fn newest(tx: &mut Tx, scope: Scope, query: &RecordQuery, at_most: u32) -> Result<Vec<Record>, StoreError> {
    Selection::new(tx, scope, query).rows(tx, None, at_most).await
}

/// One record. `None`: there is none with this number in the scope.
pub async fn find(tx: &mut Tx, scope: Scope, seq: i64) -> Result<Option<Record>, StoreError> {
    let mut one = Selection::new(tx, scope, &RecordQuery::default());
    one.filter = one.filter.and("seq = ?", Bind::Number(seq));
    one.index = "";
    Ok(one.rows(tx, None, 1).await?.pop())
}

/// Records that a filter leaves, and the index that leads to them.
struct Selection {
    filter: Filter,
    /// For SQLite, which knows nothing of how the values are spread; PostgreSQL finds out by itself.
    index: &'static str,
}

impl Selection {
    fn new(tx: &Tx, scope: Scope, query: &RecordQuery) -> Self {
        let group_is = tx.text("substr(action, 1, instr(action, '.') - 1) = ?", "split_part(action, '.', 1) = ?");
        let mut filter = Filter::default().and("office_id = ?", Bind::Id(scope.office_id));
        let mut one_account = scope.own.is_some();
        if let Some(own) = scope.own {
            filter = filter.and("account_id = ?", Bind::Id(own));
        } else if let Some(key) = text(&query.login_id) {
            one_account = true;
            let same = "account_id = (SELECT id FROM accounts WHERE login_id_key = ?)";
            filter = filter.and(same, Bind::Text(key.to_ascii_lowercase()));
        }
        let group = scope.group.map(str::to_owned).or_else(|| text(&query.group));
        let grouped = group.is_some();
        if let Some(group) = group {
            filter = filter.and(group_is, Bind::Text(group));
        }
        let refused = query.outcome == Some(Outcome::Refused);
        match query.outcome {
            Some(Outcome::Done) => filter = filter.with("result = 'ok'"),
            Some(Outcome::Refused) => filter = filter.with("result <> 'ok'"),
            None => {}
        }
        if let Some(target) = query.target {
            filter = filter.and("target = ?", Bind::Id(target));
        }
        if let Some(start) = parse_day(&query.from).map(Timestamp::start_of) {
            filter = filter.and("at >= ?", Bind::Number(start.raw()));
        }
        if let Some(end) = parse_day(&query.to).and_then(Date::next_day).map(Timestamp::start_of) {
            filter = filter.and("at < ?", Bind::Number(end.raw()));
        }
        let index = match (query.target.is_some(), one_account, refused, grouped) {
            (true, ..) => "INDEXED BY audit_by_target",
            (_, true, ..) => "INDEXED BY audit_by_account",
            (_, _, true, true) => "INDEXED BY audit_refused_by_group",
            (_, _, true, false) => "INDEXED BY audit_refused",
            (_, _, _, true) => "INDEXED BY audit_by_group",
            _ => "INDEXED BY audit_by_office",
        };
        Self { filter, index }
    }

    fn hint(&self, tx: &Tx) -> &'static str {
        match tx.on {
            On::Sqlite(_) => self.index,
            On::Postgres(_) => "",
        }
    }

    /// The first rows from the cursor on, the newest first.
    async fn rows(&self, tx: &mut Tx, cursor: Option<Cursor>, at_most: u32) -> Result<Vec<Record>, StoreError> {
        let (filter, order) = match cursor {
            None => (self.filter.clone(), "DESC"),
            Some(Cursor::Older(place)) => (beyond(&self.filter, "<", place.at, place.seq), "DESC"),
            Some(Cursor::Newer(place)) => (beyond(&self.filter, ">", place.at, place.seq), "ASC"),
        };
        let (limit, filter) = filter.numbered(i64::from(at_most));
        let sql = format!(
            "SELECT seq, at, request_id, account_kind, r.login_id AS login_id, certificate, address, screen, action,
                 result, detail, who.family_name AS family_name, who.given_name AS given_name,
                 {TARGET} AS target
             FROM (SELECT * FROM audit {} WHERE {} ORDER BY at {order}, seq {order} LIMIT {limit}) AS r
             LEFT JOIN accounts AS who ON who.id = r.account_id
             ORDER BY at DESC, seq DESC",
            self.hint(tx),
            filter.sql()
        );
        let rows: Vec<Stated> = on_engine!(tx, conn => {
            let query = sqlx::query_as(AssertSqlSafe(sql));
            bind_all!(query, filter).fetch_all(conn).await
        })?;
        Ok(rows.into_iter().map(Stated::into_record).collect())
    }

    /// How many rows there are, as far as [`COUNTED`].
    async fn count(&self, tx: &mut Tx) -> Result<Option<u64>, StoreError> {
        let (limit, filter) = self.filter.clone().numbered(i64::try_from(COUNTED).unwrap_or(i64::MAX));
        let (hint, conditions) = (self.hint(tx), filter.sql());
        let sql =
            format!("SELECT COUNT(*) FROM (SELECT 1 FROM audit {hint} WHERE {conditions} LIMIT {limit}) AS counted");
        let count: i64 = on_engine!(tx, conn => {
            let query = sqlx::query_scalar(AssertSqlSafe(sql));
            bind_all!(query, filter).fetch_one(conn).await
        })?;
        Ok(u64::try_from(count).ok().filter(|count| *count < COUNTED))
    }
}

/// What was typed, if anything; NUL, which PostgreSQL refuses, stands in no ID and no action.
fn text(typed: &str) -> Option<String> {
    let text = typed.trim().replace('\0', "");
    (!text.is_empty()).then_some(text)
}

fn beyond(filter: &Filter, side: &'static str, at: Timestamp, seq: i64) -> Filter {
    let (at, filter) = filter.clone().numbered(at.raw());
    let (seq, filter) = filter.numbered(seq);
    filter.with_text(format!("(at, seq) {side} ({at}, {seq})"))
}

impl Stated {
    fn into_record(self) -> Record {
        let full = |family: Option<String>, given: Option<String>| match (family, given) {
            (Some(family), Some(given)) => format!("{family} {given}"),
            _ => String::new(),
        };
        Record {
            seq: self.seq,
            at: self.at,
            login_id: self.login_id,
            name: full(self.family_name, self.given_name),
            kind: self.account_kind,
            screen: self.screen,
            action: self.action,
            result: self.result,
            target: self.target.unwrap_or_default(),
            address: self.address,
            certificate: self.certificate,
            request_id: self.request_id,
            facts: facts(&self.detail),
        }
    }
}

/// What a row's JSON tells, one fact for each of its names. What is no object tells nothing.
fn facts(detail: &str) -> Vec<Fact> {
    let Ok(Value::Object(told)) = serde_json::from_str(detail) else { return Vec::new() };
    let fact = |(name, value): (String, Value)| {
        let values = match value {
            Value::Array(values) => values.iter().map(plain).collect(),
            Value::Null => Vec::new(),
            value => vec![plain(&value)],
        };
        Fact { name, values }
    };
    told.into_iter().map(fact).collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
