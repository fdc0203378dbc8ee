//! The server: implements the services of `app`, owns storage, listeners, delivery and the command line's commands.

// The views' types are deep.
#![recursion_limit = "512"]

pub mod certificates;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod demo;
pub mod http;
pub mod jobs;
pub mod logging;
pub mod platform;
pub mod secret;
pub mod services;
pub mod start;
pub mod storage;
