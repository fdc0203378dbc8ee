//! The platform behind care information: the embedded registry and its import, and platforms that fail.

use std::sync::Arc;

use app::services::Door;
use async_trait::async_trait;
use domain::care::{Content, Day, FourItems, Item};
use server::{
    demo::people::{self, FREE},
    http::{Site, router},
    platform::{CardFace, Found, Person, PersonId, Platform, PlatformError, TerminalAccount, TerminalVerdict},
    services::care::import,
};

use super::{
    browser::Browser,
    care::{CARER, FIND, UNTIL, items, post, take_charge},
    service::{NOW, SIGN_IN, Service, on_both_engines},
};

on_both_engines! {
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
            mark.clone_into(&mut fields[at].1);
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
pub(crate) struct Scripted(pub(crate) Result<Found, PlatformError>);

#[async_trait]
impl Platform for Scripted {
    async fn verify_terminal(&self, _: TerminalAccount<'_>) -> Result<TerminalVerdict, PlatformError> {
        Err(PlatformError::Away)
    }

    async fn find_by_certificate(&self, _: &str) -> Result<Found, PlatformError> {
        self.0.clone()
    }

    async fn find_by_four_items(&self, _: &FourItems) -> Result<Found, PlatformError> {
        self.0.clone()
    }

    async fn find_by_card_face(&self, _: &CardFace) -> Result<Found, PlatformError> {
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
pub(crate) fn with_platform(service: &Service, browser: &Browser, platform: Arc<dyn Platform>) -> Browser {
    let core = service.core.clone();
    let site = Site { services: core.services_on(platform), core, ..Site::clone(&service.site) };
    browser.clone().at(router(Arc::new(site), Door::SignIn), SIGN_IN)
}

#[tokio::test(flavor = "multi_thread")]
async fn several_matches_and_a_platform_that_is_away_are_told_apart_from_nobody() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    people::seed(&service.core).await.unwrap();
    let mut browser = service.signed_in_member(CARER).await;
    let charge = take_charge(&mut browser, 0).await;
    let mut several = with_platform(&service, &browser, Arc::new(Scripted(Ok(Found::Several))));
    let page = post(&mut several, FIND, "look_up_person", &items(1)).await;
    assert!(page.body.contains("お一人に特定できませんでした"));
    assert!(service.audit_lines().await.contains(&"E-4 care.look_up several".to_owned()));
    let mut away = with_platform(&service, &browser, Arc::new(Scripted(Err(PlatformError::Away))));
    let page = post(&mut away, FIND, "look_up_person", &items(1)).await;
    assert_eq!((page.screen(), page.status.as_u16()), ("Z-9", 503));
    let page = away.visit(&format!("/people/{charge}")).await;
    assert_eq!((page.screen(), page.status.as_u16()), ("Z-9", 503));
    assert_eq!(away.visit("/people").await.screen(), "E-1", "the list needs no platform");
    assert_eq!(browser.visit(&format!("/people/{charge}")).await.screen(), "E-6", "and it is back by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn look_ups_that_found_no_platform_do_not_count_against_anybody() {
    let service = Service::new(crate::support::Engine::Sqlite).await;
    people::seed(&service.core).await.unwrap();
    let mut browser = service.signed_in_member(CARER).await;
    for error in [PlatformError::Away, PlatformError::Untrusted] {
        let mut away = with_platform(&service, &browser, Arc::new(Scripted(Err(error))));
        for _ in 0..11 {
            assert_eq!(post(&mut away, FIND, "look_up_person", &items(0)).await.screen(), "Z-9");
        }
    }
    take_charge(&mut browser, 0).await;
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
