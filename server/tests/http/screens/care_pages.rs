//! E, J and M: people, terminals, the reader.

use app::{
    routes::{ReaderStep, Route},
    screens::ScreenId as S,
};
use domain::care::EmergencyScope;
use server::demo::people;

use crate::http::{
    album::Album,
    cards::TerminalKey,
    care, care_batch, emergency,
    service::Service,
    terminals::{J2, enter, register},
};

pub(super) async fn people_list(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member(care::CARER).await;
    album.take(S::E1, "nobody_yet", 200, &browser.visit("/people").await);
    people::seed(&service.core).await.unwrap();
    let states = [("", ""), ("ends30", "?show=ends30"), ("not_found", "?q=nobody&show=expired")];
    for (state, query) in states {
        album.take(S::E1, state, 200, &browser.visit(&format!("/people{query}")).await);
    }
}

pub(super) async fn identification(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member(care::CARER).await;
    album.take(S::E2, "", 200, &browser.visit("/people/verify").await);
    album.take(S::E4, "", 200, &browser.visit(care::FIND).await);
    album.take(S::E4, "missing", 422, &care::post(&mut browser, care::FIND, "look_up_person", &[]).await);
    let mut wrong = care::items(0);
    "0000000001".clone_into(&mut wrong[1].1);
    album.take(S::E4, "no_match", 422, &care::post(&mut browser, care::FIND, "look_up_person", &wrong).await);
    let not_joined = care::items(people::FREE - 1);
    album.take(S::E4, "not_joined", 422, &care::post(&mut browser, care::FIND, "look_up_person", &not_joined).await);
    let page = care::post(&mut browser, care::FIND, "look_up_person", &care::items(1)).await;
    album.take(S::E4, "found", 200, &page);
}

pub(super) async fn care_information(service: &Service, album: &mut Album) {
    let mut carer = service.signed_in_member(care::CARER).await;
    for (n, state) in [(0, ""), (1, "ends_soon"), (5, "expired"), (10, "no_entitlement")] {
        let charge = care::take_charge(&mut carer, n).await;
        album.take(S::E6, state, 200, &carer.visit(&format!("/people/{charge}")).await);
    }
    let charge = care::take_charge(&mut carer, 21).await;
    let at = |path: &str| format!("/people/{charge}{path}");
    album.take(S::E5, "", 200, &carer.visit(&at("/consent")).await);
    album.take(S::E5, "missing", 422, &care::consent(&mut carer, &charge, &[], "2025-01-01").await);
    album.take(S::E7, "hidden", 200, &carer.visit(&at("/certification")).await);
    let all = ["survey", "opinion", "review", "renovation", "equipment", "life", "care_plan"];
    album.take(S::E5, "record", 200, &care::consent(&mut carer, &charge, &all, "2025-12-31").await);
    album.take(S::E5, "given", 200, &carer.visit(&at("/consent")).await);
    album.take(S::E10, "own_office", 200, &carer.visit(&at("/life")).await);
    album.take(S::E12, "", 200, &carer.visit(&at("/print")).await);
    album.take(S::E13, "", 200, &carer.visit(&at("/end")).await);
    let mut planner = service.signed_in_member(care::PLANNER).await;
    for (screen, path) in
        [(S::E7, "/certification"), (S::E8, "/review"), (S::E9, "/benefits"), (S::E10, "/life"), (S::E11, "/care-plan")]
    {
        album.take(screen, "", 200, &planner.visit(&at(path)).await);
    }
    service.database.execute("ALTER TABLE registry_people RENAME TO lost").await;
    album.take(S::Z9, "", 503, &planner.visit(&at("")).await);
    service.database.execute("ALTER TABLE lost RENAME TO registry_people").await;
}

