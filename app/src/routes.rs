//! Typed paths: the only place where a path of the site is spelled out.

use std::fmt;

use domain::account::AccountKind;
use uuid::Uuid;

use crate::screens::ScreenId;

/// The two kinds of account that an office manages, as they stand in paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    const fn base(self) -> &'static str {
        match self {
            Self::Administrators => "/administrators",
            Self::Staff => "/staff",
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
    SignedOut,
    SignInOffice,
    SecurityCode,
    SendCode,
    Code,
    SignInMember,
    OfficeMenu,
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
            Self::SignedOut => f.write_str("/signed-out"),
            Self::SignInOffice => f.write_str("/sign-in/office"),
            Self::SecurityCode => f.write_str("/sign-in/office/security-code"),
            Self::SendCode => f.write_str("/sign-in/office/send-code"),
            Self::Code => f.write_str("/sign-in/office/code"),
            Self::SignInMember => f.write_str("/sign-in/member"),
            Self::OfficeMenu => f.write_str("/office"),
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

/// The screen at a path, for the access check and for "where did this error come from". `None`: no such page.
pub fn screen_at(path: &str) -> Option<ScreenId> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').filter(|part| !part.is_empty()).collect();
    let screen = match parts.as_slice() {
        [] => ScreenId::A1,
        ["help", "certificate"] => ScreenId::A5,
        ["help", "manual"] => ScreenId::H1,
        ["help", "questions"] => ScreenId::H2,
        ["help", "contact"] => ScreenId::H4,
        ["signed-out"] => ScreenId::A9,
        ["sign-in", "office"] => ScreenId::A2,
        ["sign-in", "office", "security-code"] => ScreenId::A3,
        ["sign-in", "office", "send-code"] => ScreenId::B1,
        ["sign-in", "office", "code"] => ScreenId::B2,
        ["sign-in", "member"] => ScreenId::A4,
        ["office"] => ScreenId::C1,
        ["administrators", rest @ ..] => member_screen(rest)?,
        _ => return None,
    };
    Some(screen)
}

fn member_screen(rest: &[&str]) -> Option<ScreenId> {
    Some(match rest {
        [] => ScreenId::D1,
        ["new"] => ScreenId::D2,
        ["new", "check"] => ScreenId::D3,
        ["new", "done"] => ScreenId::D4,
        [_] => ScreenId::D5,
        [_, "delete"] => ScreenId::D6,
        [_, "deleted"] => ScreenId::D7,
        [_, "edit"] | [_, "edit", "check" | "done"] => ScreenId::D8,
        _ => return None,
    })
}
