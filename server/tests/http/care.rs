//! 本人確認, 担当, 同意 and viewing over HTTP: the ways of those who may.

use domain::care::Day;
use server::demo::people::{self, FREE};

use super::{
    browser::{Browser, Page},
    service::{NOW, Service, on_both_engines},
};

/// ケアマネジャー of 居宅介護支援: sees everything that there is consent to.
pub(crate) const PLANNER: &str = "NursingUserA011";
/// 一般介護職 of 通所リハビリテーション.
pub(crate) const CARER: &str = "NursingStaffB000";

pub(crate) const FIND: &str = "/people/find";

/// What E-4 asks for, for the `n`th of the demo's people.
pub(crate) fn items(n: usize) -> Vec<(&'static str, String)> {
    let person = people::person(n, Day::new(NOW.date())).unwrap();
    let born = person.born_on.iso();
    let mut born = born.split('-');
    vec![
        ("form[insurer_number]", person.insurer_number.to_string()),
        ("form[insured_number]", person.insured_number.to_string()),
        ("form[birth_era]", "western".to_owned()),
        ("form[birth_year]", born.next().unwrap().to_owned()),
        ("form[birth_month]", born.next().unwrap().to_owned()),
        ("form[birth_day]", born.next().unwrap().to_owned()),
        ("form[sex]", person.sex.code().to_owned()),
        ("form[reason]", "no_card".to_owned()),
    ]
}

pub(crate) async fn post(browser: &mut Browser, from: &str, function: &str, fields: &[(&str, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post_form(from, function, &fields).await
}

/// From E-4 to E-5: answers the 担当's id.
pub(crate) async fn take_charge(browser: &mut Browser, n: usize) -> String {
    let page = post(browser, FIND, "look_up_person", &items(n)).await;
    assert_eq!(page.screen(), "E-4", "{}", page.body);
    let found = page.path.strip_prefix("/people/find/").unwrap().to_owned();
    let page = post(browser, &page.path, "take_charge", &[("found", found)]).await;
    assert_eq!(page.screen(), "E-5", "{}", page.body);
    page.path.split('/').nth(2).unwrap().to_owned()
}

/// Consent to these items until this day.
pub(crate) async fn consent(browser: &mut Browser, charge: &str, items: &[&str], until: &str) -> Page {
    let mut fields = vec![("id", charge.to_owned()), ("form[until]", until.to_owned())];
    fields.push(("form[signer]", "person".to_owned()));
    let names = (0..items.len()).map(|at| format!("form[items][{at}]")).collect::<Vec<_>>();
    let fields: Vec<(&str, String)> = fields
        .into_iter()
        .chain(names.iter().zip(items).map(|(name, item)| (name.as_str(), (*item).to_owned())))
        .collect();
    post(browser, &format!("/people/{charge}/consent"), "give_consent", &fields).await
}

pub(crate) const UNTIL: &str = "2025-12-31";
pub(crate) const CONSENT_ITEMS: [&str; 7] =
    ["survey", "opinion", "review", "renovation", "equipment", "life", "care_plan"];

/// Path and heading of each item's section.
pub(crate) const SECTIONS: [(&str, &str, &str); 7] = [
    ("survey", "/certification", "認定調査票"),
    ("opinion", "/certification", "主治医意見書"),
    ("review", "/review", "審査会進捗"),
    ("renovation", "/benefits", "住宅改修費の利用状況"),
    ("equipment", "/benefits", "福祉用具購入費の利用状況"),
    ("life", "/life", "LIFE情報"),
    ("care_plan", "/care-plan", "ケアプラン"),
];

/// What stands under an item's heading.
pub(crate) fn section<'a>(page: &'a Page, heading: &str) -> &'a str {
    let (_, rest) = page.body.split_once(&format!("<h2>{heading}")).unwrap_or_else(|| panic!("{heading}"));
    rest.split_once("</section>").unwrap().0
}

