//! Care information: the insured person, what the certificates say, and who may see which item of it.
//!
//! Numbers, names of states and limits are those of rules.md ("IDs and fields") and care-info.md.

mod access;
mod balance;
mod batch;
mod consent;
mod day;
mod emergency;
mod item;
mod level;
mod lookup;
mod matrix;
mod number;
mod record;
mod validity;

pub use access::{Basis, Consent, Extent, Grant, Hidden, Standing, Viewer, judge};
pub use balance::{Balance, EQUIPMENT_LIMIT, Purchase, RENOVATION_LIMIT, Work, equipment_balance, renovation_balance};
pub use batch::{AsOf, BatchKey, BatchRow, BatchStatus};
pub use consent::{CONSENT_YEARS, ConsentForm, GivenConsent, Relation, Signer};
pub use day::{Day, Era};
pub use emergency::{EMERGENCY_DAYS, EMERGENCY_MINUTES, EmergencyForm, EmergencyScope};
pub use item::Item;
pub use level::{BurdenRatio, CareLevel, LimitStep};
pub use lookup::{FourItems, LookupForm, NoCardReason, Sex};
pub use matrix::{Matrix, Rule, ViewerClass};
pub use number::{InsuredNumber, InsurerNumber};
pub use record::{
    BurdenLimitCard, BurdenRatioCard, Content, Document, Equipment, InsuranceCard, LimitAmounts, Opinion, Period,
    PersonRecord, Planner, Renovation, Restriction, ReviewProgress, Section, ServiceLimit, Stay,
};
pub use validity::{NOTICE_DAYS, Validity, Why, validity};
