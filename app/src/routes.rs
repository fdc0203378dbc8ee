//! Typed paths: the only place where a path of the site is spelled out.

use std::fmt;

use domain::account::{AccountKind, MemberAct};
use protocol::terminal_id::TerminalId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    screens::{ScreenId, h_help::Slug},
    services::care::CareView,
};

mod members;

pub use members::{MemberScreens, Members};

/// The two lists of audit records, as they stand in paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Records {
    /// 操作履歴, everything that was done: `/history`.
    Operations,
    /// 閲覧履歴, who looked at whose care information: `/viewings`.
    Viewings,
}

impl Records {
    /// The code that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Viewings => "viewings",
        }
    }

    const fn base(self) -> &'static str {
        match self {
            Self::Operations => "/history",
            Self::Viewings => "/viewings",
        }
    }
}

/// What a form may fetch as a file: no page, so it is posted to and answers with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Download {
    /// F-3.
    Records,
}

impl Download {
    /// Where the form posts to.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Records => "/download/records",
        }
    }
}

/// What changed on one's own account, as it stands in the query of P-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// The authenticator app was removed.
    AuthenticatorRemoved,
    /// One other session was ended.
    SessionEnded,
    /// All other sessions were ended.
    OtherSessionsEnded,
}

impl AccountChange {
    const ALL: [Self; 5] = [
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::AuthenticatorRemoved,
        Self::SessionEnded,
        Self::OtherSessionsEnded,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::AuthenticatorRemoved => "authenticator_removed",
            Self::SessionEnded => "session_ended",
            Self::OtherSessionsEnded => "other_sessions_ended",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// The pages of P-1 that change what one signs in with: each asks for a fresh proof of who one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialPage {
    /// Adding a passkey.
    NewPasskey,
    /// Removing one.
    RemovePasskey(Uuid),
    /// Registering the authenticator app.
    Authenticator,
    /// Removing it.
    RemoveAuthenticator,
    /// New recovery codes.
    RecoveryCodes,
}

impl fmt::Display for CredentialPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewPasskey => f.write_str("/account/passkeys/new"),
            Self::RemovePasskey(id) => write!(f, "/account/passkeys/{id}/remove"),
            Self::Authenticator => f.write_str("/account/authenticator"),
            Self::RemoveAuthenticator => f.write_str("/account/authenticator/remove"),
            Self::RecoveryCodes => f.write_str("/account/recovery-codes"),
        }
    }
}

impl CredentialPage {
    /// The page at this path.
    pub fn parse(path: &str) -> Option<Self> {
        match Route::parse(path) {
            Some(Route::Credential(page)) => Some(page),
            _ => None,
        }
    }
}

macro_rules! reader_steps {
    ($($(#[$doc:meta])* $step:ident $name:literal $screen:ident;)+) => {
        /// Where the companion's screens (M) begin. Each moves on by itself to what reader-bridge asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ReaderStep { $($(#[$doc])* $step,)+ }

        impl ReaderStep {
            /// In the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$step,)+];

            /// The screen.
            pub const fn screen(self) -> ScreenId {
                match self { $(Self::$step => ScreenId::$screen,)+ }
            }

            const fn name(self) -> &'static str {
                match self { $(Self::$step => $name,)+ }
            }

            fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|step| *step != Self::Choose && step.name() == name)
            }
        }
    };
}

