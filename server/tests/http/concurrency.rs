//! Many at once: one code, one draft, one ユーザID. Of each, one comes of it.

use tokio::task::JoinSet;

use super::{
    accounts::{complete, open_draft, person, submit},
    browser::Page,
    service::{Service, on_both_engines},
};

async fn all_at_once(
    browser: &super::browser::Browser,
    times: usize,
    function: &'static str,
    fields: Vec<(&'static str, String)>,
) -> Vec<Page> {
    let mut calls = JoinSet::new();
    for _ in 0..times {
        let (mut window, fields) = (browser.clone(), fields.clone());
        calls.spawn(async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            window.call(function, &fields).await
        });
    }
    calls.join_all().await
}

on_both_engines! {
    async fn of_a_thousand_redemptions_of_one_code_one_succeeds(service: &Service) {
        let mut browser = service.browser(0);
        let code = service.to_code(&mut browser, 0).await;
        let answers = all_at_once(&browser, 1_000, "redeem_code", vec![("one_time_code", code)]).await;
        let opened = answers.iter().filter(|answer| answer.set_cookies().iter().any(|c| c.starts_with("__Host-session=")));
        assert_eq!(opened.count(), 1);
        // On a loaded machine some of the thousand give up waiting for a connection: they are sent away, changing nothing.
        let refused = answers.iter().filter(|answer| answer.body == "\"sign_in_over\"" || answer.body == "\"busy\"");
        assert_eq!(refused.count(), 999, "the others are told that the sign-in is over");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM sessions").await, 1);
        let lines = service.audit_lines().await;
        assert_eq!(lines.iter().filter(|line| *line == "B-2 sign_in.code ok").count(), 1);
    }

    async fn wrong_codes_at_once_are_each_counted(service: &Service) {
        let mut browser = service.browser(0);
        let code = service.to_code(&mut browser, 0).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let answers = all_at_once(&browser, 40, "redeem_code", vec![("one_time_code", wrong.to_owned())]).await;
        assert_eq!(answers.iter().filter(|answer| answer.status.as_u16() == 422).count(), 4);
        assert_eq!(answers.iter().filter(|answer| answer.body == "\"sign_in_over\"").count(), 36);
    }

    async fn wrong_passwords_at_once_lock_once(service: &Service) {
        let office = &server::demo::data::OFFICES[0];
        let fields = vec![("login_id", office.login_id.to_owned()), ("password", "wrong".to_owned())];
        all_at_once(&service.browser(0), 30, "start_office", fields).await;
        assert_eq!(service.mails().await.len(), 1);
        let lines = service.audit_lines().await;
        let count = |result: &str| lines.iter().filter(|line| line.ends_with(result)).count();
        assert_eq!((count(" refused"), count(" refused_and_locked"), count(" locked")), (2, 1, 27));
    }

    async fn of_fifty_posts_of_one_draft_one_account_comes(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let draft = open_draft(&mut browser, "/administrators/new").await;
        submit(&mut browser, &draft, None, &person("Takashima01")).await;
        let fields = vec![("members", "administrators".to_owned()), ("draft", draft)];
        let answers = all_at_once(&browser, 50, "register_member", fields).await;
        let reached: std::collections::BTreeSet<&str> = answers.iter().map(Page::location).collect();
        assert_eq!(reached.len(), 1, "all are shown the same result: {reached:?}");
        assert!(reached.first().unwrap().starts_with("/administrators/new/done?id="));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM accounts WHERE login_id = 'Takashima01'").await, 1);
        let notices = service.mails().await.into_iter().filter(|mail| mail.to.starts_with("takashima@"));
        assert_eq!(notices.count(), 1);
    }

    async fn one_id_in_two_spellings_is_given_out_once(service: &Service) {
        let mut offices = [service.signed_in(0).await, service.signed_in(1).await];
        let mut drafts = Vec::new();
        for (browser, login_id) in offices.iter_mut().zip(["Takashima01", "TAKASHIMA01"]) {
            let draft = open_draft(browser, "/administrators/new").await;
            assert_eq!(submit(browser, &draft, None, &person(login_id)).await.screen(), "D-3");
            drafts.push(draft);
        }
        let [one, two] = &mut offices;
        let (one, two) = tokio::join!(
            complete(one, "register_member", &drafts[0]),
            complete(two, "register_member", &drafts[1]),
        );
        let mut screens = [one.screen(), two.screen()];
        screens.sort_unstable();
        assert_eq!(screens, ["D-2", "D-4"]);
        let lost = if one.screen() == "D-2" { &one } else { &two };
        assert!(lost.body.contains("ユーザIDはすでに使われています"), "{}", lost.body);
        let registered = "SELECT COUNT(*) FROM accounts WHERE lower(login_id) = 'takashima01'";
        assert_eq!(service.database.count(registered).await, 1);
    }
}
