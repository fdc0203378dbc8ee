//! A transaction on either engine.

use sqlx::{Postgres, Sqlite, Transaction};

use super::{StoreError, audit};

/// An open transaction. Dropping it without [`Tx::commit`] undoes everything.
pub struct Tx {
    pub(super) on: On,
    /// Audit rows to append at the end, see [`audit::append`].
    pub(super) audit: Vec<audit::Entry>,
}

/// The engine a transaction runs on.
pub(super) enum On {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(super) fn new(on: On) -> Self {
        Self { on, audit: Vec::new() }
    }

    /// Makes everything done in this transaction last, the audit rows included. When this returns `Ok`, it is on disk.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        audit::write_pending(&mut self).await?;
        match self.on {
            On::Sqlite(tx) => tx.commit().await?,
            On::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// The engine's own text, for the few places where one text cannot serve both: above all row locks, which SQLite
    /// neither knows nor needs, since its one writer excludes every other.
    pub(super) fn text(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self.on {
            On::Sqlite(_) => sqlite,
            On::Postgres(_) => postgres,
        }
    }
}

/// Runs one body on whichever engine the transaction is on. The body is compiled once per engine; `conn` is the
/// connection.
macro_rules! on_engine {
    ($tx:expr, $conn:ident => $body:expr) => {
        match &mut $tx.on {
            $crate::storage::tx::On::Sqlite(open) => {
                let $conn = &mut **open;
                $body
            }
            $crate::storage::tx::On::Postgres(open) => {
                let $conn = &mut **open;
                $body
            }
        }
    };
}
pub(super) use on_engine;