reader_steps! {
    /// 利用規約.
    Terms "terms" M1;
    /// The ユーザ設定情報.
    Account "account" M2;
    /// It is stored.
    Registered "account-done" M3;
    /// パスコード.
    Passcode "passcode" M4;
    /// The same once more.
    PasscodeAgain "passcode-again" M5;
    /// It is stored.
    PasscodeSet "passcode-done" M6;
    /// パスコード at start.
    Unlock "unlock" M7;
    /// 認証選択: where a reading begins.
    Choose "" M8;
    /// Settings.
    Menu "menu" M9;
    /// カードリーダー選択.
    Readers "readers" M10;
    /// The card is read.
    Read "read" M11;
    /// What went wrong, and the remedy.
    Failed "trouble" M12;
    /// 端末固有ID.
    TerminalId "terminal-id" M13;
}

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
    Care(Uuid, CareView),
    Consent(Uuid),
    ConsentRecord(Uuid),
    EndCharge(Uuid),
    Problem,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => f.write_str("/"),
            Self::CertificateHelp => f.write_str("/help/certificate"),
            Self::Manual => f.write_str("/help/manual"),
            Self::RoleManual(kind) => write!(f, "/help/manual/{}", kind.code()),
            Self::Questions => f.write_str("/help/questions"),
            Self::Question(slug) => write!(f, "/help/questions/{slug}"),
            Self::Contact => f.write_str("/help/contact"),
            Self::News => f.write_str("/news"),
            Self::SignedOut => f.write_str("/signed-out"),
            Self::SignInOffice => f.write_str("/sign-in/office"),
            Self::SignInMember => f.write_str("/sign-in/member"),
            Self::SecurityCode => f.write_str("/sign-in/office/security-code"),
            Self::SendCode => f.write_str("/sign-in/office/send-code"),
            Self::Code => f.write_str("/sign-in/office/code"),
            Self::MemberSendCode => f.write_str("/sign-in/member/send-code"),
            Self::MemberCode => f.write_str("/sign-in/member/code"),
            Self::ForgottenPassword => f.write_str("/password/forgotten"),
            Self::PasswordLinkSent => f.write_str("/password/forgotten/sent"),
            Self::NewPassword => f.write_str("/password/new"),
            Self::PasswordSet => f.write_str("/password/done"),
            Self::ChangePassword => f.write_str("/account/password"),
            Self::Account(None) => f.write_str("/account"),
            Self::Account(Some(change)) => write!(f, "/account?done={}", change.code()),
            Self::ConfirmAccount(page) => write!(f, "/account/confirm?next={page}"),
            Self::Credential(page) => write!(f, "{page}"),
            Self::OfficeMenu => f.write_str("/office"),
            Self::AdministratorMenu => f.write_str("/administrator"),
            Self::StaffMenu => f.write_str("/home"),
            Self::Members(m) => f.write_str(m.base()),
            Self::MovedTo(m, id) => write!(f, "{}?moved={id}", m.base()),
            Self::NewMember(m, None) => write!(f, "{}/new", m.base()),
            Self::NewMember(m, Some(draft)) => write!(f, "{}/new?draft={draft}", m.base()),
            Self::CheckNewMember(m, draft) => write!(f, "{}/new/check?draft={draft}", m.base()),
            Self::NewMemberDone(m, id) => write!(f, "{}/new/done?id={id}", m.base()),
            Self::Member(m, id) => write!(f, "{}/{id}", m.base()),
            Self::DeleteMember(m, id) => write!(f, "{}/{id}/delete", m.base()),
            Self::MemberDeleted(m, id) => write!(f, "{}/{id}/deleted", m.base()),
            Self::EditMember(m, id, None) => write!(f, "{}/{id}/edit", m.base()),
            Self::EditMember(m, id, Some(draft)) => write!(f, "{}/{id}/edit?draft={draft}", m.base()),
            Self::CheckEditedMember(m, id, draft) => write!(f, "{}/{id}/edit/check?draft={draft}", m.base()),
            Self::MemberEdited(m, id) => write!(f, "{}/{id}/edit/done", m.base()),
            Self::ChangeKind(m, id) => write!(f, "{}/{id}/kind", m.base()),
            Self::Act(m, id, act) => write!(f, "{}/{id}/{}", m.base(), act.code()),
            Self::Acted(m, id, act) => write!(f, "{}/{id}/{}/done", m.base(), act.code()),
            Self::ImportMembers(m, None) => write!(f, "{}/import", m.base()),
            Self::ImportMembers(m, Some(import)) => write!(f, "{}/import?import={import}", m.base()),
            Self::ImportTemplate(m) => write!(f, "{}/import/template.csv", m.base()),
            Self::ExportMembers(m) => write!(f, "{}/export.csv", m.base()),
            Self::Records(r) => f.write_str(r.base()),
            Self::Record(r, seq) => write!(f, "{}/{seq}", r.base()),
            Self::ExportRecords(r) => write!(f, "{}/export", r.base()),
            Self::Terminals => f.write_str("/terminals"),
            Self::NewTerminal(None) => f.write_str("/terminals/new"),
            Self::NewTerminal(Some(terminal)) => write!(f, "/terminals/new?terminal={terminal}"),
            Self::Terminal(id) => write!(f, "/terminals/{id}"),
            Self::DeleteTerminal(id) => write!(f, "/terminals/{id}/delete"),
            Self::Reader(ReaderStep::Choose) => f.write_str("/reader"),
            Self::Reader(step) => write!(f, "/reader/{}", step.name()),
            Self::People => f.write_str("/people"),
            Self::VerifyPerson => f.write_str("/people/verify"),
            Self::FindPerson => f.write_str("/people/find"),
            Self::PersonFound(found) => write!(f, "/people/find/{found}"),
            Self::Care(id, view) => write!(f, "/people/{id}{}", care_path(*view)),
            Self::Consent(id) => write!(f, "/people/{id}/consent"),
            Self::ConsentRecord(id) => write!(f, "/people/{id}/consent/record"),
            Self::EndCharge(id) => write!(f, "/people/{id}/end"),
            Self::Problem => f.write_str("/problem"),
        }
    }
}

