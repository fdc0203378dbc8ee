//! 災害時の閲覧: what is opened, for whom and for how long, what is written down, and who reviews it.

use domain::care::EmergencyScope;
use server::{
    clock::{Clock, SystemClock},
    demo::{data::OFFICES, people},
    services::{care::emergency, operator::Operator},
};
use uuid::Uuid;

use super::{
    browser::{Browser, Page},
    care::{CARER, PLANNER, SECTIONS, consent, give_services_and_jobs, post, section, take_charge},
    import_office::{configuration, fails, succeeds},
    service::{Service, on_both_engines},
};

const REASON: &str = "避難先で介助の方法を確認するため";

fn operator() -> Operator {
    Operator("tanaka".to_owned())
}

/// Declares a disaster for `minutes`.
pub(crate) async fn declare(service: &Service, scope: EmergencyScope, minutes: i64) -> Uuid {
    let ends_at = service.core.ambient.now().plus_minutes(minutes);
    emergency::declare(&service.core, &operator(), scope, "令和7年2月豪雨", ends_at).await.unwrap()
}

/// 「理由を記録して閲覧する」.
pub(crate) async fn open(browser: &mut Browser, charge: &str, reason: &str) -> Page {
    let fields = [("id", charge.to_owned()), ("emergency_reason", reason.to_owned())];
    post(browser, &format!("/people/{charge}/emergency"), "open_emergency_of", &fields).await
}

async fn shown(browser: &mut Browser, charge: &str) -> Vec<&'static str> {
    let mut shown = Vec::new();
    for (code, path, heading) in SECTIONS {
        let page = browser.visit(&format!("/people/{charge}{path}")).await;
        if !section(&page, heading).contains("withheld") {
            shown.push(code);
        }
    }
    shown
}

/// `action result reason consent` of each row about care since the declaration.
async fn trail(service: &Service) -> Vec<String> {
    let rows = service.database.audit().await;
    let told = rows.iter().skip_while(|row| row.action != "operator.start_emergency").filter_map(|row| {
        let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap();
        let text = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
        let told = format!("{} {} {} {}", row.action, row.result, text("reason"), text("consent"));
        row.action.starts_with("care.").then_some(told)
    });
    told.collect()
}

