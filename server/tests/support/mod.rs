//! Databases for tests, on both engines and each its own.
//!
//! PostgreSQL is started by the test itself, once per test binary, and stops with it. `TEST_POSTGRES_URL` (such as
//! `postgres://postgres@127.0.0.1:5432`, no database in it) names a running server to use instead: several binaries,
//! or nextest's one process per test, can share one; the databases made there, `test_…`, are left behind.

use server::clock::{Ambient, SystemClock, SystemEntropy};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

mod postgres;

/// The engines that the server runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// A file in a temporary directory.
    Sqlite,
    /// A database of its own on the shared server.
    Postgres,
}

/// An empty database, unmigrated. A SQLite file is gone when this is dropped.
pub(crate) struct TestDatabase {
    /// What `Db::connect` takes.
    pub(crate) url: String,
    _directory: Option<TempDir>,
}

impl TestDatabase {
    /// Makes one.
    pub(crate) async fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let directory = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", directory.path().join("test.db").display());
                Self { url, _directory: Some(directory) }
            }
            Engine::Postgres => {
                let server = postgres::server_url().await;
                let name = format!("test_{}", ambient().id().simple());
                let mut connection = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
                Self { url: format!("{server}/{name}"), _directory: None }
            }
        }
    }
}

/// The machine's clock and randomness.
pub(crate) fn ambient() -> Ambient {
    Ambient { clock: std::sync::Arc::new(SystemClock::default()), entropy: std::sync::Arc::new(SystemEntropy) }
}
