//! The operator's commands that have parts of their own.

pub(crate) mod bootstrap;
pub(crate) mod emergency;
pub(crate) mod maintenance;
pub(crate) mod news;
mod os_user;
pub(crate) mod user;
pub(crate) mod view_matrix;