on_both_engines! {
    async fn without_a_declaration_there_is_no_way(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(PLANNER).await;
        let charge = take_charge(&mut browser, 21).await;
        let page = browser.visit(&format!("/people/{charge}")).await;
        assert!(!page.body.contains("災害時の閲覧"), "nothing on any page");
        assert_eq!(browser.visit(&format!("/people/{charge}/emergency")).await.screen(), "Z-5");
        let answer = browser.call("open_emergency_of", &[("id", &charge), ("emergency_reason", REASON)]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (404, "\"not_found\""));
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new());
        assert_eq!(service.database.count("SELECT COUNT(*) FROM emergency_uses").await, 0);
    }

    async fn a_reason_opens_one_person_to_one_account_for_an_hour(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(PLANNER).await;
        let (charge, other) = (take_charge(&mut browser, 21).await, take_charge(&mut browser, 3).await);
        let mut colleague = service.signed_in_member(CARER).await;
        declare(service, EmergencyScope::Everywhere, 24 * 60).await;
        for path in ["/people", "/account", "/administrator", &format!("/people/{charge}")] {
            assert!(browser.visit(path).await.body.contains("災害時の閲覧が有効です（令和7年2月豪雨）"), "{path}");
        }
        assert!(!service.visitor().get("/").await.body.contains("災害時の閲覧"), "not on pages of nobody");
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new(), "a declaration alone shows nothing");

        let from = format!("/people/{charge}/emergency");
        let page = browser.visit(&from).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("E-15", 200));
        assert!(page.body.contains("認定調査票") && page.body.contains("ケアプラン"));
        for (reason, said) in [
            ("", "閲覧する理由を入力してください。"),
            ("確認", "5文字以上"),
            ("番号は 918273645546 です", "個人番号（マイナンバー）と思われる数字"),
        ] {
            let page = open(&mut browser, &charge, reason).await;
            assert_eq!((page.screen(), page.status.as_u16(), page.path.as_str()), ("E-15", 422, from.as_str()), "{reason}");
            assert!(page.body.contains(said) && !page.body.contains("918273645546"), "{reason}");
        }
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new());

        let page = open(&mut browser, &charge, REASON).await;
        assert_eq!(page.path, format!("/people/{charge}"));
        assert!(page.body.contains("災害時の閲覧中です（11:00まで）") && page.body.contains(REASON));
        assert!(page.body.contains("災害時の閲覧の記録"));
        assert_eq!(shown(&mut browser, &charge).await.len(), SECTIONS.len());
        let page = browser.visit(&format!("/people/{charge}/certification")).await;
        assert!(page.body.contains("特記事項") && page.body.contains("災害時の閲覧により表示（同意なし）"));
        assert_eq!(shown(&mut browser, &other).await, Vec::<&str>::new(), "another person");
        assert_eq!(shown(&mut colleague, &charge).await, Vec::<&str>::new(), "a colleague");
        assert!(colleague.visit(&format!("/people/{charge}")).await.body.contains("災害時の閲覧の記録"), "the record tells");
        assert!(colleague.visit(&format!("/people/{charge}/consent")).await.body.contains("災害時の閲覧の記録"));

        service.clock.advance_minutes(29);
        browser.visit("/people").await;
        service.clock.advance_minutes(29);
        assert_eq!(shown(&mut browser, &charge).await.len(), SECTIONS.len());
        service.clock.advance_minutes(2);
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new(), "an hour is over");
    }

    async fn consent_is_set_aside_and_nothing_else(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(PLANNER).await;
        let charge = take_charge(&mut browser, 21).await;
        consent(&mut browser, &charge, &["survey", "opinion"], "2025-12-31").await;
        let from = format!("/people/{charge}/consent");
        post(&mut browser, &from, "withdraw_consent", &[("id", charge.clone()), ("item", "survey".into())]).await;
        service.database.execute("UPDATE care_consents SET until_day = '2025-02-06' WHERE item = 'opinion'").await;
        declare(service, EmergencyScope::Everywhere, 24 * 60).await;
        open(&mut browser, &charge, REASON).await;
        assert_eq!(shown(&mut browser, &charge).await.len(), SECTIONS.len(), "absent, withdrawn and past alike");
        let told = trail(service).await;
        assert_eq!(told[0], format!("care.break_glass ok {REASON} "));
        for consent in ["absent", "withdrawn", "expired"] {
            assert!(told.contains(&format!("care.view ok {REASON} {consent}")), "{consent}: {told:?}");
        }
        // Service × job decide as ever; so does the 市町村.
        give_services_and_jobs(service, PLANNER, &["43"], &["nurse"]).await;
        assert_eq!(shown(&mut browser, &charge).await, ["life", "care_plan"]);
        let page = browser.visit(&format!("/people/{charge}/life")).await;
        assert!(!section(&page, "LIFE情報").contains("あおぞら"), "the own office's only");
        give_services_and_jobs(service, PLANNER, &["43"], &["clerk"]).await;
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new());
        assert!(browser.visit(&format!("/people/{charge}/emergency")).await.body.contains("新しく閲覧できるようになる情報はありません"));
        give_services_and_jobs(service, PLANNER, &["43"], &["care_manager"]).await;
        service.database.execute("UPDATE registry_insurers SET joined = NOT joined").await;
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new());
        service.database.execute("UPDATE registry_insurers SET joined = NOT joined").await;
        // Without 担当 the person does not exist, in an emergency as ever.
        let mut stranger = service.signed_in_member_of(1, "AozoraNursingUserA000").await;
        assert_eq!(open(&mut stranger, &charge, REASON).await.screen(), "Z-5");
        post(&mut browser, &format!("/people/{charge}/end"), "end_charge", &[("id", charge.clone())]).await;
        assert_eq!(open(&mut browser, &charge, REASON).await.screen(), "Z-5");
        let again = take_charge(&mut browser, 21).await;
        assert_eq!(shown(&mut browser, &again).await, Vec::<&str>::new(), "the reason was for a service that ended");
        assert!(browser.visit(&format!("/people/{again}")).await.body.contains("災害時の閲覧の記録"), "it stays in the record");
    }

    async fn the_end_holds_from_the_next_request_on(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(PLANNER).await;
        let charge = take_charge(&mut browser, 21).await;
        let first = declare(service, EmergencyScope::Everywhere, 24 * 60).await;
        open(&mut browser, &charge, REASON).await;
        assert!(emergency::end(&service.core, &operator(), first).await.unwrap());
        assert!(!emergency::end(&service.core, &operator(), first).await.unwrap());
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new());
        assert!(!browser.visit("/people").await.body.contains("災害時の閲覧が有効です"));
        // A reason given then does not count in the next emergency.
        declare(service, EmergencyScope::Everywhere, 10).await;
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new());
        let page = open(&mut browser, &charge, REASON).await;
        assert!(page.body.contains("災害時の閲覧中です（10:10まで）"), "never longer than the declaration");
        service.clock.advance_minutes(10);
        assert_eq!(shown(&mut browser, &charge).await, Vec::<&str>::new());
        let lines = service.audit_lines().await;
        for line in [" operator.start_emergency ok", " operator.end_emergency ok", "E-15 care.break_glass ok"] {
            assert!(lines.contains(&line.to_owned()), "{line}: {lines:?}");
        }
    }

    async fn a_declaration_is_for_the_offices_that_it_names(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut own = service.signed_in_member(PLANNER).await;
        let charge = take_charge(&mut own, 21).await;
        let mut other = service.signed_in_member_of(1, "AozoraNursingUserA000").await;
        let tokyo = EmergencyScope::prefecture("13").unwrap();
        let id = declare(service, tokyo, 60).await;
        assert!(other.visit("/people").await.body.contains("災害時の閲覧が有効です"));
        assert!(!own.visit("/people").await.body.contains("災害時の閲覧が有効です"));
        assert_eq!(open(&mut own, &charge, REASON).await.screen(), "Z-5");
        emergency::end(&service.core, &operator(), id).await.unwrap();
        let office = domain::office::OfficeNumber::parse(OFFICES[0].number).unwrap();
        declare(service, EmergencyScope::Office(office), 60).await;
        assert!(!other.visit("/people").await.body.contains("災害時の閲覧が有効です"));
        assert_eq!(open(&mut own, &charge, REASON).await.screen(), "E-6");
        let mut office_user = service.signed_in(0).await;
        assert!(office_user.visit("/history").await.body.contains("災害時の閲覧を有効にした"), "in the office's own history");
        let nowhere = EmergencyScope::Office(domain::office::OfficeNumber::parse("4770000000").unwrap());
        let ends_at = service.core.ambient.now().plus_minutes(1);
        assert!(emergency::declare(&service.core, &operator(), nowhere, "x", ends_at).await.is_err());
    }

    async fn nothing_is_shown_in_an_emergency_that_cannot_be_written_down(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(PLANNER).await;
        let charge = take_charge(&mut browser, 21).await;
        declare(service, EmergencyScope::Everywhere, 60).await;
        service.database.execute("ALTER TABLE audit RENAME TO lost").await;
        assert_eq!(open(&mut browser, &charge, REASON).await.screen(), "Z-1");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM emergency_uses").await, 0);
        service.database.execute("ALTER TABLE lost RENAME TO audit").await;
        open(&mut browser, &charge, REASON).await;
        service.database.execute("ALTER TABLE audit RENAME TO lost").await;
        let page = browser.visit(&format!("/people/{charge}/certification")).await;
        assert!(page.screen() == "Z-1" && !page.body.contains("特記事項"));
        service.database.execute("ALTER TABLE lost RENAME TO audit").await;
    }

    async fn every_use_is_reviewed_by_somebody_else(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut browser = service.signed_in_member(PLANNER).await;
        let charge = take_charge(&mut browser, 21).await;
        declare(service, EmergencyScope::Everywhere, 60).await;
        open(&mut browser, &charge, "=避難先で介助の方法を確認するため").await;
        let page = browser.visit("/emergency-uses").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("F-4", 200));
        assert!(page.body.contains("ご自分の閲覧は、ほかの方が確認します") && !page.body.contains("確認済みにする"));
        let id = service.database.id("SELECT id FROM emergency_uses").await.to_string();
        let refused = browser.call("review_emergency_use", &[("id", &id), ("show", "all")]).await;
        assert_eq!((refused.status.as_u16(), refused.body.as_str()), (403, "\"not_permitted\""));
        let mut staff = service.signed_in_member(CARER).await;
        assert_eq!(staff.visit("/emergency-uses").await.screen(), "Z-4");
        let mut stranger = service.signed_in(1).await;
        assert!(stranger.visit("/emergency-uses").await.body.contains("災害時の閲覧は、まだありません"));
        let refused = stranger.call("review_emergency_use", &[("id", &id), ("show", "all")]).await;
        assert_eq!(refused.status.as_u16(), 404);

        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let page = administrator.visit("/emergency-uses?show=open").await;
        for told in [PLANNER, "=避難先で介助の方法を確認するため", "確認していない閲覧が1件あります", "確認済みにする"] {
            assert!(page.body.contains(told), "{told}");
        }
        let viewed = page.between("href=\"/viewings?", "\"").unwrap().replace("&amp;", "&");
        let list = administrator.visit(&format!("/viewings?{viewed}")).await;
        assert!(list.body.contains("災害時の閲覧の開始") && list.body.contains(PLANNER), "{}", list.body);
        let page = administrator.post_form("/emergency-uses?show=open", "review_emergency_use", &[("id", &id), ("show", "open")]).await;
        assert!(page.body.contains("確認していない閲覧はありません"), "{}", page.body);
        let page = administrator.visit("/emergency-uses").await;
        assert!(page.body.contains("確認済み") && page.body.contains("NursingUserA000"));
        let mut office_user = service.signed_in(0).await;
        office_user.post_form("/emergency-uses", "review_emergency_use", &[("id", &id), ("show", "all")]).await;
        let reviews = service.audit_lines().await.iter().filter(|line| *line == "F-4 care.review_emergency ok").count();
        assert_eq!(reviews, 1, "reviewed once");

        let file = office_user.post_path("/emergency-uses", "/download/emergency-uses", &[("show", "all")]).await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert!(file.body.starts_with("\u{feff}日時,ユーザID,氏名,利用者,理由,確認した日時,確認した人\r\n"));
        assert!(file.body.contains(PLANNER) && file.body.contains(",'=避難先") && file.body.contains("NursingUserA000"));
        assert_eq!(service.database.audit().await.pop().unwrap().line(), "F-4 audit.export ok");
        let refused = staff.post_path("/emergency-uses", "/download/emergency-uses", &[]).await;
        assert_eq!(refused.location(), "/problem");
        let other = stranger.post_path("/emergency-uses", "/download/emergency-uses", &[]).await;
        assert_eq!(other.body.lines().count(), 1, "{}", other.body);
    }
}