pub(crate) async fn give_services_and_jobs(service: &Service, login_id: &str, services: &[&str], jobs: &[&str]) {
    let account = format!("(SELECT id FROM accounts WHERE login_id = '{login_id}')");
    for (table, codes) in [("account_services", services), ("account_jobs", jobs)] {
        service.database.execute(&format!("DELETE FROM {table} WHERE account_id = {account}")).await;
        for code in codes {
            let sql = format!("INSERT INTO {table} (account_id, code) VALUES ({account}, '{code}')");
            service.database.execute(&sql).await;
        }
    }
}

/// Audit rows of viewing as `screen item result`, with whether they name the person and a purpose.
async fn viewings(service: &Service) -> Vec<String> {
    let rows = service.database.audit().await;
    let rows = rows.iter().filter(|row| row.action == "care.view" || row.action == "care.print");
    rows.map(|row| {
        let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap();
        assert!(row.target.is_some() && detail["purpose"].as_str().is_some_and(|purpose| !purpose.is_empty()));
        format!("{} {} {}", row.screen, detail["item"].as_str().unwrap(), row.result)
    })
    .collect()
}

on_both_engines! {
    async fn from_four_items_to_the_result(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let charge = take_charge(&mut browser, 0).await;
        let page = browser.visit(&format!("/people/{charge}")).await;
        let person = people::person(0, Day::new(NOW.date())).unwrap();
        assert_eq!(page.screen(), "E-6");
        assert!(page.body.contains(&person.name.full()) && page.body.contains("要介護2"), "{}", page.body);
        assert_eq!(
            viewings(service).await,
            ["E-6 insurance_card ok", "E-6 burden_ratio ok", "E-6 burden_limit ok"]
        );
        let lines = service.audit_lines().await;
        for line in ["E-4 care.look_up ok", "E-4 care.take_charge ok"] {
            assert!(lines.contains(&line.to_owned()), "{line}: {lines:?}");
        }
        // A second look-up finds the same person in charge, and pressing twice registers nobody twice.
        let page = post(&mut browser, FIND, "look_up_person", &items(0)).await;
        assert!(page.body.contains("すでに担当として登録されています"));
        let found = page.path.strip_prefix("/people/find/").unwrap().to_owned();
        let page = post(&mut browser, &page.path, "take_charge", &[("found", found)]).await;
        assert_eq!(page.path, format!("/people/{charge}/consent"));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM care_charges WHERE ended_at IS NULL AND purpose = 'no_card' AND identified_by = 'items' AND started_at = (SELECT MAX(started_at) FROM care_charges)").await, 1);
    }

    async fn wrong_items_get_one_neutral_answer_and_soon_none_at_all(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let page = post(&mut browser, FIND, "look_up_person", &[]).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("E-4", 422));
        assert!(page.body.contains("保険者番号を入力してください。") && page.body.contains("性別を選択してください。"));
        let mut not_joined = items(FREE - 1);
        let page = post(&mut browser, FIND, "look_up_person", &not_joined).await;
        assert!(page.body.contains("まだ本サービスに対応していません"), "{}", page.body);
        // Not even whether somebody is known there is to be learned.
        "9999999999".clone_into(&mut not_joined[1].1);
        let page = post(&mut browser, FIND, "look_up_person", &not_joined).await;
        assert!(page.body.contains("まだ本サービスに対応していません"));
        let mut answers = Vec::new();
        for (field, value) in [(1, "0000000001"), (4, "2"), (6, "female"), (6, "male")] {
            let mut wrong = items(0);
            let before = wrong[field].1.clone();
            value.clone_into(&mut wrong[field].1);
            if before == value {
                continue;
            }
            let page = post(&mut browser, FIND, "look_up_person", &wrong).await;
            assert!(page.body.contains("お一人に特定できませんでした"), "{}", page.body);
            assert!(page.body.contains(&format!("value=\"{}\"", wrong[0].1)), "what was typed is still there");
            answers.push(page.status);
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
        let mut last = None;
        for _ in 0..8 {
            let mut wrong = items(0);
            "0000000001".clone_into(&mut wrong[1].1);
            last = Some(post(&mut browser, FIND, "look_up_person", &wrong).await);
        }
        assert_eq!(last.unwrap().status.as_u16(), 429);
        let page = post(&mut browser, FIND, "look_up_person", &items(0)).await;
        assert_eq!(page.status.as_u16(), 429, "the right items neither, until the time is over");
        service.clock.advance_minutes(16);
        assert!(post(&mut browser, FIND, "look_up_person", &items(0)).await.path.starts_with("/people/find/"));
        let lines = service.audit_lines().await;
        for result in ["no_match", "not_joined", "too_many", "ok"] {
            assert!(lines.contains(&format!("E-4 care.look_up {result}")), "{result}");
        }
    }

    async fn consent_shows_exactly_what_the_matrix_allows_and_ends_at_once(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let charge = take_charge(&mut browser, 21).await;
        for (_, path, heading) in SECTIONS {
            let page = browser.visit(&format!("/people/{charge}{path}")).await;
            let reason = if ["LIFE情報", "ケアプラン"].contains(&heading) { "同意なし" } else { "権限なし" };
            assert!(section(&page, heading).contains(reason), "{heading}: {}", section(&page, heading));
        }
        let page = consent(&mut browser, &charge, &CONSENT_ITEMS, UNTIL).await;
        assert_eq!((page.screen(), page.path.as_str()), ("E-5", format!("/people/{charge}/consent/record").as_str()));
        let page = browser.visit(&format!("/people/{charge}/life")).await;
        let life = section(&page, "LIFE情報");
        assert!(life.contains("デモ介護センターひまわり") && !life.contains("あおぞら"), "own office's only: {life}");
        assert!(browser.visit(&format!("/people/{charge}/care-plan")).await.body.contains("居宅サービス計画書"));
        assert!(browser.visit(&format!("/people/{charge}/certification")).await.body.contains("権限なし"));
        // Another window of a colleague who may see more.
        let mut planner = service.signed_in_member(PLANNER).await;
        let path = format!("/people/{charge}/certification");
        assert!(planner.visit(&path).await.body.contains("特記事項"));
        let from = format!("/people/{charge}/consent");
        post(&mut browser, &from, "withdraw_consent", &[("id", charge.clone()), ("item", "survey".into())]).await;
        let page = planner.visit(&path).await;
        assert!(section(&page, "認定調査票").contains("同意なし") && !page.body.contains("特記事項"));
        assert!(section(&page, "主治医意見書").contains("診断名"), "the other item stays");
        post(&mut browser, &from, "withdraw_consent", &[("id", charge.clone())]).await;
        assert!(section(&planner.visit(&path).await, "主治医意見書").contains("同意なし"));
        let lines = service.audit_lines().await;
        for line in ["E-5 care.consent ok", "E-5 care.withdraw_consent ok", "E-7 care.view no_consent", "E-7 care.view ok"] {
            assert!(lines.contains(&line.to_owned()), "{line}");
        }
    }

    async fn after_the_end_of_service_the_person_does_not_exist(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let charge = take_charge(&mut browser, 3).await;
        consent(&mut browser, &charge, &["care_plan"], UNTIL).await;
        let page = post(&mut browser, &format!("/people/{charge}/end"), "end_charge", &[("id", charge.clone())]).await;
        assert_eq!(page.screen(), "E-1");
        for path in ["", "/care-plan", "/consent", "/consent/record", "/end", "/print"] {
            let page = browser.visit(&format!("/people/{charge}{path}")).await;
            assert_eq!((page.screen(), page.status.as_u16()), ("Z-5", 404), "{path}");
        }
        // Coming back begins anew: without the old consent.
        let again = take_charge(&mut browser, 3).await;
        assert_ne!(again, charge);
        assert!(section(&browser.visit(&format!("/people/{again}/care-plan")).await, "ケアプラン").contains("同意なし"));
        assert!(service.audit_lines().await.contains(&"E-13 care.end_charge ok".to_owned()));
    }
}
