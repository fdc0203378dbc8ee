//! The state of E-1 in its address: read, written, and said in words.

use domain::text::holds_individual_number;

use crate::{
    parts::Chip,
    routes::{Route, query_value},
    services::care::{PeopleFilter, PeopleQuery, PeopleSort},
};

/// Each filter's code in the address and its words, in the order on screen.
pub(super) const FILTERS: [(PeopleFilter, &str, &str); 5] = [
    (PeopleFilter::EndsIn60, "ends60", "認定が60日以内に終わる方"),
    (PeopleFilter::EndsIn30, "ends30", "認定が30日以内に終わる方"),
    (PeopleFilter::Expired, "expired", "認定の期限が切れている方"),
    (PeopleFilter::NoConsent, "no_consent", "有効な同意がない方"),
    (PeopleFilter::Changed, "changed", "前回見てから変更があった方"),
];

const SORTS: [(PeopleSort, &str); 4] = [
    (PeopleSort::Name, "name"),
    (PeopleSort::Number, "number"),
    (PeopleSort::Level, "level"),
    (PeopleSort::Until, "until"),
];

fn sort_code(sort: PeopleSort) -> &'static str {
    SORTS.iter().find(|(other, _)| *other == sort).map_or("name", |(_, code)| code)
}

/// A filter's code.
pub(super) fn filter_code(filter: PeopleFilter) -> &'static str {
    FILTERS.iter().find(|(other, ..)| *other == filter).map_or("", |(_, code, _)| code)
}

/// Reads the address; what is not understood counts as not given.
pub(super) fn from_address(address: &str) -> PeopleQuery {
    let (_, query) = address.split_once('?').unwrap_or((address, ""));
    let text = |name: &str| query_value(query, name).unwrap_or_default().trim().chars().take(100).collect::<String>();
    let sort = SORTS.iter().find(|(_, code)| *code == text("sort")).map(|(sort, _)| *sort);
    PeopleQuery {
        // Somebody may paste a 個人番号 here: it is neither looked for nor shown again.
        search: Some(text("q")).filter(|typed| !holds_individual_number(typed)).unwrap_or_default(),
        filter: FILTERS.iter().find(|(_, code, _)| *code == text("show")).map(|(filter, ..)| *filter),
        sort: sort.unwrap_or_default(),
        descending: text("order") == "desc",
        page: text("page").parse().unwrap_or(1).max(1),
    }
}

/// The list's address in the state `query`; what is as at the beginning is left out.
pub(super) fn address(query: &PeopleQuery) -> String {
    let mut pairs: Vec<(&str, String)> =
        vec![("q", query.search.clone()), ("show", query.filter.map(filter_code).unwrap_or_default().to_owned())];
    pairs.extend(order_pairs(query).map(|(name, value)| (name, value.to_owned())));
    if query.page > 1 {
        pairs.push(("page", query.page.to_string()));
    }
    let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish();
    let path = Route::People.to_string();
    if text.is_empty() { path } else { format!("{path}?{text}") }
}

/// The order as it stands in the address; nothing when the list is in the order that it opens with.
pub(super) fn order_pairs(query: &PeopleQuery) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
    let first = PeopleQuery::default();
    let same = (query.sort, query.descending) == (first.sort, first.descending);
    let pairs = [("sort", sort_code(query.sort)), ("order", if query.descending { "desc" } else { "asc" })];
    pairs.into_iter().filter(move |_| !same)
}

/// The address after a click on a column's head: that column, or the other way round.
pub(super) fn sorted_by(query: &PeopleQuery, sort: PeopleSort) -> String {
    let descending = query.sort == sort && !query.descending;
    address(&PeopleQuery { sort, descending, page: 1, ..query.clone() })
}

/// The search and filter in force, each with the address without it.
pub(super) fn chips(query: &PeopleQuery) -> Vec<Chip> {
    let without = |change: fn(&mut PeopleQuery)| {
        let mut rest = query.clone();
        change(&mut rest);
        rest.page = 1;
        address(&rest)
    };
    let mut chips = Vec::new();
    if !query.search.is_empty() {
        let label = format!("検索：{}", query.search);
        chips.push(Chip { label, remove_href: without(|rest| rest.search.clear()) });
    }
    let filter = query.filter.and_then(|filter| FILTERS.iter().find(|(other, ..)| *other == filter));
    if let Some((_, _, words)) = filter {
        chips.push(Chip { label: (*words).to_owned(), remove_href: without(|rest| rest.filter = None) });
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_own_state() {
        let query = PeopleQuery {
            search: "見本 & 花子".into(),
            filter: Some(PeopleFilter::NoConsent),
            sort: PeopleSort::Until,
            descending: true,
            page: 3,
        };
        assert_eq!(from_address(&address(&query)), query);
        assert_eq!(from_address("/people"), PeopleQuery::default());
        assert_eq!(address(&PeopleQuery::default()), "/people");
        assert_eq!(sorted_by(&PeopleQuery::default(), PeopleSort::Name), "/people?sort=name&order=desc");
    }

    #[test]
    fn an_individual_number_is_not_searched_for() {
        assert_eq!(from_address("/people?q=123456789018").search, "");
        assert_eq!(from_address("/people?q=0000012345").search, "0000012345");
    }
}