#[test]
fn the_operator_declares_shows_and_ends_it_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("care.toml"), configuration(folder)).unwrap();
    succeeds(folder, &["migrate"], "up to date");
    succeeds(folder, &["emergency", "show"], "nothing is declared");
    let moment = |minutes| {
        let at = SystemClock::default().now().plus_minutes(minutes);
        at.minute_text().replace('/', "-").replace(' ', "T")
    };
    let start = |until: &str, more: &[&str], says: &str, well: bool| {
        let arguments = [&["emergency", "start", "--title", "令和7年2月豪雨", "--until", until], more].concat();
        if well { succeeds(folder, &arguments, says) } else { fails(folder, &arguments, says) }
    };
    let tomorrow = moment(24 * 60);
    start(&moment(-60), &[], "--until is past already", false);
    start(&moment(31 * 24 * 60), &[], "within 30 days", false);
    start("tomorrow", &[], "write it as", false);
    start(&tomorrow, &["--prefecture", "48"], "from 01 to 47", false);
    start(&tomorrow, &["--office", "2372101440"], "there is no office 2372101440", false);
    start(&tomorrow, &["--prefecture", "13", "--office", "2372101440"], "cannot be used with", false);
    succeeds(folder, &["emergency", "show"], "nothing is declared");
    start(&tomorrow, &["--prefecture", "1"], "until", true);
    succeeds(folder, &["emergency", "show"], "prefecture 01");
    fails(folder, &["emergency", "end", "00000000-0000-7000-8000-000000000000"], "no declaration with this ID holds");
    succeeds(folder, &["verify-audit"], "1 audit rows: the chain is unbroken");
}
