//! One contract, each implementation: what the service may rely on, whoever stands behind the trait.

use std::{path::Path, sync::Arc};

use domain::{
    care::{Content, Day, Item, Sex},
    sign_in::SignInPolicy,
};
use server::{
    clock::{Ambient, SystemEntropy},
    delivery::{
        Outgoing,
        templates::{self, Templates},
    },
    demo::{
        data,
        people::{self, FREE},
    },
    platform::{
        CardFace, Found, PersonId, Platform, PlatformError, TerminalAccount, TerminalVerdict,
        registry::EmbeddedRegistry,
    },
    secret::Keys,
    services::{Core, Passwords, RelyingParty, passwords::Cost},
    storage::Db,
};

use crate::{
    house::{ManualClock, NOW, found, items, patience, remote, somebody},
    support::{Engine, TestDatabase},
};

/// The embedded registry with the demo's people.
async fn registry(url: &str) -> EmbeddedRegistry {
    let db = Db::connect(url).await.unwrap();
    db.migrate().await.unwrap();
    let ambient = Ambient { clock: ManualClock::new(), entropy: Arc::new(SystemEntropy) };
    let keys = Arc::new(Keys::from_master(&[7; 32]));
    let templates = Arc::new(Templates::load(templates::Site::default(), None::<&Path>).unwrap());
    let cost = Cost { memory_kib: 64, iterations: 1, lanes: 1, concurrent: 4 };
    let core = Core {
        db,
        policy: SignInPolicy::default(),
        passwords: Passwords::new(cost, &ambient).unwrap(),
        outgoing: Outgoing::new(templates, Arc::clone(&keys), ambient.clone()),
        keys,
        ambient,
        relying_party: RelyingParty::new("https://care.example.jp", &[]).unwrap(),
        sign_in_url: "https://care.example.jp/".into(),
        sign_in_origin: "https://care.example.jp".into(),
        card_ca: None,
    };
    data::seed(&core).await.unwrap();
    people::seed(&core).await.unwrap();
    EmbeddedRegistry(core)
}

