//! Every screen in its main states, as the server sends it.

use app::{
    error::{ApiError, CertificateProblem},
    routes::{ReaderStep, Route},
    screens::ScreenId as S,
    services::ProblemReport,
};
use axum::response::IntoResponse;
use axum_extra::extract::{
    PrivateCookieJar,
    cookie::{Cookie, Key},
};
use http::HeaderMap;
use server::demo::{
    data::{MEMBER_PASSWORD, OFFICES, PHONE_ONLY, email_of},
    people,
    pki::DemoCertificateKind as Kind,
};

use super::{
    accounts::{KINDS, complete, complete_of, open_draft, person, submit, submit_of},
    album::Album,
    cards::TerminalKey,
    care,
    member_files::{D21, people_csv, register_all, upload},
    passkey_device::Device,
    service::{NOW, Service, chain},
    terminals::{J2, enter, register},
};

const A2: &str = "/sign-in/office";
const A3: &str = "/sign-in/office/security-code";
const B2: &str = "/sign-in/office/code";

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_as_it_was_approved() {
    let service = Service::repeatable().await;
    let mut album = Album::default();
    public(&service, &mut album).await;
    history(&service, &mut album).await;
    sign_in(&service, &mut album).await;
    code(&service, &mut album).await;
    list(&service, &mut album).await;
    members(&service, &mut album).await;
    own_password(&service, &mut album).await;
    people_list(&service, &mut album).await;
    identification(&service, &mut album).await;
    care_information(&service, &mut album).await;
    own_account(&service, &mut album).await;
    registration(&service, &mut album).await;
    one_account(&service, &mut album).await;
    edit(&service, &mut album).await;
    staff(&service, &mut album).await;
    acts(&service, &mut album).await;
    rights(&service, &mut album).await;
    import(&service, &mut album).await;
    refusals(&service, &mut album).await;
    certificates(&service, &mut album).await;
    terminals(&service, &mut album).await;
    readers(&service, &mut album).await;
    album.close();
}

async fn public(service: &Service, album: &mut Album) {
    let mut visitor = service.visitor();
    let pages = [
        (S::A1, "/"),
        (S::A5, "/help/certificate"),
        (S::A9, "/signed-out"),
        (S::H1, "/help/manual"),
        (S::H2, "/help/questions"),
        (S::H4, "/help/contact"),
        (S::I1, "/news"),
    ];
    for (screen, path) in pages {
        album.take(screen, "", 200, &visitor.get(path).await);
    }
    for kind in ["office", "administrator", "staff"] {
        album.take(S::H1, kind, 200, &visitor.get(&format!("/help/manual/{kind}")).await);
    }
    album.take(S::H2, "found", 200, &visitor.get("/help/questions?q=%E3%83%A1%E3%83%BC%E3%83%AB&topic=code").await);
    album.take(S::H2, "not_found", 200, &visitor.get("/help/questions?q=nothing").await);
    album.take(S::H3, "", 200, &visitor.get("/help/questions/mail-does-not-come").await);
    let seen = "/help/contact?screen=Z-1&from=D-3&error=0123456789AB&at=1738890000000000";
    album.take(S::H4, "from_error", 200, &visitor.get(seen).await);
    album.take(S::Z5, "unknown_page", 404, &visitor.get("/nothing/here").await);
}

/// First of all, in an office that does nothing else here: what other screens' tests do would stand in the list.
async fn history(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(2).await;
    album.take(S::F1, "", 200, &browser.visit("/history").await);
    album.take(S::F1, "found", 200, &browser.visit("/history?group=sign_in&outcome=done&from=2025-02-07").await);
    album.take(S::F1, "not_found", 200, &browser.visit("/history?to=2025-02-06&login_id=NursingUserA000").await);
    let page = browser.visit("/history?group=session").await;
    assert!(page.body.contains("条件に合う操作は見つかりませんでした"));
    let record = "SELECT MAX(seq) FROM audit WHERE action = 'sign_in.code'";
    let record = service.database.count(record).await;
    album.take(S::F1, "record", 200, &browser.visit(&format!("/history/{record}")).await);
    album.take(S::F2, "", 200, &browser.visit("/viewings").await);
    album.take(S::F3, "", 200, &browser.visit("/history/export?group=sign_in").await);
    album.take(S::F3, "nothing", 200, &browser.visit("/viewings/export").await);
}

