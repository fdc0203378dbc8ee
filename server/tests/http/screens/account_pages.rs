//! D: accounts.

use app::screens::ScreenId as S;
use server::demo::data::PHONE_ONLY;

use crate::http::{
    accounts::{KINDS, complete, complete_of, open_draft, person, submit, submit_of},
    album::Album,
    member_files::{D21, people_csv, register_all, upload},
    service::Service,
};

pub(super) async fn list(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let states = [
        ("", ""),
        ("second_page", "?page=2"),
        ("sorted", "?sort=name&order=asc"),
        ("found", "?q=%E3%81%9F%E3%81%AA%E3%81%8B&service=16"),
        ("not_found", "?q=nobody"),
        ("suspended", "?state=suspended"),
        ("dormant", "?state=dormant&sort=sign-in&order=asc"),
        ("deleted", "?state=deleted"),
    ];
    for (state, query) in states {
        album.take(S::D1, state, 200, &browser.visit(&format!("/administrators{query}")).await);
    }
}

pub(super) async fn registration(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let draft = open_draft(&mut browser, "/administrators/new").await;
    album.take(S::D2, "", 200, &browser.visit(&format!("/administrators/new?draft={draft}")).await);
    album.take(S::D2, "missing", 422, &submit(&mut browser, &draft, None, &[]).await);
    album.take(S::D2, "taken", 422, &submit(&mut browser, &draft, None, &person("nursingusera000")).await);
    album.take(S::D3, "", 200, &submit(&mut browser, &draft, None, &person("Takashima01")).await);
    album.take(S::D4, "", 200, &complete(&mut browser, "register_member", &draft).await);
}

pub(super) async fn one_account(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let id = service.account("Takashima01").await;
    album.take(S::D5, "", 200, &browser.visit(&format!("/administrators/{id}")).await);
    album.take(S::D6, "", 200, &browser.visit(&format!("/administrators/{id}/delete")).await);
    album.take(S::D7, "not_deleted", 200, &browser.visit(&format!("/administrators/{id}/deleted")).await);
    let fields = [("members", "administrators"), ("id", id.as_str())];
    album.take(
        S::D7,
        "",
        200,
        &browser.post_form(&format!("/administrators/{id}/delete"), "delete_member", &fields).await,
    );
    album.take(S::Z5, "deleted_account", 404, &browser.visit(&format!("/administrators/{id}")).await);
}

pub(super) async fn edit(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let id = service.account("NursingUserA000").await;
    let path = format!("/administrators/{id}/edit");
    let (draft, stale) = (open_draft(&mut browser, &path).await, open_draft(&mut browser, &path).await);
    album.take(S::D8, "", 200, &browser.visit(&format!("{path}?draft={draft}")).await);
    album.take(S::D8, "missing", 422, &submit(&mut browser, &draft, Some(&id), &[]).await);
    album.take(S::D8, "check", 200, &submit(&mut browser, &draft, Some(&id), &person("")).await);
    submit(&mut browser, &stale, Some(&id), &person("")).await;
    album.take(S::D8, "done", 200, &complete(&mut browser, "change_member", &draft).await);
    let from = format!("{path}/check?draft={stale}");
    let fields = [("members", "administrators"), ("draft", stale.as_str())];
    album.take(S::D8, "conflict", 409, &browser.post_form(&from, "change_member", &fields).await);
}

/// 一般ユーザ, under the eyes of a 管理者ユーザ.
pub(super) async fn staff(service: &Service, album: &mut Album) {
    let kind = KINDS[1];
    let mut browser = service.signed_in_member("NursingUserA002").await;
    album.take(S::D11, "", 200, &browser.visit("/staff").await);
    let draft = open_draft(&mut browser, "/staff/new").await;
    album.take(S::D12, "", 200, &browser.visit(&format!("/staff/new?draft={draft}")).await);
    album.take(S::D12, "missing", 422, &submit_of(kind, &mut browser, &draft, None, &[]).await);
    let form = person("Takashima02");
    album.take(S::D13, "", 200, &submit_of(kind, &mut browser, &draft, None, &form).await);
    let done = complete_of(kind, &mut browser, "register_member", &draft).await;
    album.take(S::D14, "", 200, &done);
    let id = done.path.split_once("id=").unwrap().1;
    let path = format!("/staff/{id}");
    album.take(S::D15, "", 200, &browser.visit(&path).await);
    let draft = open_draft(&mut browser, &format!("{path}/edit")).await;
    album.take(S::D18, "", 200, &browser.visit(&format!("{path}/edit?draft={draft}")).await);
    album.take(S::D18, "check", 200, &submit_of(kind, &mut browser, &draft, Some(id), &form).await);
    album.take(S::D18, "done", 200, &complete_of(kind, &mut browser, "change_member", &draft).await);
    let page = browser.visit(&format!("{path}/delete")).await;
    album.take(S::D16, "", 200, &page);
    album.take(S::D17, "", 200, &browser.press(&page, "delete_member", &[]).await);
    let mut office = service.signed_in(0).await;
    album.take(S::D17, "restorable", 200, &office.visit(&format!("{path}/deleted")).await);
    let page = office.visit(&format!("{path}/restore")).await;
    album.take(S::D19, "restore", 200, &page);
    album.take(S::D19, "restored", 200, &office.press(&page, "act_on_member", &[]).await);
}

