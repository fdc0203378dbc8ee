use std::collections::BTreeSet;

use app::services::accounts::{AccountPage, Anchor, ListQuery, PAGE_ROWS, SortBy};
use domain::{
    Timestamp,
    account::{AccountKind, AccountState, ContactRule, MemberForm, ServiceCode},
    job::Job,
    sign_in::Failures,
};
use server::storage::{
    accounts::{Account, list, mark_deleted, update_profile},
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

/// The first account of the list.
async fn plain_first(stage: &Stage, office: Uuid) -> Uuid {
    listed(stage, office, &ListQuery::default()).await.rows[0].id
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
            ("き", vec![T3, S2]),
            ("蓮", vec![T1]),
            ("i", vec![S2]),
            ("れ", vec![T1]),
            ("3", vec![T3]),
            ("かな", vec![]),
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

    async fn pages_lie_beside_each_other_whatever_happens_before_them(stage: &Stage) {
        let office = stage.office().await.id;
        for number in 0..PAGE_ROWS * 4 {
            let created_at = NOW.plus_seconds(i64::from(number / 3));
            let name = name("田中", "蓮", ["たなか", "すずき"][number as usize % 2], "れん");
            stage.add(&Account { name: Some(name), created_at, ..member(office, &format!("member{number:03}")) }).await.unwrap();
        }
        for sort in [SortBy::Name, SortBy::Services, SortBy::Jobs, SortBy::Registered] {
            for descending in [false, true] {
                let at = async |page, anchor| listed(stage, office, &ListQuery { page, anchor, ..sorted(sort, descending) }).await;
                let plain = [at(1, None).await, at(2, None).await, at(3, None).await, at(4, None).await];
                for (n, page) in (1_u32..).zip(&plain) {
                    let (first, last) = (page.rows[0].id, page.rows.last().unwrap().id);
                    if let Some(next) = plain.get(n as usize) {
                        assert_eq!(at(n + 1, Some(Anchor::After(last))).await, *next, "{sort:?} {descending} {n}");
                    }
                    if n > 1 {
                        assert_eq!(at(n - 1, Some(Anchor::Before(first))).await, plain[n as usize - 2], "{sort:?} {descending} {n}");
                    }
                }
            }
        }
        let second = ListQuery { page: 2, ..ListQuery::default() };
        let shown = listed(stage, office, &second).await;
        let (first, last) = (shown.rows[0].id, shown.rows.last().unwrap().id);
        let expected = listed(stage, office, &ListQuery { page: 3, ..ListQuery::default() }).await;
        stage.add(&Account { created_at: NOW.plus_minutes(5), ..member(office, "newcomer") }).await.unwrap();
        let mut tx = stage.write().await;
        mark_deleted(&mut tx, office, AccountKind::Administrator, last, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let third = ListQuery { page: 3, anchor: Some(Anchor::After(last)), ..ListQuery::default() };
        assert_eq!(ids(&listed(stage, office, &third).await), ids(&expected), "nobody is skipped, nobody comes twice");
        // Not a whole page lies before it any more, or the account is none of this list: counted as usual.
        let whole = listed(stage, office, &second).await;
        for anchor in [Anchor::Before(plain_first(stage, office).await), Anchor::After(Uuid::nil()), Anchor::Before(stage.administrator().await.id)] {
            let page = listed(stage, office, &ListQuery { page: 2, anchor: Some(anchor), ..ListQuery::default() }).await;
            assert_eq!(ids(&page), ids(&whole));
        }
        let first_page = ListQuery { page: 1, anchor: Some(Anchor::After(first)), ..ListQuery::default() };
        assert_eq!(ids(&listed(stage, office, &first_page).await)[0], "newcomer", "the first page begins at the beginning");
    }

    async fn what_changes_is_counted_and_found_anew(stage: &Stage) {
        let office = three(stage).await;
        let other = stage.administrator().await.office_id;
        let id = listed(stage, office, &search("すずき")).await.rows[0].id;
        let profile = MemberForm { family_name: "鈴本".into(), family_kana: "すずもと".into(), ..stage.form_of(id).await };
        let profile = profile.validate(ContactRule::EitherRequired).unwrap();
        let mut tx = stage.write().await;
        assert!(update_profile(&mut tx, office, id, 1, &profile, NOW).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(listed(stage, office, &search("すずき")).await.total, 0);
        assert_eq!(ids(&listed(stage, office, &search("ずもと")).await), [S2]);
        assert_eq!(listed(stage, other, &search("ずもと")).await.total, 0, "each office has its own");
        let page = listed(stage, office, &ListQuery { page: 1, ..search("た") }).await;
        assert_eq!((page.total, page.all), (2, 3));

        stage.raw("UPDATE accounts SET kind = 'staff' WHERE login_id_key = 'tanaka01'").await.unwrap();
        assert_eq!(listed(stage, office, &ListQuery::default()).await.all, 2);
        stage.raw("UPDATE accounts SET deleted_at = 1 WHERE login_id_key = 'tanaka03'").await.unwrap();
        assert_eq!((listed(stage, office, &search("たなか")).await.total, listed(stage, office, &search("")).await.all), (0, 1));
        stage.raw("UPDATE accounts SET deleted_at = NULL WHERE login_id_key = 'tanaka03'").await.unwrap();
        assert_eq!((listed(stage, office, &search("たなか")).await.total, listed(stage, office, &search("")).await.all), (1, 2));
        assert_eq!(listed(stage, other, &ListQuery::default()).await.all, 1);
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
