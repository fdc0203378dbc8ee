//! The demo's insured persons. Made up, the same in every run; dates are counted from the day of the first start, so that
//! certificates that end soon still do.

use domain::{
    Timestamp,
    account::{LoginId, PersonName},
    care::{Day, InsuredNumber, InsurerNumber, Item, Relation, Sex},
    office::check_digit,
};
use uuid::Uuid;

use super::data::{OFFICES, SAMPLES, SeedError, prefix_of};
use crate::{
    services::{
        Core,
        care::import::{self, ImportInsurer, ImportPerson, ImportTerminal, RegistryFile},
    },
    storage::{
        Tx, accounts,
        care::{self, Charge, StoredConsent, consent_ended},
        offices, registry,
    },
};

mod record;

/// How many there are.
pub const COUNT: usize = 216;

/// The first of them, in whose charge no office is: for trying 本人確認.
pub const FREE: usize = 24;

/// How many of the others the first office is in charge of, and the second.
const IN_CHARGE: [usize; 2] = [96, 36];

/// First five digits and name of the demo's insurers. No prefecture has the number 99. The last one takes no part yet.
const INSURERS: [(&str, &str); 6] = [
    ("99001", "みほん市"),
    ("99002", "れんしゅう市"),
    ("99003", "ためし町"),
    ("99004", "れいだい村"),
    ("99005", "みほん中部広域連合"),
    ("99006", "さんか前市"),
];

const FAMILY: [(&str, &str); 12] = [
    ("見本", "みほん"),
    ("例田", "れいだ"),
    ("試山", "ためしやま"),
    ("仮野", "かりの"),
    ("練習", "れんしゅう"),
    ("架空", "かくう"),
    ("想田", "そうだ"),
    ("図書", "ずしょ"),
    ("空本", "そらもと"),
    ("例髙", "れいたか"),
    ("模川", "もがわ"),
    ("試﨑", "ためさき"),
];

const GIVEN: [(&str, &str, Sex); 18] = [
    ("花子", "はなこ", Sex::Female),
    ("太郎", "たろう", Sex::Male),
    ("さくら", "さくら", Sex::Female),
    ("一", "はじめ", Sex::Male),
    ("すみれ", "すみれ", Sex::Female),
    ("次郎", "じろう", Sex::Male),
    ("ゆり", "ゆり", Sex::Female),
    ("正", "ただし", Sex::Male),
    ("きく", "きく", Sex::Female),
    ("実", "みのる", Sex::Male),
    ("はる", "はる", Sex::Female),
    ("清", "きよし", Sex::Male),
    ("千代", "ちよ", Sex::Female),
    ("勇", "いさむ", Sex::Male),
    ("ふみ", "ふみ", Sex::Female),
    ("茂", "しげる", Sex::Male),
    ("とめ", "とめ", Sex::Female),
    ("昭", "あきら", Sex::Male),
];

/// オンライン資格確認ユーザID, password and 端末固有ID of the demo's terminal account.
pub const TERMINAL: (&str, &str, &str) = ("DEMO0000000001", "demo-terminal-2025", "DEMO-TERMINAL-0001");

/// The same for whichever terminal somebody tries the demo with.
pub const ANY_TERMINAL: (&str, &str, &str) = ("DEMO0000000002", "demo-terminal-2025", "");

fn account((user_id, password, terminal_id): (&str, &str, &str)) -> ImportTerminal {
    ImportTerminal { user_id: user_id.to_owned(), password: password.into(), terminal_id: terminal_id.to_owned() }
}

/// Holders of virtual cards: name, reading, birthday, sex, serial number of the certificate on the card.
const CARD_HOLDERS: [([&str; 4], &str, Sex, &str); 3] = [
    (["見本", "花子", "みほん", "はなこ"], "1950-04-01", Sex::Female, "100101"),
    (["試験", "一郎", "しけん", "いちろう"], "1938-12-15", Sex::Male, "100201"),
    (["失効", "四郎", "しっこう", "しろう"], "1960-02-29", Sex::Male, "100401"),
];

/// The `n`th holder of a virtual card: somebody after all the others, with a name of their own.
fn card_holder(n: usize, today: Day) -> Result<ImportPerson, SeedError> {
    let ([family, given, family_kana, given_kana], born_on, sex, certificate) = CARD_HOLDERS[n];
    let name = PersonName {
        family: family.to_owned(),
        given: given.to_owned(),
        family_kana: family_kana.to_owned(),
        given_kana: given_kana.to_owned(),
    };
    let born_on = Day::parse(born_on).ok_or(SeedError::Data("birthday"))?;
    Ok(ImportPerson { name, born_on, sex, certificate: Some(certificate.to_owned()), ..person(COUNT + n, today)? })
}

