//! Role × server function × own or other office, every cell over HTTP: what the rules' table of rights (rules.md, "User
//! kinds and rights") says of each call.
//!
//! Every server function has cells here: a new one without any fails. What other offices' objects answer in detail is in
//! `other_office.rs`.

use std::collections::{BTreeMap, BTreeSet};

use domain::account::{AccountKind, Right};
use server::demo::data::{MEMBER_PASSWORD, OFFICES};

use super::{
    accounts::{KINDS, open_draft, person, register_of, submit_of},
    browser::Browser,
    other_office::functions,
    service::{Service, on_both_engines},
};
use crate::support::ambient;

/// Who may make a call.
#[derive(Clone, Copy)]
enum Need {
    /// Nobody need be signed in; the call works on what its own cookies and secrets say.
    Nothing,
    /// Any session.
    Session,
    /// A right.
    Right(Right),
    /// To manage the members that the call names, and this right besides.
    Members(Option<Right>),
    /// The same, for a call that gets no further than its own fields or an object that is not there. What it does with
    /// one is shown where its feature is tested.
    Short(&'static Need),
}

impl Need {
    fn met_by(self, kind: AccountKind, members: &str) -> bool {
        let manage = if members == KINDS[0] { Right::ManageAdministrators } else { Right::ManageStaff };
        match self {
            Self::Nothing | Self::Session => true,
            Self::Right(right) => kind.may(right),
            Self::Short(need) => need.met_by(kind, members),
            Self::Members(further) => kind.may(manage) && further.is_none_or(|right| kind.may(right)),
        }
    }
}

type Fields = &'static [(&'static str, &'static str)];

/// A function, who may call it, and a call that succeeds on one's own office's objects. In the order in which they can
/// be made one after the other.
const CELLS: &[(&str, Need, Fields)] = &[
    ("start_office", Need::Nothing, &[("login_id", "KJ999999999999"), ("password", "x")]),
    ("start_member", Need::Nothing, &[("login_id", "NobodyAtAll1"), ("password", "x")]),
    ("confirm_security_code", Need::Nothing, &[("security_code", "x")]),
    ("sign_in_progress", Need::Nothing, &[("who", "member"), ("shown", "code")]),
    ("send_code", Need::Nothing, &[("channel", "mail")]),
    ("resend_code", Need::Nothing, &[]),
    ("redeem_code", Need::Nothing, &[("one_time_code", "000000")]),
    ("forgot_password", Need::Nothing, &[("login_id", "NobodyAtAll1"), ("contact", "x@example.jp")]),
    ("password_leave_of", Need::Nothing, &[("token", "x")]),
    ("set_password", Need::Nothing, &[("token", "x"), ("new_password", "x"), ("password_again", "x")]),
    ("current_news", Need::Nothing, &[]),
    ("extend_session", Need::Session, &[]),
    ("advise_password", Need::Right(Right::OwnPassword), &[("by_leave", "false"), ("token", ""), ("password", "x")]),
    ("list_members", Need::Members(None), &[MEMBERS, ("query[search]", "")]),
    ("list_members", Need::Members(Some(Right::RestoreMembers)), &[MEMBERS, ("query[state][state]", "deleted")]),
    ("member_detail", Need::Members(None), &[MEMBERS, ("id", "{account}"), ("deleted", "false")]),
    ("check_login_id", Need::Members(None), &[MEMBERS, ("login_id", "FreeForAll01"), ("editing", "{account}")]),
    ("member_draft", Need::Members(None), &[MEMBERS, ("draft", "{edit}"), ("editing", "{account}")]),
    (
        "submit_member",
        Need::Members(None),
        &[
            MEMBERS,
            ("draft", "{edit}"),
            ("editing", "{account}"),
            ("form[family_name]", "髙島"),
            ("form[given_name]", "恵"),
            ("form[family_kana]", "たかしま"),
            ("form[given_kana]", "めぐみ"),
            ("form[services][0]", "16"),
            ("form[jobs][0]", "nurse"),
            ("form[email]", "megumi@member.example.jp"),
        ],
    ),
    ("change_member", Need::Members(None), &[MEMBERS, ("draft", "{edit}")]),
    ("register_member", Need::Members(None), &[MEMBERS, ("draft", "{draft}")]),
    ("act_on_member", Need::Members(None), &[MEMBERS, ("id", "{acted}"), ("act", "lock"), ("seen", "1")]),
    ("act_on_member", Need::Members(None), &[MEMBERS, ("id", "{acted}"), ("act", "unlock"), ("seen", "2")]),
    ("act_on_member", Need::Members(None), &[MEMBERS, ("id", "{acted}"), ("act", "suspend"), ("seen", "3")]),
    ("act_on_member", Need::Members(None), &[MEMBERS, ("id", "{acted}"), ("act", "resume"), ("seen", "4")]),
    (
        "act_on_member",
        Need::Members(None),
        &[MEMBERS, ("id", "{acted}"), ("act", "set-expiry"), ("seen", "5"), ("expires_on", "2025-12-31")],
    ),
    ("act_on_member", Need::Members(None), &[MEMBERS, ("id", "{acted}"), ("act", "remove-expiry"), ("seen", "6")]),
    ("act_on_member", Need::Members(None), &[MEMBERS, ("id", "{acted}"), ("act", "reissue-password"), ("seen", "0")]),
    ("act_on_member", Need::Members(None), &[MEMBERS, ("id", "{acted}"), ("act", "end-sessions"), ("seen", "7")]),
    (
        "act_on_member",
        Need::Members(Some(Right::RestoreMembers)),
        &[MEMBERS, ("id", "{gone}"), ("act", "restore"), ("seen", "2")],
    ),
    ("change_member_kind", Need::Members(Some(Right::ChangeRights)), &[MEMBERS, ("id", "{moved}"), ("version", "1")]),
    ("delete_member", Need::Members(None), &[MEMBERS, ("id", "{deleted}")]),
    // A file comes as multipart, see member_files.rs.
    ("upload_members", MEMBER_FILE, &[MEMBERS]),
    ("member_import", MEMBER_FILE, &[MEMBERS, ("import", "{import}"), ("page", "1"), ("faulty", "false")]),
    ("register_import", MEMBER_FILE, &[MEMBERS, ("import", "{import}")]),
    ("audit_records", Need::Right(Right::AuditRecords), &[("records", "operations")]),
    ("audit_record", Need::Short(&Need::Right(Right::AuditRecords)), &[("records", "operations"), ("seq", "0")]),
    ("office_set_up", Need::Right(Right::ManageStaff), &[]),
    ("list_people", Need::Right(Right::CareInformation), &[("query[search]", "")]),
    ("look_up_person", CARE, &[]),
    ("person_found", CARE, &[("found", "{match}")]),
    ("take_charge", CARE, &[("found", "{match}")]),
    ("charged_person", CARE, &[("id", "{charge}")]),
    ("view_care", CARE, &[("id", "{charge}"), ("show", "eligibility")]),
    ("consents_of", CARE, &[("id", "{charge}")]),
    ("give_consent", CARE, &[("id", "{charge}"), ("form[items][0]", "life"), ("form[until]", "2025-12-31")]),
    ("withdraw_consent", CARE, &[("id", "{charge}"), ("item", "life")]),
    ("end_charge", CARE, &[("id", "{charge}")]),
    // A file comes as multipart, see care_batch.rs.
    ("upload_batch", CARE, &[("as_of", "today")]),
    ("recent_batches", Need::Right(Right::CareInformation), &[]),
    ("batch_result", CARE, &[("list", "{batch}"), ("page", "1"), ("show", "all")]),
    ("continue_batch", CARE, &[("list", "{batch}")]),
    ("emergency_question_of", CARE, &[("id", "{charge}")]),
    ("open_emergency_of", CARE, &[("id", "{charge}"), ("emergency_reason", "避難先での介助のため")]),
    ("list_emergency_uses", Need::Right(Right::OfficeAuditRecords), &[("show", "all"), ("page", "1")]),
    ("review_emergency_use", REVIEW, &[("id", "{used}"), ("show", "all")]),
    ("list_terminals", Need::Right(Right::RegisterTerminals), &[]),
    (
        "register_terminal",
        TERMINAL,
        &[("terminal_user", "x"), ("terminal_password", "x"), ("terminal_id", "x"), ("terminal_name", "x")],
    ),
    ("terminal_detail", TERMINAL, &[("id", "{terminal}")]),
    ("test_terminal", TERMINAL, &[("id", "{terminal}")]),
    ("rename_terminal", TERMINAL, &[("id", "{terminal}"), ("terminal_name", "x")]),
    ("delete_terminal", TERMINAL, &[("id", "{terminal}")]),
    ("issue_challenge", Need::Right(Right::CareInformation), &[("mode", "pin")]),
    ("submit_reading", CARE, &[("mode", "pin"), ("nonce", "x"), ("reading", "x")]),
    ("confirm_reading", CARE, &[("id", "{reading}"), ("same", "true")]),
    ("person_of_reading", CARE, &[("id", "{reading}")]),
    ("start_passkey_sign_in", Need::Nothing, &[]),
    ("sign_in_with_passkey", Need::Nothing, &[("challenge", "x"), ("credential", "x")]),
    ("redeem_recovery_code", Need::Nothing, &[("recovery_code", "x")]),
    ("account_overview", Need::Right(Right::OwnAccount), &[]),
    ("end_session", Need::Short(&Need::Right(Right::OwnAccount)), &[("id", "{session}")]),
    ("end_other_sessions", Need::Right(Right::OwnAccount), &[]),
    ("confirm_password", CREDENTIALS, &[("current_password", "x"), ("next", "/account/passkeys/new")]),
    ("start_passkey_confirmation", CREDENTIALS, &[]),
    (
        "confirm_with_passkey",
        CREDENTIALS,
        &[("challenge", "x"), ("credential", "x"), ("next", "/account/passkeys/new")],
    ),
    ("new_passkey_name", CREDENTIALS, &[]),
    ("start_adding_passkey", CREDENTIALS, &[]),
    ("add_passkey", CREDENTIALS, &[("challenge", "x"), ("credential", "x"), ("passkey_name", "x")]),
    ("passkey_to_remove", CREDENTIALS, &[("id", "{passkey}")]),
    ("remove_passkey", CREDENTIALS, &[("id", "{passkey}")]),
    ("authenticator_setup", CREDENTIALS, &[]),
    ("register_authenticator", CREDENTIALS, &[("one_time_code", "000000")]),
    ("credentials_confirmed", CREDENTIALS, &[("next", "/account/recovery-codes")]),
    ("remove_authenticator", CREDENTIALS, &[]),
    ("renew_recovery_codes", CREDENTIALS, &[]),
    (
        "change_password",
        Need::Right(Right::OwnPassword),
        &[
            ("current_password", MEMBER_PASSWORD),
            ("new_password", "雨上がりの坂道をゆく kuroneko 7"),
            ("password_again", "雨上がりの坂道をゆく kuroneko 7"),
        ],
    ),
    ("sign_out", Need::Nothing, &[]),
];

const MEMBERS: (&str, &str) = ("members", "{members}");
const MEMBER_FILE: Need = Need::Short(&Need::Members(None));
const CARE: Need = Need::Short(&Need::Right(Right::CareInformation));
const REVIEW: Need = Need::Short(&Need::Right(Right::OfficeAuditRecords));
const TERMINAL: Need = Need::Short(&Need::Right(Right::RegisterTerminals));
/// What one signs in with: a 事業所ユーザ's comes from another system.
const CREDENTIALS: Need = Need::Short(&Need::Right(Right::OwnPassword));

const ROLES: [AccountKind; 3] = [AccountKind::Office, AccountKind::Administrator, AccountKind::Staff];

/// A browser of office `n` in which somebody of this kind is signed in.
async fn role(service: &Service, kind: AccountKind, n: usize) -> Browser {
    let prefix = ["", "Aozora"][n];
    match kind {
        AccountKind::Office => service.signed_in(n).await,
        AccountKind::Administrator => service.signed_in_member_of(n, &format!("{prefix}NursingUserA000")).await,
        AccountKind::Staff => service.signed_in_member_of(n, &format!("{prefix}NursingStaffB000")).await,
    }
}

/// Fresh objects of the first office, made and, where they are drafts, owned by whoever is signed in in `maker`.
async fn objects(maker: &mut Browser, members: &'static str, mark: &str) -> BTreeMap<&'static str, String> {
    let mut all = BTreeMap::from([("members", members.to_owned())]);
    for (n, name) in ["account", "acted", "gone", "moved", "deleted"].into_iter().enumerate() {
        all.insert(name, register_of(members, maker, &format!("{mark}{n}")).await);
    }
    maker.call("delete_member", &[("members", members), ("id", &all["gone"])]).await;
    let draft = open_draft(maker, &format!("/{members}/new")).await;
    submit_of(members, maker, &draft, None, &person(&format!("{mark}9"))).await;
    all.insert("draft", draft);
    let edit = open_draft(maker, &format!("/{members}/{}/edit", all["account"])).await;
    all.insert("edit", edit);
    all
}

/// The fields with `objects` in place of the placeholders; what is not there becomes the ID of nothing.
fn filled(fields: Fields, objects: &BTreeMap<&'static str, String>) -> Vec<(&'static str, String)> {
    let value = |value: &str| match value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => objects.get(name).cloned().unwrap_or_else(|| ambient().id().to_string()),
        None => value.to_owned(),
    };
    fields.iter().map(|(name, field)| (*name, value(field))).collect()
}

async fn answer(browser: &mut Browser, function: &str, fields: &[(&'static str, String)]) -> (u16, String) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = browser.call(function, &fields).await;
    (page.status.as_u16(), page.body)
}

const NOT_PERMITTED: (u16, &str) = (403, "\"not_permitted\"");

#[test]
fn every_server_function_has_cells() {
    let here: BTreeSet<String> = CELLS.iter().map(|(function, ..)| (*function).to_owned()).collect();
    assert_eq!(here, functions());
}

async fn own_office(service: &Service, kind: AccountKind, members: &'static str) {
    let mut own = role(service, kind, 0).await;
    let may_manage = Need::Members(None).met_by(kind, members);
    let mut maker = if may_manage { own.clone() } else { role(service, AccountKind::Office, 0).await };
    let objects = objects(&mut maker, members, &format!("own{}{members}", kind.code())).await;
    for (function, need, fields) in CELLS {
        let cell = format!("{kind:?}, {members}, {function} {fields:?}, own office");
        let (status, body) = answer(&mut own, function, &filled(fields, &objects)).await;
        match need {
            Need::Nothing => assert_ne!((status, body.as_str()), NOT_PERMITTED, "{cell}"),
            Need::Short(_) if need.met_by(kind, members) => {
                assert_ne!((status, body.as_str()), NOT_PERMITTED, "{cell}");
            }
            _ if need.met_by(kind, members) => assert_eq!(status, 200, "{cell}: {body}"),
            _ => assert_eq!((status, body.as_str()), NOT_PERMITTED, "{cell}"),
        }
    }
}

/// Audit rows of refused rights, and all others.
async fn audited(service: &Service) -> (i64, i64) {
    let count = async |which| service.database.count(&format!("SELECT COUNT(*) FROM audit WHERE {which}")).await;
    (count("action = 'access.denied'").await, count("action <> 'access.denied'").await)
}

/// Objects of the first office under the eyes of the second.
async fn other_office(service: &Service, kind: AccountKind, members: &'static str) {
    let mut maker = role(service, AccountKind::Office, 0).await;
    let objects = objects(&mut maker, members, &format!("oth{}{members}", kind.code())).await;
    let intruder = role(service, kind, 1).await;
    let nothing = BTreeMap::from([("members", members.to_owned())]);
    let has_object = |fields: Fields| fields.iter().any(|(_, value)| value.starts_with('{') && *value != MEMBERS.1);
    for (function, need, fields) in CELLS.iter().filter(|(.., fields)| has_object(fields)) {
        let cell = format!("{kind:?}, {members}, {function} {fields:?}, another office");
        let before = audited(service).await;
        let (status, body) = answer(&mut intruder.clone(), function, &filled(fields, &objects)).await;
        let denied = if need.met_by(kind, members) {
            let of_nothing = answer(&mut intruder.clone(), function, &filled(fields, &nothing)).await;
            assert_eq!((status, body), of_nothing, "{cell}");
            0
        } else {
            assert_eq!((status, body.as_str()), NOT_PERMITTED, "{cell}");
            1
        };
        assert_eq!(audited(service).await, (before.0 + denied, before.1), "{cell}: nothing happened");
    }
}

on_both_engines! {
    async fn each_role_does_in_its_own_office_what_the_table_says(service: &Service) {
        for kind in ROLES {
            for members in KINDS {
                own_office(service, kind, members).await;
                // Passwords were changed on the way: the next round signs in with the demo's again.
                let sql = format!(
                    "UPDATE accounts SET password_hash = (SELECT password_hash FROM accounts WHERE login_id = '{}')
                     WHERE login_id IN ('NursingUserA000', 'NursingStaffB000')",
                    "NursingUserA022"
                );
                service.database.execute(&sql).await;
                service.database.execute("DELETE FROM password_history").await;
            }
        }
    }

    async fn no_role_reaches_another_offices_objects(service: &Service) {
        assert_eq!(OFFICES[1].login_id, "KJ200000000001");
        for kind in ROLES {
            for members in KINDS {
                other_office(service, kind, members).await;
            }
        }
    }
}
