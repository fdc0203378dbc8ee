use std::collections::BTreeSet;

use app::services::accounts::{AccountPage, ListQuery, PAGE_ROWS, SortBy};
use domain::{
    Timestamp,
    account::{AccountKind, AccountState, ServiceCode},
    job::Job,
    sign_in::Failures,
};
use server::storage::{
    accounts::{Account, list, mark_deleted},
    guards::{self, Scope},
};
use uuid::Uuid;

use super::stage::{NOW, Stage, member, name, office_user, on_both_engines, services};

async fn listed(stage: &Stage, office: Uuid, query: &ListQuery) -> AccountPage {
    list(&mut stage.read().await, office, AccountKind::Administrator, query, NOW).await.unwrap()
}

fn ids(page: &AccountPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.login_id.as_str()).collect()
}

fn search(search: &str) -> ListQuery {
    ListQuery { search: search.to_owned(), ..ListQuery::default() }
}

fn sorted(sort: SortBy, descending: bool) -> ListQuery {
    ListQuery { sort, descending, ..ListQuery::default() }
}

fn days(from: &str, to: &str) -> ListQuery {
    ListQuery { registered_from: from.to_owned(), registered_to: to.to_owned(), ..ListQuery::default() }
}

/// Three administrators, registered in this order, a second apart.
async fn three(stage: &Stage) -> Uuid {
    let office = stage.office().await.id;
    let people = [
        ("tanaka01", name("田中", "蓮", "たなか", "れん"), &["16", "A7"], [Job::Nurse, Job::Clerk]),
        ("suzuki_02", name("鈴木", "葵", "すずき", "あおい"), &["43", "A7"], [Job::CareManager, Job::Other]),
        ("tanaka03", name("田中", "樹", "たなか", "いつき"), &["15", "16"], [Job::Nurse, Job::Physician]),
    ];
    for (second, (login_id, name, codes, jobs)) in (0..).zip(people) {
        let account = Account {
            name: Some(name),
            services: services(codes),
            jobs: BTreeSet::from(jobs),
            created_at: NOW.plus_seconds(second),
            ..member(office, &login_id.replace('_', "x"))
        };
        stage.add(&account).await.unwrap();
    }
    office
}

const T1: &str = "tanaka01";
const S2: &str = "suzukix02";
const T3: &str = "tanaka03";

