//! Secrets leave no trace: marks are planted in every secret field and looked for everywhere.

use std::{
    io,
    sync::{Arc, Mutex, OnceLock},
};

use server::{
    demo::data::{MEMBER_PASSWORD, OFFICES},
    services::office_import,
};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use super::{
    accounts::{complete, open_draft, person, submit},
    browser::{Browser, Page},
    passkey_device::{Challenge, Device, challenge},
    service::{Service, on_both_engines},
};

/// Keeps what the whole process logs: the other tests' lines are searched as well.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Every line that was logged so far, from the first call on.
pub(super) fn logged() -> String {
    String::from_utf8_lossy(&log().0.lock().unwrap()).into_owned()
}

fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("debug,server=trace,app=trace"))
            .with_writer(log.clone())
            .with_ansi(false);
        tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
        log
    })
}

const PASSWORD: &str = "mkPassw0rdQx7";
const SECURITY_CODE: &str = "mkSecure9Zt";
const WRONG_PASSWORD: &str = "mkWrongPass5";
const WRONG_CODE: &str = "mkWrongCode3";
const LOGIN_ID: &str = "KJ777777777777";
const MEMBER: &str = "NursingStaffB000";

/// An office whose secrets are marks.
async fn import_marked_office(service: &Service) {
    let csv = format!(
        "office_number,office_name,login_id,email,password,security_code\n\
         {},{},{LOGIN_ID},{},{PASSWORD},{SECURITY_CODE}\n",
        OFFICES[0].number, OFFICES[0].name, OFFICES[0].email
    );
    let rows = office_import::read_csv(csv.as_bytes()).unwrap();
    office_import::import(&service.core, &rows).await.unwrap();
}

/// Every way a secret comes in: wrong, right, in the wrong field, in a body that cannot be read. Answers every page.
async fn use_secrets(service: &Service, browser: &mut Browser) -> Vec<Page> {
    let mut pages = Vec::new();
    let a2 = "/sign-in/office";
    let tries = [
        [("login_id", LOGIN_ID), ("password", WRONG_PASSWORD)],
        [("login_id", PASSWORD), ("password", WRONG_PASSWORD)],
        [("login_id", ""), ("password", PASSWORD)],
        [("login_id", LOGIN_ID), ("password", PASSWORD)],
    ];
    for fields in tries {
        pages.push(browser.post_form(a2, "start_office", &fields).await);
    }
    pages.push(browser.clone().call("start_office", &tries[3]).await);
    let request = browser.script("/api/start_office", http::Method::POST);
    let body = format!("login_id[]={LOGIN_ID}&password[x]={PASSWORD}&=&%FF");
    pages.push(browser.send(request.body(body.into()).unwrap()).await);
    let a3 = "/sign-in/office/security-code";
    for code in [WRONG_CODE, SECURITY_CODE] {
        pages.push(browser.post_form(a3, "confirm_security_code", &[("security_code", code)]).await);
    }
    pages.push(browser.post_form("/sign-in/office/code", "redeem_code", &[("one_time_code", WRONG_CODE)]).await);
    let code = service.newest_code(0).await;
    pages.push(browser.post_form("/sign-in/office/code", "redeem_code", &[("one_time_code", &code)]).await);
    assert_eq!(pages.last().unwrap().screen(), "C-1");
    let draft = open_draft(browser, "/administrators/new").await;
    pages.push(submit(browser, &draft, None, &person("Takashima01")).await);
    pages.push(complete(browser, "register_member", &draft).await);
    pages
}

