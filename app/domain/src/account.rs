//! Accounts: who may sign in, as what, and the form that describes one.

use std::fmt;

use serde::{Deserialize, Serialize};

mod act;
mod id;
mod member;
mod right;
mod service;
mod standing;

pub use act::MemberAct;
pub use id::{LoginId, OFFICE_ID_DIGITS, is_office_login_id};
pub use member::{ContactRule, MemberForm, MemberProfile, PersonName};
pub use right::Right;
pub use service::{SERVICES, Service, ServiceCode, ServiceGroup};
pub use standing::{
    DORMANT_DAYS, INITIAL_PASSWORD_DAYS, RESTORE_DAYS, Standing, days_after, days_before, expiry, last_day,
};

/// The three kinds of user (rules.md, "User kinds and rights").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// 事業所ユーザ: one per office, imported from 電子請求受付システム.
    Office,
    /// 管理者ユーザ.
    Administrator,
    /// 一般ユーザ.
    Staff,
}

impl AccountKind {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Administrator => "administrator",
            Self::Staff => "staff",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Office, Self::Administrator, Self::Staff].into_iter().find(|kind| kind.code() == code)
    }

    /// The Japanese name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Office => "事業所ユーザ",
            Self::Administrator => "管理者ユーザ",
            Self::Staff => "一般ユーザ",
        }
    }
}

impl fmt::Display for AccountKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a list says about an account at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// 有効.
    Active,
    /// 未ログイン: issued, never signed in.
    NeverSignedIn,
    /// ロック中: too many wrong passwords, or by an administrator.
    Locked,
    /// 停止中: suspended by an administrator.
    Suspended,
    /// 期限切れ: past its expiry date.
    Expired,
    /// 削除済み: seen only by whoever can undo it.
    Deleted,
}

impl AccountState {
    /// The Japanese word on the badge.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "有効",
            Self::NeverSignedIn => "未ログイン",
            Self::Locked => "ロック中",
            Self::Suspended => "停止中",
            Self::Expired => "期限切れ",
            Self::Deleted => "削除済み",
        }
    }
}
