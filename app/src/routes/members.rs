//! The two kinds of account that an office manages, and the numbers of their screens.

use domain::account::AccountKind;
use serde::{Deserialize, Serialize};

use crate::screens::ScreenId;

/// The two kinds of account that an office manages, as they stand in paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// 管理者ユーザ: `/administrators`.
    Administrators,
    /// 一般ユーザ: `/staff`.
    Staff,
}

/// The screens of one kind, in the order of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it")]
pub struct MemberScreens {
    pub list: ScreenId,
    pub new: ScreenId,
    pub check: ScreenId,
    pub done: ScreenId,
    pub detail: ScreenId,
    pub delete: ScreenId,
    pub deleted: ScreenId,
    pub edit: ScreenId,
    pub act: ScreenId,
}

impl Members {
    /// The account kind.
    pub const fn kind(self) -> AccountKind {
        match self {
            Self::Administrators => AccountKind::Administrator,
            Self::Staff => AccountKind::Staff,
        }
    }

    /// The kind that 権限変更 leads to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Administrators => Self::Staff,
            Self::Staff => Self::Administrators,
        }
    }

    /// The code that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrators => "administrators",
            Self::Staff => "staff",
        }
    }

    /// D-1 … D-8 and D-10, or D-11 … D-19.
    pub const fn screens(self) -> MemberScreens {
        match self {
            Self::Administrators => MemberScreens {
                list: ScreenId::D1,
                new: ScreenId::D2,
                check: ScreenId::D3,
                done: ScreenId::D4,
                detail: ScreenId::D5,
                delete: ScreenId::D6,
                deleted: ScreenId::D7,
                edit: ScreenId::D8,
                act: ScreenId::D10,
            },
            Self::Staff => MemberScreens {
                list: ScreenId::D11,
                new: ScreenId::D12,
                check: ScreenId::D13,
                done: ScreenId::D14,
                detail: ScreenId::D15,
                delete: ScreenId::D16,
                deleted: ScreenId::D17,
                edit: ScreenId::D18,
                act: ScreenId::D19,
            },
        }
    }

    pub(super) const fn base(self) -> &'static str {
        match self {
            Self::Administrators => "/administrators",
            Self::Staff => "/staff",
        }
    }
}
