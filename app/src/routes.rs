//! Typed paths: the only place where a path of the site is spelled out.

use std::fmt;

use domain::account::AccountKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

impl Members {
    /// The account kind.
    pub const fn kind(self) -> AccountKind {
        match self {
            Self::Administrators => AccountKind::Administrator,
            Self::Staff => AccountKind::Staff,
        }
    }

    /// The code that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrators => "administrators",
            Self::Staff => "staff",
        }
    }

    const fn base(self) -> &'static str {
        match self {
            Self::Administrators => "/administrators",
            Self::Staff => "/staff",
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

/// Every page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the screen that `screen` names")]
pub enum Route {
    Top,
    CertificateHelp,
    Manual,
    Questions,
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
    NewMember(Members, Option<Uuid>),
    CheckNewMember(Members, Uuid),
    NewMemberDone(Members, Uuid),
    Member(Members, Uuid),
    DeleteMember(Members, Uuid),
    MemberDeleted(Members, Uuid),
    EditMember(Members, Uuid, Option<Uuid>),
    CheckEditedMember(Members, Uuid, Uuid),
    MemberEdited(Members, Uuid),
    Problem,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => f.write_str("/"),
            Self::CertificateHelp => f.write_str("/help/certificate"),
            Self::Manual => f.write_str("/help/manual"),
            Self::Questions => f.write_str("/help/questions"),
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
            Self::Problem => f.write_str("/problem"),
        }
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
            ["help", "questions"] => Self::Questions,
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
            [] => Self::Members(members),
            ["new"] => Self::NewMember(members, draft),
            ["new", "check"] => Self::CheckNewMember(members, draft?),
            ["new", "done"] => Self::NewMemberDone(members, uuid("id")?),
            [id] => Self::Member(members, id.parse().ok()?),
            [id, "delete"] => Self::DeleteMember(members, id.parse().ok()?),
            [id, "deleted"] => Self::MemberDeleted(members, id.parse().ok()?),
            [id, "edit"] => Self::EditMember(members, id.parse().ok()?, draft),
            [id, "edit", "check"] => Self::CheckEditedMember(members, id.parse().ok()?, draft?),
            [id, "edit", "done"] => Self::MemberEdited(members, id.parse().ok()?),
            _ => return None,
        })
    }

    /// The screen that this page shows; `None` for `/problem`, whose screen is that of the error.
    pub const fn screen(&self) -> Option<ScreenId> {
        Some(match self {
            Self::Top => ScreenId::A1,
            Self::CertificateHelp => ScreenId::A5,
            Self::Manual => ScreenId::H1,
            Self::Questions => ScreenId::H2,
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
            Self::Members(_) => ScreenId::D1,
            Self::NewMember(..) => ScreenId::D2,
            Self::CheckNewMember(..) => ScreenId::D3,
            Self::NewMemberDone(..) => ScreenId::D4,
            Self::Member(..) => ScreenId::D5,
            Self::DeleteMember(..) => ScreenId::D6,
            Self::MemberDeleted(..) => ScreenId::D7,
            Self::EditMember(..) | Self::CheckEditedMember(..) | Self::MemberEdited(..) => ScreenId::D8,
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
        let m = Members::Administrators;
        let all = [
            Route::Top,
            Route::CertificateHelp,
            Route::Manual,
            Route::Questions,
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
            Route::Members(m),
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
            Route::Problem,
        ];
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
