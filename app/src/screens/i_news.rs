//! I: news of the operator.

mod api;
mod i01_news;

pub use api::{CurrentNews, current_news};
pub use i01_news::I01News;
