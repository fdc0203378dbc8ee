//! The operator's commands that have parts of their own.

pub(crate) mod maintenance;
pub(crate) mod news;
