//! The state of a list in its address: read, written, and said in words.

use crate::{
    parts::Chip,
    routes::{Members, Route, query_value},
    services::accounts::{Anchor, ListQuery, SortBy, StateFilter},
};
use domain::{
    account::{AccountState, ServiceCode},
    job::Job,
};

/// The column's name in the address.
const fn code(sort: SortBy) -> &'static str {
    match sort {
        SortBy::Name => "name",
        SortBy::Services => "services",
        SortBy::Jobs => "jobs",
        SortBy::Registered => "registered",
        SortBy::SignIn => "sign-in",
    }
}

/// The filter's name in the address.
pub(super) const fn state_code(state: StateFilter) -> &'static str {
    match state {
        StateFilter::State(AccountState::Active) => "active",
        StateFilter::State(AccountState::NeverSignedIn) => "never",
        StateFilter::State(AccountState::Locked) => "locked",
        StateFilter::State(AccountState::Suspended) => "suspended",
        StateFilter::State(AccountState::Expired) => "expired",
        StateFilter::State(AccountState::Deleted) => "deleted",
        StateFilter::Dormant => "dormant",
    }
}

/// The filter in words.
pub(super) const fn state_name(state: StateFilter) -> &'static str {
    match state {
        StateFilter::State(state) => state.name(),
        StateFilter::Dormant => "90日以上ログインなし",
    }
}

/// Reads the address; what is not understood counts as not given.
pub fn from_address(address: &str) -> ListQuery {
    let (_, query) = address.split_once('?').unwrap_or((address, ""));
    let text = |name: &str| query_value(query, name).unwrap_or_default().trim().chars().take(100).collect::<String>();
    let sorts = [SortBy::Name, SortBy::Services, SortBy::Jobs, SortBy::Registered, SortBy::SignIn];
    let sort = sorts.into_iter().find(|sort| code(*sort) == text("sort"));
    ListQuery {
        search: text("q"),
        service: ServiceCode::from_code(&text("service")),
        job: Job::from_code(&text("job")),
        state: StateFilter::ALL.into_iter().find(|state| state_code(*state) == text("state")),
        registered_from: text("from"),
        registered_to: text("to"),
        sort: sort.unwrap_or_default(),
        descending: match text("order").as_str() {
            "desc" => true,
            "asc" => false,
            _ => sort.is_none(),
        },
        page: text("page").parse().unwrap_or(1).max(1),
        anchor: match (text("after").parse(), text("before").parse()) {
            (Ok(id), _) => Some(Anchor::After(id)),
            (_, Ok(id)) => Some(Anchor::Before(id)),
            _ => None,
        },
    }
}

/// The list's address in the state `query`; what is as at the beginning is left out.
pub(super) fn address(members: Members, query: &ListQuery) -> String {
    let mut pairs: Vec<(&str, String)> = vec![
        ("q", query.search.clone()),
        ("service", query.service.map(|s| s.code().to_owned()).unwrap_or_default()),
        ("job", query.job.map(|j| j.code().to_owned()).unwrap_or_default()),
        ("state", query.state.map(|s| state_code(s).to_owned()).unwrap_or_default()),
        ("from", query.registered_from.clone()),
        ("to", query.registered_to.clone()),
    ];
    pairs.extend(order_pairs(query).map(|(name, value)| (name, value.to_owned())));
    if query.page > 1 {
        pairs.push(("page", query.page.to_string()));
        match query.anchor {
            Some(Anchor::After(id)) => pairs.push(("after", id.to_string())),
            Some(Anchor::Before(id)) => pairs.push(("before", id.to_string())),
            None => {}
        }
    }
    let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish();
    let path = Route::Members(members).to_string();
    if text.is_empty() { path } else { format!("{path}?{text}") }
}

