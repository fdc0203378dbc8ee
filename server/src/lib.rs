//! The server: implements the services of `app`, owns storage, listeners, delivery and the command line's commands.

pub mod certificates;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod demo;
pub mod http;
pub mod secret;
pub mod services;
pub mod storage;
