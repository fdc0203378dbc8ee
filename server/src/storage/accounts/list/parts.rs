//! Search by parts of up to three characters: an index finds the accounts that hold those of what is looked for, and only
//! they are compared with it. Both engines hold the same parts, each office its own (migration 0019).

use uuid::Uuid;

use crate::{
    secret::hexadecimal,
    storage::{
        filter::Filter,
        tx::{On, Tx},
    },
};

/// Characters of the longest part in the index.
const LONGEST: usize = 3;

/// The fewest parts that cover `search`: side by side, the last one as far to the right as it can be.
fn parts(search: &str) -> Vec<String> {
    let chars: Vec<char> = search.chars().collect();
    let size = chars.len().min(LONGEST);
    let last = chars.len() - size;
    let places = (0..last).step_by(LONGEST).chain([last]);
    places.map(|place| chars[place..place + size].iter().collect()).collect()
}

/// What to bind for a search for `search`, which is not empty.
pub(super) fn words(tx: &Tx, office_id: Uuid, search: &str) -> String {
    let parts = parts(search);
    match tx.on {
        On::Sqlite(_) => {
            let office = hexadecimal(office_id.as_bytes());
            let word = |part: &String| format!("\"{office}{}\"", hexadecimal(part.as_bytes()));
            parts.iter().map(word).collect::<Vec<_>>().join(" ")
        }
        On::Postgres(_) => parts.iter().map(|part| format!("{office_id}{part}")).collect::<Vec<_>>().join("\n"),
    }
}

/// `filter`, narrowed to the accounts that hold every part; `place` is the placeholder of [`words`].
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
                 (SELECT rowid FROM account_parts WHERE account_parts MATCH {place}))"
        ),
        // In two steps: the planner would rather walk through the whole order than look into the index.
        On::Postgres(_) => format!(
            "id IN (WITH found AS MATERIALIZED (
                     SELECT id FROM accounts WHERE deleted_at IS NULL
                         AND search_parts(office_id, search_text) @> string_to_array({place}, chr(10)))
                 SELECT id FROM found)"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn few_parts_cover_every_character() {
        for (search, expected) in [
            ("や", &["や"][..]),
            ("やま", &["やま"]),
            ("やまだ", &["やまだ"]),
            ("やまだれ", &["やまだ", "まだれ"]),
            ("やまだれんた", &["やまだ", "れんた"]),
            ("やまだれんたろ", &["やまだ", "れんた", "んたろ"]),
        ] {
            assert_eq!(parts(search), expected);
        }
    }
}
