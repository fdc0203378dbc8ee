//! 要介護状態区分, 負担割合 and 負担限度額: the three facts that decide what is paid.

use serde::{Deserialize, Serialize};

macro_rules! coded {
    ($(#[$doc:meta])* $type:ident { $($variant:ident, $code:literal, $name:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each variant's Japanese name stands beside it in the table")]
        pub enum $type { $(#[serde(rename = $code)] $variant,)* }

        impl $type {
            /// Every one, in the table's order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code of claims and files.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The Japanese name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(super) use coded;

coded! {
    /// 要介護状態区分.
    CareLevel {
        NotEligible, "01", "非該当";
        Project, "06", "事業対象者";
        Transitional, "11", "経過的要介護";
        Support1, "12", "要支援1";
        Support2, "13", "要支援2";
        Care1, "21", "要介護1";
        Care2, "22", "要介護2";
        Care3, "23", "要介護3";
        Care4, "24", "要介護4";
        Care5, "25", "要介護5";
    }
}

impl CareLevel {
    /// 区分支給限度基準額 in units a month. `None`: the table of rules.md has none for this level.
    pub const fn monthly_units(self) -> Option<u64> {
        Some(match self {
            Self::Support1 => 5_032,
            Self::Support2 => 10_531,
            Self::Care1 => 16_765,
            Self::Care2 => 19_705,
            Self::Care3 => 27_048,
            Self::Care4 => 30_938,
            Self::Care5 => 36_217,
            Self::NotEligible | Self::Project | Self::Transitional => return None,
        })
    }

    /// 介護の必要の程度の段階, by which 住宅改修 counts a rise of three steps. 要支援2 and 要介護1 are one step.
    pub const fn step(self) -> u8 {
        match self {
            Self::NotEligible | Self::Project => 0,
            Self::Transitional | Self::Support1 => 1,
            Self::Support2 | Self::Care1 => 2,
            Self::Care2 => 3,
            Self::Care3 => 4,
            Self::Care4 => 5,
            Self::Care5 => 6,
        }
    }
}

coded! {
    /// 負担割合. 4割 only when 給付制限 for arrears raises it.
    BurdenRatio {
        One, "1", "1割";
        Two, "2", "2割";
        Three, "3", "3割";
        Four, "4", "4割";
    }
}

coded! {
    /// 負担限度額 (利用者負担段階).
    LimitStep {
        One, "1", "第1段階";
        Two, "2", "第2段階";
        ThreeFirst, "3-1", "第3段階①";
        ThreeSecond, "3-2", "第3段階②";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_the_rules() {
        let units: Vec<_> = CareLevel::ALL.iter().filter_map(|level| level.monthly_units()).collect();
        assert_eq!(units, [5_032, 10_531, 16_765, 19_705, 27_048, 30_938, 36_217]);
        assert_eq!(CareLevel::from_code("06").map(CareLevel::name), Some("事業対象者"));
        assert_eq!(CareLevel::from_code("26"), None);
    }

    #[test]
    fn levels_and_their_steps_rise_together() {
        assert!(CareLevel::ALL.windows(2).all(|pair| pair[0] < pair[1] && pair[0].step() <= pair[1].step()));
        assert_eq!(CareLevel::Support2.step(), CareLevel::Care1.step());
    }
}
