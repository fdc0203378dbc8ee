//! F: what was done in the office, and who looked at whose care information.

pub mod actions;
mod api;
mod f01_list;
mod f03_export;
mod f04_api;
mod f04_emergencies;
mod filters;
mod record;
pub mod words;

pub use api::{AuditRecord, AuditRecords, audit_record, audit_records};
pub use f01_list::RecordList;
pub use f03_export::F03Export;
pub use f04_api::{ListEmergencyUses, ReviewEmergencyUse, list_emergency_uses, review_emergency_use};
pub use f04_emergencies::F04Emergencies;
pub use filters::query_from;
pub use record::RecordPageOf;
