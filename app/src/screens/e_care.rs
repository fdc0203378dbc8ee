//! E: insured persons and their care information.

mod address;
mod api;
mod batch_api;
mod care_screen;
mod certificates;
mod documents;
mod e01_list;
mod e02_ways;
mod e04_find;
mod e04_found;
mod e05_consent;
mod e05_form;
mod e05_record;
mod e05_words;
mod e06_eligibility;
mod e07_sheets;
mod e12_print;
mod e13_end;
mod e14_batch;
mod e14_result;
mod e15_emergency;
mod emergency_api;
mod item;
mod person;

pub use api::{
    EndCharge, GiveConsent, LookUpPerson, TakeCharge, WithdrawConsent, charged_person, consents_of, end_charge,
    give_consent, list_people, look_up_person, person_found, take_charge, view_care, withdraw_consent,
};
pub use batch_api::{
    BatchResult, ContinueBatch, RecentBatches, UploadBatch, batch_result, continue_batch, recent_batches, upload_batch,
};
pub use care_screen::CareScreen;
pub use e01_list::PeopleList;
pub use e02_ways::VerifyPerson;
pub use e04_find::FindPerson;
pub use e04_found::PersonFound;
pub use e05_consent::ConsentPage;
pub use e05_record::ConsentRecordPage;
pub use e13_end::EndChargePage;
pub use e14_batch::NewBatch;
pub use e14_result::BatchPage;
pub use e15_emergency::EmergencyPage;
pub use emergency_api::{EmergencyQuestionOf, OpenEmergencyOf, emergency_question_of, open_emergency_of};