/// Each act: asked for, done, and with nothing to do.
pub(super) async fn acts(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let staff = service.account("NursingStaffB000").await;
    let mut signed_in = service.signed_in_member("NursingStaffB000").await;
    let day = [("expires_on", "2025-12-31")];
    let path = format!("/staff/{staff}");
    for act in
        ["end-sessions", "lock", "unlock", "suspend", "resume", "set-expiry", "remove-expiry", "reissue-password"]
    {
        let state = act.replace('-', "_");
        let page = browser.visit(&format!("{path}/{act}")).await;
        album.take(S::D19, &state, 200, &page);
        if act == "set-expiry" {
            let past = [("expires_on", "2020-01-01")];
            album.take(S::D19, "set_expiry_past", 422, &browser.press(&page, "act_on_member", &past).await);
        }
        album.take(S::D19, &format!("{state}_done"), 200, &browser.press(&page, "act_on_member", &day).await);
    }
    assert_eq!(signed_in.visit("/home").await.screen(), "Z-3");
    album.take(S::D19, "not_locked", 200, &browser.visit(&format!("{path}/unlock")).await);
    album.take(S::D19, "not_done", 200, &browser.visit(&format!("{path}/suspend/done")).await);
    let stale = browser.visit(&format!("{path}/suspend")).await;
    browser.confirm(&format!("{path}/lock"), "act_on_member", &[]).await;
    browser.confirm(&format!("{path}/set-expiry"), "act_on_member", &day).await;
    album.take(S::D19, "conflict", 409, &browser.press(&stale, "act_on_member", &[]).await);
    browser.press(&browser.clone().visit(&format!("{path}/suspend")).await, "act_on_member", &[]).await;
    album.take(S::D15, "locked_suspended_expiring", 200, &browser.visit(&path).await);
    let administrator = service.account("NursingUserA005").await;
    album.take(S::D10, "", 200, &browser.visit(&format!("/administrators/{administrator}/lock")).await);
}

pub(super) async fn rights(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(0).await;
    let staff = service.account("NursingStaffB002").await;
    let page = browser.visit(&format!("/staff/{staff}/kind")).await;
    album.take(S::D9, "", 200, &page);
    album.take(S::D1, "moved", 200, &browser.press(&page, "change_member_kind", &[]).await);
    let phone_only = service.account(PHONE_ONLY).await;
    album.take(S::D9, "mail_first", 200, &browser.visit(&format!("/staff/{phone_only}/kind")).await);
    let mut other = service.signed_in(1).await;
    let (first, last) = ("AozoraNursingUserA000", "AozoraNursingUserA001");
    let (first, last) = (service.account(first).await, service.account(last).await);
    other.confirm(&format!("/administrators/{first}/delete"), "delete_member", &[]).await;
    let path = format!("/administrators/{last}");
    album.take(S::D6, "last", 200, &other.visit(&format!("{path}/delete")).await);
    album.take(S::D9, "last", 200, &other.visit(&format!("{path}/kind")).await);
    album.take(S::D10, "last", 200, &other.visit(&format!("{path}/suspend")).await);
}

pub(super) async fn import(service: &Service, album: &mut Album) {
    let mut browser = service.signed_in(2).await;
    album.take(S::D21, "", 200, &browser.visit(D21).await);
    album.take(S::D21, "no_csv", 422, &upload(&mut browser, "PK\u{3}\u{4}").await);
    let faulty = people_csv("Minato", 1..3) + "NursingUserA000,田中,,たなか,ren,99,看護職,a@example.jp,\r\n";
    album.take(S::D21, "faulty", 200, &upload(&mut browser, &faulty).await);
    let page = upload(&mut browser, &people_csv("Minato", 1..4)).await;
    album.take(S::D21, "check", 200, &page);
    let import = page.path.split_once("import=").unwrap().1.to_owned();
    let lease = service.clock_micros() + 60_000_000;
    let set = |until| format!("UPDATE member_imports SET step = 'running', prepared = 2, lease_until = {until}");
    service.database.execute(&set(lease)).await;
    album.take(S::D21, "running", 200, &browser.visit(&page.path).await);
    service.database.execute(&set(0)).await;
    album.take(S::D21, "interrupted", 200, &browser.visit(&page.path).await);
    album.take(S::D21, "done", 200, &register_all(&mut browser, &import).await);
}
