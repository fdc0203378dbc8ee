//! Pages of audit records: every filter alone and together, on through the whole list and back.

use app::services::audit::{COUNTED, Cursor, Outcome, PAGE_ROWS, RecordPage, RecordQuery};
use domain::account::AccountKind;
use serde_json::json;
use server::storage::{
    audit::{Entry, Scope, append, find, newest, page},
    set_up::{has_done, has_member},
};
use uuid::Uuid;

use super::stage::{NOW, Stage, id, member, on_both_engines};

/// Office, account and ten years of work: who, action, result, target.
struct Trail {
    office: Uuid,
    tanaka: Uuid,
    sato: Uuid,
}

fn entry(office: Uuid, who: Uuid, second: i64, action: &str, result: &str) -> Entry {
    Entry {
        at: NOW.plus_seconds(second),
        request_id: "0123456789AB".to_owned(),
        office_id: Some(office),
        account_id: Some(who),
        account_kind: Some(AccountKind::Administrator),
        login_id: "NursingUserA000".to_owned(),
        certificate: "abcd".to_owned(),
        address: "192.0.2.1".to_owned(),
        screen: "A-4".to_owned(),
        action: action.to_owned(),
        target: None,
        result: result.to_owned(),
        detail: json!({}),
    }
}

async fn write(stage: &Stage, entries: &[Entry]) {
    let mut tx = stage.write().await;
    for entry in entries {
        append(&mut tx, entry).await.unwrap();
    }
    tx.commit().await.unwrap();
}

impl Trail {
    /// Two people of one office, and somebody of another who does the same.
    async fn new(stage: &Stage) -> Self {
        let tanaka = stage.administrator().await;
        let sato = member(tanaka.office_id, "NursingUserA001");
        stage.add(&sato).await.unwrap();
        Self { office: tanaka.office_id, tanaka: tanaka.id, sato: sato.id }
    }

    fn whole(&self) -> Scope {
        Scope { office_id: self.office, own: None, group: None }
    }

    async fn page(&self, stage: &Stage, scope: Scope, query: &RecordQuery) -> RecordPage {
        page(&mut stage.read().await, scope, query).await.unwrap()
    }
}

fn seqs(page: &RecordPage) -> Vec<i64> {
    page.rows.iter().map(|row| row.seq).collect()
}

