//! 職種区分: what a person does in the office. Decides, with the services, what care information they may see.

use serde::{Deserialize, Serialize};

macro_rules! jobs {
    ($($variant:ident, $code:literal, $name:literal;)*) => {
        /// 職種区分. ケアマネジャー and 一般介護職 are the manual's; the others are ours (rules.md).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each variant's Japanese name stands beside it in the table")]
        pub enum Job { $($variant,)* }

        impl Job {
            /// Every job, in the order in which it is offered.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code stored in the database and sent in forms.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The Japanese name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

jobs! {
    CareManager, "care_manager", "ケアマネジャー";
    CareWorker, "care_worker", "一般介護職";
    FacilityManager, "facility_manager", "管理者・施設長";
    Planner, "planner", "計画作成担当者";
    LifeCounsellor, "life_counsellor", "生活相談員";
    ServiceProvider, "service_provider", "サービス提供責任者";
    Nurse, "nurse", "看護職";
    Therapist, "therapist", "機能訓練指導員";
    Nutritionist, "nutritionist", "栄養職";
    EquipmentAdviser, "equipment_adviser", "福祉用具専門相談員";
    Physician, "physician", "医師";
    Clerk, "clerk", "事務職";
    Other, "other", "その他";
}

impl Job {
    /// The job with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|job| job.code() == code)
    }
}