async fn sign_in(service: &Service, album: &mut Album) {
    let mut browser = service.browser(0);
    album.take(S::A2, "", 200, &browser.visit(A2).await);
    let page = browser.post_form(A2, "start_office", &[("login_id", ""), ("password", "")]).await;
    album.take(S::A2, "missing", 422, &page);
    let page = browser.post_form(A2, "start_office", &[("login_id", "KJ999999999999"), ("password", "x")]).await;
    album.take(S::A2, "refused", 401, &page);
    let own = [("login_id", OFFICES[0].login_id), ("password", OFFICES[0].password)];
    album.take(S::A3, "", 200, &browser.post_form(A2, "start_office", &own).await);
    let page = browser.post_form(A3, "confirm_security_code", &[("security_code", "wrong")]).await;
    album.take(S::A3, "wrong", 422, &page);
    for (n, state) in [(2, ""), (3, "no_contact")] {
        let own = [("login_id", OFFICES[n].login_id), ("password", OFFICES[n].password)];
        album.take(S::B1, state, 200, &service.browser(n).post_form(A2, "start_office", &own).await);
    }
}

async fn code(service: &Service, album: &mut Album) {
    let mut browser = service.browser(2);
    let code = service.to_code(&mut browser, 2).await;
    album.take(S::B2, "", 200, &browser.visit(B2).await);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    album.take(S::B2, "wrong", 422, &browser.post_form(B2, "redeem_code", &[("one_time_code", wrong)]).await);
    album.take(S::B2, "malformed", 422, &browser.post_form(B2, "redeem_code", &[("one_time_code", "12ab")]).await);
    album.take(S::B2, "resend_too_soon", 429, &browser.post_form(B2, "resend_code", &[]).await);
    service.clock.advance_minutes(1);
    album.take(S::B2, "resent", 200, &browser.post_form(B2, "resend_code", &[]).await);
    for _ in 0..3 {
        service.clock.advance_minutes(1);
        browser.post_form(B2, "resend_code", &[]).await;
    }
    album.take(S::B2, "last_code_sent", 200, &browser.visit(B2).await);
    album.take(S::C1, "", 200, &browser.post_form(B2, "redeem_code", &[("one_time_code", &code)]).await);
    album.take(S::D1, "nobody_yet", 200, &browser.visit("/administrators").await);
}

async fn members(service: &Service, album: &mut Album) {
    let (a4, b11, b12) = ("/sign-in/member", "/sign-in/member/send-code", "/sign-in/member/code");
    let mut browser = service.browser(0);
    album.take(S::A4, "", 200, &browser.visit(a4).await);
    let own = [("login_id", "NursingStaffB000"), ("password", "wrong")];
    album.take(S::A4, "refused", 401, &browser.post_form(a4, "start_member", &own).await);
    let own = [("login_id", "NursingStaffB000"), ("password", MEMBER_PASSWORD)];
    album.take(S::B11, "", 200, &browser.post_form(a4, "start_member", &own).await);
    album.take(S::B12, "", 200, &browser.post_form(b11, "send_code", &[("channel", "sms")]).await);
    album.take(S::B12, "wrong", 422, &browser.post_form(b12, "redeem_code", &[("one_time_code", "1")]).await);
    for login_id in ["NursingUserA000", "NursingStaffB001"] {
        let mut browser = service.signed_in_member(login_id).await;
        let (screen, path) = if login_id.contains("User") { (S::C11, "/administrator") } else { (S::C21, "/home") };
        album.take(screen, "", 200, &browser.visit(path).await);
    }
}

