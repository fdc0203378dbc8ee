use domain::{
    Timestamp,
    account::PersonName,
    care::{Day, EmergencyScope, Sex},
};
use server::storage::care::{
    self, Charge, Snapshot,
    emergencies::{self, StoredEmergency, StoredUse},
};
use uuid::Uuid;

use super::stage::{NOW, Stage, id, name, on_both_engines};

fn declared(scope: EmergencyScope, minutes: i64) -> StoredEmergency {
    StoredEmergency {
        id: id(),
        scope,
        title: "令和7年2月豪雨".to_owned(),
        started_at: NOW,
        ends_at: NOW.plus_minutes(minutes),
    }
}

fn hanako() -> PersonName {
    name("見本", "花子", "みほん", "はなこ")
}

/// A stored 担当 of an office.
async fn charge(stage: &Stage, office: Uuid) -> Charge {
    let mut tx = stage.write().await;
    let charge = Charge {
        id: id(),
        office_id: office,
        person_id: care::person_id(&mut tx, &id().to_string(), id()).await.unwrap(),
        person: Snapshot {
            insurer_number: "990010".to_owned(),
            insurer_name: "みほん市".to_owned(),
            insured_number: "0000000001".to_owned(),
            name: hanako(),
            born_on: Day::parse("1940-04-01").unwrap(),
            sex: Sex::Female,
            level: None,
            until: None,
            changed_at: NOW,
        },
        identified_by: "items".to_owned(),
        purpose: "no_card".to_owned(),
        started_at: NOW,
        started_by: id(),
    };
    assert!(care::insert(&mut tx, &charge).await.unwrap());
    tx.commit().await.unwrap();
    charge
}

fn used(emergency: &StoredEmergency, charge: &Charge, account: Uuid, at: Timestamp) -> StoredUse {
    StoredUse {
        id: id(),
        emergency_id: emergency.id,
        office_id: charge.office_id,
        account_id: account,
        charge_id: charge.id,
        person_id: charge.person_id,
        reason: "避難先での介助のため".to_owned(),
        used_at: at,
        open_until: at.plus_minutes(60),
    }
}

on_both_engines! {
    async fn declarations_hold_until_their_end_or_until_they_are_ended(stage: &Stage) {
        let office = domain::office::OfficeNumber::parse("2372101440").unwrap();
        let all = [
            declared(EmergencyScope::Everywhere, 10),
            declared(EmergencyScope::prefecture("23").unwrap(), 30),
            declared(EmergencyScope::Office(office), 20),
        ];
        let mut tx = stage.write().await;
        for emergency in &all {
            emergencies::declare(&mut tx, emergency).await.unwrap();
        }
        let found = emergencies::in_force(&mut tx, NOW).await.unwrap();
        assert_eq!(found, [all[1].clone(), all[2].clone(), all[0].clone()], "the longest first");
        assert_eq!(emergencies::in_force(&mut tx, NOW.plus_minutes(10)).await.unwrap().len(), 2);
        assert_eq!(emergencies::in_force(&mut tx, NOW.plus_seconds(-1)).await.unwrap().len(), 0);
        assert!(emergencies::end(&mut tx, all[1].id, NOW.plus_minutes(1)).await.unwrap());
        assert!(!emergencies::end(&mut tx, all[1].id, NOW.plus_minutes(1)).await.unwrap());
        assert_eq!(emergencies::in_force(&mut tx, NOW.plus_minutes(1)).await.unwrap().len(), 2);
    }

    async fn a_use_is_open_for_its_account_and_stays_in_the_record(stage: &Stage) {
        let account = stage.administrator().await;
        let colleague = stage.administrator_of(account.office_id, "NursingUserA001").await;
        let charge = charge(stage, account.office_id).await;
        let emergency = declared(EmergencyScope::Everywhere, 600);
        let (first, second) =
            (used(&emergency, &charge, account.id, NOW), used(&emergency, &charge, account.id, NOW.plus_minutes(5)));
        let mut tx = stage.write().await;
        emergencies::declare(&mut tx, &emergency).await.unwrap();
        for one in [&first, &second] {
            emergencies::insert_use(&mut tx, one).await.unwrap();
        }
        let open = emergencies::open_use(&mut tx, account.id, charge.id, NOW.plus_minutes(6)).await.unwrap();
        assert_eq!(open.as_ref(), Some(&second), "the newest");
        assert_eq!(emergencies::open_use(&mut tx, account.id, charge.id, NOW.plus_minutes(65)).await.unwrap(), None);
        assert_eq!(emergencies::open_use(&mut tx, colleague, charge.id, NOW).await.unwrap(), None);
        assert!(emergencies::end(&mut tx, emergency.id, NOW.plus_minutes(7)).await.unwrap());
        assert_eq!(emergencies::open_use(&mut tx, account.id, charge.id, NOW.plus_minutes(8)).await.unwrap(), None);
        let record = emergencies::uses_for(&mut tx, account.office_id, charge.person_id).await.unwrap();
        assert_eq!(record, [second.clone(), first.clone()]);
        assert_eq!(emergencies::uses_for(&mut tx, id(), charge.person_id).await.unwrap(), []);

        let page = emergencies::uses(&mut tx, account.office_id, false, 1, 1).await.unwrap();
        let [row] = page.as_slice() else { panic!("{page:?}") };
        assert_eq!((row.id, row.login_id.as_str(), row.name.as_str()), (first.id, "NursingUserA000", "田中 蓮"));
        assert_eq!((row.person.as_str(), row.reviewed_at, row.reviewer.as_deref()), ("0000000001 見本 花子", None, None));
        assert_eq!(emergencies::find_use(&mut tx, account.office_id, first.id).await.unwrap().as_ref(), Some(&first));
        assert_eq!(emergencies::find_use(&mut tx, id(), first.id).await.unwrap(), None);
        assert!(emergencies::review(&mut tx, first.id, colleague, NOW.plus_minutes(9)).await.unwrap());
        assert!(!emergencies::review(&mut tx, first.id, account.id, NOW.plus_minutes(10)).await.unwrap(), "once");
        assert_eq!(emergencies::count_uses(&mut tx, account.office_id, false).await.unwrap(), 2);
        assert_eq!(emergencies::count_uses(&mut tx, account.office_id, true).await.unwrap(), 1);
        let open = emergencies::uses(&mut tx, account.office_id, true, 9, 0).await.unwrap();
        assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [second.id]);
        let all = emergencies::uses(&mut tx, account.office_id, false, 9, 0).await.unwrap();
        assert_eq!(all[1].reviewer.as_deref(), Some("NursingUserA001"));
        assert_eq!(emergencies::count_uses(&mut tx, id(), false).await.unwrap(), 0);
    }

    async fn everybody_with_one_number_is_found_in_the_office_only(stage: &Stage) {
        let office = stage.office().await.id;
        let (one, two) = (charge(stage, office).await, charge(stage, office).await);
        charge(stage, stage.office().await.id).await;
        let mut tx = stage.write().await;
        let found = care::find_by_number(&mut tx, office, "0000000001").await.unwrap();
        assert_eq!(found.iter().map(|charge| charge.id).collect::<Vec<_>>(), [one.id, two.id]);
        care::end(&mut tx, office, one.id, id(), NOW).await.unwrap();
        assert_eq!(care::find_by_number(&mut tx, office, "0000000001").await.unwrap().len(), 1);
        assert_eq!(care::find_by_number(&mut tx, office, "0000000002").await.unwrap().len(), 0);
    }
}
