//! Another office's objects answer as those that do not exist; and what the http layer refuses before any function runs.
//!
//! Every server function has a row here: a new one without a row fails.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use domain::care::EmergencyScope;
use http::{Method, Request, header};
use server::demo::{data::OFFICES, people};
use uuid::Uuid;

use crate::support::ambient;

use super::{
    accounts::{complete, open_draft, person, register, submit},
    browser::{Browser, UPLOADS},
    cards::TerminalKey,
    care, care_batch, emergency,
    member_files::{people_csv, register_all, send_file},
    passkey_device::Device,
    service::{Service, on_both_engines},
    terminals,
};

mod rows;

use rows::{MEMBERS, OWN, ROWS, Row};

/// What the first office has and the second tries to reach.
struct Others(BTreeMap<&'static str, String>);

impl Others {
    async fn new(service: &Service) -> Self {
        let mut owner = service.signed_in(0).await;
        let account = register(&mut owner, "Takashima01").await;
        let gone = register(&mut owner, "Takashima02").await;
        owner.call("delete_member", &[MEMBERS, ("id", &gone)]).await;
        let draft = open_draft(&mut owner, "/administrators/new").await;
        submit(&mut owner, &draft, None, &person("Takashima03")).await;
        let completed = open_draft(&mut owner, "/administrators/new").await;
        submit(&mut owner, &completed, None, &person("Takashima04")).await;
        complete(&mut owner, "register_member", &completed).await;
        let edit = open_draft(&mut owner, &format!("/administrators/{account}/edit")).await;
        submit(&mut owner, &edit, Some(&account), &person("Takashima01")).await;
        let import = send_file(&mut owner, &people_csv("Takashima", 5..7)).await;
        let imported = send_file(&mut owner, &people_csv("Takashima", 7..9)).await;
        register_all(&mut owner, &imported).await;
        let office_user = service.account(OFFICES[0].login_id).await;
        let record = service.database.count("SELECT MAX(seq) FROM audit WHERE action = 'account.register'").await;
        people::seed(&service.core).await.unwrap();
        let mut carer = service.signed_in_member(care::CARER).await;
        let charge = care::take_charge(&mut carer, 0).await;
        care::consent(&mut carer, &charge, &["life"], "2025-12-31").await;
        let ended = care::take_charge(&mut carer, 1).await;
        carer.call("end_charge", &[("id", &ended)]).await;
        let batch = care_batch::checked(&mut carer, &[care_batch::number(0)]).await;
        let batch = batch.path.rsplit('/').next().unwrap().to_owned();
        emergency::declare(service, EmergencyScope::Everywhere, 24 * 60).await;
        emergency::open(&mut carer, &charge, "避難先での介助のため").await;
        let used = service.database.id("SELECT id FROM emergency_uses").await.to_string();
        let found = care::post(&mut carer, care::FIND, "look_up_person", &care::items(2)).await;
        let found = found.path.rsplit('/').next().unwrap().to_owned();
        let ids = [("account", account), ("gone", gone), ("draft", draft), ("completed", completed), ("edit", edit)];
        let mut member = service.signed_in_member("NursingStaffB000").await;
        Device::new().add_to(&mut member, "事務室").await;
        let passkey = service.database.id("SELECT id FROM passkeys").await.to_string();
        let open = "SELECT id FROM sessions WHERE account_id = (SELECT account_id FROM passkeys) AND ended_at IS NULL";
        let session = service.database.id(open).await.to_string();
        let own = [("office_user", office_user), ("passkey", passkey), ("session", session)];
        let files = [("import", import), ("imported", imported), ("record", record.to_string())];
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let terminal = terminals::register(service, &mut administrator, &TerminalKey::new(1)).await;
        let care = [("charge", charge), ("ended", ended), ("match", found), ("terminal", terminal)];
        let lists = [("batch", batch), ("used", used)];
        Self(ids.into_iter().chain(own).chain(files).chain(care).chain(lists).collect())
    }

    /// Fields with the others' IDs in place of the placeholders; `{new}` stays an ID of nothing.
    fn ids(&self, fields: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
        let own = Self::nothing(fields);
        let id = |value: &str| self.0.get(value.trim_matches(['{', '}'])).cloned();
        fields.iter().zip(own).map(|((name, value), (_, own))| (*name, id(value).unwrap_or(own))).collect()
    }

    /// The same with IDs of nothing at all.
    fn nothing(fields: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
        let of = |value: &str| match value {
            // Records are numbered.
            "{record}" => "999999999".to_owned(),
            value if value.starts_with('{') => ambient().id().to_string(),
            value => value.to_owned(),
        };
        fields.iter().map(|(name, value)| (*name, of(value))).collect()
    }
}

/// Everything that the caller learns: status, body, where it is led, cookies; its own IDs taken out.
async fn learned(
    browser: &mut Browser,
    function: &str,
    fields: &[(&'static str, String)],
) -> (u16, String, String, usize) {
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.call(function, &pairs).await;
    let ids = fields.iter().filter(|(_, value)| value.parse::<Uuid>().is_ok());
    let without_ids = |text: &str| ids.clone().fold(text.to_owned(), |text, (name, id)| text.replace(id, name));
    (answer.status.as_u16(), without_ids(&answer.body), without_ids(answer.location()), answer.set_cookies().len())
}

pub(super) fn functions() -> BTreeSet<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.trim_start_matches("/api/").to_owned()).collect()
}

#[test]
fn every_server_function_has_a_row() {
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.function.to_owned()).collect();
    assert_eq!(rows, functions());
}