async fn own_password(service: &Service, album: &mut Album) {
    let mut browser = service.browser(0);
    album.take(S::G1, "", 200, &browser.visit("/password/forgotten").await);
    let fields = [("login_id", "NursingStaffB000"), ("contact", "nobody")];
    album.take(S::G1, "malformed", 422, &browser.post_form("/password/forgotten", "forgot_password", &fields).await);
    album.take(S::G2, "", 200, &browser.visit("/password/forgotten/sent").await);
    album.take(S::G4, "", 200, &browser.visit("/password/done").await);
    let own = [("login_id", "NursingUserA001"), ("password", MEMBER_PASSWORD)];
    browser.post_form("/sign-in/member", "start_member", &own).await;
    browser.post_form("/sign-in/member/send-code", "send_code", &[("channel", "mail")]).await;
    let code = service.newest_code_to(&email_of("NursingUserA001")).await;
    let redeem = [("one_time_code", code.as_str())];
    album.take(S::G3, "", 200, &browser.post_form("/sign-in/member/code", "redeem_code", &redeem).await);
    let fields = [("token", ""), ("new_password", "password1234"), ("password_again", "other")];
    album.take(S::G3, "refused", 422, &browser.post_form("/password/new", "set_password", &fields).await);
    let mut browser = service.signed_in_member("NursingUserA000").await;
    album.take(S::G5, "", 200, &browser.visit("/account/password").await);
}

async fn people_list(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member(care::CARER).await;
    album.take(S::E1, "nobody_yet", 200, &browser.visit("/people").await);
    people::seed(&service.core).await.unwrap();
    let states = [("", ""), ("ends30", "?show=ends30"), ("not_found", "?q=nobody&show=expired")];
    for (state, query) in states {
        album.take(S::E1, state, 200, &browser.visit(&format!("/people{query}")).await);
    }
}

async fn identification(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member(care::CARER).await;
    album.take(S::E2, "", 200, &browser.visit("/people/verify").await);
    album.take(S::E4, "", 200, &browser.visit(care::FIND).await);
    album.take(S::E4, "missing", 422, &care::post(&mut browser, care::FIND, "look_up_person", &[]).await);
    let mut wrong = care::items(0);
    "0000000001".clone_into(&mut wrong[1].1);
    album.take(S::E4, "no_match", 422, &care::post(&mut browser, care::FIND, "look_up_person", &wrong).await);
    let not_joined = care::items(people::FREE - 1);
    album.take(S::E4, "not_joined", 422, &care::post(&mut browser, care::FIND, "look_up_person", &not_joined).await);
    let page = care::post(&mut browser, care::FIND, "look_up_person", &care::items(1)).await;
    album.take(S::E4, "found", 200, &page);
}

async fn care_information(service: &Service, album: &mut Album) {
    let mut carer = service.signed_in_member(care::CARER).await;
    for (n, state) in [(0, ""), (1, "ends_soon"), (5, "expired"), (10, "no_entitlement")] {
        let charge = care::take_charge(&mut carer, n).await;
        album.take(S::E6, state, 200, &carer.visit(&format!("/people/{charge}")).await);
    }
    let charge = care::take_charge(&mut carer, 21).await;
    let at = |path: &str| format!("/people/{charge}{path}");
    album.take(S::E5, "", 200, &carer.visit(&at("/consent")).await);
    album.take(S::E5, "missing", 422, &care::consent(&mut carer, &charge, &[], "2025-01-01").await);
    album.take(S::E7, "hidden", 200, &carer.visit(&at("/certification")).await);
    let all = ["survey", "opinion", "review", "renovation", "equipment", "life", "care_plan"];
    album.take(S::E5, "record", 200, &care::consent(&mut carer, &charge, &all, "2025-12-31").await);
    album.take(S::E5, "given", 200, &carer.visit(&at("/consent")).await);
    album.take(S::E10, "own_office", 200, &carer.visit(&at("/life")).await);
    album.take(S::E12, "", 200, &carer.visit(&at("/print")).await);
    album.take(S::E13, "", 200, &carer.visit(&at("/end")).await);
    let mut planner = service.signed_in_member(care::PLANNER).await;
    for (screen, path) in
        [(S::E7, "/certification"), (S::E8, "/review"), (S::E9, "/benefits"), (S::E10, "/life"), (S::E11, "/care-plan")]
    {
        album.take(screen, "", 200, &planner.visit(&at(path)).await);
    }
    service.database.execute("ALTER TABLE registry_people RENAME TO lost").await;
    album.take(S::Z9, "", 503, &planner.visit(&at("")).await);
    service.database.execute("ALTER TABLE lost RENAME TO registry_people").await;
}

