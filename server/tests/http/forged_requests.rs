//! Requests as no browser of ours sends them: headers that a proxy would set, methods nobody uses, parameters twice.

use http::{Method, header};
use server::{
    demo::data::{MEMBER_PASSWORD, email_of},
    http::Site,
};

use super::{
    browser::{Browser, Page},
    service::{Service, on_both_engines},
};

const STAFF: &str = "NursingStaffB000";

/// A sign-in that fails, with these headers; answers the address that the audit trail has of it.
async fn audited_address(service: &Service, browser: &mut Browser, headers: &[(&'static str, &str)]) -> String {
    let mut request = browser.script("/api/start_member", Method::POST);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = format!("login_id={STAFF}&password=wrong");
    assert_eq!(browser.send(request.body(body.into()).unwrap()).await.status, 401);
    let row = service.database.audit().await.pop().unwrap();
    assert_eq!(row.action, "sign_in.password");
    row.address
}

async fn post(browser: &mut Browser, path: &str, body: &str) -> Page {
    let request = browser.script(path, Method::POST);
    browser.send(request.body(body.to_owned().into()).unwrap()).await
}

on_both_engines! {
    async fn what_a_client_says_of_its_own_address_is_not_believed(service: &Service) {
        let claims = [
            ("x-forwarded-for", "203.0.113.9"),
            ("forwarded", "for=203.0.113.9"),
            ("x-real-ip", "203.0.113.9"),
            ("x-client-ip", "203.0.113.9"),
            ("x-forwarded-host", "evil.example"),
        ];
        assert_eq!(audited_address(service, &mut service.browser(0), &claims).await, "127.0.0.1");
        // Nor when another machine is the proxy.
        let site = Site { trusted_proxies: vec!["10.0.0.1".parse().unwrap()], ..Site::clone(&service.site) };
        assert_eq!(audited_address(service, &mut service.browser_at(site), &claims).await, "127.0.0.1");
    }

    async fn a_trusted_proxy_says_where_a_request_came_from(service: &Service) {
        let site = Site { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..Site::clone(&service.site) };
        let mut browser = service.browser_at(site);
        for (list, expected) in [
            ("203.0.113.9", "203.0.113.9"),
            ("2001:db8::7", "2001:db8::7"),
            // What stands before the proxy's own entry is the client's claim.
            ("198.51.100.1, 127.0.0.1, 203.0.113.10", "203.0.113.10"),
            ("203.0.113.9, nonsense", "127.0.0.1"),
            ("", "127.0.0.1"),
        ] {
            // Too many failures would lock the account.
            service.database.execute("DELETE FROM guards").await;
            let headers = [("x-forwarded-for", list), ("x-real-ip", "192.0.2.1")];
            assert_eq!(audited_address(service, &mut browser, &headers).await, expected, "{list}");
        }
    }

    async fn a_parameter_that_stands_twice_is_refused_and_nothing_is_done(service: &Service) {
        let mut browser = service.browser(0);
        let before = service.database.dump().await;
        for body in [
            format!("login_id={STAFF}&login_id=NursingUserA000&password={MEMBER_PASSWORD}"),
            format!("login_id={STAFF}&password=wrong&password={MEMBER_PASSWORD}"),
            format!("login_id[]={STAFF}&login_id[]=NursingUserA000&password={MEMBER_PASSWORD}"),
        ] {
            let page = post(&mut browser, "/api/start_member", &body).await;
            assert_eq!((page.status.as_u16(), page.body.as_str()), (400, "\"malformed\""), "{body}");
        }
        // A function reads its body, never the address.
        let right = format!("login_id={STAFF}&password={MEMBER_PASSWORD}");
        let page = post(&mut browser, &format!("/api/start_member?{right}"), "").await;
        assert_eq!((page.status.as_u16(), page.body.as_str()), (400, "\"malformed\""));
        assert_eq!(before, service.database.dump().await);
        let path = "/api/start_member?login_id=NursingUserA000&password=wrong";
        assert_eq!(post(&mut browser, path, &right).await.status, 200);
        post(&mut browser, "/api/send_code", "channel=mail").await;
        assert_eq!(service.mails_to(&email_of(STAFF)).await.len(), 1);
        assert_eq!(service.mails().await.len(), 1);
    }

    async fn a_page_reads_the_first_of_two_parameters(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let once = browser.visit("/staff?state=suspended").await;
        let twice = browser.visit("/staff?state=suspended&state=deleted").await;
        assert_eq!((twice.status.as_u16(), twice.screen()), (200, "D-11"));
        let chosen = |page: &Page| page.body.split("selected").nth(1).map(|rest| rest[..40].to_owned());
        assert_eq!(chosen(&twice), chosen(&once));
        assert_ne!(chosen(&browser.visit("/staff?state=deleted").await), chosen(&once));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trace_is_refused_everywhere_and_echoes_nothing() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mark = "mk-trace-4711";
    let paths =
        ["/", "/home", "/staff", "/api/sign_out", "/api/nothing", "/livez", "/readyz", "/pkg/app.0001.css", "/x"];
    for mut browser in [service.signed_in_member(STAFF).await, service.visitor()] {
        for method in ["TRACE", "TRACK"] {
            for path in paths {
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                let request = browser.script(path, method.clone()).header("x-mark", mark).header(header::COOKIE, mark);
                let page = browser.send(request.body(mark.to_owned().into()).unwrap()).await;
                assert!([404, 405].contains(&page.status.as_u16()), "{method} {path}: {}", page.status);
                assert!(!page.body.contains(mark), "{method} {path}");
                assert!(page.headers.values().all(|value| value != mark), "{method} {path}");
            }
        }
    }
}
