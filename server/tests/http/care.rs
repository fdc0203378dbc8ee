//! 本人確認, 担当, 同意 and viewing over HTTP.

use std::sync::Arc;

use app::services::Door;
use async_trait::async_trait;
use domain::{
    account::{SERVICES, ServiceCode},
    care::{Content, Day, Extent, FourItems, Hidden, Item, Matrix, Rule, ViewerClass},
    job::Job,
};
use server::{
    demo::people::{self, FREE},
    http::{Site, router},
    platform::{CardFace, Found, Person, PersonId, Platform, PlatformError, TerminalAccount, TerminalVerdict},
    services::{
        Core,
        care::{CareService, import, matrix},
    },
};

use super::{
    browser::{Browser, Page},
    service::{NOW, SIGN_IN, Service, on_both_engines},
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

const UNTIL: &str = "2025-12-31";
const CONSENT_ITEMS: [&str; 7] = ["survey", "opinion", "review", "renovation", "equipment", "life", "care_plan"];

/// Path and heading of each item's section.
const SECTIONS: [(&str, &str, &str); 7] = [
    ("survey", "/certification", "認定調査票"),
    ("opinion", "/certification", "主治医意見書"),
    ("review", "/review", "審査会進捗"),
    ("renovation", "/benefits", "住宅改修費の利用状況"),
    ("equipment", "/benefits", "福祉用具購入費の利用状況"),
    ("life", "/life", "LIFE情報"),
    ("care_plan", "/care-plan", "ケアプラン"),
];

/// What stands under an item's heading.
fn section<'a>(page: &'a Page, heading: &str) -> &'a str {
    let (_, rest) = page.body.split_once(&format!("<h2>{heading}")).unwrap_or_else(|| panic!("{heading}"));
    rest.split_once("</section>").unwrap().0
}

