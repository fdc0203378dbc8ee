//! H: help, the same before and after signing in.

mod h01_manual;
mod h02_questions;
mod h03_question;
mod h04_contact;
mod manual;
mod questions;

pub use h01_manual::{H01Manual, RoleManual};
pub use h02_questions::H02Questions;
pub use h03_question::H03Question;
pub use h04_contact::{H04Contact, contact_address};
pub use questions::Slug;
