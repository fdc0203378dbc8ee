//! The state of a list in its address: read, written, and said in words.

use domain::Timestamp;
use uuid::Uuid;

use super::{actions, words};
use crate::{
    parts::Chip,
    routes::{Records, Route, query_value},
    services::audit::{Cursor, Outcome, Place, RecordQuery},
};

/// Reads a query; what is not understood counts as not given.
pub fn query_from(query: &str) -> RecordQuery {
    let text = |name: &str| query_value(query, name).unwrap_or_default().trim().chars().take(100).collect::<String>();
    let place = |name: &str| {
        let value = text(name);
        let (at, seq) = value.split_once('-')?;
        Some(Place { at: Timestamp::from_micros(at.parse().ok()?), seq: seq.parse().ok()? })
    };
    let older = place("older").map(Cursor::Older);
    RecordQuery {
        from: text("from"),
        to: text("to"),
        login_id: text("login_id"),
        group: text("group"),
        outcome: Outcome::ALL.into_iter().find(|outcome| outcome.code() == text("outcome")),
        target: text("target").parse::<Uuid>().ok(),
        cursor: older.or_else(|| place("newer").map(Cursor::Newer)),
    }
}

/// The filters as pairs, without what is not set.
pub(super) fn pairs(query: &RecordQuery) -> Vec<(&'static str, String)> {
    let all = [
        ("from", query.from.clone()),
        ("to", query.to.clone()),
        ("login_id", query.login_id.clone()),
        ("group", query.group.clone()),
        ("outcome", query.outcome.map(|outcome| outcome.code().to_owned()).unwrap_or_default()),
        ("target", query.target.map(|target| target.to_string()).unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The address of `route` in the state `query`.
pub(super) fn address(route: &Route, query: &RecordQuery) -> String {
    let mut pairs = pairs(query);
    let place = |place: Place| format!("{}-{}", place.at.micros(), place.seq);
    match query.cursor {
        Some(Cursor::Older(from)) => pairs.push(("older", place(from))),
        Some(Cursor::Newer(from)) => pairs.push(("newer", place(from))),
        None => {}
    }
    let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if text.is_empty() { route.to_string() } else { format!("{route}?{text}") }
}

/// The filters in force, each with the address without it.
pub(super) fn chips(records: Records, query: &RecordQuery) -> Vec<Chip> {
    let without = |change: fn(&mut RecordQuery)| {
        let mut rest = RecordQuery { cursor: None, ..query.clone() };
        change(&mut rest);
        address(&Route::Records(records), &rest)
    };
    let mut chips = Vec::new();
    let mut add = |label: String, change| chips.push(Chip { label, remove_href: without(change) });
    if !query.from.is_empty() {
        add(format!("期間：{}以降", query.from.replace('-', "/")), |q| q.from.clear());
    }
    if !query.to.is_empty() {
        add(format!("期間：{}以前", query.to.replace('-', "/")), |q| q.to.clear());
    }
    if !query.login_id.is_empty() {
        add(format!("操作した人：{}", query.login_id), |q| q.login_id.clear());
    }
    if !query.group.is_empty() && records == Records::Operations {
        add(format!("操作の種類：{}", actions::group(&query.group)), |q| q.group.clear());
    }
    if let Some(outcome) = query.outcome {
        add(format!("結果：{}", words::outcome(outcome)), |q| q.outcome = None);
    }
    if query.target.is_some() {
        add("対象：1人".to_owned(), |q| q.target = None);
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_own_state() {
        let place = Place { at: Timestamp::from_micros(1_738_890_000_000_001), seq: 42 };
        for cursor in [None, Some(Cursor::Older(place)), Some(Cursor::Newer(place))] {
            let query = RecordQuery {
                from: "2025-02-01".into(),
                to: "2025-02-07".into(),
                login_id: "NursingUserA000".into(),
                group: "account".into(),
                outcome: Some(Outcome::Refused),
                target: Some(Uuid::from_u128(7)),
                cursor,
            };
            let address = address(&Route::Records(Records::Operations), &query);
            assert_eq!(query_from(address.split_once('?').unwrap().1), query, "{address}");
        }
        assert_eq!(address(&Route::Records(Records::Viewings), &RecordQuery::default()), "/viewings");
    }

    #[test]
    fn what_is_not_understood_counts_as_not_given() {
        assert_eq!(query_from("older=x&newer=1-&outcome=maybe&target=me&page=3"), RecordQuery::default());
    }
}