async fn give_services_and_jobs(service: &Service, login_id: &str, services: &[&str], jobs: &[&str]) {
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
        not_joined[1].1 = "9999999999".to_owned();
        let page = post(&mut browser, FIND, "look_up_person", &not_joined).await;
        assert!(page.body.contains("まだ本サービスに対応していません"));
        let mut answers = Vec::new();
        for (field, value) in [(1, "0000000001"), (4, "2"), (6, "female"), (6, "male")] {
            let mut wrong = items(0);
            let before = wrong[field].1.clone();
            wrong[field].1 = value.to_owned();
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
            wrong[1].1 = "0000000001".to_owned();
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

    async fn end_date_job_service_matrix_and_deletion_hold_from_the_next_request_on(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(PLANNER).await;
        let charge = take_charge(&mut browser, 21).await;
        consent(&mut browser, &charge, &CONSENT_ITEMS, "2025-02-08").await;
        let path = format!("/people/{charge}/certification");
        assert!(browser.visit(&path).await.body.contains("特記事項"));
        give_services_and_jobs(service, PLANNER, &["43"], &["nurse"]).await;
        assert!(section(&browser.visit(&path).await, "認定調査票").contains("権限なし"), "another job");
        give_services_and_jobs(service, PLANNER, &["16"], &["care_manager"]).await;
        assert!(section(&browser.visit(&path).await, "認定調査票").contains("権限なし"), "another service");
        matrix::set_rule(&service.core, ViewerClass::OtherCareManager, Item::Survey, Rule::Yes).await.unwrap();
        assert!(section(&browser.visit(&path).await, "認定調査票").contains("特記事項"), "the operator's setting");
        let rows = service.database.audit().await;
        let set = rows.iter().find(|row| row.action == "operator.set_view_matrix").unwrap();
        assert!(set.detail.contains("other_care_manager") && set.detail.contains("survey"), "{}", set.detail);
        give_services_and_jobs(service, PLANNER, &["43"], &["care_manager"]).await;
        service.database.execute("UPDATE registry_insurers SET joined = NOT joined").await;
        assert!(section(&browser.visit(&path).await, "認定調査票").contains("市町村未対応"));
        service.database.execute("UPDATE registry_insurers SET joined = NOT joined").await;
        service.database.execute("UPDATE care_consents SET until_day = '2025-02-06'").await;
        assert!(section(&browser.visit(&path).await, "認定調査票").contains("期限切れ"));
        service.database.execute("UPDATE care_consents SET until_day = '2025-02-07'").await;
        assert!(section(&browser.visit(&path).await, "認定調査票").contains("特記事項"));
        service.database.execute(&format!("UPDATE accounts SET deleted_at = 1 WHERE login_id = '{PLANNER}'")).await;
        let page = browser.visit(&path).await;
        assert!(!page.body.contains("特記事項") && page.screen() != "E-7", "a deleted account");
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

    async fn nothing_is_shown_that_cannot_be_written_down(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(CARER).await;
        let charge = take_charge(&mut browser, 0).await;
        let name = people::person(0, Day::new(NOW.date())).unwrap().name.full();
        service.database.execute("ALTER TABLE audit RENAME TO lost").await;
        for path in ["", "/life", "/print"] {
            let page = browser.visit(&format!("/people/{charge}{path}")).await;
            assert_eq!((page.screen(), page.status.as_u16()), ("Z-1", 500), "{path}");
            assert!(!page.body.contains(&name) && !page.body.contains("要介護2"), "{path}");
        }
        let answer = browser.call("view_care", &[("id", charge.as_str()), ("show", "eligibility")]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (500, "\"internal\""));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM care_views").await, 0, "nothing half done");
        service.database.execute("ALTER TABLE lost RENAME TO audit").await;
        assert!(browser.visit(&format!("/people/{charge}")).await.body.contains(&name));
    }

    async fn a_card_certificate_finds_its_person(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let registry = server::platform::registry::EmbeddedRegistry(service.core.clone());
        let person = people::person(5, Day::new(NOW.date())).unwrap();
        match registry.find_by_certificate(&people::certificate(5)).await.unwrap() {
            Found::One(found) => assert_eq!(found.insured_number, person.insured_number.to_string()),
            other => panic!("{other:?}"),
        }
        assert_eq!(registry.find_by_certificate("nobody's").await, Ok(Found::Nobody));
        assert_eq!(registry.find_by_certificate(&people::certificate(FREE - 1)).await, Ok(Found::InsurerNotJoined));
        let (user_id, password, terminal_id) = people::TERMINAL;
        let right = password.into();
        let account = TerminalAccount { user_id, password: &right, terminal_id };
        assert_eq!(registry.verify_terminal(account).await, Ok(TerminalVerdict::Accepted));
        let wrong = "wrong".into();
        let verdict = registry.verify_terminal(TerminalAccount { password: &wrong, ..account }).await;
        assert_eq!(verdict, Ok(TerminalVerdict::WrongCredentials));
        let verdict = registry.verify_terminal(TerminalAccount { terminal_id: "other", ..account }).await;
        assert_eq!(verdict, Ok(TerminalVerdict::OtherTerminal));
        let verdict = registry.verify_terminal(TerminalAccount { user_id: "unknown", ..account }).await;
        assert_eq!(verdict, Ok(TerminalVerdict::WrongCredentials));
    }

    async fn an_individual_number_leaves_no_trace(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mark = "918273645546";
        let mut browser = service.signed_in_member(CARER).await;
        let charge = take_charge(&mut browser, 0).await;
        let mut pages = Vec::new();
        for at in [0, 1, 3, 4, 6, 7] {
            let mut fields = items(1);
            fields[at].1 = mark.to_owned();
            pages.push(post(&mut browser, FIND, "look_up_person", &fields).await);
        }
        for typed in [mark, "９１８２７３６４５５４６", "9182-7364-5546", "9182 7364 5546"] {
            let fields = [
                ("id", charge.clone()),
                ("form[items][0]", "life".to_owned()),
                ("form[until]", UNTIL.to_owned()),
                ("form[signer]", "proxy".to_owned()),
                ("form[proxy_name]", format!("見本 {typed}")),
                ("form[relation]", "child".to_owned()),
            ];
            let page = post(&mut browser, &format!("/people/{charge}/consent"), "give_consent", &fields).await;
            assert_eq!(page.status.as_u16(), 422, "{typed}");
            pages.push(page);
        }
        pages.push(browser.visit(&format!("/people?q={mark}")).await);
        let dump = service.database.dump().await;
        for spelling in [mark, "９１８２７３６４５５４６", "9182-7364-5546", "9182 7364 5546"] {
            assert!(!dump.contains(spelling), "{spelling} in the database");
            assert!(pages.iter().all(|page| !page.body.contains(spelling)), "{spelling} on a page");
        }
        for json in [
            format!(r#"{{"people": [{{"individual_number": "{mark}"}}]}}"#),
            format!(r#"{{"people": [{{"record": {{"{mark}": 1}}}}]}}"#),
            format!(r#"{{"insurers": [{{"number": "990010", "name": "{mark}", "joined": true}}]}}"#),
            format!(r#"{{"x": {mark}}}"#),
        ] {
            let refused = import::read_json(json.as_bytes()).unwrap_err().to_string();
            assert!(refused.contains("個人番号") && !refused.contains(mark), "{refused}");
        }
    }
}

/// Answers as it is told.
struct Scripted(Result<Found, PlatformError>);

#[async_trait]
impl Platform for Scripted {
    async fn verify_terminal(&self, _: TerminalAccount<'_>) -> Result<TerminalVerdict, PlatformError> {
        Err(PlatformError::Away)
    }

    async fn find_by_certificate(&self, _: &str) -> Result<Found, PlatformError> {
        self.0.clone()
    }

    async fn find_by_card_face(&self, _: &CardFace) -> Result<Found, PlatformError> {
        self.0.clone()
    }

    async fn find_by_four_items(&self, _: &FourItems) -> Result<Found, PlatformError> {
        self.0.clone()
    }

    async fn person(&self, _: &PersonId) -> Result<Option<Person>, PlatformError> {
        Err(PlatformError::Away)
    }

    async fn item(&self, _: &PersonId, _: Item) -> Result<Option<Content>, PlatformError> {
        Err(PlatformError::Away)
    }
}

/// The same service with another platform behind it.
fn with_platform(service: &Service, browser: &Browser, answer: Result<Found, PlatformError>) -> Browser {
    let core: Core = service.core.clone();
    let mut services = core.services();
    services.care = Arc::new(CareService::new(core.clone(), Arc::new(Scripted(answer))));
    let old = &service.site;
    let site = Site {
        services,
        core,
        client_ca: Arc::clone(&old.client_ca),
        assets: old.assets.clone(),
        files: old.files.clone(),
        public_origin: old.public_origin.clone(),
        sign_in_origin: old.sign_in_origin.clone(),
        support_phone: old.support_phone.clone(),
        trusted_proxies: Vec::new(),
        maintenance_file: None,
        reader_port: old.reader_port,
        demo: None,
    };
    browser.clone().at(router(Arc::new(site), Door::SignIn), SIGN_IN)
}

#[tokio::test(flavor = "multi_thread")]
async fn several_matches_and_a_platform_that_is_away_are_told_apart_from_nobody() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    people::seed(&service.core).await.unwrap();
    let mut browser = service.signed_in_member(CARER).await;
    let charge = take_charge(&mut browser, 0).await;
    let mut several = with_platform(&service, &browser, Ok(Found::Several));
    let page = post(&mut several, FIND, "look_up_person", &items(1)).await;
    assert!(page.body.contains("お一人に特定できませんでした"));
    assert!(service.audit_lines().await.contains(&"E-4 care.look_up several".to_owned()));
    let mut away = with_platform(&service, &browser, Err(PlatformError::Away));
    let page = post(&mut away, FIND, "look_up_person", &items(1)).await;
    assert_eq!((page.screen(), page.status.as_u16()), ("Z-9", 503));
    let page = away.visit(&format!("/people/{charge}")).await;
    assert_eq!((page.screen(), page.status.as_u16()), ("Z-9", 503));
    assert_eq!(away.visit("/people").await.screen(), "E-1", "the list needs no platform");
    assert_eq!(browser.visit(&format!("/people/{charge}")).await.screen(), "E-6", "and it is back by itself");
}

/// 200 cells of the matrix, spread evenly over services, jobs, items and consents, by what the pages show.
#[tokio::test(flavor = "multi_thread")]
async fn a_sample_of_the_matrix_holds_over_http() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    people::seed(&service.core).await.unwrap();
    let mut browser = service.signed_in_member(PLANNER).await;
    let mut stranger = service.signed_in_other_member("AozoraNursingUserA000").await;
    // Somebody of whom there is something of every item.
    let charge = take_charge(&mut browser, 21).await;
    let (matrix, day) = (Matrix::default(), Day::new(NOW.date()));
    let mut shown = 0;
    for cell in 0..200 {
        let offered = SERVICES[cell * 7 % SERVICES.len()].code;
        let job = Job::ALL[cell % Job::ALL.len()];
        let (code, path, heading) = SECTIONS[cell % SECTIONS.len()];
        give_services_and_jobs(&service, PLANNER, &[offered], &[job.code()]).await;
        service.database.execute("DELETE FROM care_consents").await;
        let until = match cell / 2 % 4 {
            0 => None,
            1 => Some("2025-02-06"),
            _ => Some("2025-02-07"),
        };
        if let Some(until) = until {
            consent(&mut browser, &charge, &[code], UNTIL).await;
            service.database.execute(&format!("UPDATE care_consents SET until_day = '{until}'")).await;
        }
        let class = ViewerClass::of(ServiceCode::from_code(offered).unwrap(), job);
        let expected = match (matrix.rule(class, Item::from_code(code).unwrap()), until) {
            (Rule::No, _) => Err(Hidden::NotPermitted),
            (Rule::EquipmentAdvisers, _) if job != Job::EquipmentAdviser => Err(Hidden::NotPermitted),
            (_, None) => Err(Hidden::NoConsent),
            (_, Some(until)) if Day::parse(until).unwrap() < day => Err(Hidden::Expired),
            (Rule::OwnOffice, _) => Ok(Extent::OwnOffice),
            _ => Ok(Extent::Whole),
        };
        let page = browser.visit(&format!("/people/{charge}{path}")).await;
        let got = section(&page, heading);
        let what = format!("{offered} {} {code} {until:?}", job.code());
        match expected {
            Err(why) => assert!(got.contains("withheld") && got.contains(why.name()), "{what}: {got}"),
            Ok(extent) => {
                assert!(!got.contains("withheld"), "{what}: {got}");
                let others = got.contains("あおぞら");
                assert!(code != "life" || others == (extent == Extent::Whole), "{what}: {got}");
                shown += 1;
            }
        }
        let page = stranger.visit(&format!("/people/{charge}{path}")).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("Z-5", 404), "another office: {what}");
    }
    assert!(shown >= 30, "{shown} of 200 cells show something");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_finds_filters_and_hides_the_certificate_from_those_who_may_not_see_it() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    people::seed(&service.core).await.unwrap();
    let mut browser = service.signed_in_member(CARER).await;
    let total = |page: &Page| page.between("pager__count\">", "</p>").map(|text| text.replace("<!>", ""));
    let page = browser.visit("/people").await;
    assert_eq!(total(&page).as_deref(), Some("全 96 件中 1–20 件"));
    for filter in ["ends60", "ends30", "expired", "no_consent"] {
        let page = browser.visit(&format!("/people?show={filter}")).await;
        assert_ne!(total(&page), Some("全 96 件中 1–20 件".to_owned()), "{filter}");
        assert_eq!(page.screen(), "E-1");
    }
    let first = browser.visit("/people?sort=number&order=asc").await;
    let id = first.between("href=\"/people/", "\"").unwrap().to_owned();
    browser.visit(&format!("/people/{id}")).await;
    assert!(browser.visit("/people?show=changed").await.body.contains("見つかりませんでした"), "nothing since then");
    let later = NOW.micros() + 1;
    let sql =
        format!("UPDATE care_charges SET record_changed_at = {later} WHERE id IN (SELECT charge_id FROM care_views)");
    service.database.execute(&sql).await;
    assert_eq!(total(&browser.visit("/people?show=changed").await).as_deref(), Some("全 1 件中 1–1 件"));
    for kind in ViewerClass::ALL {
        matrix::set_rule(&service.core, *kind, Item::InsuranceCard, Rule::No).await.unwrap();
    }
    let page = browser.visit("/people?show=expired&sort=until&order=asc").await;
    assert_eq!(total(&page).as_deref(), Some("全 96 件中 1–20 件"), "the filter would tell");
    assert!(!page.body.contains("要介護2") && page.body.contains("権限なし"));
    let page = browser.visit(&format!("/people/{id}")).await;
    assert!(section(&page, "介護保険被保険者証").contains("権限なし"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_whole_or_nothing_and_reaches_the_lists() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    people::seed(&service.core).await.unwrap();
    let mut browser = service.signed_in_member(CARER).await;
    let charge = take_charge(&mut browser, 0).await;
    browser.visit(&format!("/people/{charge}")).await;
    let person = people::person(0, Day::new(NOW.date())).unwrap();
    let json = |number: &str, family: &str| {
        format!(
            r#"{{"people": [{{"insurer_number": "{}", "insured_number": "{number}", "name": {{"family": "{family}",
            "given": "花子", "family_kana": "ﾐﾎﾝ", "given_kana": "ハナコ"}}, "born_on": "1940-04-01", "sex": "female"}}]}}"#,
            person.insurer_number
        )
    };
    service.clock.advance_minutes(1);
    let file = import::read_json(json(person.insured_number.as_str(), "改姓").as_bytes()).unwrap();
    assert_eq!(import::import(&service.core, &file).await.unwrap().people, 1);
    let page = browser.visit("/people?q=%E6%94%B9%E5%A7%93").await;
    assert!(page.body.contains("改姓 花子") && page.body.contains("変更あり"), "{}", page.body);
    let before = service.database.dump().await;
    let two = json("0000000009", "新人")
        .replace("]}", &format!(",{}]}}", json("1", "x").split_once('[').unwrap().1.trim_end_matches("]}")));
    assert!(import::read_json(two.as_bytes()).is_err());
    let unknown = json("0000000009", "新人").replace(person.insurer_number.as_str(), "435073");
    let file = import::read_json(unknown.as_bytes()).unwrap();
    assert!(import::import(&service.core, &file).await.unwrap_err().to_string().contains("insurer"));
    assert_eq!(before, service.database.dump().await);
}
