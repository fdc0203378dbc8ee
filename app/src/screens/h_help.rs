//! H: help, the same before and after signing in.

mod h01_manual;
mod h02_questions;
mod h04_contact;
mod manual;
mod questions;

pub use h01_manual::H01Manual;
pub use h02_questions::H02Questions;
pub use h04_contact::H04Contact;
