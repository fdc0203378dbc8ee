//! Every screen in its main states, as the server sends it.

use app::{
    error::{ApiError, CertificateProblem},
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
    data::{MEMBER_PASSWORD, OFFICES, email_of},
    pki::DemoCertificateKind as Kind,
};

use super::{
    album::Album,
    passkey_device::Device,
    service::{NOW, Service, chain},
};

mod account_pages;
mod care_pages;

use account_pages::{acts, edit, import, list, one_account, registration, rights, staff};
use care_pages::{batches, care_information, emergencies, identification, people_list, readers, terminals};

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
    batches(&service, &mut album).await;
    emergencies(&service, &mut album).await;
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
