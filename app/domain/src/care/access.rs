//! The one place that decides whether an item of care information is shown.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Day, Item, Matrix, Rule, ViewerClass};
use crate::{account::ServiceCode, job::Job};

/// Who wants to see: what the account is registered with at this moment.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Viewer<'a> {
    pub services: &'a BTreeSet<ServiceCode>,
    pub jobs: &'a BTreeSet<Job>,
}

/// What the person has agreed to, for one item and one office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Never asked, or not given.
    Absent,
    /// Given; 閲覧期限 is its last day.
    Until(Day),
    /// Withdrawn.
    Withdrawn,
}

/// How the viewer's office stands to the person.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// It is a 担当事業所.
    pub in_charge: bool,
    /// The person's 市町村 takes part.
    pub insurer_joined: bool,
    /// For the item in question.
    pub consent: Consent,
    /// 災害時の閲覧: a disaster is declared for the office, and this account gave a reason for this person that still counts.
    pub emergency: bool,
}

/// How much of an item is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// What the viewer's own office recorded.
    OwnOffice,
    /// All of it.
    Whole,
}

/// On what ground an item is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Consent, or none is needed.
    Ordinary,
    /// 災害時の閲覧 alone: without it the item would be hidden.
    Emergency,
}

/// That an item is shown, how much of it, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct Grant {
    pub extent: Extent,
    pub basis: Basis,
}

/// Why an item is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Not a 担当事業所: the person does not exist for this office.
    NotInCharge,
    /// 権限なし.
    NotPermitted,
    /// 市町村未対応.
    NotJoined,
    /// 同意なし.
    NoConsent,
    /// 期限切れ: 閲覧期限 is past.
    Expired,
}

impl Hidden {
    /// The word that stands in the item's place.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotInCharge => "担当外",
            Self::NotPermitted => "権限なし",
            Self::NotJoined => "市町村未対応",
            Self::NoConsent => "同意なし",
            Self::Expired => "期限切れ",
        }
    }

    /// Consent would show it.
    pub const fn is_consents(self) -> bool {
        matches!(self, Self::NoConsent | Self::Expired)
    }

    /// The code in audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInCharge => "not_in_charge",
            Self::NotPermitted => "not_permitted",
            Self::NotJoined => "not_joined",
            Self::NoConsent => "no_consent",
            Self::Expired => "expired",
        }
    }
}

/// Whether `item` is shown, and how much of it; or why not.
///
/// Of several reasons the first of this order is told, so that who lacks the right does not learn what the person agreed
/// to: not in charge, no right, 市町村 not joined, no consent, consent expired. Somebody with several services or jobs
/// may see what any pair of them may. An emergency stands in for consent and for nothing else.
pub fn judge(matrix: &Matrix, viewer: Viewer<'_>, item: Item, standing: Standing, today: Day) -> Result<Grant, Hidden> {
    if !standing.in_charge {
        return Err(Hidden::NotInCharge);
    }
    let pairs = viewer.services.iter().flat_map(|service| viewer.jobs.iter().map(|job| (*service, *job)));
    let extent = pairs.filter_map(|(service, job)| extent(matrix, service, job, item)).max();
    let extent = extent.ok_or(Hidden::NotPermitted)?;
    if !standing.insurer_joined {
        return Err(Hidden::NotJoined);
    }
    let refused = matrix.needs_consent(item).then(|| refused(standing.consent, today)).flatten();
    match (refused, standing.emergency) {
        (None, _) => Ok(Grant { extent, basis: Basis::Ordinary }),
        (Some(_), true) => Ok(Grant { extent, basis: Basis::Emergency }),
        (Some(hidden), false) => Err(hidden),
    }
}

/// What speaks against showing something that needs consent.
fn refused(consent: Consent, today: Day) -> Option<Hidden> {
    match consent {
        Consent::Absent | Consent::Withdrawn => Some(Hidden::NoConsent),
        Consent::Until(last) => (last < today).then_some(Hidden::Expired),
    }
}

fn extent(matrix: &Matrix, service: ServiceCode, job: Job, item: Item) -> Option<Extent> {
    match matrix.rule(ViewerClass::of(service, job), item) {
        Rule::Yes => Some(Extent::Whole),
        Rule::OwnOffice => Some(Extent::OwnOffice),
        Rule::EquipmentAdvisers => (job == Job::EquipmentAdviser).then_some(Extent::Whole),
        Rule::No => None,
    }
}

#[cfg(test)]
mod tests;