fn number(body: &str) -> Result<InsurerNumber, SeedError> {
    let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
    let number = format!("{body}{}", check_digit(&digits));
    InsurerNumber::parse(&number).map_err(|_| SeedError::Data("insurer number"))
}

/// The `n`th person, as of `today`.
pub fn person(n: usize, today: Day) -> Result<ImportPerson, SeedError> {
    let (family, family_kana) = FAMILY[n % FAMILY.len()];
    let (given, given_kana, sex) = GIVEN[(n / FAMILY.len() * 7 + n) % GIVEN.len()];
    let insured = format!("{:010}", 1_000_000 + n * 37);
    let born_on = Day::parse("1960-03-01").ok_or(SeedError::Data("birthday"))?;
    let born_on = born_on.plus_days(-i64::try_from(n * 53 % 11_000).unwrap_or(0));
    // Of those who are free for trying, one belongs to the insurer that takes no part; of the rest, nobody.
    let insurer = if n == FREE - 1 { INSURERS.len() - 1 } else { n % (INSURERS.len() - 1) };
    Ok(ImportPerson {
        insurer_number: number(INSURERS[insurer].0)?,
        insured_number: InsuredNumber::parse(&insured).map_err(|_| SeedError::Data("insured number"))?,
        name: PersonName {
            family: family.to_owned(),
            given: given.to_owned(),
            family_kana: family_kana.to_owned(),
            given_kana: given_kana.to_owned(),
        },
        born_on,
        sex,
        certificate: Some(certificate(n)),
        record: record::record(n, today, INSURERS[insurer].1),
    })
}

/// Serial number of the certificate on the `n`th person's virtual card.
pub fn certificate(n: usize) -> String {
    format!("DEMO{:08X}", 0x00A0_0000 + n * 0x101)
}

/// Fills an empty registry and puts the first offices in charge; does nothing when the first person is there already.
pub async fn seed(core: &Core) -> Result<(), SeedError> {
    let now = core.ambient.now();
    let today = Day::new(now.date());
    let first = person(0, today)?;
    let mut tx = core.db.read().await?;
    let (insurer, insured) = (first.insurer_number.as_str(), first.insured_number.as_str());
    if registry::person_by_number(&mut tx, insurer, insured).await?.is_some() {
        return Ok(());
    }
    drop(tx);
    let file = RegistryFile {
        insurers: INSURERS.iter().enumerate().map(insurer_of).collect::<Result<_, _>>()?,
        people: (0..COUNT)
            .map(|n| person(n, today))
            .chain((0..CARD_HOLDERS.len()).map(|n| card_holder(n, today)))
            .collect::<Result<_, _>>()?,
        terminals: [TERMINAL, ANY_TERMINAL].map(account).to_vec(),
    };
    import::import(core, &file).await.map_err(|_| SeedError::Data("people"))?;
    let mut tx = core.db.write().await?;
    let mut next = FREE;
    for (office, count) in OFFICES.iter().zip(IN_CHARGE) {
        let stored = offices::find_by_number(&mut tx, office.number).await?.ok_or(SeedError::Data("office"))?;
        let administrator = format!("{}{}", prefix_of(office), SAMPLES[0].0);
        let administrator = LoginId::parse(&administrator).map_err(|_| SeedError::Data("login_id"))?;
        let by = accounts::find_by_login_id(&mut tx, &administrator).await?;
        let place = Place { office: stored.id, by: by.ok_or(SeedError::Data("administrator"))?.id, now };
        for n in next..next + count {
            take_charge(core, &mut tx, &place, n, &file.people[n]).await?;
        }
        next += count;
    }
    tx.commit().await?;
    Ok(())
}

fn insurer_of((at, (body, name)): (usize, &(&str, &str))) -> Result<ImportInsurer, SeedError> {
    Ok(ImportInsurer { number: number(body)?, name: (*name).to_owned(), joined: at + 1 < INSURERS.len() })
}

/// Which office takes charge, who registers it, and the present.
struct Place {
    office: Uuid,
    by: Uuid,
    now: Timestamp,
}