/// What follows a person's own path.
const fn care_path(view: CareView) -> &'static str {
    match view {
        CareView::Eligibility => "",
        CareView::Certification => "/certification",
        CareView::Review => "/review",
        CareView::Benefits => "/benefits",
        CareView::Life => "/life",
        CareView::CarePlan => "/care-plan",
        CareView::Print => "/print",
    }
}

impl From<Route> for String {
    fn from(route: Route) -> Self {
        route.to_string()
    }
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

    /// The page at an address (path and query). `None`: no such page. A part of the query that cannot be read counts as
    /// missing; a path with an ID that is none is no page.
    pub fn parse(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let parts: Vec<&str> = path.trim_matches('/').split('/').filter(|part| !part.is_empty()).collect();
        Some(match parts.as_slice() {
            [] => Self::Top,
            ["help", "certificate"] => Self::CertificateHelp,
            ["help", "manual"] => Self::Manual,
            ["help", "manual", kind] => Self::RoleManual(AccountKind::from_code(kind)?),
            ["help", "questions"] => Self::Questions,
            ["help", "questions", slug] => Self::Question(Slug::find(slug)?),
            ["help", "contact"] => Self::Contact,
            ["news"] => Self::News,
            ["signed-out"] => Self::SignedOut,
            ["sign-in", "office"] => Self::SignInOffice,
            ["sign-in", "member"] => Self::SignInMember,
            ["sign-in", "office", "security-code"] => Self::SecurityCode,
            ["sign-in", "office", "send-code"] => Self::SendCode,
            ["sign-in", "office", "code"] => Self::Code,
            ["sign-in", "member", "send-code"] => Self::MemberSendCode,
            ["sign-in", "member", "code"] => Self::MemberCode,
            ["password", "forgotten"] => Self::ForgottenPassword,
            ["password", "forgotten", "sent"] => Self::PasswordLinkSent,
            ["password", "new"] => Self::NewPassword,
            ["password", "done"] => Self::PasswordSet,
            ["account", "password"] => Self::ChangePassword,
            ["account", rest @ ..] => Self::parse_account(rest, query)?,
            ["office"] => Self::OfficeMenu,
            ["administrator"] => Self::AdministratorMenu,
            ["home"] => Self::StaffMenu,
            ["administrators", rest @ ..] => Self::parse_members(Members::Administrators, rest, query)?,
            ["staff", rest @ ..] => Self::parse_members(Members::Staff, rest, query)?,
            ["history", rest @ ..] => Self::parse_records(Records::Operations, rest)?,
            ["viewings", rest @ ..] => Self::parse_records(Records::Viewings, rest)?,
            ["terminals"] => Self::Terminals,
            ["terminals", "new"] => {
                Self::NewTerminal(query_value(query, "terminal").and_then(|text| text.parse().ok()))
            }
            ["terminals", id] => Self::Terminal(id.parse().ok()?),
            ["terminals", id, "delete"] => Self::DeleteTerminal(id.parse().ok()?),
            ["reader"] => Self::Reader(ReaderStep::Choose),
            ["reader", step] => Self::Reader(ReaderStep::from_name(step)?),
            ["people", rest @ ..] => Self::parse_people(rest)?,
            ["problem"] => Self::Problem,
            _ => return None,
        })
    }