/// A dump without the tables of the audit trail.
fn without_trail(dump: &str) -> String {
    let is_table = |line: &str| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let mut trail = false;
    let mut kept = String::new();
    for line in dump.lines() {
        if is_table(line) {
            trail = line.starts_with("audit");
        }
        if !trail {
            kept.extend([line, "\n"]);
        }
    }
    kept
}

on_both_engines! {
    async fn another_offices_objects_do_not_exist(service: &Service) {
        let others = Others::new(service).await;
        let office_user = service.signed_in(1).await;
        let member = service.signed_in_member_of(1, "AozoraNursingUserA000").await;
        let own = format!("(SELECT id FROM accounts WHERE login_id = '{}')", OFFICES[1].login_id);
        let forget_own = format!("DELETE FROM drafts WHERE account_id = {own}");
        service.mails().await;
        for row in ROWS {
            let intruder = if row.care { &member } else { &office_user };
            for fields in row.calls {
                // What an earlier call left under the same ID is the intruder's own and no answer about others.
                service.database.execute(&forget_own).await;
                let before = service.database.dump().await;
                let got = learned(&mut intruder.clone(), row.function, &others.ids(fields)).await;
                let after = service.database.dump().await;
                // A right that is refused is written into the trail, and nowhere else.
                let denied = got.1 == "\"not_permitted\"";
                let [before, after] = [before, after].map(|dump| if denied { without_trail(&dump) } else { dump });
                let kept: BTreeSet<&str> = after.lines().collect();
                assert!(before.lines().all(|line| kept.contains(line)), "{} {fields:?} changed something", row.function);
                if got.0 >= 400 && row.function != "submit_member" {
                    assert_eq!(before, after, "{} {fields:?}", row.function);
                }
                let nothing = learned(&mut intruder.clone(), row.function, &Others::nothing(fields)).await;
                assert_eq!(got, nothing, "{} {fields:?}", row.function);
            }
        }
    }

    async fn a_timed_out_session_learns_nothing_either(service: &Service) {
        let others = Others::new(service).await;
        let mut intruder = service.signed_in(1).await;
        service.clock.advance_minutes(31);
        intruder.call("extend_session", &[]).await;
        for row in ROWS.iter().filter(|row| !row.open) {
            for fields in row.calls {
                let got = learned(&mut intruder.clone(), row.function, &others.ids(fields)).await;
                assert_eq!((got.0, got.1.as_str()), (401, "\"session_timed_out\""), "{} {fields:?}", row.function);
                let nothing = learned(&mut intruder.clone(), row.function, &Others::nothing(fields)).await;
                assert_eq!(got, nothing, "{} {fields:?}", row.function);
            }
        }
    }

    async fn pages_of_another_offices_accounts_do_not_exist(service: &Service) {
        let others = Others::new(service).await;
        let mut intruder = service.signed_in(1).await;
        for id in ["account", "gone", "office_user"] {
            let rest = ["", "/delete", "/deleted", "/edit", "/edit/done", "/kind", "/lock", "/lock/done", "/restore"];
            for rest in rest {
                let page = intruder.visit(&format!("/administrators/{}{rest}", others.0[id])).await;
                assert_eq!((page.screen(), page.status.as_u16()), ("Z-5", 404), "{id}{rest}");
                assert!(!page.body.contains("Takashima"), "{id}{rest}");
            }
        }
    }
}

