//! The view matrix: editable data, whose default is care-info.md's table.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, level::coded};
use crate::{account::ServiceCode, job::Job};
use serde::{Deserialize, Serialize};

coded! {
    /// A column of the matrix: what somebody is in one of their services.
    ViewerClass {
        CarePlanner, "care_planner", "居宅介護支援・包括のケアマネジャー";
        OtherCareManager, "other_care_manager", "その他のサービスのケアマネジャー";
        CareStaff, "care_staff", "介護・看護・リハビリテーション職";
        Clerical, "clerical", "事務職";
    }
}

/// 居宅介護支援, 介護予防支援 and 介護予防ケアマネジメント (地域包括支援センター).
const PLANNING: [&str; 3] = ["43", "46", "AF"];

impl ViewerClass {
    /// The column for one service and one job. 計画作成担当者 make plans and count as ケアマネジャー; その他 sees as
    /// little as 事務職.
    pub fn of(service: ServiceCode, job: Job) -> Self {
        match job {
            Job::CareManager | Job::Planner if PLANNING.contains(&service.code()) => Self::CarePlanner,
            Job::CareManager | Job::Planner => Self::OtherCareManager,
            Job::Clerk | Job::Other => Self::Clerical,
            Job::CareWorker
            | Job::FacilityManager
            | Job::LifeCounsellor
            | Job::ServiceProvider
            | Job::Nurse
            | Job::Therapist
            | Job::Nutritionist
            | Job::EquipmentAdviser
            | Job::Physician => Self::CareStaff,
        }
    }
}

coded! {
    /// A cell of the matrix.
    Rule {
        No, "no", "閲覧できない";
        OwnOffice, "own_office", "自事業所の記録のみ";
        EquipmentAdvisers, "equipment_advisers", "福祉用具専門相談員のみ";
        Yes, "yes", "閲覧できる";
    }
}

/// Who may see which item, and which items need consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    cells: BTreeMap<(ViewerClass, Item), Rule>,
    needs_consent: BTreeSet<Item>,
}

impl Matrix {
    /// One cell.
    pub fn rule(&self, class: ViewerClass, item: Item) -> Rule {
        self.cells.get(&(class, item)).copied().unwrap_or(Rule::No)
    }

    /// Whether the item needs the person's consent.
    pub fn needs_consent(&self, item: Item) -> bool {
        self.needs_consent.contains(&item)
    }

    /// The items that need consent, in order.
    pub fn consent_items(&self) -> impl Iterator<Item = Item> + '_ {
        Item::ALL.iter().copied().filter(|item| self.needs_consent(*item))
    }

    /// Changes one cell.
    pub fn set(&mut self, class: ViewerClass, item: Item, rule: Rule) {
        self.cells.insert((class, item), rule);
    }

    /// Changes whether an item needs consent.
    pub fn set_consent(&mut self, item: Item, needed: bool) {
        if needed {
            self.needs_consent.insert(item);
        } else {
            self.needs_consent.remove(&item);
        }
    }
}

impl Default for Matrix {
    fn default() -> Self {
        use Item as I;
        use Rule::{EquipmentAdvisers, No, OwnOffice, Yes};
        // 居宅介護支援/包括 × ケアマネ, other service × ケアマネ, care staff, clerical, consent.
        let rows = [
            (I::InsuranceCard, [Yes, Yes, Yes, Yes], false),
            (I::BurdenRatio, [Yes, Yes, Yes, Yes], false),
            (I::BurdenLimit, [Yes, Yes, Yes, Yes], false),
            // For ケアマネ of other services these three are settings of the operator, "no" until they are changed.
            (I::Survey, [Yes, No, No, No], true),
            (I::Opinion, [Yes, No, No, No], true),
            (I::Review, [Yes, No, No, No], true),
            (I::Renovation, [Yes, Yes, EquipmentAdvisers, No], true),
            (I::Equipment, [Yes, Yes, EquipmentAdvisers, No], true),
            (I::Life, [Yes, Yes, OwnOffice, No], true),
            (I::CarePlan, [Yes, Yes, Yes, No], true),
        ];
        let cells = rows.iter().flat_map(|(item, rules, _)| {
            ViewerClass::ALL.iter().zip(rules).map(move |(class, rule)| ((*class, *item), *rule))
        });
        Self {
            cells: cells.collect(),
            needs_consent: rows.iter().filter(|(.., consent)| *consent).map(|(item, ..)| *item).collect(),
        }
    }
}
