//! Challenges and readings: what the server takes, and every reason why it does not.

use axum::body::Body;
use domain::reading::Refusal;
use http::{Method, header};
use protocol::challenge::SignatureAlgorithm;
use serde::Serialize;
use server::demo::people;

use super::{
    browser::{Browser, Page},
    cards::{Card, Kind, TerminalKey},
    service::{SIGN_IN, Service, on_both_engines},
    terminals,
};

const STAFF: &str = "NursingStaffB000";

/// An office with a terminal, and a member of staff at it.
struct Desk<'a> {
    service: &'a Service,
    browser: Browser,
    key: TerminalKey,
    terminal: String,
}

impl<'a> Desk<'a> {
    async fn new(service: &'a Service) -> Self {
        let key = TerminalKey::new(1);
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let terminal = terminals::register(service, &mut administrator, &key).await;
        Self { service, browser: service.signed_in_member(STAFF).await, key, terminal }
    }

    async fn challenge(&mut self, mode: &str) -> String {
        let page = self.browser.call("issue_challenge", &[("mode", mode)]).await;
        assert_eq!(page.status.as_u16(), 200, "{}", page.body);
        page.between("\"nonce\":\"", "\"").unwrap().to_owned()
    }

    async fn submit(&mut self, mode: &str, nonce: &str, reading: &impl Serialize) -> Page {
        let json = serde_json::to_string(reading).unwrap();
        self.browser.call("submit_reading", &[("mode", mode), ("nonce", nonce), ("reading", &json)]).await
    }

    /// A reading by PIN from challenge to judgement.
    async fn read(&mut self, card: &Card) -> Page {
        let nonce = self.challenge("pin").await;
        let reading = self.key.authentication(card, SIGN_IN, &nonce);
        self.submit("pin", &nonce, &reading).await
    }

    /// The refusal is answered, and it is in the trail.
    async fn refused(&self, page: &Page, refusal: Refusal) {
        let code = refusal.code();
        assert_eq!((page.status.as_u16(), page.body.as_str()), (422, format!("{{\"reading\":\"{code}\"}}").as_str()));
        let row = self.service.database.audit().await.pop().unwrap();
        assert_eq!((row.line(), row.login_id.as_str()), (format!("M-11 care.identify {code}"), STAFF));
        assert_eq!(self.service.database.count("SELECT COUNT(*) FROM readings").await, 0);
    }
}

fn id_of(page: &Page) -> String {
    assert_eq!(page.status.as_u16(), 200, "{}", page.body);
    page.between("\"id\":\"", "\"").unwrap().to_owned()
}

