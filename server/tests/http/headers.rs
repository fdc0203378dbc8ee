//! What every answer carries: security headers, caching, cookies; and the health of the service.

use std::sync::Arc;

use app::services::Door;
use server::{
    demo::data::OFFICES,
    http::{Demo, Site, router},
};

use super::{
    browser::{Browser, Page},
    service::{PUBLIC, SIGN_IN, Service, pki},
};
use crate::support::Engine;

const DEMO: &str = "http://localhost:8080";

/// The same service as a demo, at its plain-HTTP door.
fn demo_door(service: &Service) -> Browser {
    let demo = Demo {
        pki: pki().clone(),
        clock: Arc::default(),
        mailbox: "http://localhost:8026".to_owned(),
        origin: DEMO.to_owned(),
    };
    let demo_site = Site { demo: Some(demo), ..Site::clone(&service.site) };
    Browser::new(router(Arc::new(demo_site), Door::Demo), DEMO, Vec::new())
}

fn assert_secure(what: &str, page: &Page) {
    let expected = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in expected {
        assert_eq!(page.header(name), value, "{what}: {name}");
    }
    assert!(page.header("permissions-policy").contains("camera=()"), "{what}");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{what}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{what}: {policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_security_headers() {
    let service = Service::new(Engine::Sqlite).await;
    let mut signed_in = service.signed_in(0).await;
    let answers = [
        signed_in.get("/office").await,
        signed_in.get("/nothing").await,
        signed_in.call("extend_session", &[]).await,
        signed_in.call("nothing", &[]).await,
        signed_in.post_only("/office", "delete_member", &[]).await,
        signed_in.get("/api/sign_out").await,
        signed_in.get("/pkg/app.0001.css").await,
        signed_in.get("/pkg/nothing.css").await,
        signed_in.get("/robots.txt").await,
        signed_in.get("/livez").await,
        service.browser(0).get("/office").await,
        service.visitor().get("/").await,
        service.visitor().get("/office").await,
    ];
    for answer in &answers {
        let what = format!("{} {}", answer.status, answer.path);
        assert_secure(&what, answer);
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains", "{what}");
        if answer.path.starts_with("/pkg/app.") {
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{what}");
        } else if !answer.path.starts_with("/pkg/") && answer.path != "/robots.txt" {
            assert_eq!(answer.header("cache-control"), "no-store", "{what}");
        }
    }
    let missing = signed_in.get("/pkg/nothing.css").await;
    assert_eq!(missing.status, 404);
    assert!(!missing.header("cache-control").contains("immutable"), "what is missing today may be there tomorrow");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_text_names_its_character_set() {
    let service = Service::new(Engine::Sqlite).await;
    let mut visitor = service.visitor();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/pkg/app.0001.css", "text/css; charset=utf-8"),
        ("/pkg/app.0002.js", "text/javascript; charset=utf-8"),
        ("/livez", "text/plain; charset=utf-8"),
    ] {
        assert_eq!(visitor.get(path).await.header("content-type"), kind, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_has_a_nonce_of_its_own() {
    let service = Service::new(Engine::Sqlite).await;
    let mut visitor = service.visitor();
    let mut nonces = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let page = visitor.get("/").await;
        nonces.insert(page.between("nonce=\"", "\"").unwrap().to_owned());
    }
    assert_eq!(nonces.len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_bound_to_the_host_and_say_nothing() {
    let service = Service::new(Engine::Sqlite).await;
    let mut browser = service.browser(0);
    let wrong = [("login_id", OFFICES[0].login_id), ("password", "wrong")];
    let right = [("login_id", OFFICES[0].login_id), ("password", OFFICES[0].password)];
    let mut answers = vec![
        browser.get("/administrators?q=tanaka").await,
        browser.post_only("/sign-in/office", "start_office", &wrong).await,
        browser.call("start_office", &right).await,
        browser.call("confirm_security_code", &[("security_code", "sakura77")]).await,
    ];
    let code = service.newest_code(0).await;
    answers.push(browser.call("redeem_code", &[("one_time_code", &code)]).await);
    answers.push(browser.post_only("/office", "delete_member", &[("id", "x")]).await);
    let mut names = std::collections::BTreeSet::new();
    for line in answers.iter().flat_map(Page::set_cookies) {
        let (name, rest) = line.split_once('=').unwrap();
        names.insert(name.to_owned());
        let (value, attributes) = rest.split_once(';').unwrap();
        for attribute in ["HttpOnly", "Secure", "Path=/"] {
            assert!(attributes.contains(attribute), "{name}: {attributes}");
        }
        assert!(!attributes.contains("Domain"), "{name}: {attributes}");
        if attributes.contains("Max-Age=0") {
            continue;
        }
        assert!(attributes.contains("SameSite=Lax"), "{name}: {attributes}");
        assert!(value.len() > 40, "{name} is sealed");
        for mark in [OFFICES[0].login_id, "tanaka", "administrators", code.as_str()] {
            assert!(!value.contains(mark), "{name} can be read");
        }
    }
    let expected =
        ["__Host-device", "__Host-flash", "__Host-problem", "__Host-return", "__Host-session", "__Host-sign-in"];
    assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_cookie_is_none() {
    let service = Service::new(Engine::Sqlite).await;
    let mut browser = service.signed_in(0).await;
    let value = browser.cookies["__Host-session"].clone();
    let changed = if value.starts_with('A') { value.replacen('A', "B", 1) } else { format!("A{}", &value[1..]) };
    browser.cookies.insert("__Host-session".to_owned(), changed);
    assert_eq!(browser.visit("/office").await.screen(), "A-2");
    // One cookie's value under another's name.
    browser.cookies.insert("__Host-sign-in".to_owned(), value);
    assert_eq!(browser.visit("/sign-in/office/code").await.screen(), "Z-3");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_door_leads_to_the_one_that_asks_for_certificates() {
    let service = Service::new(Engine::Sqlite).await;
    let mut visitor = service.visitor();
    for path in ["/office", "/administrators?q=a", "/sign-in/office", "/sign-in/office/code"] {
        let page = visitor.get(path).await;
        assert_eq!((page.status.as_u16(), page.location()), (303, format!("{SIGN_IN}{path}").as_str()));
        assert!(page.set_cookies().is_empty(), "{path}");
    }
    let top = visitor.get("/").await;
    assert!(top.body.contains(&format!("href=\"{SIGN_IN}/sign-in/office\"")));
    let menu = service.signed_in(0).await.visit("/signed-out").await;
    assert!(menu.body.contains(&format!("href=\"{PUBLIC}/\"")), "and back");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_door_has_cookies_of_its_own_and_no_hsts() {
    let service = Service::new(Engine::Sqlite).await;
    let mut browser = demo_door(&service);
    let choice = browser.visit("/sign-in/office").await;
    assert!(choice.path.starts_with("/demo/certificates?next="), "{}", choice.path);
    assert_secure("choice", &choice);
    let top = browser.visit("/").await;
    assert_secure("demo", &top);
    assert_eq!(top.header("strict-transport-security"), "");
    assert!(top.body.contains("デモ環境"));
    let page = service.visitor().get("/demo/certificates").await;
    assert_eq!(page.status, 404, "only there");
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_is_the_databases() {
    let service = Service::new(Engine::Sqlite).await;
    let mut visitor = service.visitor();
    for path in ["/livez", "/readyz"] {
        assert_eq!(visitor.get(path).await.status, 200, "{path}");
    }
    service.core.db.close().await;
    assert_eq!(visitor.get("/readyz").await.status, 503);
    assert_eq!(visitor.get("/livez").await.status, 200, "to be restarted would help nobody");
    assert_eq!(visitor.get("/").await.screen(), "A-1", "help needs no database");
    let page = service.browser(0).get("/sign-in/office").await;
    assert_eq!(page.screen(), "A-2");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_hosts_name_is_not_answered() {
    let service = Service::new(Engine::Sqlite).await;
    let mut browser = service.signed_in(0).await;
    for host in ["evil.example", "care.example.jp", "care.example.jp:8444", "care.example.jp.evil.example:8443", ""] {
        let request = http::Request::get("/office").header("host", host).body(axum::body::Body::empty()).unwrap();
        let page = browser.send(request).await;
        assert_eq!(page.status, 421, "{host}");
        assert!(page.set_cookies().is_empty() && !page.body.contains(OFFICES[0].number), "{host}");
    }
}
