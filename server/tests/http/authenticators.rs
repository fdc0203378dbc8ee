//! The authenticator app and recovery codes: P-1, B-11, B-12.

use server::{
    demo::data::{MEMBER_PASSWORD, email_of},
    http::Site,
    secret::Keys,
};
use totp_rs::{Builder, Secret};

use super::{
    browser::{Browser, Page},
    service::{Service, on_both_engines},
};

const STAFF: &str = "NursingStaffB000";
const APP: &str = "/account/authenticator";
const CODES: &str = "/account/recovery-codes";
const B11: &str = "/sign-in/member/send-code";
const B12: &str = "/sign-in/member/code";

/// What the app shows at the service's time, `steps` of 30 seconds from now.
fn code(service: &Service, secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    let now = service.core.ambient.now().micros() / 1_000_000 + 30 * steps;
    app.generate(u64::try_from(now).unwrap()).to_string()
}

/// The secret on the page that registers an app.
fn secret(page: &Page) -> String {
    let found = page.between("class=\"secret code\">", "<");
    found.unwrap_or_else(|| panic!("no secret: {}", page.body)).to_owned()
}

fn codes(page: &Page) -> Vec<String> {
    let text = page.between("class=\"copy__text\">", "<");
    text.unwrap_or_else(|| panic!("no codes: {}", page.body)).lines().map(str::to_owned).collect()
}

async fn register(browser: &mut Browser, digits: &str) -> Page {
    browser.post_form(APP, "register_authenticator", &[("one_time_code", digits)]).await
}

/// A browser in which the app was registered, its secret, and the recovery codes.
async fn with_app(service: &Service) -> (Browser, String, Vec<String>) {
    let mut browser = service.signed_in_member(STAFF).await;
    let secret = secret(&browser.visit(APP).await);
    let page = register(&mut browser, &code(service, &secret, 0)).await;
    assert_eq!((page.path.as_str(), page.screen()), (CODES, "P-1"), "{}", page.body);
    (browser, secret, codes(&page))
}

/// A browser at B-12 by this way.
async fn at_code(service: &Service, way: &str) -> Browser {
    to_code(service.browser(0), way).await
}

async fn to_code(mut browser: Browser, way: &str) -> Browser {
    let fields = [("login_id", STAFF), ("password", MEMBER_PASSWORD)];
    assert_eq!(browser.post_form("/sign-in/member", "start_member", &fields).await.screen(), "B-11");
    assert_eq!(browser.post_form(B11, "send_code", &[("channel", way)]).await.screen(), "B-12");
    browser
}

async fn redeem(browser: &mut Browser, digits: &str) -> Page {
    browser.post_form(B12, "redeem_code", &[("one_time_code", digits)]).await
}

async fn recover(browser: &mut Browser, code: &str) -> Page {
    browser.post_form(B12, "redeem_recovery_code", &[("recovery_code", code)]).await
}