async fn own_account(service: &Service, album: &mut Album) {
    let p1 = "/account";
    album.take(S::P1, "office_user", 200, &service.signed_in(0).await.visit(p1).await);
    let mut browser = service.signed_in_member("NursingStaffB004").await;
    album.take(S::P1, "", 200, &browser.visit(p1).await);
    album.take(S::P1, "new_passkey", 200, &browser.visit("/account/passkeys/new").await);
    album.take(S::P1, "authenticator", 200, &browser.visit("/account/authenticator").await);
    let from = "/account/authenticator";
    let page = browser.post_form(from, "register_authenticator", &[("one_time_code", "1")]).await;
    album.take(S::P1, "authenticator_malformed", 422, &page);
    let confirmed = format!("UPDATE authenticators SET confirmed_at = {}", NOW.micros());
    service.database.execute(&confirmed).await;
    let page = browser.post_form("/account/recovery-codes", "renew_recovery_codes", &[]).await;
    album.take(S::P1, "new_recovery_codes", 200, &page);
    album.take(S::P1, "renew_recovery_codes", 200, &browser.visit("/account/recovery-codes").await);
    album.take(S::P1, "remove_authenticator", 200, &browser.visit("/account/authenticator/remove").await);
    Device::new().add_to(&mut browser, "事務室のパソコン").await;
    let passkey = service.database.id("SELECT id FROM passkeys").await;
    album.take(S::P1, "remove_passkey", 200, &browser.visit(&format!("/account/passkeys/{passkey}/remove")).await);
    let mut second = service.browser(0);
    let own = [("login_id", "NursingStaffB004"), ("password", MEMBER_PASSWORD)];
    album.take(S::B11, "app", 200, &second.post_form("/sign-in/member", "start_member", &own).await);
    for (way, state) in [("recovery", "recovery_code"), ("app", "app")] {
        let page = second.post_form("/sign-in/member/send-code", "send_code", &[("channel", way)]).await;
        album.take(S::B12, state, 200, &page);
    }
    let wrong = [("one_time_code", "000000")];
    album.take(S::B12, "app_wrong", 422, &second.post_form("/sign-in/member/code", "redeem_code", &wrong).await);
    let page = Device::new().sign_in(&mut service.browser(0)).await;
    album.take(S::A4, "passkey_refused", 422, &page);
    service.clock.advance_minutes(5);
    album.take(S::P1, "confirm", 200, &browser.visit("/account/passkeys/new").await);
    album.take(S::P1, "all", 200, &browser.visit("/account?done=passkey_added").await);
}

async fn list(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let states = [
        ("", ""),
        ("second_page", "?page=2"),
        ("sorted", "?sort=name&order=asc"),
        ("found", "?q=%E3%81%9F%E3%81%AA%E3%81%8B&service=16"),
        ("not_found", "?q=nobody"),
        ("suspended", "?state=suspended"),
        ("dormant", "?state=dormant&sort=sign-in&order=asc"),
        ("deleted", "?state=deleted"),
    ];
    for (state, query) in states {
        album.take(S::D1, state, 200, &browser.visit(&format!("/administrators{query}")).await);
    }
}

async fn registration(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let draft = open_draft(&mut browser, "/administrators/new").await;
    album.take(S::D2, "", 200, &browser.visit(&format!("/administrators/new?draft={draft}")).await);
    album.take(S::D2, "missing", 422, &submit(&mut browser, &draft, None, &[]).await);
    album.take(S::D2, "taken", 422, &submit(&mut browser, &draft, None, &person("nursingusera000")).await);
    album.take(S::D3, "", 200, &submit(&mut browser, &draft, None, &person("Takashima01")).await);
    album.take(S::D4, "", 200, &complete(&mut browser, "register_member", &draft).await);
}

