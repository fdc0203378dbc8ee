//! Search by pairs of characters: an index finds the accounts that hold every pair of what is looked for, and only those
//! are compared with it. Both engines hold the same pairs, each office its own (migration 0010).

use uuid::Uuid;

use crate::{
    secret::hexadecimal,
    storage::{
        filter::Filter,
        tx::{On, Tx},
    },
};

/// What to bind for a search for `search`, which is not empty.
pub(super) fn words(tx: &Tx, office_id: Uuid, search: &str) -> String {
    let chars: Vec<char> = search.chars().collect();
    let pairs: Vec<String> = match chars.as_slice() {
        [one] => vec![one.to_string()],
        _ => chars.windows(2).map(String::from_iter).collect(),
    };
    match tx.on {
        On::Sqlite(_) => {
            let office = hexadecimal(office_id.as_bytes());
            // A single character is the beginning of a pair.
            let rest = if chars.len() == 1 { " *" } else { "" };
            let word = |pair: &String| format!("\"{office}{}\"{rest}", hexadecimal(pair.as_bytes()));
            pairs.iter().map(word).collect::<Vec<_>>().join(" ")
        }
        On::Postgres(_) => pairs.iter().map(|pair| format!("{office_id}{pair}")).collect::<Vec<_>>().join("\n"),
    }
}

/// `filter`, narrowed to the accounts that hold every pair; `place` is the placeholder of [`words`].
pub(super) fn narrowed(tx: &Tx, filter: Filter, place: &str) -> Filter {
    // SQLite, which knows nothing of an office's size, would rather walk through the whole of it: 100,000 accounts took 30
    // times as long. A plus keeps its indexes out of the question.
    let unindexed = |condition: String| match condition.as_str() {
        "office_id = $1" | "kind = $2" if matches!(tx.on, On::Sqlite(_)) => format!("+{condition}"),
        _ => condition,
    };
    filter.map(unindexed).first(found(tx, place))
}

fn found(tx: &Tx, place: &str) -> String {
    match tx.on {
        On::Sqlite(_) => format!(
            "id IN (SELECT account_id FROM account_search WHERE doc IN
                 (SELECT rowid FROM account_pairs WHERE account_pairs MATCH {place}))"
        ),
        // In two steps: the planner would rather walk through the whole order than look into the index.
        On::Postgres(_) => format!(
            "id IN (WITH found AS MATERIALIZED (
                     SELECT id FROM accounts WHERE deleted_at IS NULL
                         AND search_pairs(office_id, search_text) @> string_to_array({place}, chr(10)))
                 SELECT id FROM found)"
        ),
    }
}
