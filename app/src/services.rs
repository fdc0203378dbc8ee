//! The traits that the server implements, one per feature, and the plain data that crosses them.
//!
//! Traits and handles exist on the server only; the data also travels to the browser.

pub mod accounts;
pub mod care;
pub mod news;
mod page;
pub mod passwords;
#[cfg(feature = "ssr")]
mod permission;
pub mod readings;
#[cfg(feature = "ssr")]
mod request;
pub mod sign_in;
pub mod terminals;

pub use page::{Flash, PageInfo, ProblemReport, SignedInSummary};
#[cfg(feature = "ssr")]
pub use permission::{Actor, CareLeave, ManageMembers, RegisterTerminals};
#[cfg(feature = "ssr")]
pub use request::{
    ClientCertificate, CookieChange, CookieChanges, Door, RequestInfo, Services, actor, request, services, set_cookie,
};