async fn one_account(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let id = service.account("Takashima01").await;
    album.take(S::D5, "", 200, &browser.visit(&format!("/administrators/{id}")).await);
    album.take(S::D6, "", 200, &browser.visit(&format!("/administrators/{id}/delete")).await);
    album.take(S::D7, "not_deleted", 200, &browser.visit(&format!("/administrators/{id}/deleted")).await);
    let fields = [("members", "administrators"), ("id", id.as_str())];
    album.take(
        S::D7,
        "",
        200,
        &browser.post_form(&format!("/administrators/{id}/delete"), "delete_member", &fields).await,
    );
    album.take(S::Z5, "deleted_account", 404, &browser.visit(&format!("/administrators/{id}")).await);
}

async fn edit(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let id = service.account("NursingUserA000").await;
    let path = format!("/administrators/{id}/edit");
    let (draft, stale) = (open_draft(&mut browser, &path).await, open_draft(&mut browser, &path).await);
    album.take(S::D8, "", 200, &browser.visit(&format!("{path}?draft={draft}")).await);
    album.take(S::D8, "missing", 422, &submit(&mut browser, &draft, Some(&id), &[]).await);
    album.take(S::D8, "check", 200, &submit(&mut browser, &draft, Some(&id), &person("")).await);
    submit(&mut browser, &stale, Some(&id), &person("")).await;
    album.take(S::D8, "done", 200, &complete(&mut browser, "change_member", &draft).await);
    let from = format!("{path}/check?draft={stale}");
    let fields = [("members", "administrators"), ("draft", stale.as_str())];
    album.take(S::D8, "conflict", 409, &browser.post_form(&from, "change_member", &fields).await);
}

/// 一般ユーザ, under the eyes of a 管理者ユーザ.
async fn staff(service: &Service, album: &mut Album) {
    let kind = KINDS[1];
    let mut browser = service.signed_in_member("NursingUserA002").await;
    album.take(S::D11, "", 200, &browser.visit("/staff").await);
    let draft = open_draft(&mut browser, "/staff/new").await;
    album.take(S::D12, "", 200, &browser.visit(&format!("/staff/new?draft={draft}")).await);
    album.take(S::D12, "missing", 422, &submit_of(kind, &mut browser, &draft, None, &[]).await);
    let form = person("Takashima02");
    album.take(S::D13, "", 200, &submit_of(kind, &mut browser, &draft, None, &form).await);
    let done = complete_of(kind, &mut browser, "register_member", &draft).await;
    album.take(S::D14, "", 200, &done);
    let id = done.path.split_once("id=").unwrap().1;
    let path = format!("/staff/{id}");
    album.take(S::D15, "", 200, &browser.visit(&path).await);
    let draft = open_draft(&mut browser, &format!("{path}/edit")).await;
    album.take(S::D18, "", 200, &browser.visit(&format!("{path}/edit?draft={draft}")).await);
    album.take(S::D18, "check", 200, &submit_of(kind, &mut browser, &draft, Some(id), &form).await);
    album.take(S::D18, "done", 200, &complete_of(kind, &mut browser, "change_member", &draft).await);
    let page = browser.visit(&format!("{path}/delete")).await;
    album.take(S::D16, "", 200, &page);
    album.take(S::D17, "", 200, &browser.press(&page, "delete_member", &[]).await);
    let mut office = service.signed_in(0).await;
    album.take(S::D17, "restorable", 200, &office.visit(&format!("{path}/deleted")).await);
    let page = office.visit(&format!("{path}/restore")).await;
    album.take(S::D19, "restore", 200, &page);
    album.take(S::D19, "restored", 200, &office.press(&page, "act_on_member", &[]).await);
}

