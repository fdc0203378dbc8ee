//! Pure rules and types of the service: what a user ID, an office number, a lock or an account form is.
//!
//! Everything here runs in the server and, compiled to Wasm, in the browser, so that both judge input by the same
//! rule. No I/O, no clock, no randomness: time comes in as a [`Timestamp`], text goes out as codes that the screens
//! turn into Japanese.

pub mod account;
pub mod care;
pub mod contact;
pub mod device;
pub mod form;
pub mod job;
pub mod office;
pub mod one_time_code;
pub mod password;
pub mod reading;
pub mod recovery_code;
pub mod sign_in;
pub mod terminal;
pub mod text;
pub mod time;
pub mod typed_reading;

pub use time::Timestamp;
