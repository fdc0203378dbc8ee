//! Reads a My Number card at a PC/SC reader for a page of the web app.
//!
//! The pieces, and who may use whom: [`server`] speaks with pages, by the frames of the crate `protocol`; it knows
//! [`bridge`], which ties settings, readers and cards together; [`card`] knows the card and talks through a trait of
//! [`reader`]; [`reader`] knows the operating system. `main` is the command line.

#![deny(clippy::unwrap_used)]

pub mod bridge;
pub mod card;
pub mod clock;
pub mod consent;
pub mod logging;
pub mod passcode;
pub mod reader;
pub mod server;
pub mod settings;
pub mod terminal;
pub mod window;