on_both_engines! {
    async fn each_filter_leaves_what_it_says(stage: &Stage) {
        let t = Trail::new(stage).await;
        let (day, stranger) = (24 * 60 * 60, id());
        let person = id();
        let mut rows = vec![
            entry(t.office, t.tanaka, 0, "sign_in.password", "refused"),
            entry(t.office, t.tanaka, 1, "sign_in.password", "ok"),
            entry(t.office, t.sato, day, "account.register", "ok"),
            entry(id(), stranger, day, "account.register", "ok"),
            entry(t.office, t.sato, day + 1, "care.view", "ok"),
            entry(t.office, t.tanaka, 2 * day, "care.view", "refused"),
        ];
        rows[2].target = Some(t.tanaka);
        rows[4].target = Some(person);
        write(stage, &rows).await;
        let all = RecordQuery::default;
        let day_of = |days: i64| NOW.plus_minutes(days * 24 * 60).date_text().replace('/', "-");
        let whole = t.whole();
        let cases = [
            (whole, all(), vec![6, 5, 3, 2, 1]),
            (whole, RecordQuery { from: day_of(1), ..all() }, vec![6, 5, 3]),
            (whole, RecordQuery { to: day_of(0), ..all() }, vec![2, 1]),
            (whole, RecordQuery { from: day_of(1), to: day_of(1), ..all() }, vec![5, 3]),
            (whole, RecordQuery { login_id: "nursinguserA001".into(), ..all() }, vec![5, 3]),
            (whole, RecordQuery { login_id: "Nobody01".into(), ..all() }, vec![]),
            (whole, RecordQuery { login_id: "\0".into(), ..all() }, vec![6, 5, 3, 2, 1]),
            (whole, RecordQuery { group: "account".into(), ..all() }, vec![3]),
            (whole, RecordQuery { group: "acc".into(), ..all() }, vec![]),
            (whole, RecordQuery { outcome: Some(Outcome::Refused), ..all() }, vec![6, 1]),
            (whole, RecordQuery { outcome: Some(Outcome::Done), ..all() }, vec![5, 3, 2]),
            (whole, RecordQuery { outcome: Some(Outcome::Refused), group: "care".into(), ..all() }, vec![6]),
            (whole, RecordQuery { target: Some(person), ..all() }, vec![5]),
            (whole, RecordQuery { target: Some(id()), ..all() }, vec![]),
            (whole, RecordQuery { from: "nonsense".into(), ..all() }, vec![6, 5, 3, 2, 1]),
            (Scope { group: Some("care"), ..whole }, all(), vec![6, 5]),
            (Scope { group: Some("care"), ..whole }, RecordQuery { group: "account".into(), ..all() }, vec![6, 5]),
            (Scope { own: Some(t.sato), ..whole }, all(), vec![5, 3]),
            // Somebody who may see only the own rows cannot ask for another's.
            (Scope { own: Some(t.sato), ..whole }, RecordQuery { login_id: "NursingUserA000".into(), ..all() }, vec![5, 3]),
            (Scope { office_id: id(), ..whole }, all(), vec![]),
        ];
        for (scope, query, expected) in cases {
            let found = t.page(stage, scope, &query).await;
            assert_eq!(seqs(&found), expected, "{scope:?} {query:?}");
            assert_eq!(found.total, Some(expected.len() as u64), "{query:?}");
            assert_eq!((found.newer, found.older, found.own_only), (false, false, scope.own.is_some()), "{query:?}");
        }
        let mut tx = stage.read().await;
        assert_eq!(find(&mut tx, whole, 3).await.unwrap().unwrap().target, "NursingUserA000 田中 蓮");
        assert_eq!(find(&mut tx, whole, 4).await.unwrap(), None, "another office's");
        assert_eq!(find(&mut tx, Scope { own: Some(t.sato), ..whole }, 1).await.unwrap(), None, "another person's");
        assert_eq!(find(&mut tx, Scope { group: Some("care"), ..whole }, 3).await.unwrap(), None);
        assert_eq!(newest(&mut tx, whole, &all(), 2).await.unwrap().len(), 2);
    }

    async fn an_account_of_another_office_is_not_named(stage: &Stage) {
        let t = Trail::new(stage).await;
        let other = stage.administrator_of(stage.office().await.id, "NursingUserB000").await;
        let mut row = entry(t.office, t.tanaka, 0, "account.change", "ok");
        row.target = Some(other);
        write(stage, &[row]).await;
        assert_eq!(t.page(stage, t.whole(), &RecordQuery::default()).await.rows[0].target, "");
    }

    async fn pages_lead_through_the_whole_list_and_back(stage: &Stage) {
        let t = Trail::new(stage).await;
        // Every other record at the same moment as its neighbour: the number then decides.
        let rows: Vec<Entry> =
            (0..i64::from(PAGE_ROWS) * 2 + 20).map(|n| entry(t.office, t.tanaka, n / 2, "session.end", "ok")).collect();
        write(stage, &rows).await;
        let count = rows.len();
        let (mut query, mut forth) = (RecordQuery::default(), Vec::new());
        loop {
            let found = t.page(stage, t.whole(), &query).await;
            assert_eq!((found.total, found.newer), (Some(count as u64), !forth.is_empty()));
            forth.extend(seqs(&found));
            if !found.older {
                break;
            }
            query.cursor = found.rows.last().map(|row| Cursor::Older(row.place()));
        }
        let expected: Vec<i64> = (1..=i64::try_from(count).unwrap()).rev().collect();
        assert_eq!(forth, expected);

        let last = t.page(stage, t.whole(), &query).await;
        query.cursor = last.rows.first().map(|row| Cursor::Newer(row.place()));
        let middle = t.page(stage, t.whole(), &query).await;
        assert_eq!((seqs(&middle), middle.newer, middle.older), (expected[50..100].to_vec(), true, true));
        query.cursor = middle.rows.first().map(|row| Cursor::Newer(row.place()));
        let first = t.page(stage, t.whole(), &query).await;
        assert_eq!((seqs(&first), first.newer, first.older), (expected[..50].to_vec(), false, true));
        // A page before the first is filled up from the newest on.
        query.cursor = first.rows.get(10).map(|row| Cursor::Newer(row.place()));
        assert_eq!(seqs(&t.page(stage, t.whole(), &query).await), expected[..50].to_vec());
    }

    async fn what_is_too_much_to_count_is_not_counted(stage: &Stage) {
        let t = Trail::new(stage).await;
        let rows: Vec<Entry> =
            (0..i64::try_from(COUNTED).unwrap()).map(|n| entry(t.office, t.tanaka, n, "session.end", "ok")).collect();
        write(stage, &rows[1..]).await;
        assert_eq!(t.page(stage, t.whole(), &RecordQuery::default()).await.total, Some(COUNTED - 1));
        write(stage, &rows[..1]).await;
        assert_eq!(t.page(stage, t.whole(), &RecordQuery::default()).await.total, None);
    }

    async fn the_facts_of_a_record_are_told_one_by_one(stage: &Stage) {
        let t = Trail::new(stage).await;
        let mut row = entry(t.office, t.tanaka, 0, "care.view", "ok");
        row.detail = json!({ "items": ["a", "b"], "purpose": "care_plan", "count": 2, "none": null });
        write(stage, &[row]).await;
        let record = t.page(stage, t.whole(), &RecordQuery::default()).await.rows.remove(0);
        assert_eq!(record.fact("items"), ["a", "b"]);
        assert_eq!((record.fact("purpose"), record.fact("count")), (&["care_plan".to_owned()][..], &["2".to_owned()][..]));
        assert!(record.fact("none").is_empty() && record.fact("nothing").is_empty());
        assert_eq!((record.name.as_str(), record.login_id.as_str()), ("田中 蓮", "NursingUserA000"));
    }

    async fn a_first_time_counts_only_when_it_succeeded_and_in_the_own_office(stage: &Stage) {
        let t = Trail::new(stage).await;
        let done = async |action: &str| {
            let group = action.split_once('.').unwrap().0;
            has_done(&mut stage.read().await, t.office, group, action).await.unwrap()
        };
        write(stage, &[
            entry(id(), id(), 0, "terminal.register", "ok"),
            entry(t.office, t.tanaka, 0, "terminal.register", "refused"),
            entry(t.office, t.tanaka, 0, "terminal.delete", "ok"),
        ]).await;
        assert!(!done("terminal.register").await);
        write(stage, &[entry(t.office, t.tanaka, 1, "terminal.register", "ok")]).await;
        assert!(done("terminal.register").await && !done("care.identify").await);
        let mut tx = stage.read().await;
        assert!(has_member(&mut tx, t.office, AccountKind::Administrator).await.unwrap());
        assert!(!has_member(&mut tx, t.office, AccountKind::Staff).await.unwrap());
        assert!(!has_member(&mut tx, id(), AccountKind::Administrator).await.unwrap());
    }
}
