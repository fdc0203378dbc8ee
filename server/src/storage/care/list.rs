//! One page of the people whom an office is in charge of: search, filters, order.

use app::services::care::{PEOPLE_PAGE_ROWS, PeopleFilter, PeoplePage, PeopleQuery, PeopleSort, PersonRow};
use domain::{
    account::PersonName,
    care::{CareLevel, Day, NOTICE_DAYS, Validity},
    text::search_key,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::storage::{
    StoreError, Tx,
    filter::{Bind, Filter, bind_all},
    row::read_from_row,
    search::containing,
    tx::on_engine,
};

struct Listed {
    id: Uuid,
    insured_number: String,
    family_name: String,
    given_name: String,
    family_kana: String,
    given_kana: String,
    born_on: Day,
    level_code: String,
    until_day: String,
    consented: bool,
    changed: bool,
}

read_from_row!(Listed {
    id,
    insured_number,
    family_name,
    given_name,
    family_kana,
    given_kana,
    born_on,
    level_code,
    until_day,
    consented,
    changed,
});

/// A consent that neither ended nor is past its last day.
macro_rules! consented {
    () => {
        "EXISTS (SELECT 1 FROM care_consents AS c WHERE c.charge_id = care_charges.id AND c.ended_at IS NULL
             AND c.until_day >= ?)"
    };
}

/// The person has changed since the account looked last.
macro_rules! changed {
    () => {
        "EXISTS (SELECT 1 FROM care_views AS v WHERE v.account_id = ? AND v.charge_id = care_charges.id
             AND v.viewed_at < record_changed_at)"
    };
}

/// The page of the list that `query` asks for, or the last one when there are not so many. `account`: who looks.
pub async fn list(
    tx: &mut Tx,
    office_id: Uuid,
    account: Uuid,
    query: &PeopleQuery,
    today: Day,
) -> Result<PeoplePage, StoreError> {
    let everything = Filter::default().with("ended_at IS NULL").and("office_id = ?", Bind::Id(office_id));
    let filter = narrowed(everything.clone(), account, query, today);
    let all = count(tx, &everything).await?;
    let total = if filter.is_like(&everything) { all } else { count(tx, &filter).await? };
    let pages = u32::try_from(total.div_ceil(u64::from(PEOPLE_PAGE_ROWS))).unwrap_or(u32::MAX);
    let page = query.page.clamp(1, pages.max(1));
    let listed = rows(tx, filter, account, order(query.sort, query.descending), page, today).await?;
    let rows = listed.into_iter().map(|row| row.into_row(today)).collect();
    Ok(PeoplePage { rows, total, all, page })
}

fn narrowed(mut filter: Filter, account: Uuid, query: &PeopleQuery, today: Day) -> Filter {
    let search = search_key(&query.search);
    if !search.is_empty() {
        filter = filter.and(r"search_text LIKE ? ESCAPE '\'", Bind::Text(containing(&search)));
    }
    let day = |day: Day| Bind::Text(day.iso());
    let ends_within = |filter: Filter, days: i64| {
        filter.and("until_day >= ?", day(today)).and("until_day <= ?", day(today.plus_days(days)))
    };
    match query.filter {
        None => filter,
        Some(PeopleFilter::EndsIn60) => ends_within(filter, NOTICE_DAYS[0]),
        Some(PeopleFilter::EndsIn30) => ends_within(filter, NOTICE_DAYS[1]),
        Some(PeopleFilter::Expired) => filter.and("until_day < ?", day(today)).with("until_day <> ''"),
        Some(PeopleFilter::NoConsent) => filter.and(concat!("NOT ", consented!()), day(today)),
        Some(PeopleFilter::Changed) => filter.and(changed!(), Bind::Id(account)),
    }
}

/// The order's columns; the id makes it total. Each has its index.
const fn order(sort: PeopleSort, descending: bool) -> &'static str {
    match (sort, descending) {
        (PeopleSort::Name, false) => "family_kana, given_kana, id",
        (PeopleSort::Name, true) => "family_kana DESC, given_kana DESC, id DESC",
        (PeopleSort::Number, false) => "insured_number, id",
        (PeopleSort::Number, true) => "insured_number DESC, id DESC",
        (PeopleSort::Level, false) => "level_code, id",
        (PeopleSort::Level, true) => "level_code DESC, id DESC",
        (PeopleSort::Until, false) => "until_day, id",
        (PeopleSort::Until, true) => "until_day DESC, id DESC",
    }
}

async fn count(tx: &mut Tx, filter: &Filter) -> Result<u64, StoreError> {
    let sql = format!("SELECT COUNT(*) FROM care_charges WHERE {}", filter.sql());
    let count: i64 = on_engine!(tx, conn => {
        let query = sqlx::query_scalar(AssertSqlSafe(sql));
        bind_all!(query, filter).fetch_one(conn).await
    })?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The inner query picks the page's ids out of an index alone; only those rows are then read whole.
async fn rows(
    tx: &mut Tx,
    filter: Filter,
    account: Uuid,
    order: &'static str,
    page: u32,
    today: Day,
) -> Result<Vec<Listed>, StoreError> {
    let (limit, filter) = filter.numbered(i64::from(PEOPLE_PAGE_ROWS));
    let (offset, filter) = filter.numbered(i64::from(page - 1) * i64::from(PEOPLE_PAGE_ROWS));
    let condition = filter.sql();
    let place = filter.binds().len();
    let consent = consented!().replace('?', &format!("${}", place + 1));
    let changed = changed!().replace('?', &format!("${}", place + 2));
    let sql = format!(
        "SELECT id, insured_number, family_name, given_name, family_kana, given_kana, born_on, level_code, until_day,
             {consent} AS consented, {changed} AS changed
         FROM care_charges
         WHERE id IN (SELECT id FROM care_charges WHERE {condition} ORDER BY {order} LIMIT {limit} OFFSET {offset})
         ORDER BY {order}"
    );
    Ok(on_engine!(tx, conn => {
        let query = sqlx::query_as(AssertSqlSafe(sql));
        bind_all!(query, filter).bind(today.iso()).bind(account).fetch_all(conn).await
    })?)
}

impl Listed {
    fn into_row(self, today: Day) -> PersonRow {
        let name = PersonName {
            family: self.family_name,
            given: self.given_name,
            family_kana: self.family_kana,
            given_kana: self.given_kana,
        };
        let (level, until) = (CareLevel::from_code(&self.level_code), Day::parse(&self.until_day));
        PersonRow {
            id: self.id,
            insured_number: self.insured_number,
            name: name.full(),
            reading: name.reading(),
            born_on: self.born_on,
            level,
            until,
            validity: Some(Validity::of_row(level, until, today)),
            consented: self.consented,
            changed: self.changed,
        }
    }
}