pub(super) async fn terminals(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member("NursingUserA002").await;
    album.take(S::J1, "nothing_yet", 200, &browser.visit("/terminals").await);
    album.take(S::J2, "", 200, &browser.visit(J2).await);
    album.take(S::J2, "missing", 422, &enter(&mut browser, "KJ0001", "", "1234", "").await);
    let keys = [TerminalKey::new(1), TerminalKey::new(2)];
    enter(&mut browser, "KJ0002", "wrong", &keys[1].id(), "").await;
    // What was registered last stands first.
    service.clock.advance_minutes(1);
    let id = register(service, &mut browser, &keys[0]).await;
    album.take(S::J1, "", 200, &browser.visit("/terminals").await);
    let filled = format!("{J2}?terminal={}", keys[1].id());
    album.take(S::J2, "filled", 200, &browser.visit(&filled).await);
    album.take(S::J3, "", 200, &browser.visit(&format!("/terminals/{id}")).await);
    let from = format!("/terminals/{id}");
    let long = "長".repeat(41);
    let fields = [("id", id.as_str()), ("terminal_name", long.as_str())];
    album.take(S::J3, "too_long", 422, &browser.post_form(&from, "rename_terminal", &fields).await);
    album.take(S::J4, "", 200, &browser.visit(&format!("/terminals/{id}/delete")).await);
}

pub(super) async fn readers(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member("NursingStaffB002").await;
    for step in ReaderStep::ALL {
        let page = browser.visit(&Route::Reader(*step).to_string()).await;
        album.take(step.screen(), "", 200, &page);
    }
}

/// After all others: how often a list is looked at until it is done differs from run to run.
pub(super) async fn batches(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in_member("NursingStaffB004").await;
    album.take(S::E14, "", 200, &browser.visit(care_batch::E14).await);
    album.take(S::E14, "missing", 422, &care_batch::send(&mut browser, "").await);
    let numbers = [0, 1, 5, 10, 2].map(care_batch::number).to_vec();
    let rows = [numbers, vec!["12x".to_owned()]].concat();
    let page = care_batch::checked(&mut browser, &rows).await;
    album.take(S::E14, "result", 200, &page);
    let attention = format!("{}?show=attention", page.path);
    album.take(S::E14, "attention", 200, &browser.visit(&attention).await);
    album.take(S::E14, "recent", 200, &browser.visit(care_batch::E14).await);
    let alive = service.clock_micros() + 30_000_000;
    let running = format!("UPDATE care_batches SET step = 'running', checked = 3, lease = id, lease_until = {alive}");
    service.database.execute(&running).await;
    album.take(S::E14, "running", 200, &browser.visit(&page.path).await);
    service.clock.advance_seconds(31);
    album.take(S::E14, "interrupted", 200, &browser.visit(&page.path).await);
}

pub(super) async fn emergencies(service: &Service, album: &mut Album) {
    let mut planner = service.signed_in_member(care::PLANNER).await;
    let mut administrator = service.signed_in_member("NursingUserA005").await;
    album.take(S::F4, "nothing_yet", 200, &administrator.visit("/emergency-uses").await);
    let charge = care::take_charge(&mut planner, 11).await;
    emergency::declare(service, EmergencyScope::Everywhere, 24 * 60).await;
    let at = |path: &str| format!("/people/{charge}{path}");
    album.take(S::E6, "emergency_offered", 200, &planner.visit(&at("")).await);
    album.take(S::E15, "", 200, &planner.visit(&at("/emergency")).await);
    album.take(S::E15, "missing", 422, &emergency::open(&mut planner, &charge, "").await);
    let reason = "避難先で介助の方法を確認するため";
    album.take(S::E6, "emergency", 200, &emergency::open(&mut planner, &charge, reason).await);
    album.take(S::E7, "emergency", 200, &planner.visit(&at("/certification")).await);
    album.take(S::E15, "nothing_more", 200, &planner.visit(&at("/emergency")).await);
    album.take(S::F4, "own", 200, &planner.visit("/emergency-uses").await);
    album.take(S::F4, "", 200, &administrator.visit("/emergency-uses?show=open").await);
}