/// An app is registered, its codes and a recovery code are used, and a passkey is added. Answers what must be found
/// nowhere.
async fn use_own_secrets(service: &Service) -> Vec<String> {
    let mut browser = service.signed_in_member(MEMBER).await;
    let page = browser.visit("/account/authenticator").await;
    let secret = page.between("class=\"secret code\">", "<").unwrap().to_owned();
    let base32 = secret.replace(' ', "");
    let app = totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(&base32).unwrap()).build().unwrap();
    let now = u64::try_from(service.core.ambient.now().micros() / 1_000_000).unwrap();
    let fields = [("one_time_code", app.generate(now).to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = browser.post_form("/account/authenticator", "register_authenticator", &fields).await;
    let codes = page.between("class=\"copy__text\">", "<").unwrap();
    let codes: Vec<String> = codes.lines().map(str::to_owned).collect();
    let mut device = Device::new();
    device.add_to(&mut browser, "机の上").await;
    let Challenge { token, .. } = challenge(&mut browser, "start_passkey_confirmation").await;
    let wrong = [("current_password", WRONG_PASSWORD), ("next", "/account/passkeys/new")];
    browser.call("confirm_password", &wrong).await;
    let mut second = service.browser(0);
    let own = [("login_id", MEMBER), ("password", MEMBER_PASSWORD)];
    second.post_form("/sign-in/member", "start_member", &own).await;
    second.post_form("/sign-in/member/send-code", "send_code", &[("channel", "recovery")]).await;
    let recover = [("recovery_code", codes[0].as_str())];
    let page = second.post_form("/sign-in/member/code", "redeem_recovery_code", &recover).await;
    assert_eq!(page.screen(), "C-21");
    let sealed = app.secret().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    codes.into_iter().chain([base32, secret, token, sealed]).collect()
}

fn assert_absent(marks: &[String], place: &str, bytes: &[u8]) {
    for mark in marks {
        let found = bytes.windows(mark.len()).any(|window| window == mark.as_bytes());
        assert!(!found, "{mark} is in {place}");
    }
}

on_both_engines! {
    async fn no_secret_leaves_a_trace(service: &Service) {
        log();
        import_marked_office(service).await;
        let mut browser = service.browser(0);
        let pages = use_secrets(service, &mut browser).await;

        let mut marks: Vec<String> = [PASSWORD, SECURITY_CODE, WRONG_PASSWORD, WRONG_CODE].map(str::to_owned).into();
        marks.extend(use_own_secrets(service).await);
        let notice = service.mails().await.into_iter().find(|mail| mail.to.starts_with("takashima@")).unwrap();
        let initial = notice.text.lines().find(|line| line.len() == 19 && line.matches('-').count() == 3);
        marks.push(initial.unwrap().to_owned());
        // Cookies' values are sealed: what they hold must not be found either.
        let key = axum_extra::extract::cookie::Key::from(&service.core.keys.cookie_key());
        let header = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let headers = http::HeaderMap::from_iter([(http::header::COOKIE, header.parse().unwrap())]);
        let jar = axum_extra::extract::PrivateCookieJar::from_headers(&headers, key);
        let token = jar.get("__Host-session").unwrap().value().to_owned();
        assert!(token.len() >= 43);
        marks.push(token);

        // The code itself is six digits, which a page or a time may hold by chance: looked for as a word of its own.
        let code = service.newest_code(0).await;
        let is_code = |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == code);

        for page in &pages {
            assert!(!is_code(&page.body), "the code is in {}", page.path);
            let typed_id = page.body.contains("data-screen=\"A-2\"");
            // What was typed as ユーザID is shown again, also when it was a password by mistake: to its typist alone.
            let shown: Vec<String> = marks.iter().filter(|mark| !(typed_id && *mark == PASSWORD)).cloned().collect();
            assert_absent(&shown, &page.path, page.body.as_bytes());
        }
        let dump = service.database.dump().await;
        assert!(dump.contains("Takashima01") && dump.contains("sign_in.password"), "the test looks into the wrong place");
        assert!(!is_code(&dump), "the code is in the database");
        assert_absent(&marks, "the database", dump.as_bytes());
        assert_absent(&marks, "the database's files", &service.database.files());
        for row in service.database.audit().await {
            assert_absent(&marks, "the audit trail", format!("{row:?}").as_bytes());
        }
        let logged = String::from_utf8(log().0.lock().unwrap().clone()).unwrap();
        assert!(logged.contains("answered") && logged.contains("message delivered"), "nothing was logged");
        assert_absent(&marks, "the log", logged.as_bytes());
        for line in logged.lines().filter(|line| line.contains("request{") || line.contains("delivery")) {
            for mark in ["takashima@", "髙島", LOGIN_ID, OFFICES[0].email] {
                assert!(!line.contains(mark), "{mark} was logged: {line}");
            }
        }
    }
}