/// Makes a test per implementation out of each case.
macro_rules! for_each_platform {
    ($(async fn $name:ident($platform:ident: &dyn Platform) $body:block)*) => {$(
        async fn $name($platform: &dyn Platform) $body

        mod $name {
            use crate::{
                house::{patience, remote},
                support::{Engine, TestDatabase},
            };

            #[tokio::test(flavor = "multi_thread")]
            async fn registry_on_sqlite() {
                let database = TestDatabase::new(Engine::Sqlite).await;
                super::$name(&super::registry(&database.url).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn registry_on_postgres() {
                let database = TestDatabase::new(Engine::Postgres).await;
                super::$name(&super::registry(&database.url).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn by_http() {
                let (_stand, platform, _) = remote(patience()).await;
                super::$name(&platform).await;
            }
        }
    )*};
}

for_each_platform! {
    async fn a_person_is_found_in_each_way_and_is_the_same(platform: &dyn Platform) {
        for n in [0, 5, FREE - 2, 100, 215] {
            let one = somebody(n);
            let person = found(platform, n).await;
            assert_eq!(person.insured_number, one.insured_number.as_str());
            assert_eq!((&person.name, person.born_on, person.sex), (&one.name, one.born_on, one.sex));
            assert_eq!((person.insurer.number.as_str(), person.insurer.joined), (one.insurer_number.as_str(), true));
            assert!(!person.insurer.name.is_empty());
            assert_eq!(person.changed_at, NOW);
            let by_card = platform.find_by_certificate(&people::certificate(n)).await;
            assert_eq!(by_card, Ok(Found::One(Box::new(person.clone()))));
            assert_eq!(platform.person(&person.id).await, Ok(Some(person)));
        }
    }

    async fn a_card_face_finds_its_holder_however_the_name_is_spaced(platform: &dyn Platform) {
        let face = |name: &str| CardFace {
            name: name.to_owned(),
            born_on: Day::parse("1938-12-15").unwrap(),
            sex: Sex::Male,
        };
        for name in ["試験　一郎", "試験一郎", "試験 一郎"] {
            match platform.find_by_card_face(&face(name)).await.unwrap() {
                Found::One(person) => assert_eq!(person.name.full(), "試験 一郎"),
                other => panic!("{name}: {other:?}"),
            }
        }
        assert_eq!(platform.find_by_card_face(&face("試験 二郎")).await, Ok(Found::Nobody));
        let other = CardFace { sex: Sex::Female, ..face("試験 一郎") };
        assert_eq!(platform.find_by_card_face(&other).await, Ok(Found::Nobody));
    }

    async fn nobody_is_found_by_what_is_not_theirs(platform: &dyn Platform) {
        let right = items(&somebody(3));
        let other = items(&somebody(4));
        let sex = if right.sex == Sex::Male { Sex::Female } else { Sex::Male };
        for wrong in [
            domain::care::FourItems { insurer: other.insurer.clone(), ..right.clone() },
            domain::care::FourItems { insured: other.insured.clone(), ..right.clone() },
            domain::care::FourItems { born_on: right.born_on.plus_days(1), ..right.clone() },
            domain::care::FourItems { sex, ..right.clone() },
        ] {
            assert_eq!(platform.find_by_four_items(&wrong).await, Ok(Found::Nobody));
        }
        for serial in ["nobody's", "a|b,c$d\\e", ""] {
            assert_eq!(platform.find_by_certificate(serial).await, Ok(Found::Nobody), "{serial}");
        }
        let nobody = PersonId("01900000-0000-7000-8000-000000000000".to_owned());
        assert_eq!(platform.person(&nobody).await, Ok(None));
        assert_eq!(platform.item(&nobody, Item::InsuranceCard).await, Ok(None));
        assert_eq!(platform.item(&nobody, Item::Life).await, Ok(None));
        assert_eq!(platform.person(&PersonId("no id of ours".to_owned())).await, Ok(None));
    }

    async fn an_insurer_that_takes_no_part_is_a_normal_answer(platform: &dyn Platform) {
        let outside = FREE - 1;
        assert_eq!(platform.find_by_four_items(&items(&somebody(outside))).await, Ok(Found::InsurerNotJoined));
        let card = people::certificate(outside);
        assert_eq!(platform.find_by_certificate(&card).await, Ok(Found::InsurerNotJoined));
    }

    async fn every_item_of_many_people_is_what_was_registered(platform: &dyn Platform) {
        let mut seen = std::collections::BTreeSet::new();
        for n in 24..44 {
            let (one, person) = (somebody(n), found(platform, n).await);
            for item in Item::ALL {
                let content: Option<Content> = platform.item(&person.id, *item).await.unwrap();
                assert_eq!(content, one.record.item(*item), "{n} {item:?}");
                seen.extend(content.map(|_| *item));
            }
        }
        assert_eq!(seen.len(), Item::ALL.len(), "{seen:?}");
    }

    async fn terminal_accounts_are_judged(platform: &dyn Platform) {
        let (user_id, password, terminal_id) = people::TERMINAL;
        let (right, wrong) = (password.into(), "wrong".into());
        let account = TerminalAccount { user_id, password: &right, terminal_id };
        let verdicts = [
            (account, TerminalVerdict::Accepted),
            (TerminalAccount { password: &wrong, ..account }, TerminalVerdict::WrongCredentials),
            (TerminalAccount { terminal_id: "other", ..account }, TerminalVerdict::OtherTerminal),
            (TerminalAccount { user_id: "unknown", ..account }, TerminalVerdict::WrongCredentials),
        ];
        for (account, verdict) in verdicts {
            assert_eq!(platform.verify_terminal(account).await, Ok(verdict));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registry_and_the_remote_platform_say_the_same_of_a_person() {
    let database = TestDatabase::new(Engine::Sqlite).await;
    let (here, (_stand, there, _)) = (registry(&database.url).await, remote(patience()).await);
    for n in 0..FREE - 1 {
        let (mut here, there) = (found(&here, n).await, found(&there, n).await);
        here.id = there.id.clone();
        assert_eq!(here, there);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_cannot_be_read_is_away() {
    let database = TestDatabase::new(Engine::Sqlite).await;
    let registry = registry(&database.url).await;
    registry.0.db.close().await;
    assert_eq!(registry.find_by_certificate("1").await, Err(PlatformError::Away));
}
