//! E-14: lists of people whom the office is in charge of, checked together.

use std::{sync::Arc, time::Duration};

use domain::care::{Day, Item, Rule, ViewerClass};
use server::{demo::people, platform::PlatformError, services::care::matrix};

use super::{
    browser::{Browser, Page},
    care::{CARER, post, take_charge},
    care_platform::{Scripted, with_platform},
    service::{NOW, Service, on_both_engines},
};

/// E-14's address.
pub(crate) const E14: &str = "/people/batch";

/// 被保険者番号 of the `n`th of the demo's people.
pub(crate) fn number(n: usize) -> String {
    people::person(n, Day::new(NOW.date())).unwrap().insured_number.to_string()
}

/// 「照会する」.
pub(crate) async fn send(browser: &mut Browser, text: &str) -> Page {
    browser.upload(E14, "upload_batch", &[("as_of", "today")], ("list.csv", text.as_bytes())).await
}

/// Waits until the list is no longer under way.
pub(crate) async fn settled(browser: &mut Browser, path: &str) -> Page {
    for _ in 0..1_000 {
        let page = browser.visit(path).await;
        if page.header("refresh").is_empty() {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the list does not end");
}

/// Sends a list of these numbers and waits for its results.
pub(crate) async fn checked(browser: &mut Browser, numbers: &[String]) -> Page {
    let sent = send(browser, &format!("被保険者番号\r\n{}\r\n", numbers.join("\r\n"))).await;
    settled(browser, &sent.path).await
}

/// The row of a line of the file.
fn row(page: &Page, line: u64) -> String {
    let body = page.body.replace("<!>", "");
    let head = format!("data-label=\"行\" class=\"table__cell table__cell--head code\"><div>{line}</div>");
    let rest = body.split("<tr>").find(|row| row.contains(&head)).unwrap_or_else(|| panic!("no line {line}"));
    rest.split_once("</tr>").unwrap().0.to_owned()
}

async fn lines(service: &Service, line: &str) -> usize {
    service.audit_lines().await.iter().filter(|other| *other == line).count()
}

on_both_engines! {
    async fn every_row_says_what_e6_would_and_no_more(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        for n in [0, 1, 5, 10] {
            take_charge(&mut browser, n).await;
        }
        let before = (lines(service, "E-4 care.look_up ok").await, lines(service, "E-14 care.view ok").await);
        let mark = "918273645546";
        let short = number(1).trim_start_matches('0').to_owned();
        let rows = [number(0), short, number(5), number(10), number(2), "0000000001".into(), mark.into(), "12x".into()];
        let page = checked(&mut browser, &rows).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("E-14", 200), "{}", page.body);
        for (line, said) in [
            (2, "資格あり</span>"), (3, "資格あり（期限間近）"), (4, "認定の期限切れ"), (5, "認定なし"),
            (6, "該当なし"), (7, "該当なし"), (8, "入力の誤り"), (9, "入力の誤り"),
        ] {
            assert!(row(&page, line).contains(said), "{line} {said}: {}", row(&page, line));
        }
        let first = people::person(0, Day::new(NOW.date())).unwrap();
        assert!(row(&page, 2).contains(&first.name.full()) && row(&page, 2).contains("要介護2"));
        assert!(page.body.contains("8人のうち7人は、確認が必要です"));
        let stranger = people::person(2, Day::new(NOW.date())).unwrap();
        assert!(!page.body.contains(&stranger.name.full()), "nothing about people of whom the office is not in charge");
        assert!(row(&page, 9).contains("被保険者番号は10桁"), "{}", row(&page, 9));
        assert_eq!(lines(service, "E-4 care.look_up ok").await, before.0, "a list is no look-up");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM care_lookups").await, 0);
        assert_eq!(lines(service, "E-14 care.view ok").await, before.1 + 4, "one row of the trail for each person seen");
        for line in ["E-14 care.begin_batch ok", "E-14 care.list ok"] {
            assert!(lines(service, line).await > 0, "{line}");
        }
        for row in service.database.audit().await.iter().filter(|row| row.screen == "E-14") {
            assert!(!row.detail.contains(&number(0)) && !row.detail.contains("list.csv"), "{}", row.detail);
        }
        assert!(!page.body.contains(mark) && !service.database.dump().await.contains(mark));
        // Only what has to be looked after; and the page after a reload is the same.
        let page = browser.visit(&format!("{}?show=attention", page.path)).await;
        assert!(!page.body.contains(&first.name.full()) && page.body.contains("認定の期限切れ"));
        let page = browser.visit(E14).await;
        assert!(page.body.contains("list.csv") && page.body.contains("完了"), "found again after the page was closed");
    }

    async fn birthday_and_insurer_narrow_and_one_number_of_two_people_is_not_guessed(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let (one, two) = (take_charge(&mut browser, 0).await, take_charge(&mut browser, 1).await);
        let person = people::person(0, Day::new(NOW.date())).unwrap();
        let (number, born) = (number(0), person.born_on);
        let same = format!("UPDATE care_charges SET insured_number = '{number}' WHERE insured_number = '{}'", self::number(1));
        service.database.execute(&same).await;
        let text = format!(
            "被保険者番号,保険者番号,生年月日\r\n{number},,\r\n{number},{},\r\n{number},,{}\r\n{number},,{}\r\n",
            person.insurer_number, born.japanese(), born.plus_days(1).slashed()
        );
        let sent = send(&mut browser, &text).await;
        let page = settled(&mut browser, &sent.path).await;
        assert!(row(&page, 2).contains("複数該当") && row(&page, 5).contains("該当なし"), "{}", page.body);
        for line in [3, 4] {
            assert!(row(&page, line).contains(&one) && row(&page, line).contains("資格あり"), "{}", row(&page, line));
        }
        assert!(!page.body.contains(&two));
    }

    async fn what_ended_since_is_not_shown(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let (kept, ended) = (take_charge(&mut browser, 0).await, take_charge(&mut browser, 1).await);
        let page = checked(&mut browser, &[number(0), number(1)]).await;
        let name = people::person(1, Day::new(NOW.date())).unwrap().name.full();
        assert!(row(&page, 3).contains(&name));
        post(&mut browser, &format!("/people/{ended}/end"), "end_charge", &[("id", ended.clone())]).await;
        let page = browser.visit(&page.path).await;
        assert!(row(&page, 3).contains("該当なし") && !page.body.contains(&name), "{}", row(&page, 3));
        for class in ViewerClass::ALL {
            matrix::set_rule(&service.core, *class, Item::InsuranceCard, Rule::No).await.unwrap();
        }
        let page = browser.visit(&page.path).await;
        assert!(row(&page, 2).contains("権限なし") && !row(&page, 2).contains("要介護2"), "{}", row(&page, 2));
        let file = browser.get(&format!("{}/result.csv", page.path)).await;
        assert!(!file.body.contains("要介護2") && file.body.contains("権限なし"), "{}", file.body);
        let page = checked(&mut browser, &[number(0)]).await;
        assert!(row(&page, 2).contains("権限なし") && row(&page, 2).contains(&kept), "{}", row(&page, 2));
    }

    async fn a_list_that_died_goes_on_with_the_rest(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        take_charge(&mut browser, 0).await;
        let page = checked(&mut browser, &[number(0)]).await;
        // What a server leaves that was killed.
        let alive = service.clock_micros() + 30_000_000;
        let dead = format!("UPDATE care_batches SET step = 'running', checked = 0, lease = id, lease_until = {alive}");
        service.database.execute(&dead).await;
        let running = browser.visit(&page.path).await;
        assert_eq!(running.header("refresh"), "2", "it may still be alive, elsewhere");
        assert!(running.body.contains("1件中 0件") && !running.body.contains("要介護2"));
        assert_eq!(browser.get(&format!("{}/result.csv", page.path)).await.status.as_u16(), 404);
        service.clock.advance_seconds(31);
        let stopped = browser.visit(&page.path).await;
        assert!(stopped.body.contains("照会が途中で終わりました") && stopped.body.contains("続きから照会する"));
        let list = page.path.rsplit('/').next().unwrap();
        browser.post_form(&page.path, "continue_batch", &[("list", list)]).await;
        let done = settled(&mut browser, &page.path).await;
        assert!(done.body.contains("1人全員に資格があります"), "{}", done.body);
        let views = lines(service, "E-14 care.view ok").await;
        browser.post_form(&page.path, "continue_batch", &[("list", list)]).await;
        settled(&mut browser, &page.path).await;
        assert_eq!(lines(service, "E-14 care.view ok").await, views, "nothing was open: nobody is asked for again");
    }

    async fn whoever_was_suspended_meanwhile_learns_nothing_more(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        take_charge(&mut browser, 0).await;
        let page = checked(&mut browser, &[number(0)]).await;
        let list = page.path.rsplit('/').next().unwrap().to_owned();
        let open = "UPDATE care_batches SET step = 'running', lease = NULL, lease_until = NULL";
        service.database.execute(open).await;
        let suspend = format!("UPDATE accounts SET suspended_at = 1 WHERE login_id = '{CARER}'");
        service.database.execute(&suspend).await;
        browser.call("continue_batch", &[("list", &list)]).await;
        // Long enough for a run of one row to be done, if one had begun.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let done = "SELECT COUNT(*) FROM care_batches WHERE step = 'done'";
        assert_eq!(service.database.count(done).await, 0);
    }

    async fn a_list_is_its_owners_and_goes_after_three_days(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut owner = service.signed_in_member(CARER).await;
        take_charge(&mut owner, 0).await;
        let page = checked(&mut owner, &[number(0)]).await;
        for login_id in ["NursingStaffB004", "NursingUserA000"] {
            let mut colleague = service.signed_in_member(login_id).await;
            assert_eq!(colleague.visit(&page.path).await.screen(), "Z-5", "{login_id}");
            assert_eq!(colleague.get(&format!("{}/result.csv", page.path)).await.status.as_u16(), 404);
            assert!(!colleague.visit(E14).await.body.contains("list.csv"));
        }
        let mut other = service.signed_in_member_of(1, "AozoraNursingUserA000").await;
        assert_eq!(other.visit(&page.path).await.screen(), "Z-5");
        let mut office_user = service.signed_in(0).await;
        for path in [E14, &page.path, "/people/batch/template.csv"] {
            assert_eq!(office_user.visit(path).await.screen(), "Z-4", "{path}");
        }
        assert!(!service.database.dump().await.contains("list.csv"), "names of files are sealed as well");
        service.clock.advance_minutes(3 * 24 * 60 + 1);
        server::jobs::purge(&service.core).await.unwrap();
        assert_eq!(service.database.count("SELECT COUNT(*) FROM care_batches").await, 0);
    }

    async fn a_platform_that_is_away_is_asked_again_for_those_rows_only(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        take_charge(&mut browser, 0).await;
        let mut away = with_platform(service, &browser, Arc::new(Scripted(Err(PlatformError::Away))));
        let page = checked(&mut away, &[number(0), number(2)]).await;
        assert!(row(&page, 2).contains("照会できません") && row(&page, 3).contains("該当なし"), "{}", page.body);
        assert!(page.body.contains("もう一度照会する"));
        let list = page.path.rsplit('/').next().unwrap();
        browser.post_form(&page.path, "continue_batch", &[("list", list)]).await;
        let page = settled(&mut browser, &page.path).await;
        assert!(row(&page, 2).contains("資格あり") && row(&page, 3).contains("該当なし"), "{}", page.body);
        assert!(!page.body.contains("もう一度照会する"));
    }

    async fn files_that_cannot_be_taken_say_why_and_lists_have_a_limit(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let many = format!("被保険者番号\r\n{}", "1\r\n".repeat(501));
        for (text, said) in [
            ("", "照会するファイルを選択してください。"),
            ("被保険者番号\r\n", "照会する行がありません。"),
            ("番号\r\n1\r\n", "「被保険者番号」の見出しがありません。"),
            (many.as_str(), "500人までです"),
            ("PK\u{3}\u{4}", "CSVとして読み取れません。"),
        ] {
            let page = send(&mut browser, text).await;
            assert_eq!((page.screen(), page.status.as_u16(), page.path.as_str()), ("E-14", 422, E14), "{said}");
            assert!(page.body.contains(said) && page.body.contains("<title>エラー："), "{said}");
        }
        let fields = [("as_of", "yesterday")];
        let page = browser.upload(E14, "upload_batch", &fields, ("x.csv", "被保険者番号\r\n1\r\n".as_bytes())).await;
        assert!(page.body.contains("基準日を選択してください。"));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM care_batches").await, 0);
        for _ in 0..10 {
            checked(&mut browser, &[number(2)]).await;
        }
        assert_eq!(send(&mut browser, "被保険者番号\r\n1\r\n").await.status.as_u16(), 429);
        service.clock.advance_minutes(25);
        browser.visit("/people").await;
        service.clock.advance_minutes(25);
        browser.visit("/people").await;
        service.clock.advance_minutes(11);
        assert_eq!(send(&mut browser, "被保険者番号\r\n1\r\n").await.status.as_u16(), 200);
    }

    async fn the_file_of_results_is_complete_harmless_and_recorded(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        take_charge(&mut browser, 0).await;
        let number = number(0);
        let page = checked(&mut browser, &[number.clone(), "=1+1".into()]).await;
        let wicked = format!("UPDATE care_charges SET family_name = '=HYPERLINK(1)' WHERE insured_number = '{number}'");
        service.database.execute(&wicked).await;
        let file = browser.get(&format!("{}/result.csv", page.path)).await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert_eq!(file.header("cache-control"), "no-store");
        assert!(file.header("content-disposition").ends_with("_20250207.csv"));
        let lines: Vec<&str> = file.body.strip_prefix('\u{feff}').unwrap().split("\r\n").collect();
        assert_eq!(lines[0], "行,被保険者番号,氏名,結果,要介護状態区分,認定の終了日,基準日");
        assert!(lines[1].starts_with(&format!("2,{number},'=HYPERLINK(1) ")) && lines[1].contains("資格あり,要介護2,"), "{}", lines[1]);
        assert!(lines[2].starts_with("3,'=1+1,,入力の誤り,"), "{}", lines[2]);
        assert_eq!(service.database.audit().await.pop().unwrap().line(), "E-14 care.export_batch ok");
        let template = browser.get("/people/batch/template.csv").await;
        assert!(template.body.starts_with("\u{feff}被保険者番号,保険者番号,生年月日\r\n記入例"));
    }

    async fn nothing_is_shown_of_a_list_that_cannot_be_written_down(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        take_charge(&mut browser, 0).await;
        let page = checked(&mut browser, &[number(0)]).await;
        service.database.execute("ALTER TABLE audit RENAME TO lost").await;
        let refused = browser.visit(&page.path).await;
        assert_eq!((refused.screen(), refused.status.as_u16()), ("Z-1", 500));
        assert!(!refused.body.contains("要介護2"));
        assert_eq!(browser.get(&format!("{}/result.csv", page.path)).await.status.as_u16(), 500);
        service.database.execute("ALTER TABLE lost RENAME TO audit").await;
    }
}
