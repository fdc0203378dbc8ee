use std::collections::BTreeSet;

use app::services::care::{PEOPLE_PAGE_ROWS, PeopleFilter, PeoplePage, PeopleQuery, PeopleSort};
use domain::{
    account::PersonName,
    care::{CareLevel, Day, Item, Relation, Rule, Sex, ViewerClass},
};
use server::storage::care::{self, Charge, Match, Snapshot, StoredConsent, consent_ended};
use uuid::Uuid;

use super::stage::{NOW, Stage, id, name, on_both_engines};

fn today() -> Day {
    Day::new(NOW.date())
}

fn person(number: &str, name: PersonName, level: Option<CareLevel>, left: Option<i64>) -> Snapshot {
    Snapshot {
        insurer_number: "990010".to_owned(),
        insurer_name: "みほん市".to_owned(),
        insured_number: number.to_owned(),
        name,
        born_on: Day::parse("1940-04-01").unwrap(),
        sex: Sex::Female,
        level,
        until: left.map(|days| today().plus_days(days)),
        changed_at: NOW,
    }
}

/// A 担当 of the office that is stored.
async fn charge(stage: &Stage, office: Uuid, person: Snapshot) -> Charge {
    let mut tx = stage.write().await;
    let person_id = care::person_id(&mut tx, &id().to_string(), id()).await.unwrap();
    let charge = Charge {
        id: id(),
        office_id: office,
        person_id,
        person,
        identified_by: "items".to_owned(),
        purpose: "no_card".to_owned(),
        started_at: NOW,
        started_by: id(),
    };
    assert!(care::insert(&mut tx, &charge).await.unwrap());
    tx.commit().await.unwrap();
    charge
}

async fn agree(stage: &Stage, charge: Uuid, item: Item, until: Day) -> StoredConsent {
    let consent = StoredConsent {
        id: id(),
        charge_id: charge,
        item,
        until_day: until,
        proxy_name: Some("見本　花子".to_owned()),
        proxy_relation: Some(Relation::Child),
        given_at: NOW,
        given_by: id(),
        ended_at: None,
    };
    let mut tx = stage.write().await;
    care::insert_consent(&mut tx, &consent).await.unwrap();
    tx.commit().await.unwrap();
    consent
}

async fn listed(stage: &Stage, office: Uuid, account: Uuid, query: &PeopleQuery) -> PeoplePage {
    care::list(&mut stage.read().await, office, account, query, today()).await.unwrap()
}

fn numbers(page: &PeoplePage) -> Vec<&str> {
    page.rows.iter().map(|row| row.insured_number.as_str()).collect()
}

/// Five people: valid, ending in 60 and in 30 days, expired, without certification.
async fn five(stage: &Stage, office: Uuid) -> Vec<Charge> {
    let people = [
        ("0000000001", name("見本", "花子", "みほん", "はなこ"), Some(CareLevel::Care2), Some(61)),
        ("0000000002", name("例田", "太郎", "れいだ", "たろう"), Some(CareLevel::Care5), Some(60)),
        ("0000000003", name("試山", "一", "ためしやま", "はじめ"), Some(CareLevel::Support1), Some(30)),
        ("0000000004", name("仮野", "ゆり", "かりの", "ゆり"), Some(CareLevel::Care1), Some(-1)),
        ("H000000005", name("架空", "正", "かくう", "ただし"), None, None),
    ];
    let mut all = Vec::new();
    for (number, name, level, left) in people {
        all.push(charge(stage, office, person(number, name, level, left)).await);
    }
    all
}