/// Each act: asked for, done, and with nothing to do.
async fn acts(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let staff = service.account("NursingStaffB000").await;
    let mut signed_in = service.signed_in_member("NursingStaffB000").await;
    let day = [("expires_on", "2025-12-31")];
    let path = format!("/staff/{staff}");
    for act in
        ["end-sessions", "lock", "unlock", "suspend", "resume", "set-expiry", "remove-expiry", "reissue-password"]
    {
        let state = act.replace('-', "_");
        let page = browser.visit(&format!("{path}/{act}")).await;
        album.take(S::D19, &state, 200, &page);
        if act == "set-expiry" {
            let past = [("expires_on", "2020-01-01")];
            album.take(S::D19, "set_expiry_past", 422, &browser.press(&page, "act_on_member", &past).await);
        }
        album.take(S::D19, &format!("{state}_done"), 200, &browser.press(&page, "act_on_member", &day).await);
    }
    assert_eq!(signed_in.visit("/home").await.screen(), "Z-3");
    album.take(S::D19, "not_locked", 200, &browser.visit(&format!("{path}/unlock")).await);
    album.take(S::D19, "not_done", 200, &browser.visit(&format!("{path}/suspend/done")).await);
    let stale = browser.visit(&format!("{path}/suspend")).await;
    browser.confirm(&format!("{path}/lock"), "act_on_member", &[]).await;
    browser.confirm(&format!("{path}/set-expiry"), "act_on_member", &day).await;
    album.take(S::D19, "conflict", 409, &browser.press(&stale, "act_on_member", &[]).await);
    browser.press(&browser.clone().visit(&format!("{path}/suspend")).await, "act_on_member", &[]).await;
    album.take(S::D15, "locked_suspended_expiring", 200, &browser.visit(&path).await);
    let administrator = service.account("NursingUserA005").await;
    album.take(S::D10, "", 200, &browser.visit(&format!("/administrators/{administrator}/lock")).await);
}

async fn rights(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let staff = service.account("NursingStaffB002").await;
    let page = browser.visit(&format!("/staff/{staff}/kind")).await;
    album.take(S::D9, "", 200, &page);
    album.take(S::D1, "moved", 200, &browser.press(&page, "change_member_kind", &[]).await);
    let phone_only = service.account(PHONE_ONLY).await;
    album.take(S::D9, "mail_first", 200, &browser.visit(&format!("/staff/{phone_only}/kind")).await);
    let mut other = service.signed_in(1).await;
    let (first, last) = ("AozoraNursingUserA000", "AozoraNursingUserA001");
    let (first, last) = (service.account(first).await, service.account(last).await);
    other.confirm(&format!("/administrators/{first}/delete"), "delete_member", &[]).await;
    let path = format!("/administrators/{last}");
    album.take(S::D6, "last", 200, &other.visit(&format!("{path}/delete")).await);
    album.take(S::D9, "last", 200, &other.visit(&format!("{path}/kind")).await);
    album.take(S::D10, "last", 200, &other.visit(&format!("{path}/suspend")).await);
}

async fn import(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(2).await;
    album.take(S::D21, "", 200, &browser.visit(D21).await);
    album.take(S::D21, "no_csv", 422, &upload(&mut browser, "PK\u{3}\u{4}").await);
    let faulty = people_csv("Minato", 1..3) + "NursingUserA000,田中,,たなか,ren,99,看護職,a@example.jp,\r\n";
    album.take(S::D21, "faulty", 200, &upload(&mut browser, &faulty).await);
    let page = upload(&mut browser, &people_csv("Minato", 1..4)).await;
    album.take(S::D21, "check", 200, &page);
    let import = page.path.split_once("import=").unwrap().1.to_owned();
    let lease = service.clock_micros() + 60_000_000;
    let set = |until| format!("UPDATE member_imports SET step = 'running', prepared = 2, lease_until = {until}");
    service.database.execute(&set(lease)).await;
    album.take(S::D21, "running", 200, &browser.visit(&page.path).await);
    service.database.execute(&set(0)).await;
    album.take(S::D21, "interrupted", 200, &browser.visit(&page.path).await);
    album.take(S::D21, "done", 200, &register_all(&mut browser, &import).await);
}