/// Fields that are readable for the function, if not right.
fn readable(row: &Row) -> Vec<(&'static str, String)> {
    let plain: &[(&str, &str)] = match row.function {
        "start_office" => &[("login_id", "KJ123456789012"), ("password", "x")],
        "confirm_security_code" => &[("security_code", "x")],
        "redeem_code" | "register_authenticator" => &[("one_time_code", "000000")],
        "start_member" => &[("login_id", "NursingUserA000"), ("password", "x")],
        "send_code" => &[("channel", "mail")],
        "forgot_password" => &[("login_id", "NursingUserA000"), ("contact", "x@example.jp")],
        "password_leave_of" => &[("token", "x")],
        "set_password" => &[("token", "x"), ("new_password", "x"), ("password_again", "x")],
        "advise_password" => &[("by_leave", "false"), ("token", ""), ("password", "x")],
        "redeem_recovery_code" => &[("recovery_code", "x")],
        "sign_in_with_passkey" => &[("challenge", "x"), ("credential", "x")],
        "confirm_password" => &[("current_password", "x"), ("next", "/account/passkeys/new")],
        "confirm_with_passkey" => &[("challenge", "x"), ("credential", "x"), ("next", "/account/passkeys/new")],
        "add_passkey" => &[("challenge", "x"), ("credential", "x"), ("passkey_name", "x")],
        "credentials_confirmed" => &[("next", "/account/recovery-codes")],
        "change_password" => &[("current_password", "x"), ("new_password", "x"), ("password_again", "x")],
        "sign_in_progress" => &[("who", "office"), ("shown", "code")],
        "audit_records" => &[("records", "operations")],
        "register_terminal" => {
            &[("terminal_user", "x"), ("terminal_password", "x"), ("terminal_id", "x"), ("terminal_name", "x")]
        }
        "issue_challenge" => &[("mode", "pin")],
        "submit_reading" => &[("mode", "pin"), ("nonce", "x"), ("reading", "x")],
        "list_members" => &[MEMBERS, ("query[search]", "")],
        "upload_members" => &[MEMBERS],
        "list_people" => &[("query[search]", "")],
        "upload_batch" => &[("as_of", "today")],
        "list_emergency_uses" => &[("show", "all"), ("page", "1")],
        _ => row.calls.first().copied().unwrap_or_default(),
    };
    Others::nothing(plain)
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_nothing_is_done() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    for row in ROWS.iter().filter(|row| !row.open) {
        let before = service.database.dump().await;
        let got = learned(&mut service.browser(0), row.function, &readable(row)).await;
        assert_eq!((got.0, got.1.as_str()), (401, "\"session_timed_out\""), "{}", row.function);
        let got = learned(&mut service.stranger(), row.function, &readable(row)).await;
        assert_eq!((got.0, got.1.as_str()), (403, "{\"certificate\":\"missing\"}"), "{}", row.function);
        assert_eq!(before, service.database.dump().await, "{}", row.function);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_may_not_do_what_office_users_may() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.signed_in(0).await;
    service.database.execute("UPDATE accounts SET kind = 'staff' WHERE kind = 'office'").await;
    for row in ROWS.iter().filter(|row| !row.open && !row.care && !OWN.contains(&row.function)) {
        let got = learned(&mut browser, row.function, &readable(row)).await;
        assert_eq!((got.0, got.1.as_str()), (403, "\"not_permitted\""), "{}", row.function);
    }
    assert_eq!(browser.visit("/administrators").await.screen(), "Z-4");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_user_sees_no_care_information() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.signed_in(0).await;
    for row in ROWS.iter().filter(|row| row.care) {
        let got = learned(&mut browser, row.function, &readable(row)).await;
        assert_eq!((got.0, got.1.as_str()), (403, "\"not_permitted\""), "{}", row.function);
    }
    assert_eq!(browser.visit("/people").await.screen(), "Z-4");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_posts_from_own_pages_reach_a_function() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.signed_in(0).await;
    let before = service.database.dump().await;
    for row in ROWS {
        let path = format!("/api/{}", row.function);
        let get = browser.script(&path, Method::GET).body(Body::empty()).unwrap();
        assert_eq!(browser.send(get).await.status, 405, "GET {path}");
        let origins = [Some("https://evil.example"), Some("null"), Some(super::service::PUBLIC), None];
        let sites = [Some("cross-site"), Some("same-site"), Some("none"), None];
        for origin in origins {
            for site in sites {
                let mut request =
                    Request::post(&path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                    request = value.into_iter().fold(request, |request, value| request.header(name, value));
                }
                let answer = browser.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!(answer.status, 403, "{path} {origin:?} {site:?}");
            }
        }
        let large = "x=".to_owned() + &"y".repeat(64 * 1024);
        let request = browser.script(&path, Method::POST).body(Body::from(large)).unwrap();
        // Those that take a file take no such form at all, see member_files.rs.
        let refused = if UPLOADS.contains(&row.function) { 400 } else { 413 };
        assert_eq!(browser.send(request).await.status, refused, "{path}");
        assert_eq!(service.visitor().call(row.function, &[]).await.status, 404, "{path} at the public door");
    }
    assert_eq!(before, service.database.dump().await);
    let request = Request::post("/api/extend_session").header("sec-fetch-site", "same-origin");
    let request =
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::empty()).unwrap();
    assert_eq!(browser.send(request).await.status, 200, "a browser without Origin but with Sec-Fetch-Site");
    for unknown in ["nothing", "nothing/at/all", "../office"] {
        assert_eq!(browser.call(unknown, &[]).await.status, 404, "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_malformed() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let browser = service.signed_in(0).await;
    for row in ROWS.iter().filter(|row| !readable(row).is_empty()) {
        let path = format!("/api/{}", row.function);
        for body in ["", "id=%FF%FE&members=%00", "members=neither&id=not-a-uuid&draft=1", "[[[[&=&=%"] {
            let request = browser.script(&path, Method::POST).body(Body::from(body)).unwrap();
            let answer = browser.clone().send(request).await;
            assert_eq!((answer.status.as_u16(), answer.body.as_str()), (400, "\"malformed\""), "{path} {body}");
        }
    }
}