    fn parse_account(rest: &[&str], query: &str) -> Option<Self> {
        use CredentialPage as Page;
        let value = |name| query_value(query, name);
        Some(match rest {
            [] => Self::Account(value("done").and_then(|code| AccountChange::from_code(&code))),
            ["confirm"] => Self::ConfirmAccount(Page::parse(&value("next")?)?),
            ["passkeys", "new"] => Self::Credential(Page::NewPasskey),
            ["passkeys", id, "remove"] => Self::Credential(Page::RemovePasskey(id.parse().ok()?)),
            ["authenticator"] => Self::Credential(Page::Authenticator),
            ["authenticator", "remove"] => Self::Credential(Page::RemoveAuthenticator),
            ["recovery-codes"] => Self::Credential(Page::RecoveryCodes),
            _ => return None,
        })
    }

    fn parse_members(members: Members, rest: &[&str], query: &str) -> Option<Self> {
        let uuid = |name| query_value(query, name).and_then(|text| text.parse::<Uuid>().ok());
        let draft = uuid("draft");
        Some(match rest {
            [] => uuid("moved").map_or(Self::Members(members), |id| Self::MovedTo(members, id)),
            ["new"] => Self::NewMember(members, draft),
            ["new", "check"] => Self::CheckNewMember(members, draft?),
            ["new", "done"] => Self::NewMemberDone(members, uuid("id")?),
            ["import"] => Self::ImportMembers(members, uuid("import")),
            ["import", "template.csv"] => Self::ImportTemplate(members),
            ["export.csv"] => Self::ExportMembers(members),
            [id] => Self::Member(members, id.parse().ok()?),
            [id, "delete"] => Self::DeleteMember(members, id.parse().ok()?),
            [id, "deleted"] => Self::MemberDeleted(members, id.parse().ok()?),
            [id, "edit"] => Self::EditMember(members, id.parse().ok()?, draft),
            [id, "edit", "check"] => Self::CheckEditedMember(members, id.parse().ok()?, draft?),
            [id, "edit", "done"] => Self::MemberEdited(members, id.parse().ok()?),
            [id, "kind"] => Self::ChangeKind(members, id.parse().ok()?),
            [id, act] => Self::Act(members, id.parse().ok()?, MemberAct::from_code(act)?),
            [id, act, "done"] => Self::Acted(members, id.parse().ok()?, MemberAct::from_code(act)?),
            _ => return None,
        })
    }

    fn parse_records(records: Records, rest: &[&str]) -> Option<Self> {
        Some(match rest {
            [] => Self::Records(records),
            ["export"] => Self::ExportRecords(records),
            [seq] => Self::Record(records, seq.parse().ok()?),
            _ => return None,
        })
    }

    fn parse_people(rest: &[&str]) -> Option<Self> {
        Some(match rest {
            [] => Self::People,
            ["verify"] => Self::VerifyPerson,
            ["find"] => Self::FindPerson,
            ["find", found] => Self::PersonFound(found.parse().ok()?),
            [id, "consent"] => Self::Consent(id.parse().ok()?),
            [id, "consent", "record"] => Self::ConsentRecord(id.parse().ok()?),
            [id, "end"] => Self::EndCharge(id.parse().ok()?),
            [id] => Self::Care(id.parse().ok()?, CareView::Eligibility),
            [id, view] => {
                let fits = |known: &&CareView| care_path(**known).strip_prefix('/') == Some(*view);
                Self::Care(id.parse().ok()?, *CareView::ALL.iter().find(fits)?)
            }
            _ => return None,
        })
    }

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
            Self::Problem => return None,
        })
    }
}

