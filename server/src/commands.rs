//! The operator's commands that have parts of their own.

pub(crate) mod news;
pub(crate) mod view_matrix;