on_both_engines! {
    async fn a_reading_of_either_generation_of_cards_is_taken(service: &Service) {
        let mut desk = Desk::new(service).await;
        for kind in [Kind::Good, Kind::NextGeneration] {
            let page = desk.read(&Card::new(kind)).await;
            let id = id_of(&page);
            let row = service.database.audit().await.pop().unwrap();
            assert_eq!(row.line(), "M-11 care.identify ok");
            assert_eq!(row.target.unwrap().to_string(), id);
            assert!(row.detail.contains(&desk.key.id()) && row.detail.contains("\"mode\":\"pin\""), "{}", row.detail);
        }
        let seen = "SELECT COUNT(*) FROM terminals WHERE last_reading_at IS NOT NULL AND public_key IS NOT NULL";
        assert_eq!(service.database.count(seen).await, 1);
    }

    async fn a_challenge_is_answered_once_and_in_time(service: &Service) {
        let mut desk = Desk::new(service).await;
        let card = Card::new(Kind::Good);
        let nonce = desk.challenge("pin").await;
        let reading = desk.key.authentication(&card, SIGN_IN, &nonce);
        service.clock.advance_minutes(5);
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::Stale).await;
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::Replayed).await;

        let nonce = desk.challenge("pin").await;
        let mut altered = nonce.clone().into_bytes();
        altered[0] = if altered[0] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        let reading = desk.key.authentication(&card, SIGN_IN, &altered);
        let page = desk.submit("pin", &altered, &reading).await;
        desk.refused(&page, Refusal::Challenge).await;
        let reading = desk.key.authentication(&card, SIGN_IN, &altered);
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::TerminalSignature).await;

        let (first, second) = (desk.challenge("pin").await, desk.challenge("pin").await);
        let reading = desk.key.authentication(&card, SIGN_IN, &first);
        let page = desk.submit("pin", &first, &reading).await;
        desk.refused(&page, Refusal::Challenge).await;
        let reading = desk.key.authentication(&card, SIGN_IN, &second);
        let taken = desk.submit("pin", &second, &reading).await;
        id_of(&taken);
        let again = desk.submit("pin", &second, &reading).await;
        assert_eq!(again.body, "{\"reading\":\"replayed\"}");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM readings").await, 1);
    }

    async fn of_many_at_once_one_reading_is_taken(service: &Service) {
        let mut desk = Desk::new(service).await;
        let nonce = desk.challenge("pin").await;
        let reading = desk.key.authentication(&Card::new(Kind::Good), SIGN_IN, &nonce);
        let json = serde_json::to_string(&reading).unwrap();
        let tries = (0..20).map(|_| {
            let (mut browser, nonce, json) = (desk.browser.clone(), nonce.clone(), json.clone());
            tokio::spawn(async move {
                let fields = [("mode", "pin"), ("nonce", nonce.as_str()), ("reading", json.as_str())];
                browser.call("submit_reading", &fields).await.status.as_u16()
            })
        });
        let mut taken = 0;
        for answer in tries.collect::<Vec<_>>() {
            taken += usize::from(answer.await.unwrap() == 200);
        }
        assert_eq!(taken, 1);
        assert_eq!(service.database.count("SELECT COUNT(*) FROM readings").await, 1);
    }

    async fn a_challenge_belongs_to_one_session_and_one_mode(service: &Service) {
        let mut desk = Desk::new(service).await;
        let nonce = desk.challenge("pin").await;
        let reading = desk.key.authentication(&Card::new(Kind::Good), SIGN_IN, &nonce);
        let own = std::mem::replace(&mut desk.browser, service.signed_in_member(STAFF).await);
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::Challenge).await;
        desk.browser = own;
        let face = desk.key.face("20350401", SIGN_IN, &nonce);
        let page = desk.submit("face", &nonce, &face).await;
        desk.refused(&page, Refusal::Challenge).await;
    }

    async fn a_reading_for_another_site_is_refused(service: &Service) {
        let mut desk = Desk::new(service).await;
        for origin in ["https://evil.example", "https://care.example.jp"] {
            let nonce = desk.challenge("pin").await;
            let reading = desk.key.authentication(&Card::new(Kind::Good), origin, &nonce);
            let page = desk.submit("pin", &nonce, &reading).await;
            desk.refused(&page, Refusal::TerminalSignature).await;
        }
    }

    async fn only_the_offices_own_verified_terminal_counts(service: &Service) {
        let mut desk = Desk::new(service).await;
        let card = Card::new(Kind::Good);
        let own = std::mem::replace(&mut desk.key, TerminalKey::new(2));
        let page = desk.read(&card).await;
        desk.refused(&page, Refusal::Terminal).await;

        // Another terminal that says it is ours: its own key under our ID, and our key with its own signature.
        let nonce = desk.challenge("pin").await;
        let mut reading = desk.key.authentication(&card, SIGN_IN, &nonce);
        reading.terminal.terminal.id = own.terminal().id;
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::TerminalSignature).await;
        let nonce = desk.challenge("pin").await;
        let mut reading = desk.key.authentication(&card, SIGN_IN, &nonce);
        reading.terminal.terminal = own.terminal();
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::TerminalSignature).await;

        // Another office's.
        let office = "SELECT id FROM offices WHERE number = '1370200030'";
        service.database.execute(&format!("UPDATE terminals SET office_id = ({office})")).await;
        desk.key = own;
        let page = desk.read(&card).await;
        desk.refused(&page, Refusal::Terminal).await;
        let office = "SELECT id FROM offices WHERE number = '2372101440'";
        service.database.execute(&format!("UPDATE terminals SET office_id = ({office})")).await;

        service.database.execute("UPDATE terminals SET verdict = 'other_terminal'").await;
        let page = desk.read(&card).await;
        desk.refused(&page, Refusal::TerminalUnverified).await;
        service.database.execute("UPDATE terminals SET verdict = 'accepted'").await;

        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let nonce = desk.challenge("pin").await;
        let reading = desk.key.authentication(&card, SIGN_IN, &nonce);
        let id = desk.terminal.clone();
        assert_eq!(administrator.call("delete_terminal", &[("id", &id)]).await.status.as_u16(), 200);
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::TerminalRevoked).await;
    }

    async fn only_a_card_of_the_configured_ca_in_force_counts(service: &Service) {
        let mut desk = Desk::new(service).await;
        let cases = [
            (Card::new(Kind::Foreign), Refusal::CardIssuer),
            (Card::new(Kind::Expired), Refusal::CardExpired),
            (Card::new(Kind::Revoked), Refusal::CardRevoked),
            (Card::new(Kind::Good).claiming(SignatureAlgorithm::EcdsaP384Sha384), Refusal::CardKey),
            (Card::new(Kind::Good).claiming(SignatureAlgorithm::EcdsaP256Sha256), Refusal::CardKey),
        ];
        for (card, refusal) in cases {
            let page = desk.read(&card).await;
            desk.refused(&page, refusal).await;
        }
        let nonce = desk.challenge("pin").await;
        let reading = desk.key.forged(&Card::new(Kind::Good), SIGN_IN, &nonce);
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::CardSignature).await;

        let nonce = desk.challenge("pin").await;
        let mut reading = desk.key.authentication(&Card::new(Kind::Good), SIGN_IN, &nonce);
        reading.card.certificate.0.truncate(100);
        let page = desk.submit("pin", &nonce, &reading).await;
        desk.refused(&page, Refusal::TerminalSignature).await;
    }

    async fn a_face_counts_once_a_member_of_staff_has_compared(service: &Service) {
        let mut desk = Desk::new(service).await;
        for (same, state) in [("true", "ready"), ("false", "different")] {
            let nonce = desk.challenge("face").await;
            let reading = desk.key.face("20350401", SIGN_IN, &nonce);
            let id = id_of(&desk.submit("face", &nonce, &reading).await);
            let confirm = [("id", id.as_str()), ("same", same)];
            let other = service.signed_in_member(STAFF).await.call("confirm_reading", &confirm).await;
            assert_eq!(other.status.as_u16(), 404, "another session's");
            assert_eq!(desk.browser.call("confirm_reading", &confirm).await.status.as_u16(), 200);
            assert_eq!(desk.browser.call("confirm_reading", &confirm).await.status.as_u16(), 404, "once");
            let row = service.database.audit().await.pop().unwrap();
            let result = if same == "true" { "ok" } else { "different" };
            assert_eq!((row.line(), row.target.unwrap().to_string()), (format!("M-11 care.compare {result}"), id));
            let kept = format!("SELECT COUNT(*) FROM readings WHERE state = '{state}'");
            assert_eq!(service.database.count(&kept).await, 1);
        }
        let forgotten = "SELECT COUNT(*) FROM readings WHERE state = 'different' AND whose IS NULL";
        assert_eq!(service.database.count(forgotten).await, 1);
        for mark in ["見本", "千代田", "19500401", "PHOTO-MARKER", "UEhPVE8tTUFSS0VS"] {
            assert!(!service.database.dump().await.contains(mark), "{mark}");
        }
    }

    async fn a_face_must_be_of_a_card_in_force_and_compared_in_time(service: &Service) {
        let mut desk = Desk::new(service).await;
        let nonce = desk.challenge("face").await;
        let reading = desk.key.face("20250206", SIGN_IN, &nonce);
        let page = desk.submit("face", &nonce, &reading).await;
        desk.refused(&page, Refusal::CardExpired).await;
        let nonce = desk.challenge("face").await;
        let mut reading = desk.key.face("20250207", SIGN_IN, &nonce);
        reading.attributes.name = "別人　太郎".into();
        let page = desk.submit("face", &nonce, &reading).await;
        desk.refused(&page, Refusal::TerminalSignature).await;
        let nonce = desk.challenge("face").await;
        let reading = desk.key.face("20250207", SIGN_IN, &nonce);
        let id = id_of(&desk.submit("face", &nonce, &reading).await);
        service.clock.advance_minutes(10);
        let late = desk.browser.call("confirm_reading", &[("id", &id), ("same", "true")]).await;
        assert_eq!(late.status.as_u16(), 404);
    }

    async fn a_reading_leads_to_the_person_once(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut desk = Desk::new(service).await;
        let by_pin = id_of(&desk.read(&Card::new(Kind::Good)).await);
        let nonce = desk.challenge("face").await;
        let reading = desk.key.face("20350401", SIGN_IN, &nonce);
        let by_face = id_of(&desk.submit("face", &nonce, &reading).await);
        let early = desk.browser.call("person_of_reading", &[("id", &by_face)]).await;
        assert_eq!(early.status.as_u16(), 404, "before anybody has compared");
        desk.browser.call("confirm_reading", &[("id", &by_face), ("same", "true")]).await;
        for (id, by) in [(by_pin, "card"), (by_face, "face")] {
            let other = service.signed_in_member(STAFF).await.call("person_of_reading", &[("id", &id)]).await;
            assert_eq!(other.status.as_u16(), 404, "another session's");
            let found = desk.browser.call("person_of_reading", &[("id", &id)]).await;
            assert_eq!(found.status.as_u16(), 200, "{}", found.body);
            let page = desk.browser.visit(&format!("/people/find/{}", found.body.trim_matches('"'))).await;
            assert!(page.screen() == "E-4" && page.body.contains("見本"), "{by}");
            let row = service.database.audit().await.pop().unwrap();
            assert!(row.line() == "E-2 care.look_up ok" && row.detail.contains(by), "{} {}", row.line(), row.detail);
            let again = desk.browser.call("person_of_reading", &[("id", &id)]).await;
            assert_eq!(again.status.as_u16(), 404, "once");
        }
    }

    async fn a_reading_is_worth_nothing_once_its_terminal_is_revoked(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut desk = Desk::new(service).await;
        let id = id_of(&desk.read(&Card::new(Kind::Good)).await);
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        administrator.call("delete_terminal", &[("id", &desk.terminal.clone())]).await;
        let late = desk.browser.call("person_of_reading", &[("id", &id)]).await;
        assert_eq!((late.status.as_u16(), late.body.as_str()), (422, "{\"reading\":\"terminal_revoked\"}"));
    }

    async fn a_platform_that_is_away_uses_no_reading_up(service: &Service) {
        people::seed(&service.core).await.unwrap();
        let mut desk = Desk::new(service).await;
        let id = id_of(&desk.read(&Card::new(Kind::Good)).await);
        service.database.execute("ALTER TABLE registry_people RENAME TO lost").await;
        let away = desk.browser.call("person_of_reading", &[("id", &id)]).await;
        assert_eq!(away.status.as_u16(), 503);
        service.database.execute("ALTER TABLE lost RENAME TO registry_people").await;
        assert_eq!(desk.browser.call("person_of_reading", &[("id", &id)]).await.status.as_u16(), 200);
    }

    async fn what_is_no_reading_is_malformed(service: &Service) {
        let mut desk = Desk::new(service).await;
        let nonce = desk.challenge("pin").await;
        for reading in ["", "{}", "[]", "null", "{\"card\":1}"] {
            let fields = [("mode", "pin"), ("nonce", nonce.as_str()), ("reading", reading)];
            let page = desk.browser.call("submit_reading", &fields).await;
            assert_eq!((page.status.as_u16(), page.body.as_str()), (400, "\"malformed\""), "{reading}");
        }
        let large = format!("mode=pin&nonce=x&reading={}", "x".repeat(64 * 1024));
        let request = desk.browser.script("/api/submit_reading", Method::POST);
        let request = request.header(header::CONTENT_LENGTH, large.len()).body(Body::from(large)).unwrap();
        assert_eq!(desk.browser.send(request).await.status.as_u16(), 413);
    }

    async fn only_who_may_see_care_information_reads_cards(service: &Service) {
        let mut office = service.signed_in(0).await;
        assert_eq!(office.visit("/reader").await.screen(), "Z-4");
        assert_eq!(office.call("issue_challenge", &[("mode", "pin")]).await.status.as_u16(), 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_may_speak_with_reader_bridge_and_nobody_else() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    let mut browser = service.signed_in_member(STAFF).await;
    let reader = browser.visit("/reader").await;
    assert!(reader.header("content-security-policy").contains("connect-src 'self' ws://127.0.0.1:27443;"));
    let menu = browser.visit("/home").await;
    assert!(menu.header("content-security-policy").contains("connect-src 'self';"));
}
