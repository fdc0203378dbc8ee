//! The messages that a page of the web app and reader-bridge exchange over a loopback WebSocket.
//!
//! ```text
//!  page (Wasm)                                                   reader-bridge
//!   │ connect; the browser adds Origin                              │ Host, Origin and pairing are checked
//!   │◀──────────────────────────────────── event 0: snapshot ───────│ readers, cards, PC/SC service
//!   │── hello {levels} ────────────────────────────────────────────▶│
//!   │◀──────────── {agreed, state} or bridge_too_old/page_too_old ──│
//!   │── terms.accept ── register ── passcode.set ──────────────────▶│ first start only; the terminal key is made
//!   │── passcode.unlock {passcode} ────────────────────────────────▶│ every start
//!   │◀──────────────────────────── {token} or wrong_passcode ───────│ the token goes into every further request
//!   │── readers.list ── readers.select ── terminal.id ─────────────▶│
//!   │◀────────── event n: reader_added, card_inserted, … ───────────│ at any time
//!   │── card.tries_left {of: pin} ─────────────────────────────────▶│
//!   │── card.authenticate {nonce, pin}  or  card.face {nonce, 照合番号B} ▶│ the server's nonce
//!   │◀────────── event n: progress {request, step, percent} ────────│
//!   │── cancel {request} ──────────────────────────────────────────▶│ if wanted
//!   │◀──────────── reading, signed by the terminal, or a failure ───│ the page hands it to the server
//! ```
//!
//! Pure types and functions, the same natively and in the browser: no I/O, no clock, no randomness. [`method`] is the
//! list of what can be asked for, [`frame`] the text on the wire, [`failure`] what can go wrong. There is no raw APDU
//! and nothing that reaches the 個人番号.

pub mod bytes;
pub mod challenge;
pub mod event;
pub mod failure;
pub mod frame;
pub mod label;
pub mod level;
pub mod method;
pub mod reading;
pub mod reply;
pub mod request;
pub mod secret;
pub mod terminal_id;

/// The documented port on which reader-bridge listens. Below the ranges from which operating systems lend ports, so that
/// it is never lent to others.
pub const DEFAULT_PORT: u16 = 27_443;
