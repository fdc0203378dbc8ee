//! Insured persons as offices see them: 担当, 同意, what was looked at, and the operator's changes of the view matrix.
//!
//! A 担当 is only found together with its office, and only while it lasts.

pub mod batches;
mod charges;
mod consents;
pub mod emergencies;
mod list;
mod lookups;
mod matrix;

pub use charges::{
    Charge, Snapshot, end, find, find_by_number, find_by_person, insert, note_view, person_id, platform_id, refresh,
};
pub use consents::{StoredConsent, consent_ended, current_consents, end_consents, insert_consent, newest_consents};
pub use list::list;
pub use lookups::{Match, add_attempt, attempts, find_match, forget_attempt, insert_match, purge};
pub use matrix::{load_matrix, set_consent, set_rule};
