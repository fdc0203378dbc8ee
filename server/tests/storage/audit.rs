use app::services::audit::RecordQuery;
use domain::account::AccountKind;
use serde_json::json;
use server::storage::{
    audit::{Anchor, Entry, Flaw, Scope as Reach, Verified, VerifyError, append, check_anchor, end, page, verify},
    guards::{Scope, get},
};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::stage::{NOW, Stage, id, on_both_engines};
use crate::support::Engine;

fn entry(office_id: Option<Uuid>, second: i64) -> Entry {
    Entry {
        at: NOW.plus_seconds(second),
        request_id: "01JKF0".to_owned(),
        office_id,
        account_id: Some(id()),
        account_kind: Some(AccountKind::Office),
        login_id: "KJ123456789012".to_owned(),
        certificate: "ab:cd".to_owned(),
        address: "192.0.2.1".to_owned(),
        screen: "D-3".to_owned(),
        action: "account.register".to_owned(),
        target: Some(id()),
        result: "ok".to_owned(),
        detail: json!({ "z": 1, "a": [0.1, null, "氏名\u{0}"], "m": { "y": true, "b": -0.0 } }),
    }
}

async fn written(stage: &Stage, count: i64) -> Vec<Entry> {
    let mut entries = Vec::new();
    for second in 0..count {
        let mut tx = stage.write().await;
        entries.push(entry(None, second));
        append(&mut tx, &entries[entries.len() - 1]).await.unwrap();
        tx.commit().await.unwrap();
    }
    entries
}

/// Five rows, then SQL that an intruder with full access to the database might run; where the check stops.
async fn broken_by(stage: &Stage, sql: &str) -> (i64, Flaw) {
    written(stage, 5).await;
    assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 5 });
    let unlock = match stage.engine {
        Engine::Sqlite => "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;",
        Engine::Postgres => "DROP TRIGGER audit_no_change ON audit;",
    };
    stage.raw(&format!("{unlock} {sql}")).await.unwrap();
    match verify(&stage.db).await {
        Err(VerifyError::Broken { seq, why }) => (seq, why),
        other => panic!("not found: {other:?}"),
    }
}

const COPY: &str = "at, request_id, office_id, account_id, account_kind, login_id, certificate, address, screen,
    action, target, result, detail, hash";

