//! Who may do what (rules.md, "User kinds and rights").

use super::AccountKind;

/// A right of the table in rules.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Open 管理メニュー(事業所ユーザ).
    OfficeMenu,
    /// Open 管理メニュー(管理者ユーザ).
    AdministratorMenu,
    /// Open メニュー(一般ユーザ).
    StaffMenu,
    /// See one's own account, its sessions and its sign-ins.
    OwnAccount,
    /// Change here what one signs in with: password, passkeys, authenticator app. A 事業所ユーザ's password comes from
    /// another system.
    OwnPassword,
    /// Manage 管理者ユーザ.
    ManageAdministrators,
    /// Manage 一般ユーザ.
    ManageStaff,
    /// Change 管理者⇄一般.
    ChangeRights,
    /// Undo the deletion of an account.
    RestoreMembers,
    /// See care information and 資格確認.
    CareInformation,
    /// Register マイナ資格確認アプリ情報.
    RegisterTerminals,
    /// See audit records: one's own at least.
    AuditRecords,
    /// See the whole office's audit records.
    OfficeAuditRecords,
}

impl Right {
    /// Every right, for the matrix tests.
    pub const ALL: &[Self] = &[
        Self::OfficeMenu,
        Self::AdministratorMenu,
        Self::StaffMenu,
        Self::OwnAccount,
        Self::OwnPassword,
        Self::ManageAdministrators,
        Self::ManageStaff,
        Self::ChangeRights,
        Self::RestoreMembers,
        Self::CareInformation,
        Self::RegisterTerminals,
        Self::AuditRecords,
        Self::OfficeAuditRecords,
    ];
}

impl AccountKind {
    /// Whether accounts of this kind have the right, always within their own office.
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::OfficeMenu | Right::ManageAdministrators | Right::ChangeRights | Right::RestoreMembers => {
                matches!(self, Self::Office)
            }
            Right::AuditRecords | Right::OwnAccount => true,
            Right::ManageStaff | Right::OfficeAuditRecords => matches!(self, Self::Office | Self::Administrator),
            Right::CareInformation | Right::OwnPassword => matches!(self, Self::Administrator | Self::Staff),
            Right::RegisterTerminals | Right::AdministratorMenu => matches!(self, Self::Administrator),
            Right::StaffMenu => matches!(self, Self::Staff),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountKind::*, Right};

    #[test]
    fn the_table_of_the_rules_is_kept_cell_by_cell() {
        let table = [
            (Right::OfficeMenu, [true, false, false]),
            (Right::AdministratorMenu, [false, true, false]),
            (Right::StaffMenu, [false, false, true]),
            (Right::OwnAccount, [true, true, true]),
            (Right::OwnPassword, [false, true, true]),
            (Right::ManageAdministrators, [true, false, false]),
            (Right::ManageStaff, [true, true, false]),
            (Right::ChangeRights, [true, false, false]),
            (Right::RestoreMembers, [true, false, false]),
            (Right::CareInformation, [false, true, true]),
            (Right::RegisterTerminals, [false, true, false]),
            (Right::AuditRecords, [true, true, true]),
            (Right::OfficeAuditRecords, [true, true, false]),
        ];
        assert_eq!(table.len(), Right::ALL.len());
        for (right, expected) in table {
            assert_eq!([Office, Administrator, Staff].map(|kind| kind.may(right)), expected, "{right:?}");
        }
    }
}
