//! A remote platform whose answers do not fit the questions: nothing of them is believed.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::care::{CareLevel, InsuranceCard, Item, Planner};
use serde_json::{Value, json};
use server::{
    demo::people::{self, TERMINAL},
    platform::{
        CardFace, Found, Insurer, Person, Platform, PlatformError, TerminalAccount,
        http::{HttpPlatform, Patience},
    },
};

use crate::{
    house::{found, items, patience, remote, somebody},
    stand::Stand,
};

const LIE: PlatformError = PlatformError::Untrusted;
const CARD: &str = "/insurance/0/item/0/extension/0/valueAttachment/data";

/// Each way to find somebody, with what the platform says changed.
pub(crate) async fn every_search(platform: &HttpPlatform, n: usize) -> Vec<(&'static str, Option<PlatformError>)> {
    let one = somebody(n);
    let face = CardFace { name: one.name.full(), born_on: one.born_on, sex: one.sex };
    vec![
        ("items", platform.find_by_four_items(&items(&one)).await.err()),
        ("certificate", platform.find_by_certificate(&people::certificate(n)).await.err()),
        ("face", platform.find_by_card_face(&face).await.err()),
    ]
}

async fn believed(stand: &Stand, platform: &HttpPlatform, pointer: &str, value: &Value) -> Vec<&'static str> {
    stand.lie(pointer, value).await;
    let answers = every_search(platform, 1).await;
    answers.into_iter().filter(|(_, error)| *error != Some(LIE)).map(|(way, _)| way).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_person_is_not_whom_was_asked_for() {
    let (stand, platform, _) = remote(patience()).await;
    let nothing = Vec::<&str>::new();
    // What only some searches can tell: the others did not ask for it, but the coverage has to agree.
    let patient = |field: &str| format!("/entry/0/resource/{field}");
    let number = json!("0009999999");
    assert_eq!(believed(&stand, &platform, &patient("identifier/0/value"), &number).await, nothing);
    assert_eq!(believed(&stand, &platform, "/entry/1/resource/subscriberId", &number).await, nothing);
    let beneficiary = json!({ "reference": "Patient/somebody-else" });
    assert_eq!(believed(&stand, &platform, "/entry/1/resource/beneficiary", &beneficiary).await, nothing);
    assert_eq!(believed(&stand, &platform, &patient("birthDate"), &json!("1940-01-01")).await, ["certificate"]);
    assert_eq!(believed(&stand, &platform, &patient("name/0/given"), &json!(["別人"])).await, ["items", "certificate"]);
    let insurer = "/entry/1/resource/contained/0/identifier/0/value";
    assert_eq!(believed(&stand, &platform, insurer, &json!("435073")).await, ["certificate", "face"]);
    // Both numbers alike: who asked for the number knows.
    let both = json!([[patient("identifier/0/value"), number], ["/entry/1/resource/subscriberId", number]]);
    stand.order(&json!({ "lie": { "set": both } })).await;
    assert_eq!(every_search(&platform, 1).await[0].1, Some(LIE));
    stand.lie(&patient("identifier/1/value"), &json!("DEMO00000000")).await;
    assert_eq!(every_search(&platform, 1).await[1].1, Some(LIE));
    // By id.
    stand.order(&json!({})).await;
    let person = found(&platform, 1).await;
    let ids = json!([[patient("id"), "other"], ["/entry/1/resource/beneficiary/reference", "Patient/other"]]);
    stand.order(&json!({ "lie": { "set": ids } })).await;
    assert_eq!(platform.person(&person.id).await, Err(LIE));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_fhir_is_no_answer() {
    let (stand, platform, _) = remote(patience()).await;
    for text in ["", "null", "[]", "{", "<html>", "{\"resourceType\":\"Bundle\"}", &"[".repeat(100_000)] {
        stand.order(&json!({ "lie": { "text": text } })).await;
        let answers = every_search(&platform, 1).await;
        assert!(answers.iter().all(|(_, error)| *error == Some(LIE)), "{text:.30} {answers:?}");
    }
    stand.order(&json!({ "lie": { "media": "text/html" } })).await;
    assert!(every_search(&platform, 1).await.iter().all(|(_, error)| *error == Some(LIE)));
    let everywhere = [
        ("/resourceType", json!("Patient")),
        ("/type", json!("history")),
        ("/total", json!(7)),
        ("/entry/0/resource/resourceType", json!("Practitioner")),
        ("/entry/0/search/mode", json!("include")),
        ("/entry/0/resource/gender", json!("unknown")),
        ("/entry/0/resource/birthDate", json!("1940")),
        ("/entry/0/resource/birthDate", json!("2030-01-01")),
        ("/entry/0/resource/name", json!([])),
        ("/entry/0/resource/name/0/family", json!("1234 5678 9018")),
        ("/entry/0/resource/identifier", json!([])),
        ("/entry/0/resource/meta/lastUpdated", json!("yesterday")),
        ("/entry/0/resource/id", json!("../../etc")),
        ("/entry/1/resource/status", json!("cancelled")),
        ("/entry/1/resource/payor", json!([])),
        ("/entry/1/resource/contained/0/extension", json!([])),
        ("/entry/1/resource/contained/0/identifier/0/value", json!("435074")),
        ("/entry/1", json!({ "resource": { "resourceType": "Organization" }, "search": { "mode": "include" } })),
    ];
    for (pointer, value) in everywhere {
        assert!(believed(&stand, &platform, pointer, &value).await.is_empty(), "{pointer} {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_larger_than_agreed_is_not_read_to_its_end() {
    let (stand, platform, _) = remote(Patience { max_bytes: 65_536, ..patience() }).await;
    stand.order(&json!({ "lie": { "padding": 32_768 } })).await;
    found(&platform, 1).await;
    stand.order(&json!({ "lie": { "padding": 50_000_000 } })).await;
    assert!(every_search(&platform, 1).await.iter().all(|(_, error)| *error == Some(LIE)));
    stand.order(&json!({ "lie": { "text": " ".repeat(100_000) } })).await;
    assert!(every_search(&platform, 1).await.iter().all(|(_, error)| *error == Some(LIE)));
    stand.order(&json!({})).await;
    found(&platform, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_another_person_request_or_kind_is_not_shown() {
    let (stand, platform, _) = remote(patience()).await;
    let person = found(&platform, 24).await;
    let card = |change: fn(&mut InsuranceCard)| {
        let mut card = somebody(24).record.insurance_card.unwrap();
        change(&mut card);
        json!(STANDARD.encode(json!({ "insurance_card": card }).to_string()))
    };
    let lies = [
        ("/resourceType", json!("Coverage")),
        ("/status", json!("draft")),
        ("/patient/reference", json!("Patient/other")),
        ("/request/identifier/value", json!("an earlier one")),
        ("/purpose", json!(["discovery"])),
        ("/insurance/0/item/0/category/coding/0/code", json!("burden_ratio")),
        ("/insurance/0/benefitPeriod/end", json!("2099-12-31")),
        ("/insurance/0/item/0/extension", json!([])),
        (CARD, json!("not base64!")),
        (CARD, json!(STANDARD.encode("{\"insurance_card\":{}}"))),
        (CARD, json!(STANDARD.encode(json!({ "survey": somebody(24).record.survey }).to_string()))),
        (CARD, card(|card| card.address = "個人番号 123456789018".to_owned())),
        (CARD, card(|card| card.planner = Planner::Office { name: "\u{0}".to_owned(), notified_on: card.issued_on })),
        (CARD, card(|card| card.issued_on = card.issued_on.plus_months(12 * 400))),
    ];
    for (pointer, value) in lies {
        stand.lie(pointer, &value).await;
        assert_eq!(platform.item(&person.id, Item::InsuranceCard).await, Err(LIE), "{pointer} {value}");
    }
    // The pointers are those of the truth: changed in a way that can be, it is believed.
    stand.lie(CARD, &card(|card| card.level = Some(CareLevel::Care5))).await;
    assert!(platform.item(&person.id, Item::InsuranceCard).await.is_ok());
    for outcome in ["queued", "error", "partial"] {
        stand.lie("/outcome", &json!(outcome)).await;
        assert_eq!(platform.item(&person.id, Item::InsuranceCard).await, Err(PlatformError::Away), "{outcome}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_items_are_distrusted_alike() {
    let (stand, platform, _) = remote(patience()).await;
    let person = found(&platform, 24).await;
    let life = |change: &str, value: Value| {
        let mut life = json!(somebody(24).record.item(Item::Life));
        *life.pointer_mut(change).unwrap() = value;
        life
    };
    let lies = [
        ("/person", json!("other")),
        ("/item", json!("care_plan")),
        ("/content", json!({ "care_plans": [] })),
        ("/content", json!({ "life": [{}] })),
        ("/content", life("/life/0/on", json!("0001-01-01"))),
        ("/content", life("/life/0/title", json!("123456789018"))),
    ];
    for (pointer, value) in lies {
        stand.lie(pointer, &value).await;
        assert_eq!(platform.item(&person.id, Item::Life).await, Err(LIE), "{pointer} {value}");
    }
    stand.lie("/content", &life("/life/0/title", json!("ADL"))).await;
    assert!(platform.item(&person.id, Item::Life).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_of_another_kind_accepts_nobody() {
    let (stand, platform, _) = remote(patience()).await;
    let (user_id, password, terminal_id) = TERMINAL;
    let password = password.into();
    for verdict in [json!("yes"), json!(true), Value::Null, json!({ "accepted": true })] {
        stand.lie("/verdict", &verdict).await;
        let answer = platform.verify_terminal(TerminalAccount { user_id, password: &password, terminal_id }).await;
        assert_eq!(answer, Err(LIE), "{verdict}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_people_and_an_insurer_without_part_are_answers_not_lies() {
    let (stand, platform, _) = remote(patience()).await;
    let person = found(&platform, 1).await;
    let asked = items(&somebody(1));
    let name = |text: &str, code: &str| {
        let url = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
        json!({ "family": text, "given": [text], "extension": [{ "url": url, "valueCode": code }] })
    };
    let second = json!({
        "resource": {
            "resourceType": "Patient", "id": "2", "meta": { "lastUpdated": "2025-02-07T01:00:00Z" }, "identifier": [],
            "name": [name("見本", "IDE"), name("みほん", "SYL")], "gender": "female", "birthDate": "1950-04-01",
        },
        "search": { "mode": "match" },
    });
    stand.order(&json!({ "lie": { "set": [["/total", 2], ["/entry/1", second]] } })).await;
    assert_eq!(platform.find_by_four_items(&asked).await, Ok(Found::Several));
    assert_eq!(platform.person(&person.id).await, Err(LIE), "an id is one person's");
    stand.lie("/entry/1/resource/contained/0/extension/0/valueBoolean", &json!(false)).await;
    assert_eq!(platform.find_by_four_items(&asked).await, Ok(Found::InsurerNotJoined));
    let insurer = Insurer { joined: false, ..person.insurer.clone() };
    let outside = Person { insurer, ..person.clone() };
    assert_eq!(platform.person(&person.id).await, Ok(Some(outside)), "those in charge learn why they see nothing");
}
