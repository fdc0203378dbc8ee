//! The database: the only room where SQL is written.
//!
//! [`Db`] is SQLite (embedded, one server) or PostgreSQL (several servers); nobody outside can tell which. Work happens
//! in a [`Tx`]; each module below holds one noun's rows and functions, which take the transaction first. A change, its
//! audit row and its messages go into the same transaction, so that all of them happen or none.
//!
//! Rules for who adds a query: one SQL text and one body for both engines (`on_engine!`), `$1` placeholders, text
//! assembled from constants only, times as microseconds, and a row that belongs to an office is only found together
//! with that office.

mod db;
mod error;
mod filter;
mod roles;
mod row;
mod search;
mod tx;

pub mod accounts;
pub mod audit;
pub mod authenticators;
pub mod care;
pub mod devices;
pub mod drafts;
pub mod guards;
pub mod maintenance;
pub mod member_exports;
pub mod member_imports;
pub mod news;
pub mod offices;
pub mod outbox;
pub mod passkeys;
pub mod password_grants;
pub mod password_history;
pub mod readings;
pub mod registry;
pub mod sessions;
pub mod set_up;
pub mod sign_ins;
pub mod terminals;

pub use db::Db;
pub use error::StoreError;
pub use tx::Tx;
