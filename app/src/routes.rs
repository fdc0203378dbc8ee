//! Typed paths: the only place where a path of the site is spelled out.

use domain::account::{AccountKind, MemberAct};
use protocol::terminal_id::TerminalId;
use uuid::Uuid;

use crate::{screens::h_help::Slug, services::care::CareView};

mod account;
mod address;
mod members;
mod reader;
mod records;
mod screen;
#[cfg(test)]
mod tests;

pub use account::{AccountChange, CredentialPage};
pub use members::{MemberScreens, Members};
pub use reader::ReaderStep;
pub use records::{Download, Records};

/// Every page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the screen that `screen` names")]
pub enum Route {
    Top,
    CertificateHelp,
    Manual,
    RoleManual(AccountKind),
    Questions,
    Question(Slug),
    Contact,
    News,
    SignedOut,
    SignInOffice,
    SignInMember,
    SecurityCode,
    SendCode,
    Code,
    MemberSendCode,
    MemberCode,
    ForgottenPassword,
    PasswordLinkSent,
    NewPassword,
    PasswordSet,
    ChangePassword,
    Account(Option<AccountChange>),
    ConfirmAccount(CredentialPage),
    Credential(CredentialPage),
    OfficeMenu,
    AdministratorMenu,
    StaffMenu,
    Members(Members),
    MovedTo(Members, Uuid),
    NewMember(Members, Option<Uuid>),
    CheckNewMember(Members, Uuid),
    NewMemberDone(Members, Uuid),
    Member(Members, Uuid),
    DeleteMember(Members, Uuid),
    MemberDeleted(Members, Uuid),
    EditMember(Members, Uuid, Option<Uuid>),
    CheckEditedMember(Members, Uuid, Uuid),
    MemberEdited(Members, Uuid),
    ChangeKind(Members, Uuid),
    Act(Members, Uuid, MemberAct),
    Acted(Members, Uuid, MemberAct),
    ImportMembers(Members, Option<Uuid>),
    ImportTemplate(Members),
    ExportMembers(Members),
    Records(Records),
    Record(Records, i64),
    ExportRecords(Records),
    Terminals,
    NewTerminal(Option<TerminalId>),
    Terminal(Uuid),
    DeleteTerminal(Uuid),
    Reader(ReaderStep),
    People,
    VerifyPerson,
    FindPerson,
    PersonFound(Uuid),
    Batch(Option<Uuid>),
    BatchTemplate,
    BatchFile(Uuid),
    Care(Uuid, CareView),
    Consent(Uuid),
    ConsentRecord(Uuid),
    EndCharge(Uuid),
    Emergency(Uuid),
    EmergencyUses,
    Problem,
}

impl Route {
    /// The menu that an account of this kind starts from.
    pub const fn home(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Office => Self::OfficeMenu,
            AccountKind::Administrator => Self::AdministratorMenu,
            AccountKind::Staff => Self::StaffMenu,
        }
    }
}

/// One value of a query, decoded.
pub fn query_value(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