on_both_engines! {
    async fn search_filters_and_orders_of_the_list(stage: &Stage) {
        let account = stage.administrator().await;
        let office = account.office_id;
        let all = five(stage, office).await;
        five(stage, stage.office().await.id).await;
        let found = async |query: PeopleQuery| {
            let page = listed(stage, office, account.id, &query).await;
            assert_eq!(page.all, 5, "the other office's are not in it");
            numbers(&page).into_iter().map(|number| number.trim_start_matches(['0', 'H']).to_owned()).collect::<Vec<_>>().join(" ")
        };
        let search = |search: &str| PeopleQuery { search: search.to_owned(), ..PeopleQuery::default() };
        for (words, expected) in [
            ("", "5 4 3 1 2"),
            ("見本花子", "1"),
            ("ﾐﾎﾝ ﾊﾅｺ", "1"),
            ("ｈ０００００", "5"),
            ("000000000", "4 3 1 2"),
            ("%", ""),
            ("_", ""),
        ] {
            assert_eq!(found(search(words)).await, expected, "{words}");
        }
        let show = |filter| PeopleQuery { filter: Some(filter), ..PeopleQuery::default() };
        assert_eq!(found(show(PeopleFilter::EndsIn60)).await, "3 2");
        assert_eq!(found(show(PeopleFilter::EndsIn30)).await, "3");
        assert_eq!(found(show(PeopleFilter::Expired)).await, "4");
        for (sort, expected) in [
            (PeopleSort::Number, "1 2 3 4 5"),
            (PeopleSort::Level, "5 3 4 1 2"),
            (PeopleSort::Until, "5 4 3 2 1"),
        ] {
            assert_eq!(found(PeopleQuery { sort, ..PeopleQuery::default() }).await, expected, "{sort:?}");
            let turned = found(PeopleQuery { sort, descending: true, ..PeopleQuery::default() }).await;
            assert_eq!(turned.split(' ').rev().collect::<Vec<_>>().join(" "), expected, "{sort:?}");
        }
        agree(stage, all[0].id, Item::Life, today()).await;
        agree(stage, all[1].id, Item::Life, today().plus_days(-1)).await;
        assert_eq!(found(show(PeopleFilter::NoConsent)).await, "5 4 3 2", "what is past its last day is none");
        assert_eq!(found(show(PeopleFilter::Changed)).await, "");
        let mut tx = stage.write().await;
        for seen in &all[..2] {
            care::note_view(&mut tx, account.id, seen.id, NOW).await.unwrap();
        }
        let later = Snapshot { changed_at: NOW.plus_seconds(1), ..all[1].person.clone() };
        care::refresh(&mut tx, all[1].person_id, &later).await.unwrap();
        care::refresh(&mut tx, all[2].person_id, &Snapshot { insured_number: "0000000003".into(), ..later }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(show(PeopleFilter::Changed)).await, "2");
        let page = listed(stage, office, id(), &show(PeopleFilter::Changed)).await;
        assert_eq!(page.total, 0, "another account has not looked");
    }

    async fn pages_are_complete_and_end_with_the_last(stage: &Stage) {
        let account = stage.administrator().await;
        for number in 0..PEOPLE_PAGE_ROWS + 3 {
            let who = name("見本", "花子", "みほん", "はなこ");
            charge(stage, account.office_id, person(&format!("{number:010}"), who, Some(CareLevel::Care1), Some(9))).await;
        }
        for sort in [PeopleSort::Name, PeopleSort::Number, PeopleSort::Level, PeopleSort::Until] {
            let mut seen = BTreeSet::new();
            for page in [1, 2, 99] {
                let query = PeopleQuery { sort, page, ..PeopleQuery::default() };
                let page = listed(stage, account.office_id, account.id, &query).await;
                seen.extend(page.rows.iter().map(|row| row.id));
            }
            assert_eq!(seen.len(), PEOPLE_PAGE_ROWS as usize + 3, "{sort:?}");
        }
    }

    async fn an_office_is_in_charge_of_a_person_once_and_until_it_ends(stage: &Stage) {
        let (office, other) = (stage.office().await.id, stage.office().await.id);
        let who = person("0000000001", name("見本", "花子", "みほん", "はなこ"), None, None);
        let first = charge(stage, office, who).await;
        let mut tx = stage.write().await;
        assert!(!care::insert(&mut tx, &Charge { id: id(), ..first.clone() }).await.unwrap());
        assert!(care::insert(&mut tx, &Charge { id: id(), office_id: other, ..first.clone() }).await.unwrap());
        assert_eq!(care::find(&mut tx, office, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(care::find(&mut tx, other, first.id).await.unwrap(), None);
        assert!(!care::end(&mut tx, other, first.id, id(), NOW).await.unwrap());
        assert!(care::end(&mut tx, office, first.id, id(), NOW).await.unwrap());
        assert!(!care::end(&mut tx, office, first.id, id(), NOW).await.unwrap());
        assert_eq!(care::find(&mut tx, office, first.id).await.unwrap(), None);
        assert!(care::find_by_person(&mut tx, other, first.person_id).await.unwrap().is_some());
        assert!(care::insert(&mut tx, &Charge { id: id(), ..first }).await.unwrap());
    }

    async fn consent_is_one_per_item_and_what_ended_stays(stage: &Stage) {
        let who = person("0000000001", name("見本", "花子", "みほん", "はなこ"), None, None);
        let charge = charge(stage, stage.office().await.id, who).await.id;
        let life = agree(stage, charge, Item::Life, today()).await;
        agree(stage, charge, Item::CarePlan, today()).await;
        let mut tx = stage.write().await;
        assert!(care::insert_consent(&mut tx, &StoredConsent { id: id(), ..life.clone() }).await.is_err());
        drop(tx);
        let mut tx = stage.write().await;
        let ended = care::end_consents(&mut tx, charge, Some(Item::Life), consent_ended::WITHDRAWN, id(), NOW).await;
        assert_eq!(ended.unwrap(), 1);
        let newest = care::newest_consents(&mut tx, charge).await.unwrap();
        assert_eq!(newest[&Item::Life], StoredConsent { ended_at: Some(NOW), ..life });
        assert_eq!(newest[&Item::CarePlan].ended_at, None);
        assert_eq!(care::end_consents(&mut tx, charge, None, consent_ended::CHARGE_ENDED, id(), NOW).await.unwrap(), 1);
        assert_eq!(care::end_consents(&mut tx, charge, None, consent_ended::CHARGE_ENDED, id(), NOW).await.unwrap(), 0);
    }

    async fn a_match_is_its_finders_and_for_a_while(stage: &Stage) {
        let (account, other) = (stage.administrator().await, id());
        let mut tx = stage.write().await;
        let person_id = care::person_id(&mut tx, "p1", id()).await.unwrap();
        assert_eq!(care::person_id(&mut tx, "p1", id()).await.unwrap(), person_id);
        assert_eq!(care::platform_id(&mut tx, person_id).await.unwrap().as_deref(), Some("p1"));
        let found = Match {
            id: id(),
            account_id: account.id,
            person_id,
            identified_by: "card".to_owned(),
            purpose: "card".to_owned(),
            created_at: NOW,
        };
        care::insert_match(&mut tx, &found).await.unwrap();
        let before = NOW.plus_seconds(-1);
        assert_eq!(care::find_match(&mut tx, account.id, found.id, before).await.unwrap(), Some(found.clone()));
        assert_eq!(care::find_match(&mut tx, other, found.id, before).await.unwrap(), None);
        assert_eq!(care::find_match(&mut tx, account.id, found.id, NOW).await.unwrap(), None);
        let attempt = id();
        care::add_attempt(&mut tx, attempt, account.id, NOW).await.unwrap();
        care::add_attempt(&mut tx, id(), account.id, NOW).await.unwrap();
        assert_eq!(care::attempts(&mut tx, account.id, NOW).await.unwrap(), 2);
        care::forget_attempt(&mut tx, attempt).await.unwrap();
        assert_eq!(care::attempts(&mut tx, account.id, NOW).await.unwrap(), 1);
        assert_eq!(care::purge(&mut tx, NOW.plus_seconds(1)).await.unwrap(), 2);
    }

    async fn the_operators_changes_lie_over_the_matrix(stage: &Stage) {
        let mut tx = stage.write().await;
        assert_eq!(care::load_matrix(&mut tx).await.unwrap(), domain::care::Matrix::default());
        for rule in [Rule::Yes, Rule::OwnOffice] {
            care::set_rule(&mut tx, ViewerClass::Clerical, Item::Life, rule).await.unwrap();
        }
        care::set_consent(&mut tx, Item::Life, false).await.unwrap();
        let matrix = care::load_matrix(&mut tx).await.unwrap();
        assert_eq!(matrix.rule(ViewerClass::Clerical, Item::Life), Rule::OwnOffice);
        assert!(!matrix.needs_consent(Item::Life) && matrix.needs_consent(Item::Survey));
    }

    async fn the_list_goes_by_its_indexes(stage: &Stage) {
        let account = stage.administrator().await;
        five(stage, account.office_id).await;
        // What the planner would choose for the first page in each order; SQLite tells without data.
        if stage.engine == crate::support::Engine::Sqlite {
            for (columns, index) in [
                ("family_kana, given_kana, id", "care_charges_by_reading"),
                ("insured_number, id", "care_charges_by_number"),
                ("level_code, id", "care_charges_by_level"),
                ("until_day, id", "care_charges_by_until"),
            ] {
                let plan = stage.plan(&format!(
                    "SELECT id FROM care_charges WHERE ended_at IS NULL AND office_id = x'00' ORDER BY {columns} LIMIT 20"
                )).await;
                assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{columns}: {plan}");
            }
        }
    }
}
