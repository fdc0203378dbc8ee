//! The demo: a server on loopback with certificates, offices and people of its own. All data is made up.

pub mod data;
pub mod door;
pub mod info;
pub mod people;
pub mod pki;
pub mod start;