/// The file with what the list in the state `query` shows on all its pages.
pub(super) fn export_address(members: Members, query: &ListQuery) -> String {
    let list = address(members, &ListQuery { page: 1, ..query.clone() });
    let file = Route::ExportMembers(members).to_string();
    list.split_once('?').map_or(file.clone(), |(_, query)| format!("{file}?{query}"))
}

/// The order as it stands in the address; nothing when the list is in the order that it opens with.
pub(super) fn order_pairs(query: &ListQuery) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
    let first = ListQuery::default();
    let same = (query.sort, query.descending) == (first.sort, first.descending);
    let pairs = [("sort", code(query.sort)), ("order", if query.descending { "desc" } else { "asc" })];
    pairs.into_iter().filter(move |_| !same)
}

/// The address after a click on a column's head: that column, or the other way round.
pub(super) fn sorted_by(members: Members, query: &ListQuery, sort: SortBy) -> String {
    let descending = query.sort == sort && !query.descending;
    address(members, &ListQuery { sort, descending, page: 1, ..query.clone() })
}

/// The search and filters in force, each with the address without it.
pub(super) fn chips(members: Members, query: &ListQuery) -> Vec<Chip> {
    let without = |change: fn(&mut ListQuery)| {
        let mut rest = query.clone();
        change(&mut rest);
        rest.page = 1;
        address(members, &rest)
    };
    let mut chips = Vec::new();
    let mut add = |label: String, change| chips.push(Chip { label, remove_href: without(change) });
    if !query.search.is_empty() {
        add(format!("検索：{}", query.search), |q| q.search.clear());
    }
    if let Some(service) = query.service {
        add(format!("サービス種類：{}", service.name()), |q| q.service = None);
    }
    if let Some(job) = query.job {
        add(format!("職種区分：{}", job.name()), |q| q.job = None);
    }
    if let Some(state) = query.state {
        add(format!("状態：{}", state_name(state)), |q| q.state = None);
    }
    if !query.registered_from.is_empty() {
        add(format!("登録日：{}以降", query.registered_from.replace('-', "/")), |q| q.registered_from.clear());
    }
    if !query.registered_to.is_empty() {
        add(format!("登録日：{}以前", query.registered_to.replace('-', "/")), |q| q.registered_to.clear());
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_opens_with_the_newest_first_and_a_plain_address() {
        let query = from_address("/administrators");
        assert_eq!(query, ListQuery::default());
        assert_eq!(address(Members::Administrators, &query), "/administrators");
    }

    #[test]
    fn an_address_leads_back_to_its_own_state() {
        let query = ListQuery {
            search: "田中 & 鈴木".into(),
            service: ServiceCode::from_code("A7"),
            job: Some(Job::Nurse),
            state: Some(StateFilter::Dormant),
            registered_from: "2025-02-01".into(),
            sort: SortBy::Name,
            descending: false,
            page: 3,
            anchor: Some(Anchor::After(uuid::Uuid::from_u128(7))),
            ..ListQuery::default()
        };
        let address = address(Members::Administrators, &query);
        assert!(address.is_ascii() && !address.contains(' '), "{address}");
        assert_eq!(from_address(&address), query);
    }

    #[test]
    fn every_state_stands_in_the_address() {
        for state in StateFilter::ALL {
            let query = ListQuery { state: Some(state), ..ListQuery::default() };
            assert_eq!(from_address(&address(Members::Staff, &query)), query);
        }
        assert!(state_name(StateFilter::Dormant).starts_with(&domain::account::DORMANT_DAYS.to_string()));
    }

    #[test]
    fn a_second_click_on_a_head_turns_the_order_round() {
        let first = ListQuery::default();
        let by_name = sorted_by(Members::Administrators, &first, SortBy::Name);
        assert_eq!(by_name, "/administrators?sort=name&order=asc");
        let oldest = sorted_by(Members::Administrators, &first, SortBy::Registered);
        assert_eq!(oldest, "/administrators?sort=registered&order=asc");
    }
}
