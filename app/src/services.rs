//! The traits that the server implements, one per feature, and the plain data that crosses them.
//!
//! Traits and handles exist on the server only; the data also travels to the browser.

pub mod accounts;
pub mod audit;
pub mod authenticators;
pub mod care;
pub mod care_batches;
pub mod emergencies;
pub mod maintenance;
pub mod member_files;
pub mod news;
pub mod own_account;
mod page;
pub mod passkeys;
pub mod passwords;
#[cfg(feature = "ssr")]
mod permission;
pub mod readings;
#[cfg(feature = "ssr")]
mod request;
pub mod set_up;
pub mod sign_in;
pub mod terminals;

pub use page::{Flash, PageInfo, ProblemReport, SignedInSummary};
#[cfg(feature = "ssr")]
pub use permission::{
    Actor, CareLeave, ChangeKind, ManageMembers, OwnCredentials, ReadRecords, RegisterTerminals, RestoreMembers,
    ReviewEmergencies,
};
#[cfg(feature = "ssr")]
pub use request::{
    ClientCertificate, CookieChange, CookieChanges, Door, RequestInfo, Services, actor, open_session, request,
    services, set_cookie,
};