async fn terminals(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member("NursingUserA002").await;
    album.take(S::J1, "nothing_yet", 200, &browser.visit("/terminals").await);
    album.take(S::J2, "", 200, &browser.visit(J2).await);
    album.take(S::J2, "missing", 422, &enter(&mut browser, "KJ0001", "", "1234", "").await);
    let keys = [TerminalKey::new(1), TerminalKey::new(2)];
    enter(&mut browser, "KJ0002", "wrong", &keys[1].id(), "").await;
    // What was registered last stands first.
    service.clock.advance_minutes(1);
    let id = register(service, &mut browser, &keys[0]).await;
    album.take(S::J1, "", 200, &browser.visit("/terminals").await);
    let filled = format!("{J2}?terminal={}", keys[1].id());
    album.take(S::J2, "filled", 200, &browser.visit(&filled).await);
    album.take(S::J3, "", 200, &browser.visit(&format!("/terminals/{id}")).await);
    let from = format!("/terminals/{id}");
    let long = "長".repeat(41);
    let fields = [("id", id.as_str()), ("terminal_name", long.as_str())];
    album.take(S::J3, "too_long", 422, &browser.post_form(&from, "rename_terminal", &fields).await);
    album.take(S::J4, "", 200, &browser.visit(&format!("/terminals/{id}/delete")).await);
}

async fn readers(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member("NursingStaffB002").await;
    for step in ReaderStep::ALL {
        let page = browser.visit(&Route::Reader(*step).to_string()).await;
        album.take(step.screen(), "", 200, &page);
    }
}

async fn refusals(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    service.clock.advance_minutes(31);
    album.take(S::Z3, "", 401, &browser.visit("/administrators").await);
    let own = [("login_id", OFFICES[0].login_id), ("password", OFFICES[0].password)];
    browser.post_form(A2, "start_office", &own).await;
    for _ in 0..2 {
        browser.post_form(A3, "confirm_security_code", &[("security_code", "wrong")]).await;
    }
    album.take(S::Z7, "", 423, &browser.post_form(A3, "confirm_security_code", &[("security_code", "wrong")]).await);

    let mut browser = service.signed_in(1).await;
    let as_staff = |kind| format!("UPDATE accounts SET kind = '{kind}' WHERE login_id = '{}'", OFFICES[1].login_id);
    service.database.execute(&as_staff("staff")).await;
    album.take(S::Z4, "", 403, &browser.visit("/office").await);
    service.database.execute(&as_staff("office")).await;
    service.database.execute("ALTER TABLE account_jobs RENAME TO lost").await;
    album.take(S::Z1, "", 500, &browser.visit("/administrators").await);
    service.database.execute("ALTER TABLE lost RENAME TO account_jobs").await;

    // Nothing closes the service for maintenance yet; the screen is there for it.
    let report = ProblemReport {
        error: ApiError::Maintenance,
        from: Some(S::C1),
        error_id: "0123456789AB".to_owned(),
        at: NOW,
        return_to: None,
    };
    let mut browser = service.browser(0);
    browser.cookies.insert("__Host-problem".to_owned(), sealed_cookie(service, "__Host-problem", &report));
    album.take(S::Z6, "", 503, &browser.visit("/problem").await);
}

/// A cookie as the server itself sets it.
fn sealed_cookie(service: &Service, name: &'static str, report: &ProblemReport) -> String {
    let key = Key::from(&service.core.keys.cookie_key());
    let jar = PrivateCookieJar::from_headers(&HeaderMap::new(), key);
    let answer = jar.add(Cookie::new(name, serde_json::to_string(report).unwrap())).into_response();
    let line = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    line.split_once('=').unwrap().1.to_owned()
}

async fn certificates(service: &Service, album: &mut Album) {
    let states = [
        (CertificateProblem::Missing, None),
        (CertificateProblem::Expired, Some(Kind::Expired)),
        (CertificateProblem::Revoked, Some(Kind::Revoked)),
        (CertificateProblem::UnknownIssuer, Some(Kind::Foreign)),
    ];
    for (problem, kind) in states {
        let chosen = kind.map(|kind| chain(kind, OFFICES[0].number)).unwrap_or_default();
        let name = format!("{problem:?}").to_lowercase();
        album.take(S::Z2, &name, 403, &service.stranger().with_chain(chosen).get(A2).await);
    }
    let mut browser = service.browser(1);
    service.clock.advance_minutes(60);
    let own = [("login_id", OFFICES[0].login_id), ("password", OFFICES[0].password)];
    album.take(S::Z2, "wrongoffice", 403, &browser.post_form(A2, "start_office", &own).await);
}
