//! B-1, B-2, C-1: the way in, and every refusal on it.

use app::error::CertificateProblem;
use server::demo::{
    data::OFFICES,
    pki::{DemoCertificateKind, DemoCertificateKind as Kind},
};

use super::{
    browser::{Browser, Page},
    service::{Service, chain, on_both_engines},
};

const A2: &str = "/sign-in/office";
const A3: &str = "/sign-in/office/security-code";
const B1: &str = "/sign-in/office/send-code";
const B2: &str = "/sign-in/office/code";

async fn start(browser: &mut Browser, login_id: &str, password: &str) -> Page {
    browser.post_form(A2, "start_office", &[("login_id", login_id), ("password", password)]).await
}

async fn start_own(browser: &mut Browser, n: usize) -> Page {
    start(browser, OFFICES[n].login_id, OFFICES[n].password).await
}

/// The page without what differs from request to request.
fn alike(page: &Page) -> String {
    let nonce = page.between("nonce=\"", "\"").unwrap().to_owned();
    let id = page.between("request_id", ",").unwrap_or("-").to_owned();
    page.body.replace(&nonce, "NONCE").replace(&id, "REQUEST")
}

on_both_engines! {
    async fn an_office_user_signs_in_with_all_three_factors(service: &Service) {
        let mut browser = service.browser(0);
        assert_eq!(browser.visit(A2).await.screen(), "A-2");
        assert_eq!(start_own(&mut browser, 0).await.path, A3);
        let page = browser.post_form(A3, "confirm_security_code", &[("security_code", "sakura77")]).await;
        assert_eq!((page.path.as_str(), page.screen()), (B2, "B-2"));
        assert!(page.body.contains("hi***@office.example.jp") || page.body.contains('*'), "the address is masked");
        let mails = service.mails().await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, OFFICES[0].email);
        assert_eq!(mails[0].subject, "ワンタイムパスワード発行通知(介護保険資格確認等WEBサービス)");
        assert!(mails[0].text.contains("30分"));
        let code = service.newest_code(0).await;
        let page = browser.post_form(B2, "redeem_code", &[("one_time_code", &code)]).await;
        assert_eq!((page.path.as_str(), page.screen()), ("/office", "C-1"));
        assert!(page.body.contains(OFFICES[0].name) && page.body.contains(OFFICES[0].number));
        let steps = ["A-2 sign_in.password ok", "A-3 sign_in.security_code ok", "B-2 sign_in.code ok"];
        assert_eq!(service.audit_lines().await, steps);
        for row in service.database.audit().await.iter().skip(1) {
            assert_eq!((row.login_id.as_str(), row.certificate.len()), (OFFICES[0].login_id, 64));
            assert_eq!(row.address, "127.0.0.1");
            assert!(row.account_id.is_some());
        }
    }

    async fn without_a_security_code_the_code_is_sent_on_request(service: &Service) {
        let mut browser = service.browser(2);
        let page = start_own(&mut browser, 2).await;
        assert_eq!((page.path.as_str(), page.screen()), (B1, "B-1"));
        assert!(service.mails().await.is_empty(), "nothing is sent before the button is pressed");
        assert_eq!(browser.post_form(B1, "send_code", &[("channel", "mail")]).await.screen(), "B-2");
        // A double click, or the back button and the button again: the code is on its way already.
        assert_eq!(browser.post_form(B1, "send_code", &[("channel", "mail")]).await.screen(), "B-2");
        assert_eq!(service.codes(2).await.len(), 1);
        let code = service.newest_code(2).await;
        assert_eq!(browser.post_form(B2, "redeem_code", &[("one_time_code", &code)]).await.screen(), "C-1");
        let steps = ["A-2 sign_in.password ok", "B-1 sign_in.send_code ok", "B-2 sign_in.code ok"];
        assert_eq!(service.audit_lines().await, steps);
    }

    async fn without_a_mail_address_the_sign_in_says_so_and_goes_no_further(service: &Service) {
        let mut browser = service.browser(3);
        let page = start_own(&mut browser, 3).await;
        assert_eq!(page.screen(), "B-1");
        assert!(page.body.contains("メールアドレスが登録されていません"));
        let answer = browser.call("send_code", &[("channel", "mail")]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (409, "\"no_contact\""));
        assert_eq!(browser.visit(B2).await.screen(), "B-1", "no step can be skipped by its address");
        assert!(service.mails().await.is_empty());
    }

    async fn every_refusal_looks_the_same(service: &Service) {
        let set = |what: &str, n: usize| format!("UPDATE accounts SET {what} = 1 WHERE login_id = '{}'", OFFICES[n].login_id);
        service.database.execute(&set("suspended_at", 1)).await;
        service.database.execute(&set("expires_at", 2)).await;
        service.database.execute(&set("deleted_at", 3)).await;
        let mut locked = service.browser(0);
        for _ in 0..3 {
            start(&mut locked, OFFICES[0].login_id, "wrong").await;
        }
        let cases = [
            ("locked", OFFICES[0].login_id, OFFICES[0].password),
            ("suspended", OFFICES[1].login_id, OFFICES[1].password),
            ("expired", OFFICES[2].login_id, OFFICES[2].password),
            ("deleted", OFFICES[3].login_id, OFFICES[3].password),
            ("unknown", "KJ999999999999", "Himawari2025"),
            ("wrong", OFFICES[1].login_id, "wrong"),
        ];
        let mut seen = Vec::new();
        for (name, login_id, password) in cases {
            let fields = [("login_id", login_id), ("password", password)];
            let answer = service.browser(0).call("start_office", &fields).await;
            assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, "\"sign_in_refused\""), "{name}");
            assert!(answer.set_cookies().is_empty(), "{name}");
            let page = start(&mut service.browser(0), login_id, password).await;
            assert_eq!((page.screen(), page.status.as_u16()), ("A-2", 401), "{name}");
            let typed = format!("value=\"{login_id}\"");
            assert!(page.body.contains(&typed), "{name}");
            seen.push((name, alike(&page).replace(&typed, "").replace(&format!("\\\"{login_id}\\\""), "")));
        }
        for (name, page) in &seen[1..] {
            assert_eq!(*page, seen[0].1, "{name} can be told from {}", seen[0].0);
        }
        assert!(service.codes(0).await.is_empty());
    }

    async fn another_offices_certificate_is_refused_after_the_right_password_only(service: &Service) {
        let mut browser = service.browser(1);
        assert_eq!(start(&mut browser, OFFICES[0].login_id, "wrong").await.screen(), "A-2");
        let page = start_own(&mut browser, 0).await;
        assert_eq!((page.screen(), page.path.as_str()), ("Z-2", "/problem"));
        assert_eq!(browser.visit(A3).await.screen(), "Z-3", "no sign-in was started");
        let lines = service.audit_lines().await;
        assert_eq!(lines, ["A-2 sign_in.password refused", "A-2 sign_in.password wrong_office"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfit_certificate_leads_to_its_own_advice_on_every_screen_behind_the_door() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let problems = [
        (Some(Kind::Expired), CertificateProblem::Expired),
        (Some(Kind::Revoked), CertificateProblem::Revoked),
        (Some(Kind::Foreign), CertificateProblem::UnknownIssuer),
        (None, CertificateProblem::Missing),
    ];
    let mut pages = Vec::new();
    for (kind, problem) in problems {
        let certificate = |kind: DemoCertificateKind| chain(kind, OFFICES[0].number);
        let mut browser = service.stranger().with_chain(kind.map(certificate).unwrap_or_default());
        for path in [A2, A3, B1, B2, "/office", "/administrators"] {
            let page = browser.get(path).await;
            assert_eq!((page.screen(), page.status.as_u16()), ("Z-2", 403), "{problem:?} {path}");
        }
        let answer = browser.call("start_office", &[("login_id", OFFICES[0].login_id), ("password", "x")]).await;
        let expected = serde_json::to_string(&app::error::ApiError::Certificate(problem)).unwrap();
        assert_eq!((answer.status.as_u16(), answer.body), (403, expected));
        let page = browser.get(A2).await;
        pages.push(page.between("<h2", "問い合わせ").map(str::to_owned));
    }
    let distinct: std::collections::BTreeSet<_> = pages.iter().collect();
    assert_eq!(distinct.len(), pages.len(), "each problem has its own advice");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_step_can_be_skipped_by_its_address() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.browser(0);
    for path in [A3, B1, B2] {
        assert_eq!(browser.visit(path).await.screen(), "Z-3", "{path}");
    }
    start_own(&mut browser, 0).await;
    for path in [B1, B2] {
        assert_eq!(browser.visit(path).await.path, A3, "{path}");
    }
    for function in ["send_code", "resend_code", "redeem_code"] {
        let fields = [("one_time_code", "000000"), ("channel", "mail")];
        let answer = browser.call(function, &fields).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, "\"sign_in_over\""), "{function}");
    }
    let page = browser.visit("/office").await;
    assert_eq!((page.screen(), page.path.as_str()), ("A-2", A2), "a page behind the sign-in begins it");
    assert!(service.mails().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stays_but_for_the_secrets() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.browser(0);
    let page = start(&mut browser, "KJ555555555555", "Pa55word-marker").await;
    assert!(page.body.contains("KJ555555555555"));
    assert!(!page.body.contains("Pa55word-marker"));
    assert!(!browser.visit(A2).await.body.contains("KJ555555555555"), "the note is shown once");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_in_only_own_pages_are_returned_to() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let cases = [
        ("/administrators?q=tanaka", "/administrators?q=tanaka"),
        ("/administrators/new", "/administrators/new?draft="),
        ("https://evil.example/", "/office"),
        ("//evil.example/administrators", "/office"),
        ("/\\evil.example", "/office"),
        ("/api/sign_out", "/office"),
        ("/signed-out", "/office"),
    ];
    for (wanted, reached) in cases {
        let mut browser = service.browser(2);
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("return", wanted).finish();
        browser.visit(&format!("{A2}?{query}")).await;
        let code = service.to_code(&mut browser, 2).await;
        let page = browser.post_form(B2, "redeem_code", &[("one_time_code", &code)]).await;
        assert!(page.path.starts_with(reached), "{wanted} led to {}", page.path);
    }
    let mut browser = service.browser(2);
    browser.visit("/administrators?sort=name").await;
    let code = service.to_code(&mut browser, 2).await;
    let page = browser.post_form(B2, "redeem_code", &[("one_time_code", &code)]).await;
    assert_eq!(page.path, "/administrators?sort=name", "the page that asked for the sign-in");
}
