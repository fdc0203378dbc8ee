//! The items of care information that can be seen or hidden one by one.

use super::level::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// One item of care-info.md's matrix.
    Item {
        InsuranceCard, "insurance_card", "介護保険被保険者証";
        BurdenRatio, "burden_ratio", "介護保険負担割合証";
        BurdenLimit, "burden_limit", "介護保険負担限度額認定証";
        Survey, "survey", "認定調査票";
        Opinion, "opinion", "主治医意見書";
        Review, "review", "審査会進捗";
        Renovation, "renovation", "住宅改修費の利用状況";
        Equipment, "equipment", "福祉用具購入費の利用状況";
        Life, "life", "LIFE情報";
        CarePlan, "care_plan", "ケアプラン";
    }
}

impl Item {
    /// What it is, in words that the person whose it is understands.
    pub const fn plain(self) -> &'static str {
        match self {
            Self::InsuranceCard => "介護保険証に書かれていること",
            Self::BurdenRatio => "利用料の負担割合",
            Self::BurdenLimit => "食費と部屋代の負担の上限",
            Self::Survey => "要介護認定のときに調査員が聞き取った内容",
            Self::Opinion => "要介護認定のために主治医が書いた意見",
            Self::Review => "要介護認定の申請がどこまで進んでいるか",
            Self::Renovation => "住宅改修にこれまで使った金額",
            Self::Equipment => "福祉用具の購入にこれまで使った金額",
            Self::Life => "体や生活の状態の記録（ほかの事業所が国に提出したもの）",
            Self::CarePlan => "ケアプラン（介護サービスの計画）",
        }
    }
}