on_both_engines! {
    async fn an_empty_list_is_one_empty_page(stage: &Stage) {
        let office = stage.office().await.id;
        let page = listed(stage, office, &ListQuery { page: 9, ..ListQuery::default() }).await;
        assert_eq!(page, AccountPage { rows: Vec::new(), total: 0, all: 0, page: 1 });
    }

    async fn rows_show_everything_and_the_newest_come_first(stage: &Stage) {
        let office = three(stage).await;
        let page = listed(stage, office, &ListQuery::default()).await;
        assert_eq!(ids(&page), [T3, S2, T1]);
        assert_eq!((page.total, page.all, page.page), (3, 3, 1));
        let row = &page.rows[2];
        assert_eq!((row.name.as_str(), row.reading.as_str()), ("田中 蓮", "たなか れん"));
        assert_eq!(row.services, services(&["16", "A7"]));
        assert_eq!(row.jobs, BTreeSet::from([Job::Nurse, Job::Clerk]));
        assert_eq!((row.registered_at, row.state), (NOW, AccountState::NeverSignedIn));
    }

    async fn only_ones_own_office_and_kind_are_listed(stage: &Stage) {
        let office = three(stage).await;
        stage.add(&office_user(office, "KJ123456789012")).await.unwrap();
        let staff = Account { kind: AccountKind::Staff, ..member(office, "staff001") };
        stage.add(&staff).await.unwrap();
        stage.administrator().await;
        assert_eq!(listed(stage, office, &ListQuery::default()).await.all, 3);
        let kind = AccountKind::Office;
        let page = list(&mut stage.read().await, office, kind, &search("kj1234"), NOW).await.unwrap();
        assert_eq!((ids(&page), page.rows[0].name.as_str()), (vec!["KJ123456789012"], ""));
    }

    async fn deleted_accounts_are_not_listed(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.write().await;
        mark_deleted(&mut tx, account.office_id, account.kind, account.id, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let page = listed(stage, account.office_id, &ListQuery::default()).await;
        assert_eq!((page.rows.len(), page.total, page.all), (0, 0, 0));
    }

    async fn search_looks_into_id_kanji_and_reading_of_any_width(stage: &Stage) {
        let office = three(stage).await;
        for (words, found) in [
            ("TANAKA0", vec![T3, T1]),
            ("ｔａｎａｋａ０１", vec![T1]),
            ("田中", vec![T3, T1]),
            ("田中　蓮", vec![T1]),
            ("ﾀﾅｶ ﾚﾝ", vec![T1]),
            ("ずき", vec![S2]),
            ("佐藤", vec![]),
            ("", vec![T3, S2, T1]),
        ] {
            let page = listed(stage, office, &search(words)).await;
            assert_eq!(ids(&page), found, "{words}");
            assert_eq!((page.total, page.all), (found.len() as u64, 3), "{words}");
        }
    }

    async fn wildcards_and_nonsense_are_only_text(stage: &Stage) {
        let office = three(stage).await;
        let long = "た".repeat(60_000);
        for words in ["%", "_", "t_naka", "\\", "tanaka%", "' OR 1=1 --", "$1", "?", "\n", long.as_str()] {
            let expected = if words.trim().is_empty() { 3 } else { 0 };
            assert_eq!(listed(stage, office, &search(words)).await.total, expected, "{words:.20}");
        }
        assert_eq!(listed(stage, office, &search("tana\0ka")).await.total, 2);
    }

    async fn filters_narrow_together(stage: &Stage) {
        let office = three(stage).await;
        let service = ServiceCode::from_code("A7");
        let by_service = ListQuery { service, ..ListQuery::default() };
        assert_eq!(ids(&listed(stage, office, &by_service).await), [S2, T1]);
        let by_job = ListQuery { job: Some(Job::Nurse), ..ListQuery::default() };
        assert_eq!(ids(&listed(stage, office, &by_job).await), [T3, T1]);
        let both = ListQuery { service, job: Some(Job::Nurse), search: "たなか".into(), ..ListQuery::default() };
        assert_eq!(ids(&listed(stage, office, &both).await), [T1]);
    }

    async fn registration_days_are_those_of_japan(stage: &Stage) {
        let office = stage.office().await.id;
        let last_micro = Timestamp::from_micros(NOW.plus_minutes(24 * 60).micros() - 1);
        for (login_id, created_at) in
            [("before1", Timestamp::from_micros(NOW.micros() - 1)), ("first01", NOW), ("last001", last_micro)]
        {
            stage.add(&Account { created_at, ..member(office, login_id) }).await.unwrap();
        }
        for (from, to, found) in [
            ("2025-02-07", "2025-02-07", vec!["last001", "first01"]),
            ("2025-02-07", "", vec!["last001", "first01"]),
            ("", "2025-02-06", vec!["before1"]),
            ("2025-02-08", "", vec![]),
            ("2025-02-30", "yesterday", vec!["last001", "first01", "before1"]),
            ("0000-01-01", "9999-12-31", vec!["last001", "first01", "before1"]),
        ] {
            assert_eq!(ids(&listed(stage, office, &days(from, to)).await), found, "{from} {to}");
        }
    }

    async fn each_order_works_both_ways(stage: &Stage) {
        let office = three(stage).await;
        for (sort, upwards) in [
            (SortBy::Name, [S2, T3, T1]),
            (SortBy::Services, [T3, T1, S2]),
            (SortBy::Registered, [T1, S2, T3]),
        ] {
            let mut expected = upwards;
            assert_eq!(ids(&listed(stage, office, &sorted(sort, false)).await), expected, "{sort:?}");
            expected.reverse();
            assert_eq!(ids(&listed(stage, office, &sorted(sort, true)).await), expected, "{sort:?}");
        }
        // Both nurses have the same first job: their ids, which grow with time, decide.
        assert_eq!(ids(&listed(stage, office, &sorted(SortBy::Jobs, false)).await)[0], S2);
        assert_eq!(ids(&listed(stage, office, &sorted(SortBy::Jobs, true)).await)[2], S2);
    }

    async fn pages_are_complete_disjoint_and_end_with_the_last(stage: &Stage) {
        let office = stage.office().await.id;
        let count = PAGE_ROWS * 2 + 3;
        for number in 0..count {
            // All alike but for the id: only the tie-break orders them.
            stage.add(&member(office, &format!("member{number:03}"))).await.unwrap();
        }
        for sort in [SortBy::Name, SortBy::Services, SortBy::Jobs, SortBy::Registered] {
            let mut seen = BTreeSet::new();
            for page in 1..=3 {
                let page = listed(stage, office, &ListQuery { page, ..sorted(sort, false) }).await;
                assert_eq!((page.total, page.all), (u64::from(count), u64::from(count)));
                seen.extend(page.rows.into_iter().map(|row| row.id));
            }
            assert_eq!(seen.len(), count as usize, "{sort:?}");
        }
        for (asked, shown, rows) in [(0, 1, PAGE_ROWS), (3, 3, 3), (4, 3, 3), (u32::MAX, 3, 3)] {
            let page = listed(stage, office, &ListQuery { page: asked, ..ListQuery::default() }).await;
            assert_eq!((page.page, page.rows.len()), (shown, rows as usize));
        }
    }

    async fn states_are_those_of_the_present(stage: &Stage) {
        let office = stage.office().await.id;
        let signed_in = |login_id| Account { last_sign_in_at: Some(NOW), ..member(office, login_id) };
        let (soon, past) = (Some(NOW.plus_seconds(1)), Some(NOW.plus_seconds(-1)));
        let accounts = [
            (member(office, "never01"), AccountState::NeverSignedIn),
            (signed_in("active1"), AccountState::Active),
            (signed_in("Locked1"), AccountState::Locked),
            (Account { expires_at: soon, ..signed_in("ending1") }, AccountState::Active),
            (Account { expires_at: Some(NOW), ..signed_in("expired") }, AccountState::Expired),
            (Account { suspended_at: past, expires_at: past, ..signed_in("suspended") }, AccountState::Suspended),
        ];
        let mut tx = stage.write().await;
        for (key, until) in [("locked1", soon), ("expired", soon), ("suspended", soon), ("active1", past)] {
            let failures = Failures { count: 0, locks: 1, locked_until: until };
            guards::put(&mut tx, Scope::LoginId, key, &failures, NOW).await.unwrap();
        }
        // The same key in another scope must neither lock nor double a row.
        let failures = Failures { count: 0, locks: 1, locked_until: soon };
        guards::put(&mut tx, Scope::Address, "active1", &failures, NOW).await.unwrap();
        tx.commit().await.unwrap();
        for (account, _) in &accounts {
            stage.add(account).await.unwrap();
        }
        let page = listed(stage, office, &ListQuery::default()).await;
        assert_eq!(page.rows.len(), accounts.len());
        for row in &page.rows {
            let (_, expected) = accounts.iter().find(|(account, _)| account.id == row.id).unwrap();
            assert_eq!(row.state, *expected, "{}", row.login_id);
        }
    }
}
