//! What administrators decide about an account, and who is left.

use app::services::accounts::{ListQuery, SortBy, StateFilter};
use domain::{
    account::{AccountKind, AccountState, Standing, days_before},
    sign_in::Failures,
};
use secrecy::ExposeSecret;
use server::storage::{
    accounts::{Account, has_other_administrator, issue_password, list, mark_deleted, set_kind, set_standing},
    guards::{self, Scope},
};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::stage::{NOW, Stage, member, on_both_engines};

fn decided() -> Standing {
    Standing {
        locked_at: Some(NOW.plus_seconds(1)),
        suspended_at: Some(NOW.plus_seconds(2)),
        expires_at: Some(NOW.plus_seconds(3)),
        ..Standing::default()
    }
}

async fn listed(stage: &Stage, office: Uuid, state: StateFilter) -> Vec<String> {
    let query = ListQuery { state: Some(state), sort: SortBy::SignIn, descending: false, ..ListQuery::default() };
    let page = list(&mut stage.read().await, office, AccountKind::Administrator, &query, NOW).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64, "{state:?}");
    page.rows.into_iter().map(|row| row.login_id).collect()
}

on_both_engines! {
    async fn what_is_decided_is_stored_and_counts_the_version_up(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.write().await;
        assert!(set_standing(&mut tx, &account, &decided()).await.unwrap());
        tx.commit().await.unwrap();
        let stored = stage.stored(account.id).await;
        assert_eq!(stored.standing(&Failures::default()), decided());
        assert_eq!((stored.version, stored.changed_at), (2, account.changed_at), "what its form says is as before");
    }

    async fn a_stale_a_foreign_and_a_deleted_account_are_left_alone(stage: &Stage) {
        let account = stage.administrator().await;
        let stale = Account { version: 7, ..account.clone() };
        let foreign = Account { office_id: stage.office().await.id, ..account.clone() };
        let other_kind = Account { kind: AccountKind::Staff, ..account.clone() };
        for wrong in [&stale, &foreign, &other_kind] {
            let mut tx = stage.write().await;
            assert!(!set_standing(&mut tx, wrong, &decided()).await.unwrap());
            assert!(!set_kind(&mut tx, wrong, AccountKind::Staff).await.unwrap());
            assert!(!issue_password(&mut tx, wrong, &"$argon2id$new".into(), NOW).await.unwrap());
            tx.commit().await.unwrap();
        }
        assert_eq!(stage.stored(account.id).await.version, 1);
        let mut tx = stage.write().await;
        mark_deleted(&mut tx, account.office_id, account.kind, account.id, NOW).await.unwrap();
        let deleted = Account { version: 2, ..account };
        assert!(!set_standing(&mut tx, &deleted, &decided()).await.unwrap());
        assert!(!set_kind(&mut tx, &deleted, AccountKind::Staff).await.unwrap());
    }

    async fn of_two_decisions_at_once_one_is_taken(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tasks = JoinSet::new();
        for _ in 0..10 {
            let (db, account) = (stage.db.clone(), account.clone());
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                let done = set_standing(&mut tx, &account, &decided()).await.unwrap();
                tx.commit().await.unwrap();
                done
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|done| *done).count(), 1);
    }

    async fn an_issued_password_brings_a_deleted_account_back(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.write().await;
        mark_deleted(&mut tx, account.office_id, account.kind, account.id, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let deleted = stage.stored(account.id).await;
        let mut tx = stage.write().await;
        assert!(issue_password(&mut tx, &deleted, &"$argon2id$new".into(), NOW.plus_minutes(9)).await.unwrap());
        assert!(!issue_password(&mut tx, &deleted, &"$argon2id$newer".into(), NOW).await.unwrap(), "once");
        tx.commit().await.unwrap();
        let stored = stage.stored(account.id).await;
        assert_eq!((stored.deleted_at, stored.version, stored.password_initial), (None, 3, true));
        assert_eq!(stored.password_expires_at, Some(NOW.plus_minutes(9)));
        assert_eq!(stored.password_hash.expose_secret(), "$argon2id$new");
    }

    async fn an_account_changes_sides(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.write().await;
        assert!(set_kind(&mut tx, &account, AccountKind::Staff).await.unwrap());
        tx.commit().await.unwrap();
        let stored = stage.stored(account.id).await;
        assert_eq!((stored.kind, stored.version), (AccountKind::Staff, 2));
    }

    async fn only_administrators_that_can_be_used_count(stage: &Stage) {
        let account = stage.administrator().await;
        let office = account.office_id;
        let past = Some(NOW.plus_seconds(-1));
        let others = [
            Account { kind: AccountKind::Staff, ..member(office, "staff01") },
            Account { suspended_at: past, ..member(office, "suspended") },
            Account { locked_at: past, ..member(office, "locked1") },
            Account { expires_at: Some(NOW), ..member(office, "expired") },
            Account { deleted_at: past, ..member(office, "deleted") },
        ];
        for other in &others {
            stage.add(other).await.unwrap();
        }
        stage.add(&member(stage.office().await.id, "elsewhere")).await.unwrap();
        let left = async || has_other_administrator(&mut stage.read().await, office, account.id, NOW).await.unwrap();
        assert!(!left().await);
        stage.add(&Account { expires_at: Some(NOW.plus_seconds(1)), ..member(office, "ending1") }).await.unwrap();
        assert!(left().await);
    }

    async fn each_filter_finds_what_the_list_shows_in_that_state(stage: &Stage) {
        let office = stage.office().await.id;
        let (past, soon) = (Some(NOW.plus_seconds(-1)), Some(NOW.plus_seconds(1)));
        let ago = |days| Some(days_before(NOW, days));
        let signed_in = |login_id| Account { last_sign_in_at: past, ..member(office, login_id) };
        let accounts = [
            member(office, "never01"),
            Account { created_at: days_before(NOW, 90), ..member(office, "never90") },
            signed_in("active1"),
            Account { expires_at: soon, ..signed_in("ending1") },
            Account { last_sign_in_at: ago(90), ..member(office, "dormant") },
            Account { last_sign_in_at: ago(89), ..member(office, "resting") },
            Account { locked_at: past, ..signed_in("byhand1") },
            signed_in("Guessed1"),
            Account { suspended_at: past, locked_at: past, expires_at: past, ..signed_in("suspended") },
            Account { expires_at: Some(NOW), locked_at: past, ..signed_in("expired") },
            Account { deleted_at: ago(29), suspended_at: past, ..signed_in("deleted") },
            Account { deleted_at: ago(30), ..signed_in("forgotten") },
        ];
        for account in &accounts {
            stage.add(account).await.unwrap();
        }
        let mut tx = stage.write().await;
        for (scope, key, until) in [
            (Scope::LoginId, "guessed1", soon),
            (Scope::LoginId, "active1", past),
            (Scope::LoginId, "expired", soon),
            (Scope::Address, "active1", soon),
        ] {
            let failures = Failures { count: 0, locks: 1, locked_until: until };
            guards::put(&mut tx, scope, key, &failures, NOW).await.unwrap();
        }
        tx.commit().await.unwrap();

        use AccountState::{Active, Deleted, Expired, Locked, NeverSignedIn, Suspended};
        for (state, found) in [
            (StateFilter::State(Active), vec!["dormant", "resting", "active1", "ending1"]),
            (StateFilter::State(NeverSignedIn), vec!["never01", "never90"]),
            (StateFilter::State(Locked), vec!["byhand1", "Guessed1"]),
            (StateFilter::State(Suspended), vec!["suspended"]),
            (StateFilter::State(Expired), vec!["expired"]),
            (StateFilter::State(Deleted), vec!["deleted"]),
            (StateFilter::Dormant, vec!["never90", "dormant"]),
        ] {
            let mut got = listed(stage, office, state).await;
            let mut found: Vec<String> = found.into_iter().map(str::to_owned).collect();
            got.sort();
            found.sort();
            assert_eq!(got, found, "{state:?}");
            let query = ListQuery { state: Some(state), ..ListQuery::default() };
            let page = list(&mut stage.read().await, office, AccountKind::Administrator, &query, NOW).await.unwrap();
            assert_eq!(page.all, 10, "without filters: all that are not deleted");
            if let StateFilter::State(state) = state {
                assert!(page.rows.iter().all(|row| row.state == state), "{state:?}");
            }
        }
    }

    async fn a_filter_works_with_search_and_pages(stage: &Stage) {
        let office = stage.office().await.id;
        for number in 0..25 {
            let suspended_at = (number % 5 != 0).then_some(NOW);
            stage.add(&Account { suspended_at, ..member(office, &format!("member{number:03}")) }).await.unwrap();
        }
        let state = Some(StateFilter::State(AccountState::Suspended));
        let page = async |query: ListQuery| {
            list(&mut stage.read().await, office, AccountKind::Administrator, &query, NOW).await.unwrap()
        };
        let found = page(ListQuery { state, search: "member01".into(), ..ListQuery::default() }).await;
        assert_eq!((found.total, found.rows.len()), (8, 8));
        let first = page(ListQuery { state, ..ListQuery::default() }).await;
        assert_eq!((first.total, first.all, first.rows.len()), (20, 25, 20));
    }

    async fn who_never_signed_in_comes_first_and_last(stage: &Stage) {
        let office = stage.office().await.id;
        let people = [("never01", None), ("early01", Some(NOW)), ("late001", Some(NOW.plus_seconds(1)))];
        for (login_id, last_sign_in_at) in people {
            stage.add(&Account { last_sign_in_at, ..member(office, login_id) }).await.unwrap();
        }
        let ordered = async |descending| {
            let query = ListQuery { sort: SortBy::SignIn, descending, ..ListQuery::default() };
            let page = list(&mut stage.read().await, office, AccountKind::Administrator, &query, NOW).await.unwrap();
            page.rows.into_iter().map(|row| row.login_id).collect::<Vec<_>>()
        };
        assert_eq!(ordered(false).await, ["never01", "early01", "late001"]);
        assert_eq!(ordered(true).await, ["late001", "early01", "never01"]);
    }
}
