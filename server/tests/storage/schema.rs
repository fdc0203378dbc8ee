use server::storage::{Db, StoreError};
use sqlx::{Connection, PgConnection};
use tokio::task::JoinSet;

use super::stage::{Stage, on_both_engines};
use crate::support::Engine;

on_both_engines! {
    async fn a_new_database_is_outdated_until_it_is_migrated(stage: &Stage) {
        let stage = Stage::unmigrated(stage.engine).await;
        assert!(stage.db.ready().await);
        assert!(matches!(stage.db.check_schema().await, Err(StoreError::Outdated { found: 0, known }) if known > 0));
        stage.db.migrate().await.unwrap();
        stage.db.check_schema().await.unwrap();
    }

    async fn many_servers_may_migrate_at_once(stage: &Stage) {
        let stage = Stage::unmigrated(stage.engine).await;
        let mut tasks = JoinSet::new();
        for _ in 0..4 {
            let db = stage.second_server().await;
            tasks.spawn(async move { db.migrate().await.unwrap() });
        }
        tasks.join_all().await;
        stage.db.check_schema().await.unwrap();
    }

    async fn migrating_again_changes_nothing(stage: &Stage) {
        let office = stage.office().await;
        stage.db.migrate().await.unwrap();
        let mut tx = stage.read().await;
        assert!(server::storage::offices::find(&mut tx, office.id).await.unwrap().is_some());
    }

    async fn a_database_of_a_newer_program_is_refused_and_left_alone(stage: &Stage) {
        let future = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9000, 'from the future', TRUE, 'x', 0)";
        stage.raw(future).await.unwrap();
        let refused = stage.db.migrate().await;
        assert!(matches!(refused, Err(StoreError::NewerSchema { found: 9000, known }) if known < 9000), "{refused:?}");
        let refused = stage.db.check_schema().await;
        assert!(matches!(refused, Err(StoreError::NewerSchema { found: 9000, .. })), "{refused:?}");
    }

    async fn a_database_that_lacks_a_migration_is_outdated(stage: &Stage) {
        let newest = "(SELECT MAX(version) FROM _sqlx_migrations)";
        stage.raw(&format!("DELETE FROM _sqlx_migrations WHERE version = {newest}")).await.unwrap();
        let refused = stage.db.check_schema().await;
        assert!(matches!(refused, Err(StoreError::Outdated { found, known }) if found < known), "{refused:?}");
    }

    async fn a_closed_database_is_not_ready(stage: &Stage) {
        assert!(stage.db.ready().await);
        stage.db.close().await;
        assert!(!stage.db.ready().await);
    }

    async fn the_engine_says_its_name(stage: &Stage) {
        let expected = match stage.engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        assert_eq!(stage.db.engine(), expected);
    }
}

/// What `migrate --serve-as` leaves to whoever gets hold of the server's password.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_serves_changes_neither_schema_nor_trail() {
    let stage = Stage::new(Engine::Postgres).await;
    let (role, url) = stage.serving().await;
    // More than it should have, from before.
    stage.raw(&format!("GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")).await.unwrap();
    stage.db.grant_serving(role).await.unwrap();
    let serving = Db::connect(&url).await.unwrap();
    serving.check_schema().await.unwrap();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    for (forbidden, says) in [
        ("UPDATE audit SET login_id = 'x'", "permission denied"),
        ("DELETE FROM audit", "permission denied"),
        ("TRUNCATE audit", "permission denied"),
        ("DELETE FROM audit_head", "permission denied"),
        ("ALTER TABLE audit DISABLE TRIGGER ALL", "must be owner"),
        ("DROP TRIGGER audit_no_change ON audit", "must be owner"),
        ("DELETE FROM _sqlx_migrations", "permission denied"),
        ("CREATE TABLE more (id INTEGER)", "permission denied"),
    ] {
        let refused = sqlx::raw_sql(forbidden).execute(&mut connection).await.unwrap_err().to_string();
        assert!(refused.contains(says), "{forbidden}: {refused}");
    }
    sqlx::raw_sql("UPDATE accounts SET version = version").execute(&mut connection).await.unwrap();
    assert!(stage.db.grant_serving("nobody at all").await.unwrap_err().to_string().contains("does not exist"));
    let sqlite = Stage::new(Engine::Sqlite).await;
    assert!(sqlite.db.grant_serving(role).await.unwrap_err().to_string().contains("no roles"));
}

#[tokio::test]
async fn other_urls_are_refused() {
    for url in ["mysql://localhost/x", "sqlite::memory:", "sqlite:x?mode=memory", "", "/tmp/x.db"] {
        assert!(Db::connect(url).await.is_err(), "{url}");
    }
}

#[tokio::test]
async fn a_sqlite_file_that_cannot_be_made_is_an_error() {
    assert!(Db::connect("sqlite:/nowhere/at/all.db").await.is_err());
}

/// What was acknowledged must survive a power cut: WAL alone would promise only a consistent file.
#[tokio::test]
async fn sqlite_syncs_every_commit_and_keeps_a_write_ahead_log() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("kept.db");
    let db = Db::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    db.migrate().await.unwrap();
    assert!(directory.path().join("kept.db-wal").exists());
    db.close().await;
    let db = Db::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    db.check_schema().await.unwrap();
}
