//! D-1 to D-8: registering, changing and deleting an administrator, and everything else that happens with it.

use server::demo::data::OFFICES;
use uuid::Uuid;

use super::{
    browser::{Browser, Page},
    service::{Service, on_both_engines},
};

/// The form of D-2 for a person that is not registered yet.
pub(super) fn person(login_id: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("form[login_id]", login_id),
        ("form[family_name]", "髙島"),
        ("form[given_name]", "𠮷子"),
        ("form[family_kana]", "タカシマ"),
        ("form[given_kana]", "よしこ"),
        ("form[services][0]", "16"),
        ("form[services][1]", "A7"),
        ("form[jobs][0]", "care_manager"),
        ("form[email]", "takashima@member.example.jp"),
        ("form[phone]", "090-1234-5678"),
    ];
    fields.map(|(name, value)| (name, value.to_owned())).to_vec()
}

/// The two kinds of member, as they stand in addresses and forms.
pub(super) const KINDS: [&str; 2] = ["administrators", "staff"];

/// Posts D-2 or D-8.
pub(super) async fn submit(
    browser: &mut Browser,
    draft: &str,
    editing: Option<&str>,
    form: &[(&'static str, String)],
) -> Page {
    submit_of(KINDS[0], browser, draft, editing, form).await
}

/// The same for either kind.
pub(super) async fn submit_of(
    kind: &str,
    browser: &mut Browser,
    draft: &str,
    editing: Option<&str>,
    form: &[(&'static str, String)],
) -> Page {
    let mut fields = vec![("members", kind), ("draft", draft)];
    fields.extend(editing.map(|id| ("editing", id)));
    fields.extend(form.iter().map(|(name, value)| (*name, value.as_str())));
    let from = match editing {
        None => format!("/{kind}/new?draft={draft}"),
        Some(id) => format!("/{kind}/{id}/edit?draft={draft}"),
    };
    browser.post_form(&from, "submit_member", &fields).await
}

/// Posts D-3 or the last step of D-8.
pub(super) async fn complete(browser: &mut Browser, function: &str, draft: &str) -> Page {
    complete_of(KINDS[0], browser, function, draft).await
}

/// The same for either kind.
pub(super) async fn complete_of(kind: &str, browser: &mut Browser, function: &str, draft: &str) -> Page {
    let from = format!("/{kind}/new/check?draft={draft}");
    browser.post_form(&from, function, &[("members", kind), ("draft", draft)]).await
}

/// Opens D-2 or D-8 and answers the ID of its draft.
pub(super) async fn open_draft(browser: &mut Browser, path: &str) -> String {
    let page = browser.visit(path).await;
    page.path.split_once("draft=").unwrap_or_else(|| panic!("no draft: {}", page.path)).1.to_owned()
}

/// Registers a person and answers the new account's ID.
pub(super) async fn register(browser: &mut Browser, login_id: &str) -> String {
    register_of(KINDS[0], browser, login_id).await
}

/// The same for either kind.
pub(super) async fn register_of(kind: &str, browser: &mut Browser, login_id: &str) -> String {
    let draft = open_draft(browser, &format!("/{kind}/new")).await;
    let (check, done) = if kind == KINDS[0] { ("D-3", "D-4") } else { ("D-13", "D-14") };
    assert_eq!(submit_of(kind, browser, &draft, None, &person(login_id)).await.screen(), check);
    let page = complete_of(kind, browser, "register_member", &draft).await;
    assert_eq!(page.screen(), done);
    page.path.split_once("id=").unwrap().1.to_owned()
}

fn changed(login_id: &str, field: &str, value: &str) -> Vec<(&'static str, String)> {
    let form = person(login_id).into_iter();
    form.map(|(name, old)| (name, if name == format!("form[{field}]") { value.to_owned() } else { old })).collect()
}

/// Personal data and secrets that no audit row may hold.
const PERSONAL: [&str; 6] = ["髙島", "𠮷子", "たかしま", "takashima", "9012345678", "argon2"];

on_both_engines! {
    async fn registering_makes_an_account_a_notice_and_an_audit_row(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let id = register(&mut browser, "Takashima01").await;
        let detail = browser.visit(&format!("/administrators/{id}")).await;
        assert_eq!(detail.screen(), "D-5");
        for shown in ["Takashima01", "髙島 𠮷子", "たかしま よしこ", "ケアマネジャー", "090-1234-5678"] {
            assert!(detail.body.contains(shown), "{shown}");
        }
        let list = browser.visit("/administrators?q=%E3%81%9F%E3%81%8B%E3%81%97%E3%81%BE").await;
        assert!(list.body.contains("Takashima01") && !list.body.contains("NursingUserA000"));

        let mails: Vec<_> = service.mails().await.into_iter().filter(|mail| mail.to != OFFICES[0].email).collect();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, "takashima@member.example.jp");
        assert_eq!(mails[0].subject, "アカウント発行のお知らせ");
        for said in [OFFICES[0].name, OFFICES[0].number, "Takashima01", "管理者ユーザ", "https://care.example.jp/", "2025/02/14"] {
            assert!(mails[0].text.contains(said), "{said}: {}", mails[0].text);
        }
        let password = mails[0].text.lines().find(|line| line.len() == 19 && line.matches('-').count() == 3).unwrap();
        assert!(!detail.body.contains(password), "an administrator never learns the password");

        let row = service.database.audit().await.pop().unwrap();
        assert_eq!(row.line(), "D-3 account.register ok");
        assert_eq!((row.login_id.as_str(), row.target), (OFFICES[0].login_id, Some(id.parse::<Uuid>().unwrap())));
        for mark in PERSONAL.into_iter().chain([password]) {
            assert!(!row.detail.contains(mark), "{mark} in {}", row.detail);
        }
    }

    async fn nothing_is_registered_before_the_last_button(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let before = service.database.count("SELECT COUNT(*) FROM accounts").await;
        let draft = open_draft(&mut browser, "/administrators/new").await;
        let wrong = submit(&mut browser, &draft, None, &changed("Takashima01", "email", "takashima@")).await;
        assert_eq!((wrong.screen(), wrong.status.as_u16()), ("D-2", 422));
        assert!(wrong.body.contains("メールアドレスを正しい形で入力してください") && wrong.body.contains("髙島"));
        assert_eq!(complete(&mut browser, "register_member", &draft).await.screen(), "D-2", "a faulty form goes no further");
        submit(&mut browser, &draft, None, &person("Takashima01")).await;
        assert_eq!(service.database.count("SELECT COUNT(*) FROM accounts").await, before);
        assert_eq!(service.mails().await.len(), 1, "the code only");
    }

    async fn a_completed_form_shows_what_came_of_it(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let draft = open_draft(&mut browser, "/administrators/new").await;
        submit(&mut browser, &draft, None, &person("Takashima01")).await;
        let done = complete(&mut browser, "register_member", &draft).await;
        for path in [format!("/administrators/new?draft={draft}"), format!("/administrators/new/check?draft={draft}")] {
            assert_eq!(browser.visit(&path).await.path, done.path, "back button or reload");
        }
        assert_eq!(complete(&mut browser, "register_member", &draft).await.path, done.path, "pressed again");
        assert_eq!(browser.visit(&done.path).await.screen(), "D-4");
        assert_eq!(service.mails().await.len(), 2, "one code, one notice");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM accounts WHERE login_id = 'Takashima01'").await, 1);
    }

    async fn changing_tells_the_old_address_too_and_names_the_fields_only(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let id = register(&mut browser, "Takashima01").await;
        let draft = open_draft(&mut browser, &format!("/administrators/{id}/edit")).await;
        let form = changed("Other99", "email", "yoshiko@member.example.jp");
        let page = submit(&mut browser, &draft, Some(&id), &form).await;
        assert_eq!((page.screen(), page.path.contains("/edit/check")), ("D-8", true));
        let page = complete(&mut browser, "change_member", &draft).await;
        assert_eq!(page.path, format!("/administrators/{id}/edit/done"));
        let detail = browser.visit(&format!("/administrators/{id}")).await;
        assert!(detail.body.contains("yoshiko@member.example.jp"));
        assert!(detail.body.contains("Takashima01") && !detail.body.contains("Other99"), "an ID is for life");
        let news: Vec<_> = service.mails().await.into_iter().filter(|mail| mail.subject.contains("変更")).collect();
        let mut to: Vec<&str> = news.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["takashima@member.example.jp", "yoshiko@member.example.jp"]);
        assert!(news.iter().all(|mail| !mail.text.contains("yoshiko")), "what it changed to is not told");
        let row = service.database.audit().await.pop().unwrap();
        assert_eq!(row.line(), "D-8 account.change ok");
        assert_eq!(row.target, Some(id.parse().unwrap()));
        assert_eq!(row.detail.replace(' ', ""), r#"{"fields":["email"]}"#);
    }

    async fn of_two_edits_at_once_the_later_one_is_refused(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let id = register(&mut browser, "Takashima01").await;
        let path = format!("/administrators/{id}/edit");
        let (first, second) = (open_draft(&mut browser, &path).await, open_draft(&mut browser, &path).await);
        submit(&mut browser, &first, Some(&id), &changed("", "given_name", "恵")).await;
        submit(&mut browser, &second, Some(&id), &changed("", "given_name", "望")).await;
        assert!(complete(&mut browser, "change_member", &first).await.path.ends_with("/edit/done"));
        let fields = [("members", "administrators"), ("draft", second.as_str())];
        let answer = browser.call("change_member", &fields).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (409, "\"conflict\""));
        let detail = browser.visit(&format!("/administrators/{id}")).await;
        assert!(detail.body.contains("髙島 恵"));
    }

    async fn deleting_ends_sessions_and_never_frees_the_id(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let id = register(&mut browser, "Takashima01").await;
        // 管理者 cannot sign in yet: a session as the next version will open it.
        let (open, other) = (Uuid::from_u128(77), service.core.ambient.now().micros());
        let blob = |id: &str| match service.database.engine {
            crate::support::Engine::Sqlite => format!("X'{}'", id.replace('-', "")),
            crate::support::Engine::Postgres => format!("'{id}'"),
        };
        let token = match service.database.engine {
            crate::support::Engine::Sqlite => "X'00'",
            crate::support::Engine::Postgres => "'\\x00'",
        };
        let (session, account) = (blob(&open.to_string()), blob(&id));
        service.database.execute(&format!(
            "INSERT INTO sessions (id, token_hash, account_id, certificate, created_at, last_seen_at, user_agent, address)
             VALUES ({session}, {token}, {account}, 'x', {other}, {other}, '', '')"
        )).await;
        let page = browser.visit(&format!("/administrators/{id}/delete")).await;
        assert_eq!(page.screen(), "D-6");
        assert!(page.body.contains("Takashima01") && page.body.contains("髙島 𠮷子"), "it names whom it deletes");
        let fields = [("members", "administrators"), ("id", id.as_str())];
        let page = browser.post_form(&format!("/administrators/{id}/delete"), "delete_member", &fields).await;
        assert_eq!((page.screen(), page.path.as_str()), ("D-7", format!("/administrators/{id}/deleted").as_str()));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM sessions WHERE end_reason IS NOT NULL").await, 1);
        let mails: Vec<_> = service.mails().await.into_iter().filter(|mail| mail.subject.contains("削除")).collect();
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, "takashima@member.example.jp"));
        let row = service.database.audit().await.pop().unwrap();
        assert_eq!((row.line().as_str(), row.target), ("D-6 account.delete ok", Some(id.parse().unwrap())));
        assert!(PERSONAL.iter().all(|mark| !row.detail.contains(mark)), "{}", row.detail);

        for path in ["", "/delete", "/edit"] {
            assert_eq!(browser.visit(&format!("/administrators/{id}{path}")).await.screen(), "Z-5", "{path}");
        }
        assert!(!browser.visit("/administrators").await.body.contains("Takashima01"));
        let again = browser.post_form("/administrators", "delete_member", &fields).await;
        assert_eq!(again.screen(), "D-7", "twice does no harm");
        assert_eq!(service.mails().await.len(), 3);
        let draft = open_draft(&mut browser, "/administrators/new").await;
        let page = submit(&mut browser, &draft, None, &person("TAKASHIMA01")).await;
        assert_eq!(page.screen(), "D-2");
        assert!(page.body.contains("すでに使われています"), "an ID is given out once");
    }

    async fn what_was_typed_survives_the_end_of_the_session(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let draft = open_draft(&mut browser, "/administrators/new").await;
        service.clock.advance_minutes(31);
        let page = submit(&mut browser, &draft, None, &person("Takashima01")).await;
        assert_eq!(page.screen(), "Z-3");
        let again = page.between("href=\"/sign-in/office?", "\"").unwrap().replace("&amp;", "&");
        browser.visit(&format!("/sign-in/office?{again}")).await;
        let code = service.to_code(&mut browser, 0).await;
        let page = browser.post_form("/sign-in/office/code", "redeem_code", &[("one_time_code", &code)]).await;
        assert_eq!((page.screen(), page.path.as_str()), ("D-2", format!("/administrators/new?draft={draft}").as_str()));
        for typed in ["Takashima01", "髙島", "𠮷子", "takashima@member.example.jp", "090-1234-5678"] {
            assert!(page.body.contains(&format!("value=\"{typed}\"")), "{typed}");
        }
        submit(&mut browser, &draft, None, &person("Takashima01")).await;
        assert_eq!(complete(&mut browser, "register_member", &draft).await.screen(), "D-4");
    }

    async fn a_draft_is_its_owners_alone(service: &Service) {
        let mut owner = service.signed_in(0).await;
        let draft = open_draft(&mut owner, "/administrators/new").await;
        submit(&mut owner, &draft, None, &person("Takashima01")).await;
        let mut other = service.signed_in(1).await;
        let page = other.visit(&format!("/administrators/new?draft={draft}")).await;
        assert!(!page.body.contains("髙島") && !page.body.contains("Takashima01"));
        other.call("register_member", &[("members", "administrators"), ("draft", &draft)]).await;
        submit(&mut other, &draft, None, &person("Intruder01")).await;
        let page = owner.visit(&format!("/administrators/new/check?draft={draft}")).await;
        assert!(page.body.contains("Takashima01") && !page.body.contains("Intruder01"));
        assert_eq!(complete(&mut owner, "register_member", &draft).await.screen(), "D-4");
    }
}
