//! A page's address: printed and read.

use std::fmt;

use domain::account::{AccountKind, MemberAct};
use uuid::Uuid;

use super::{AccountChange, CredentialPage, Members, ReaderStep, Records, Route, query_value};
use crate::{screens::h_help::Slug, services::care::CareView};

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
            Self::Batch(None) => f.write_str("/people/batch"),
            Self::Batch(Some(list)) => write!(f, "/people/batch/{list}"),
            Self::BatchTemplate => f.write_str("/people/batch/template.csv"),
            Self::BatchFile(list) => write!(f, "/people/batch/{list}/result.csv"),
            Self::Care(id, view) => write!(f, "/people/{id}{}", care_path(*view)),
            Self::Consent(id) => write!(f, "/people/{id}/consent"),
            Self::ConsentRecord(id) => write!(f, "/people/{id}/consent/record"),
            Self::EndCharge(id) => write!(f, "/people/{id}/end"),
            Self::Emergency(id) => write!(f, "/people/{id}/emergency"),
            Self::EmergencyUses => f.write_str("/emergency-uses"),
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
            ["emergency-uses"] => Self::EmergencyUses,
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
            ["batch"] => Self::Batch(None),
            ["batch", "template.csv"] => Self::BatchTemplate,
            ["batch", list] => Self::Batch(Some(list.parse().ok()?)),
            ["batch", list, "result.csv"] => Self::BatchFile(list.parse().ok()?),
            [id, "emergency"] => Self::Emergency(id.parse().ok()?),
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
}