on_both_engines! {
    async fn an_empty_trail_is_whole(stage: &Stage) {
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 0 });
    }

    async fn an_office_sees_its_own_rows_the_newest_first(stage: &Stage) {
        let (ours, theirs) = (id(), id());
        let rows = [entry(Some(ours), 0), entry(Some(theirs), 1), entry(Some(ours), 2), entry(None, 3)];
        let mut tx = stage.write().await;
        for row in &rows {
            append(&mut tx, row).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = stage.read().await;
        let found = page(&mut tx, Reach { office_id: ours, own: None, group: None }, &RecordQuery::default()).await.unwrap();
        let listed: Vec<_> = found.rows.iter().map(|row| (row.seq, row.at, row.action.as_str())).collect();
        assert_eq!(listed, [(3, NOW.plus_seconds(2), "account.register"), (1, NOW, "account.register")]);
    }

    async fn rows_of_an_undone_change_do_not_exist(stage: &Stage) {
        let mut tx = stage.write().await;
        append(&mut tx, &entry(None, 0)).await.unwrap();
        drop(tx);
        written(stage, 1).await;
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 1 });
    }

    async fn rows_cannot_be_changed_or_deleted(stage: &Stage) {
        written(stage, 2).await;
        for sql in ["UPDATE audit SET result = 'no'", "DELETE FROM audit", "DELETE FROM audit_head"] {
            let refused = stage.raw(sql).await.unwrap_err().to_string();
            assert!(refused.contains("audit"), "{refused}");
        }
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 2 });
    }

    async fn rows_appended_in_parallel_make_one_chain(stage: &Stage) {
        let servers = [stage.db.clone(), stage.second_server().await];
        let mut tasks = JoinSet::new();
        for task in 0..100 {
            let db = servers[task % 2].clone();
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                append(&mut tx, &entry(None, 0)).await.unwrap();
                append(&mut tx, &entry(None, 1)).await.unwrap();
                tx.commit().await.unwrap();
            });
        }
        tasks.join_all().await;
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 200 });
    }

    // The trail's end is taken last whatever the order of the calls, so no two transactions wait for each other.
    async fn appending_before_locking_cannot_end_in_a_deadlock(stage: &Stage) {
        let mut tasks = JoinSet::new();
        for task in 0..40 {
            let db = stage.db.clone();
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                if task % 2 == 0 {
                    append(&mut tx, &entry(None, 0)).await.unwrap();
                    tokio::task::yield_now().await;
                    get(&mut tx, Scope::LoginId, "kj123456789012").await.unwrap();
                } else {
                    get(&mut tx, Scope::LoginId, "kj123456789012").await.unwrap();
                    append(&mut tx, &entry(None, 0)).await.unwrap();
                }
                tx.commit().await.unwrap();
            });
        }
        tasks.join_all().await;
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 40 });
    }

    async fn a_long_trail_is_checked_in_parts(stage: &Stage) {
        let mut tx = stage.write().await;
        for second in 0..2_500 {
            append(&mut tx, &entry(None, second)).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 2_500 });
    }

    async fn a_changed_field_is_found(stage: &Stage) {
        let found = broken_by(stage, "UPDATE audit SET result = 'refused' WHERE seq = 3").await;
        assert_eq!(found, (3, Flaw::Changed));
    }

    async fn a_changed_hash_is_found(stage: &Stage) {
        let found = broken_by(stage, "UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE seq = 1)").await;
        assert_eq!(found, (5, Flaw::Changed));
    }

    async fn a_deleted_row_is_found(stage: &Stage) {
        assert_eq!(broken_by(stage, "DELETE FROM audit WHERE seq = 2").await, (2, Flaw::Missing));
    }

    async fn a_row_deleted_with_the_others_moved_up_is_found(stage: &Stage) {
        let sql = "DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;
            UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5;
            UPDATE audit_head SET seq = 4;";
        assert_eq!(broken_by(stage, sql).await, (2, Flaw::Changed));
    }

    async fn an_appended_row_is_found(stage: &Stage) {
        let sql = format!("INSERT INTO audit (seq, {COPY}) SELECT 6, {COPY} FROM audit WHERE seq = 5");
        assert_eq!(broken_by(stage, &sql).await, (6, Flaw::Surplus));
    }

    async fn an_appended_row_with_the_head_moved_on_is_found(stage: &Stage) {
        let sql = format!(
            "INSERT INTO audit (seq, {COPY}) SELECT 6, {COPY} FROM audit WHERE seq = 5; UPDATE audit_head SET seq = 6"
        );
        assert_eq!(broken_by(stage, &sql).await, (6, Flaw::Changed));
    }

    async fn a_row_put_before_the_first_is_found(stage: &Stage) {
        let sql = format!("INSERT INTO audit (seq, {COPY}) SELECT 0, {COPY} FROM audit WHERE seq = 1");
        assert_eq!(broken_by(stage, &sql).await, (0, Flaw::Surplus));
    }

    async fn a_row_put_in_between_is_found(stage: &Stage) {
        let sql = format!(
            "UPDATE audit SET seq = 6 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 4;
             INSERT INTO audit (seq, {COPY}) SELECT 4, {COPY} FROM audit WHERE seq = 1;
             UPDATE audit_head SET seq = 6"
        );
        assert_eq!(broken_by(stage, &sql).await, (4, Flaw::Changed));
    }

    async fn swapped_rows_are_found(stage: &Stage) {
        let sql = "UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 4;
            UPDATE audit SET seq = 4 WHERE seq = 99";
        assert_eq!(broken_by(stage, sql).await, (2, Flaw::Changed));
    }

    async fn a_cut_tail_is_found(stage: &Stage) {
        assert_eq!(broken_by(stage, "DELETE FROM audit WHERE seq > 3").await, (4, Flaw::CutOff));
    }

    async fn an_emptied_trail_is_found(stage: &Stage) {
        assert_eq!(broken_by(stage, "DELETE FROM audit").await, (1, Flaw::CutOff));
    }

    // The chain alone cannot show this; a point that was noted elsewhere can.
    async fn a_trail_that_was_cut_with_its_head_moved_back_misses_a_noted_point(stage: &Stage) {
        assert_eq!(end(&stage.db).await.unwrap(), None);
        written(stage, 5).await;
        let noted = Anchor::parse(&end(&stage.db).await.unwrap().unwrap().to_string()).unwrap();
        written(stage, 1).await;
        check_anchor(&stage.db, &noted).await.unwrap();
        let unlock = match stage.engine {
            Engine::Sqlite => "DROP TRIGGER audit_no_delete;",
            Engine::Postgres => "DROP TRIGGER audit_no_change ON audit;",
        };
        let cut = "DELETE FROM audit WHERE seq > 3;
            UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)";
        stage.raw(&format!("{unlock} {cut}")).await.unwrap();
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 3 });
        let broken = |result| match result {
            Err(VerifyError::Broken { seq, why }) => (seq, why),
            other => panic!("not found: {other:?}"),
        };
        assert_eq!(broken(check_anchor(&stage.db, &noted).await), (5, Flaw::CutOff));
        written(stage, 3).await;
        assert_eq!(verify(&stage.db).await.unwrap(), Verified { rows: 6 });
        assert_eq!(broken(check_anchor(&stage.db, &noted).await), (5, Flaw::Changed), "written anew");
    }
}

#[test]
fn only_what_was_printed_is_read_back() {
    let hash = "0123456789abcdef".repeat(4);
    assert_eq!(Anchor::parse(&format!(" 12:{hash}\n")).unwrap().to_string(), format!("12:{hash}"));
    for bad in ["", "12", "12:", "x:00", &format!("12:{}", &hash[1..]), &format!("12:{}g", &hash[1..])] {
        assert_eq!(Anchor::parse(bad), None, "{bad}");
    }
}
