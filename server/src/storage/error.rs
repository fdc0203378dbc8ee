//! What can go wrong in the database, and the one place that reads it out of the engines' errors.

use sqlx::error::DatabaseError;

use super::row::Unreadable;

/// A storage function failed. After any of these the transaction is only good for being dropped: PostgreSQL refuses
/// further work in it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The ユーザID belongs to another account, deleted ones included.
    #[error("the login id is taken")]
    LoginIdTaken,
    /// The office has registered this terminal already.
    #[error("the terminal is registered")]
    TerminalTaken,
    /// A newer version of this program has changed the database; this one would damage it.
    #[error("the database is at migration {found}, this program knows migrations up to {known}")]
    NewerSchema {
        /// The database's newest migration.
        found: i64,
        /// This program's newest migration.
        known: i64,
    },
    /// The database still has to be migrated.
    #[error("the database is at migration {found}, this program needs migration {known}: run `migrate` first")]
    Outdated {
        /// The database's newest migration; 0 when it is empty.
        found: i64,
        /// This program's newest migration.
        known: i64,
    },
    /// No connection or lock could be had in time. Trying again later may help.
    #[error("the database is busy")]
    Busy,
    /// A stored value in this column cannot be what this program wrote.
    #[error("the database holds an unreadable value in {0}")]
    Corrupt(&'static str),
    /// Anything else.
    #[error("the database refused: {0}")]
    Sql(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(refused) => from_database(refused.as_ref()).unwrap_or(Self::Sql(error)),
            sqlx::Error::Decode(source) => match source.downcast_ref::<Unreadable>() {
                Some(Unreadable(column)) => Self::Corrupt(column),
                None => Self::Sql(error),
            },
            _ => Self::Sql(error),
        }
    }
}

/// Constraint names and engines' codes that mean something to this program.
fn from_database(refused: &dyn DatabaseError) -> Option<StoreError> {
    if refused.is_unique_violation() {
        // PostgreSQL names the index, SQLite the column.
        let login_id = refused.constraint() == Some("accounts_login_id_unique")
            || refused.message().ends_with("accounts.login_id_key");
        let terminal = refused.constraint() == Some("terminals_one_registration")
            || refused.message().ends_with("terminals.office_id, terminals.terminal_id");
        return if login_id { Some(StoreError::LoginIdTaken) } else { terminal.then_some(StoreError::TerminalTaken) };
    }
    let code = refused.code()?;
    is_busy(&code).then_some(StoreError::Busy)
}

/// SQLite: `SQLITE_BUSY` and its extended codes. PostgreSQL: statement timeout, lock timeout, deadlock, too many
/// connections.
fn is_busy(code: &str) -> bool {
    matches!(code, "5" | "261" | "517" | "773" | "57014" | "55P03" | "40P01" | "53300")
}
