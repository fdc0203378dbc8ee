//! What administrators can do to an account besides changing its form and deleting it.

use serde::{Deserialize, Serialize};

/// An act on one account. The kebab-case name is its code in addresses and forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberAct {
    /// Refuse sign-in until somebody unlocks: for a suspicion.
    Lock,
    /// End a lock, be it by hand or by wrong passwords, and forget the failures.
    Unlock,
    /// 利用停止: for leave of absence and the like.
    Suspend,
    /// 利用再開.
    Resume,
    /// Set the last day of use.
    SetExpiry,
    /// No last day of use any more.
    RemoveExpiry,
    /// Send another initial password; the present one stops working.
    ReissuePassword,
    /// Sign out everywhere.
    EndSessions,
    /// Undo a deletion.
    Restore,
}

impl MemberAct {
    /// Every act, in the order in which screens offer them.
    pub const ALL: &[Self] = &[
        Self::ReissuePassword,
        Self::EndSessions,
        Self::Lock,
        Self::Unlock,
        Self::Suspend,
        Self::Resume,
        Self::SetExpiry,
        Self::RemoveExpiry,
        Self::Restore,
    ];

    /// The code in addresses, forms and the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::SetExpiry => "set-expiry",
            Self::RemoveExpiry => "remove-expiry",
            Self::ReissuePassword => "reissue-password",
            Self::EndSessions => "end-sessions",
            Self::Restore => "restore",
        }
    }

    /// The act with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.code() == code)
    }

    /// Whether the account cannot be used afterwards: what the last administrator is warned of.
    pub const fn takes_away_use(self) -> bool {
        matches!(self, Self::Lock | Self::Suspend | Self::SetExpiry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acts_code_leads_back_to_it() {
        for act in MemberAct::ALL {
            assert_eq!(MemberAct::from_code(act.code()), Some(*act));
        }
        assert_eq!(MemberAct::from_code("edit"), None);
    }
}
