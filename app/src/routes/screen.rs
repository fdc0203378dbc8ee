//! The screen of each page.

use super::{Records, Route};
use crate::{screens::ScreenId, services::care::CareView};

impl Route {
    /// The screen that this page shows; `None` for `/problem`, whose screen is that of the error.
    pub const fn screen(&self) -> Option<ScreenId> {
        Some(match self {
            Self::Top => ScreenId::A1,
            Self::CertificateHelp => ScreenId::A5,
            Self::Manual | Self::RoleManual(_) => ScreenId::H1,
            Self::Questions => ScreenId::H2,
            Self::Question(_) => ScreenId::H3,
            Self::Contact => ScreenId::H4,
            Self::News => ScreenId::I1,
            Self::SignedOut => ScreenId::A9,
            Self::SignInOffice => ScreenId::A2,
            Self::SignInMember => ScreenId::A4,
            Self::SecurityCode => ScreenId::A3,
            Self::SendCode => ScreenId::B1,
            Self::Code => ScreenId::B2,
            Self::MemberSendCode => ScreenId::B11,
            Self::MemberCode => ScreenId::B12,
            Self::ForgottenPassword => ScreenId::G1,
            Self::PasswordLinkSent => ScreenId::G2,
            Self::NewPassword => ScreenId::G3,
            Self::PasswordSet => ScreenId::G4,
            Self::ChangePassword => ScreenId::G5,
            Self::Account(_) | Self::ConfirmAccount(_) | Self::Credential(_) => ScreenId::P1,
            Self::OfficeMenu => ScreenId::C1,
            Self::AdministratorMenu => ScreenId::C11,
            Self::StaffMenu => ScreenId::C21,
            Self::Members(m) | Self::MovedTo(m, _) => m.screens().list,
            Self::NewMember(m, _) => m.screens().new,
            Self::CheckNewMember(m, _) => m.screens().check,
            Self::NewMemberDone(m, _) => m.screens().done,
            Self::Member(m, _) => m.screens().detail,
            Self::DeleteMember(m, _) => m.screens().delete,
            Self::MemberDeleted(m, _) => m.screens().deleted,
            Self::EditMember(m, ..) | Self::CheckEditedMember(m, ..) | Self::MemberEdited(m, _) => m.screens().edit,
            Self::ChangeKind(..) => ScreenId::D9,
            Self::Act(m, ..) | Self::Acted(m, ..) => m.screens().act,
            // The files are D-21's too: it stands in for those that cannot be had.
            Self::ImportMembers(..) | Self::ImportTemplate(_) | Self::ExportMembers(_) => ScreenId::D21,
            Self::Records(Records::Operations) | Self::Record(Records::Operations, _) => ScreenId::F1,
            Self::Records(Records::Viewings) | Self::Record(Records::Viewings, _) => ScreenId::F2,
            Self::ExportRecords(_) => ScreenId::F3,
            Self::Terminals => ScreenId::J1,
            Self::NewTerminal(_) => ScreenId::J2,
            Self::Terminal(_) => ScreenId::J3,
            Self::DeleteTerminal(_) => ScreenId::J4,
            Self::Reader(step) => step.screen(),
            Self::People => ScreenId::E1,
            Self::VerifyPerson => ScreenId::E2,
            Self::FindPerson | Self::PersonFound(_) => ScreenId::E4,
            Self::Consent(_) | Self::ConsentRecord(_) => ScreenId::E5,
            Self::Care(_, CareView::Eligibility) => ScreenId::E6,
            Self::Care(_, CareView::Certification) => ScreenId::E7,
            Self::Care(_, CareView::Review) => ScreenId::E8,
            Self::Care(_, CareView::Benefits) => ScreenId::E9,
            Self::Care(_, CareView::Life) => ScreenId::E10,
            Self::Care(_, CareView::CarePlan) => ScreenId::E11,
            Self::Care(_, CareView::Print) => ScreenId::E12,
            Self::EndCharge(_) => ScreenId::E13,
            // The files are E-14's too: it stands in for those that cannot be had.
            Self::Batch(_) | Self::BatchTemplate | Self::BatchFile(_) => ScreenId::E14,
            Self::Emergency(_) => ScreenId::E15,
            Self::EmergencyUses => ScreenId::F4,
            Self::Problem => return None,
        })
    }
}