/// One value of a query, decoded.
pub fn query_value(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_at_its_own_address() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let of = |m| {
            let acts = MemberAct::ALL.iter().flat_map(move |act| [Route::Act(m, a, *act), Route::Acted(m, a, *act)]);
            let pages = [
                Route::Members(m),
                Route::MovedTo(m, a),
                Route::NewMember(m, None),
                Route::NewMember(m, Some(a)),
                Route::CheckNewMember(m, a),
                Route::NewMemberDone(m, a),
                Route::Member(m, a),
                Route::DeleteMember(m, a),
                Route::MemberDeleted(m, a),
                Route::EditMember(m, a, None),
                Route::EditMember(m, a, Some(b)),
                Route::CheckEditedMember(m, a, b),
                Route::MemberEdited(m, a),
                Route::ChangeKind(m, a),
            ];
            pages.into_iter().chain(acts)
        };
        let mut all = vec![
            Route::Top,
            Route::CertificateHelp,
            Route::Manual,
            Route::RoleManual(AccountKind::Staff),
            Route::Questions,
            Route::Question(Slug::MAIL_DOES_NOT_COME),
            Route::Contact,
            Route::News,
            Route::SignedOut,
            Route::SignInOffice,
            Route::SignInMember,
            Route::SecurityCode,
            Route::SendCode,
            Route::Code,
            Route::MemberSendCode,
            Route::MemberCode,
            Route::ForgottenPassword,
            Route::PasswordLinkSent,
            Route::NewPassword,
            Route::PasswordSet,
            Route::ChangePassword,
            Route::Account(None),
            Route::Account(Some(AccountChange::PasskeyAdded)),
            Route::ConfirmAccount(CredentialPage::RemovePasskey(a)),
            Route::Credential(CredentialPage::NewPasskey),
            Route::Credential(CredentialPage::RemovePasskey(a)),
            Route::Credential(CredentialPage::Authenticator),
            Route::Credential(CredentialPage::RemoveAuthenticator),
            Route::Credential(CredentialPage::RecoveryCodes),
            Route::OfficeMenu,
            Route::AdministratorMenu,
            Route::StaffMenu,
            Route::Records(Records::Operations),
            Route::Records(Records::Viewings),
            Route::Record(Records::Operations, 7),
            Route::Record(Records::Viewings, 7),
            Route::ExportRecords(Records::Operations),
            Route::ExportRecords(Records::Viewings),
            Route::ImportMembers(Members::Administrators, None),
            Route::ImportMembers(Members::Staff, Some(a)),
            Route::ImportTemplate(Members::Staff),
            Route::ExportMembers(Members::Administrators),
            Route::Terminals,
            Route::NewTerminal(None),
            Route::NewTerminal(Some(TerminalId::of_public_key(b"a key"))),
            Route::Terminal(a),
            Route::DeleteTerminal(a),
            Route::People,
            Route::VerifyPerson,
            Route::FindPerson,
            Route::PersonFound(a),
            Route::Consent(a),
            Route::ConsentRecord(a),
            Route::EndCharge(a),
            Route::Problem,
        ];
        all.extend(ReaderStep::ALL.iter().map(|step| Route::Reader(*step)));
        all.extend(CareView::ALL.iter().map(|view| Route::Care(a, *view)));
        all.extend(of(Members::Administrators).chain(of(Members::Staff)));
        for route in &all {
            assert_eq!(Route::parse(&route.to_string()).as_ref(), Some(route));
        }
        let shown: Vec<ScreenId> = all.iter().filter_map(Route::screen).collect();
        let pages = ScreenId::ALL.iter().filter(|screen| !screen.number().starts_with('Z'));
        for screen in pages {
            assert!(shown.contains(screen), "{} has no page", screen.number());
        }
    }

    #[test]
    fn what_is_no_page_is_none() {
        for address in [
            "/history/x",
            "/help/questions/nothing",
            "/help/manual/x",
            "/staff/x/y/z",
            "/administrators/abc",
            "/administrators/new/check",
            "/index.html",
            "/office/x",
            "/account/confirm?next=/office",
        ] {
            assert_eq!(Route::parse(address), None, "{address}");
        }
    }
}
