//! Who may see what, and from when on not: the matrix over HTTP, and what must hold before anything is shown.

use domain::{
    account::{SERVICES, ServiceCode},
    care::{Day, Extent, Hidden, Item, Matrix, Rule, ViewerClass},
    job::Job,
};
use server::{demo::people, services::care::matrix};

use super::{
    browser::Page,
    care::{CARER, CONSENT_ITEMS, PLANNER, SECTIONS, UNTIL, consent, give_services_and_jobs, section, take_charge},
    service::{NOW, Service, on_both_engines},
};

on_both_engines! {
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
        let page = browser.visit("/people").await;
        assert!(page.screen() == "Z-1" && !page.body.contains("要介護2"), "nor the list");
        let answer = browser.call("view_care", &[("id", charge.as_str()), ("show", "eligibility")]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (500, "\"internal\""));
        assert_eq!(service.database.count("SELECT COUNT(*) FROM care_views").await, 0, "nothing half done");
        service.database.execute("ALTER TABLE lost RENAME TO audit").await;
        assert!(browser.visit(&format!("/people/{charge}")).await.body.contains(&name));
    }
}

/// 200 cells of the matrix, spread evenly over services, jobs, items and consents, by what the pages show.
#[tokio::test(flavor = "multi_thread")]
async fn a_sample_of_the_matrix_holds_over_http() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    people::seed(&service.core).await.unwrap();
    let mut browser = service.signed_in_member(PLANNER).await;
    let mut stranger = service.signed_in_member_of(1, "AozoraNursingUserA000").await;
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
    assert!(service.audit_lines().await.contains(&"E-1 care.list ok".to_owned()));
    for filter in ["ends60", "ends30", "expired", "no_consent"] {
        let page = browser.visit(&format!("/people?show={filter}")).await;
        assert_ne!(total(&page), Some("全 96 件中 1–20 件".to_owned()), "{filter}");
        assert_eq!(page.screen(), "E-1");
    }
    let first = browser.visit("/people?sort=number&order=asc").await;
    let (_, rows) = first.body.split_once("<tbody>").unwrap();
    let id = rows.split_once("href=\"/people/").unwrap().1.split_once('"').unwrap().0.to_owned();
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