on_both_engines! {
    async fn apps_and_recovery_codes_live_through_a_change_of_the_master_key(service: &Service) {
        let (_, secret, recovery) = with_app(service).await;
        let before = service.core.keys.id();
        let by = |key: &str| format!("SELECT COUNT(*) FROM authenticators WHERE secret_key = '{key}'");
        let changing = service.site_with_keys(Keys::from_master(&[8; 32]).with_previous(&[7; 32]));
        let browser = async |site: &Site, way| to_code(service.browser_at(site.clone()), way).await;
        service.clock.advance_seconds(60);
        let mut there = browser(&changing, "app").await;
        assert_eq!(redeem(&mut there, &code(service, &secret, 0)).await.screen(), "C-21", "not yet sealed anew");
        assert_eq!(service.database.count(&by(before)).await, 1);
        server::jobs::purge(&changing.core).await.unwrap();
        assert_eq!(service.database.count(&by(changing.core.keys.id())).await, 1);
        let mut there = browser(&changing, "recovery").await;
        assert_eq!(recover(&mut there, &recovery[0]).await.screen(), "C-21", "a code that the key before hashed");
        assert_eq!(service.audit_lines().await.last().unwrap(), "B-12 sign_in.code ok");
        assert!(there.visit("/account").await.body.contains("残り9個"));
        let mut there = browser(&changing, "recovery").await;
        assert!(recover(&mut there, &recovery[0]).await.body.contains("使用済み"), "once");

        // The key before is taken out of the settings.
        let changed = service.site_with_keys(Keys::from_master(&[8; 32]));
        service.clock.advance_seconds(60);
        let mut there = browser(&changed, "app").await;
        assert_eq!(redeem(&mut there, &code(service, &secret, 0)).await.screen(), "C-21");
        let page = there.visit("/account").await;
        assert!(page.body.contains("残り0個"), "what nobody recognises any more is not promised: {}", page.body);
        let new = codes(&there.post_form(CODES, "renew_recovery_codes", &[]).await);
        let mut there = browser(&changed, "recovery").await;
        assert!(recover(&mut there, &recovery[1]).await.body.contains("正しくありません"));
        assert_eq!(recover(&mut there, &new[0]).await.screen(), "C-21");
    }

    async fn an_app_is_registered_by_its_first_code_and_signs_in(service: &Service) {
        let mut browser = service.signed_in_member(STAFF).await;
        let secret = secret(&browser.visit(APP).await);
        let again = browser.visit(APP).await;
        assert_eq!(self::secret(&again), secret, "a reload shows the same");
        assert!(again.body.contains("class=\"qr\"") && again.body.contains("otpauth://totp/"));
        let wrong = if code(service, &secret, 0) == "000000" { "000001" } else { "000000" };
        for typed in ["", "12ab", wrong] {
            assert_eq!(register(&mut browser, typed).await.status, 422, "{typed}");
        }
        let mut sign_in = service.browser(0);
        let fields = [("login_id", STAFF), ("password", MEMBER_PASSWORD)];
        let page = sign_in.post_form("/sign-in/member", "start_member", &fields).await;
        assert!(!page.body.contains("認証アプリ"), "it counts for nothing before it gave a code");
        assert_eq!(sign_in.call("send_code", &[("channel", "app")]).await.body, "\"no_contact\"");
        let page = register(&mut browser, &code(service, &secret, 0)).await;
        assert_eq!(codes(&page).len(), 10);
        let shown_again = browser.visit(CODES).await;
        assert!(codes(&page).iter().all(|code| !shown_again.body.contains(code.as_str())), "shown once");
        let page = browser.visit("/account").await;
        assert!(page.body.contains("残り10個"), "{}", page.body);
        let mails = service.mails().await;
        let notice = mails.last().unwrap();
        assert_eq!((notice.to.as_str(), notice.subject.as_str()), (email_of(STAFF).as_str(), "登録内容変更のお知らせ"));
        assert!(notice.text.contains("認証アプリの登録"), "{}", notice.text);
        assert_eq!(browser.call("authenticator_setup", &[]).await.status, 409, "the secret is not shown again");

        let mut sign_in = at_code(service, "app").await;
        assert_eq!(service.mails().await.len(), mails.len(), "nothing is sent");
        let page = redeem(&mut sign_in, &code(service, &secret, 0)).await;
        assert!(page.body.contains("このコードは使用済みです"), "the registration used it: {}", page.body);
        service.clock.advance_seconds(30);
        assert_eq!(redeem(&mut sign_in, &code(service, &secret, 0)).await.screen(), "C-21");
        let mut second = at_code(service, "app").await;
        let page = redeem(&mut second, &code(service, &secret, 0)).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("B-12", 422), "each step once");
        assert_eq!(redeem(&mut second, &code(service, &secret, 1)).await.screen(), "C-21", "a clock that is ahead");
        let lines = service.audit_lines().await;
        for line in ["P-1 authenticator.add refused", "P-1 authenticator.add ok", "B-12 sign_in.code used", "B-12 sign_in.code ok"] {
            assert!(lines.contains(&line.to_owned()), "{line}");
        }
    }

    async fn wrong_codes_end_the_sign_in_and_then_lock(service: &Service) {
        let (_, secret, recovery) = with_app(service).await;
        service.clock.advance_seconds(60);
        let wrong = |n: i64| code(service, &secret, n + 10);
        for round in 0..5 {
            let mut browser = at_code(service, "app").await;
            for n in 0..4 {
                let page = redeem(&mut browser, &wrong(n)).await;
                assert!(page.body.contains(&format!("認証アプリのコードが正しくありません。あと{}回", 4 - n)), "{round} {n}");
            }
            assert_eq!(redeem(&mut browser, &wrong(4)).await.screen(), "A-4", "{round}");
            assert_eq!(redeem(&mut browser, &code(service, &secret, 0)).await.screen(), "A-4", "{round}");
        }
        let fields = [("login_id", STAFF), ("password", MEMBER_PASSWORD)];
        let page = service.browser(0).post_form("/sign-in/member", "start_member", &fields).await;
        assert_eq!(page.screen(), "A-4", "locked");
        assert_eq!(service.mails().await.last().unwrap().subject, "アカウントロックのお知らせ");
        service.clock.advance_minutes(30);
        let mut browser = at_code(service, "recovery").await;
        for n in 0..4 {
            assert!(recover(&mut browser, "zzzzz-zzzzz").await.body.contains(&format!("あと{}回", 4 - n)));
        }
        assert_eq!(recover(&mut browser, "zzzzz-zzzzz").await.screen(), "A-4");
        assert_eq!(recover(&mut browser, &recovery[0]).await.screen(), "A-4");
    }

    async fn a_recovery_code_lets_in_once_however_many_ask_together(service: &Service) {
        let (mut owner, _, recovery) = with_app(service).await;
        let browsers = [at_code(service, "recovery").await, at_code(service, "recovery").await, at_code(service, "recovery").await];
        let tries = browsers.map(|mut browser| {
            let code = recovery[3].to_uppercase().replace('-', "");
            async move { recover(&mut browser, &code).await.screen().to_owned() }
        });
        let mut screens = futures::future::join_all(tries).await;
        screens.sort();
        assert_eq!(screens, ["B-12", "B-12", "C-21"]);
        assert!(owner.visit("/account").await.body.contains("残り9個"));
        let mut browser = at_code(service, "recovery").await;
        assert!(recover(&mut browser, &recovery[3]).await.body.contains("使用済み"));
        assert!(recover(&mut browser, "短い").await.body.contains("半角英数字10文字"));
        assert_eq!(recover(&mut browser, &recovery[4]).await.screen(), "C-21");
    }

    async fn renewed_codes_replace_the_old_and_removal_ends_both(service: &Service) {
        let (mut owner, secret, old) = with_app(service).await;
        let page = owner.post_form(CODES, "renew_recovery_codes", &[]).await;
        let new = codes(&page);
        assert!(new.len() == 10 && new.iter().all(|code| !old.contains(code)));
        let mut browser = at_code(service, "recovery").await;
        assert!(recover(&mut browser, &old[0]).await.body.contains("正しくありません"));
        assert_eq!(recover(&mut browser, &new[0]).await.screen(), "C-21");
        service.clock.advance_seconds(30);
        let mut under_way = at_code(service, "app").await;
        let page = owner.post_form("/account/authenticator/remove", "remove_authenticator", &[]).await;
        assert!(page.body.contains("認証アプリの登録を解除しました"), "{}", page.body);
        assert_eq!(redeem(&mut under_way, &code(service, &secret, 0)).await.screen(), "A-4");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM recovery_codes").await, 0);
        assert_eq!(owner.call("renew_recovery_codes", &[]).await.status, 404);
        assert_eq!(owner.call("remove_authenticator", &[]).await.status, 404);
        assert_ne!(self::secret(&owner.visit(APP).await), secret, "a new registration has a new secret");
    }

    async fn another_way_can_be_chosen_after_all(service: &Service) {
        let (_, secret, _) = with_app(service).await;
        let mut browser = at_code(service, "app").await;
        assert_eq!(browser.visit(B11).await.screen(), "B-11");
        assert_eq!(browser.post_form(B11, "send_code", &[("channel", "mail")]).await.screen(), "B-12");
        let sent = service.newest_code_to(&email_of(STAFF)).await;
        service.clock.advance_seconds(30);
        assert_eq!(browser.visit(B12).await.status, 200);
        let page = redeem(&mut browser, &code(service, &secret, 0)).await;
        assert_eq!(page.status, 422, "the app's code is not the one that was sent");
        assert_eq!(redeem(&mut browser, &sent).await.screen(), "C-21");
    }
}
