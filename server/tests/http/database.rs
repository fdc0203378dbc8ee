//! The database of a test: as the program has it, and past the program, on either engine.

use server::storage::Db;
use sqlx::{AssertSqlSafe, Connection, FromRow, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::{
    serving::serving,
    support::{Engine, TestDatabase},
};

/// A migrated database, opened as `serve` should: on PostgreSQL by a role that neither owns the schema nor can change
/// what is in the audit trail.
pub(crate) async fn served(database: &TestDatabase) -> Db {
    let owner = Db::connect(&database.url).await.unwrap();
    owner.migrate().await.unwrap();
    if owner.engine() == "sqlite" {
        return owner;
    }
    let (role, url) = serving(&database.url).await;
    owner.grant_serving(role).await.unwrap();
    owner.close().await;
    Db::connect(&url).await.unwrap()
}

/// What a test asserts of an audit row.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct AuditRow {
    pub(crate) screen: String,
    pub(crate) action: String,
    pub(crate) result: String,
    pub(crate) login_id: String,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) target: Option<Uuid>,
    pub(crate) detail: String,
    pub(crate) certificate: String,
    pub(crate) address: String,
}

impl AuditRow {
    /// Screen, action and result in one line.
    pub(crate) fn line(&self) -> String {
        format!("{} {} {}", self.screen, self.action, self.result)
    }
}

/// A way in of its own.
pub(crate) struct Inspector {
    pub(crate) engine: Engine,
    pub(crate) url: String,
}

macro_rules! connected {
    ($inspector:expr, $connection:ident => $body:expr) => {
        match $inspector.engine {
            Engine::Sqlite => {
                let mut $connection = SqliteConnection::connect(&$inspector.url).await.unwrap();
                let result = $body;
                $connection.close().await.unwrap();
                result
            }
            Engine::Postgres => {
                let mut $connection = PgConnection::connect(&$inspector.url).await.unwrap();
                let result = $body;
                $connection.close().await.unwrap();
                result
            }
        }
    };
}

impl Inspector {
    /// Runs SQL as an operator might.
    pub(crate) async fn execute(&self, sql: &str) {
        connected!(self, c => { sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut c).await.unwrap(); });
    }

    /// One number.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        connected!(self, c => sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut c).await.unwrap())
    }

    /// One id.
    pub(crate) async fn id(&self, sql: &str) -> Uuid {
        connected!(self, c => sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut c).await.unwrap())
    }

    async fn texts(&self, sql: String) -> Vec<String> {
        connected!(self, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut c).await.unwrap())
    }

    /// The whole audit trail, oldest first.
    pub(crate) async fn audit(&self) -> Vec<AuditRow> {
        let sql =
            "SELECT screen, action, result, login_id, account_id, target, CAST(detail AS TEXT) AS detail, certificate,
                 address FROM audit ORDER BY seq";
        connected!(self, c => sqlx::query_as(sql).fetch_all(&mut c).await.unwrap())
    }

    /// Every row of every table as text, in an order of its own.
    pub(crate) async fn dump(&self) -> String {
        let tables = match self.engine {
            Engine::Sqlite => {
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            }
            Engine::Postgres => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        };
        let mut dump = String::new();
        for table in self.texts(tables.to_owned()).await {
            let rows = match self.engine {
                Engine::Sqlite => {
                    let columns = self.texts(format!("SELECT name FROM pragma_table_info('{table}')")).await;
                    let quoted: Vec<String> = columns.iter().map(|name| format!("quote({name})")).collect();
                    self.texts(format!("SELECT {} AS line FROM {table} ORDER BY 1", quoted.join(" || '|' || "))).await
                }
                Engine::Postgres => {
                    self.texts(format!("SELECT CAST(row_to_json(t) AS TEXT) AS line FROM {table} t ORDER BY 1")).await
                }
            };
            dump.extend([table.as_str(), "\n", rows.join("\n").as_str(), "\n"]);
        }
        dump
    }

    /// Every byte of a SQLite database, its write-ahead log included; nothing on PostgreSQL.
    pub(crate) fn files(&self) -> Vec<u8> {
        let Some(path) = self.url.strip_prefix("sqlite:") else { return Vec::new() };
        let folder = std::path::Path::new(path).parent().unwrap();
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.flat_map(|file| std::fs::read(file).unwrap()).collect()
    }
}
