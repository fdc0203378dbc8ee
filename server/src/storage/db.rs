//! Opening a database, its pools and its schema.

use std::{str::FromStr, time::Duration};

use sqlx::{
    PgPool, SqlitePool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    StoreError, Tx, roles,
    tx::{On, on_engine},
};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// A database. Cheap to clone: clones share the connections.
#[derive(Clone)]
pub struct Db(Pools);

#[derive(Clone)]
enum Pools {
    /// SQLite takes one writer at a time: a single writing connection makes writers queue here instead of failing
    /// there, while readers go on beside it.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// How long a reader waits for a connection before [`StoreError::Busy`].
const ACQUIRE: Duration = Duration::from_secs(3);
/// The same for a SQLite writer, behind whom a thousand others may queue.
const ACQUIRE_WRITER: Duration = Duration::from_secs(10);
/// How long SQLite waits for another process (a command run beside the server).
const OTHER_PROCESS: Duration = Duration::from_secs(5);
/// How long one PostgreSQL statement may take, locks included.
const STATEMENT_TIMEOUT: &str = "10s";
/// How long a PostgreSQL transaction may idle: longer means that its server is gone.
const IDLE_TIMEOUT: &str = "30s";
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

impl Db {
    /// Opens `sqlite:path/to.db` (made when missing) or `postgres://…`. Does not touch the schema.
    ///
    /// Errors: `Sql` (another scheme, an in-memory database, a file or server that cannot be opened), `Busy`.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            return Self::open_sqlite(url).await;
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::open_postgres(url).await;
        }
        Err(configuration("the database URL must begin with sqlite: or postgres://"))
    }

    /// The host to which [`Self::connect`] would go over a network without having its certificate verified; `None` for a
    /// file, a socket, a verified server, and an address that cannot be read.
    pub fn unverified_host(url: &str) -> Option<String> {
        if url.starts_with("sqlite:") {
            return None;
        }
        let options = PgConnectOptions::from_str(url).ok()?;
        let verified = matches!(options.get_ssl_mode(), PgSslMode::VerifyCa | PgSslMode::VerifyFull);
        let by_socket = options.get_socket().is_some() || options.get_host().starts_with('/');
        (!verified && !by_socket).then(|| options.get_host().to_owned())
    }

    async fn open_sqlite(url: &str) -> Result<Self, StoreError> {
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(configuration("an in-memory database would be another one for each connection"));
        }
        let options = SqliteConnectOptions::from_str(url)?.busy_timeout(OTHER_PROCESS).foreign_keys(true);
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What was acknowledged survives a power cut, not only a crash of this program.
            .synchronous(SqliteSynchronous::Full);
        let pool = || SqlitePoolOptions::new().test_before_acquire(false).idle_timeout(None).max_lifetime(None);
        let writer = pool().max_connections(1).acquire_timeout(ACQUIRE_WRITER).connect_with(writing).await?;
        let readers = pool()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(options.pragma("query_only", "ON"));
        Ok(Self(Pools::Sqlite { writer, readers }))
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("care-office-service")
            .options([("statement_timeout", STATEMENT_TIMEOUT), ("idle_in_transaction_session_timeout", IDLE_TIMEOUT)]);
        let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(ACQUIRE);
        Ok(Self(Pools::Postgres(pool.connect_with(options).await?)))
    }

    /// Brings the schema up to date; several servers may do so at once.
    ///
    /// Errors: `NewerSchema` (nothing is changed), `Sql`.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let migrated = match &self.0 {
            Pools::Sqlite { writer, .. } => migrate_sqlite(writer).await,
            Pools::Postgres(pool) => {
                // A connection of its own: a migration may take longer than any other statement is allowed to.
                let options = pool.connect_options().as_ref().clone().options([("statement_timeout", "0")]);
                let patient = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
                let migrated = POSTGRES_MIGRATIONS.run(&patient).await;
                patient.close().await;
                migrated
            }
        };
        migrated.map_err(|error| match error {
            MigrateError::VersionMissing(found) => StoreError::NewerSchema { found, known: self.newest_migration() },
            other => sqlx::Error::from(other).into(),
        })
    }

    /// Lets another role of the database serve, with no more rights than that needs.
    ///
    /// Errors: `Sql` (SQLite has no roles; no such role; the schema is not ours to give).
    pub async fn grant_serving(&self, role: &str) -> Result<(), StoreError> {
        match &self.0 {
            Pools::Sqlite { .. } => Err(configuration("SQLite has no roles: its file's rights are the system's")),
            Pools::Postgres(pool) => roles::grant(pool, role).await,
        }
    }

    /// Whether the schema is this program's, for a server that does not migrate by itself.
    ///
    /// Errors: `Outdated`, `NewerSchema`.
    pub async fn check_schema(&self) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        let applied = applied_migrations(&mut tx).await?;
        let found = applied.iter().copied().max().unwrap_or(0);
        let known = self.newest_migration();
        if applied.iter().any(|version| !self.migrations().version_exists(*version)) {
            Err(StoreError::NewerSchema { found, known })
        } else if self.migrations().iter().any(|migration| !applied.contains(&migration.version)) {
            Err(StoreError::Outdated { found, known })
        } else {
            Ok(())
        }
    }

    fn migrations(&self) -> &'static Migrator {
        match self.0 {
            Pools::Sqlite { .. } => &SQLITE_MIGRATIONS,
            Pools::Postgres(_) => &POSTGRES_MIGRATIONS,
        }
    }

    fn newest_migration(&self) -> i64 {
        self.migrations().iter().map(|migration| migration.version).max().unwrap_or(0)
    }

    /// Whether the database answers within a second.
    pub async fn ready(&self) -> bool {
        let ask = async {
            let mut tx = self.read().await?;
            Ok::<_, StoreError>(on_engine!(tx, conn => sqlx::query("SELECT 1").execute(conn).await.map(drop))?)
        };
        matches!(tokio::time::timeout(Duration::from_secs(1), ask).await, Ok(Ok(())))
    }

    /// Begins a transaction that sees the database as it is now, whatever others write meanwhile, and changes nothing:
    /// both engines refuse writes in it.
    ///
    /// Errors: `Busy`, `Sql`.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(match &self.0 {
            Pools::Sqlite { readers, .. } => On::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => {
                On::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        }))
    }

    /// Begins a transaction that may change things.
    ///
    /// SQLite: writers queue for their turn from the beginning (`IMMEDIATE`). PostgreSQL: writers run side by side
    /// (`READ COMMITTED`); what depends on a value that others may change reads it by a function that locks it.
    ///
    /// Errors: `Busy`, `Sql`.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(match &self.0 {
            Pools::Sqlite { writer, .. } => On::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => {
                On::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?)
            }
        }))
    }

    /// `sqlite` or `postgres`, for logs.
    pub fn engine(&self) -> &'static str {
        match self.0 {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres(_) => "postgres",
        }
    }

    /// Waits for open transactions to end and closes every connection.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// All migrations or none, and no other process between them: unlike on PostgreSQL, sqlx takes no lock of its own.
async fn migrate_sqlite(writer: &SqlitePool) -> Result<(), MigrateError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    // `run` does not compile here: its future could not move between threads. `run_direct` is what it calls.
    SQLITE_MIGRATIONS.run_direct(None, &mut *tx, false).await?;
    Ok(tx.commit().await?)
}

fn configuration(problem: &'static str) -> StoreError {
    StoreError::Sql(sqlx::Error::Configuration(problem.into()))
}

/// The versions of the migrations that the database has had; none when it is new.
async fn applied_migrations(tx: &mut Tx) -> Result<Vec<i64>, StoreError> {
    let sql = tx.text(
        "SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'",
        "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_sqlx_migrations'",
    );
    let tables: i64 = on_engine!(tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await)?;
    if tables == 0 {
        return Ok(Vec::new());
    }
    let sql = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).fetch_all(conn).await)?)
}
