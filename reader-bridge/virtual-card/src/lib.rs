//! A virtual My Number card (マイナンバーカード) for tests and the demo.
//!
//! ```text
//!  reader-bridge ── PC/SC ──▶ pcscd ── vpcd driver ◀── TCP ── [`insertion`] ── [`card`] ── [`content`] ── [`person`]
//!                             [`pcsc_service`]                                                 [`authority`]
//! ```
//! The card is real as far as a reader can see: files, counters, keys and signatures. Its people are made up and its CA
//! is a test CA, so that nothing it signs is worth anything elsewhere. Never a part of what is installed at an office.

pub mod apdu_log;
pub mod authority;
pub mod card;
pub mod content;
pub mod insertion;
pub mod pcsc_service;
pub mod person;
pub mod preset;
mod vpcd;