async fn take_charge(
    core: &Core,
    tx: &mut Tx,
    place: &Place,
    n: usize,
    person: &ImportPerson,
) -> Result<(), SeedError> {
    let (insurer, insured) = (person.insurer_number.as_str(), person.insured_number.as_str());
    let known = registry::person_by_number(tx, insurer, insured).await?.ok_or(SeedError::Data("person"))?;
    let insurer = registry::insurer(tx, insurer).await?.ok_or(SeedError::Data("insurer"))?;
    let started_at = place.now.plus_minutes(-24 * 60 * i64::try_from(3 + n * 5 % 200).unwrap_or(3));
    let today = Day::new(place.now.date());
    let charge = Charge {
        id: core.ambient.id(),
        office_id: place.office,
        person_id: care::person_id(tx, &known.id.to_string(), core.ambient.id()).await?,
        person: import::snapshot(&known, &insurer, today),
        identified_by: if n.is_multiple_of(2) { "card" } else { "items" }.to_owned(),
        purpose: if n.is_multiple_of(2) { "card" } else { "no_card" }.to_owned(),
        started_at,
        started_by: place.by,
    };
    care::insert(tx, &charge).await?;
    consents(core, tx, place, n, &charge).await
}

/// Given, withdrawn, past its last day, by a proxy, only in part, and absent.
async fn consents(core: &Core, tx: &mut Tx, place: &Place, n: usize, charge: &Charge) -> Result<(), SeedError> {
    let (by, now) = (place.by, place.now);
    let today = Day::new(now.date());
    // Spread over names and levels.
    let way = (n + n / 12) % 6;
    let all =
        [Item::Survey, Item::Opinion, Item::Review, Item::Renovation, Item::Equipment, Item::Life, Item::CarePlan];
    let (items, until): (&[Item], Day) = match way {
        0 | 1 => (&all, today.plus_days(300)),
        2 => (&all[5..], today.plus_days(40)),
        3 => (&all, today.plus_days(-1)),
        4 => (&all[..], today.plus_days(200)),
        _ => (&[], today),
    };
    let proxy = (way == 1).then(|| (charge.person.name.family.clone() + "　良", Relation::Child));
    for item in items {
        let consent = StoredConsent {
            id: core.ambient.id(),
            charge_id: charge.id,
            item: *item,
            until_day: until,
            proxy_name: proxy.as_ref().map(|(name, _)| name.clone()),
            proxy_relation: proxy.as_ref().map(|(_, relation)| *relation),
            given_at: charge.started_at,
            given_by: by,
            ended_at: None,
        };
        care::insert_consent(tx, &consent).await?;
    }
    if way == 4 {
        care::end_consents(tx, charge.id, None, consent_ended::WITHDRAWN, by, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::care::{BurdenRatio, CareLevel, Validity, validity};

    use super::*;

    #[test]
    fn every_state_is_among_the_demos_people() {
        let today = Day::parse("2025-02-07").unwrap();
        let people: Vec<ImportPerson> = (0..COUNT).map(|n| person(n, today).unwrap()).collect();
        let level = |person: &ImportPerson| person.record.insurance_card.as_ref().and_then(|card| card.level);
        let levels: BTreeSet<Option<CareLevel>> = people.iter().map(level).collect();
        assert_eq!(levels.len(), CareLevel::ALL.len() + 1, "{levels:?}");
        let ratios: BTreeSet<BurdenRatio> =
            people.iter().filter_map(|person| Some(person.record.burden_ratio.as_ref()?.ratio)).collect();
        assert_eq!(ratios.len(), BurdenRatio::ALL.len());
        let says = |person: &ImportPerson| validity(person.record.insurance_card.as_ref(), today);
        let valid = people.iter().filter(|person| matches!(says(person), Validity::Valid { .. })).count();
        let ends = people.iter().filter(|person| matches!(says(person), Validity::EndsIn { .. })).count();
        let expired = people.iter().filter(|person| matches!(says(person), Validity::Expired { .. })).count();
        let none = people.iter().filter(|person| matches!(says(person), Validity::None(_))).count();
        assert!(valid >= 80 && ends >= 20 && expired >= 10 && none >= 10, "{valid} {ends} {expired} {none}");
        let numbers: BTreeSet<&str> = people.iter().map(|person| person.insured_number.as_str()).collect();
        assert_eq!(numbers.len(), COUNT);
        let insurers: BTreeSet<&str> = people.iter().map(|person| person.insurer_number.as_str()).collect();
        assert_eq!(insurers.len(), INSURERS.len());
    }
}
