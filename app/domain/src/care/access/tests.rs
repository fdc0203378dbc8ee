//! The whole matrix as a table, written down here a second time and apart from the code: care-info.md row by row.

use proptest::prelude::*;

use super::*;
use crate::account::SERVICES;

const TODAY: &str = "2025-02-07";

/// Item; planner, other ケアマネ, 福祉用具専門相談員, other care staff, clerical; consent. `W`hole, `O`wn office's, `-` not.
const TABLE: [(&str, &str, bool); 10] = [
    ("insurance_card", "WWWWW", false),
    ("burden_ratio", "WWWWW", false),
    ("burden_limit", "WWWWW", false),
    ("survey", "W----", true),
    ("opinion", "W----", true),
    ("review", "W----", true),
    ("renovation", "WWW--", true),
    ("equipment", "WWW--", true),
    ("life", "WWOO-", true),
    ("care_plan", "WWWW-", true),
];

/// The column of [`TABLE`] by codes alone.
fn column(service: &str, job: &str) -> usize {
    match job {
        "care_manager" | "planner" => usize::from(!matches!(service, "43" | "46" | "AF")),
        "equipment_adviser" => 2,
        "clerk" | "other" => 4,
        _ => 3,
    }
}

fn today() -> Day {
    Day::parse(TODAY).unwrap()
}

fn one<T: Ord>(value: T) -> BTreeSet<T> {
    BTreeSet::from([value])
}

fn consents() -> [(Consent, Option<Hidden>); 6] {
    [
        (Consent::Absent, Some(Hidden::NoConsent)),
        (Consent::Withdrawn, Some(Hidden::NoConsent)),
        (Consent::Until(today().plus_days(-365)), Some(Hidden::Expired)),
        (Consent::Until(today().plus_days(-1)), Some(Hidden::Expired)),
        (Consent::Until(today()), None),
        (Consent::Until(today().plus_days(365)), None),
    ]
}

#[test]
fn every_service_job_item_consent_and_date_is_as_the_table_says() {
    let matrix = Matrix::default();
    assert_eq!(TABLE.map(|(code, ..)| code).to_vec(), Item::ALL.iter().map(|item| item.code()).collect::<Vec<_>>());
    let mut cells = 0;
    for service in SERVICES {
        for job in Job::ALL {
            let (services, jobs) = (one(ServiceCode::from_code(service.code).unwrap()), one(*job));
            let viewer = Viewer { services: &services, jobs: &jobs };
            for (code, row, needs) in TABLE {
                let item = Item::from_code(code).unwrap();
                for (consent, refused) in consents() {
                    for (in_charge, insurer_joined) in [(true, true), (true, false), (false, true), (false, false)] {
                        for emergency in [false, true] {
                            let lifted = needs && refused.is_some();
                            let basis = if lifted { Basis::Emergency } else { Basis::Ordinary };
                            let expected = match (in_charge, row.as_bytes()[column(service.code, job.code())]) {
                                (false, _) => Err(Hidden::NotInCharge),
                                (_, b'-') => Err(Hidden::NotPermitted),
                                _ if !insurer_joined => Err(Hidden::NotJoined),
                                // The emergency lifts consent, and consent only.
                                (_, _) if lifted && !emergency => Err(refused.unwrap()),
                                (_, b'O') => Ok(Grant { extent: Extent::OwnOffice, basis }),
                                _ => Ok(Grant { extent: Extent::Whole, basis }),
                            };
                            let standing = Standing { in_charge, insurer_joined, consent, emergency };
                            let got = judge(&matrix, viewer, item, standing, today());
                            assert_eq!(got, expected, "{} {} {code} {standing:?}", service.code, job.code());
                            cells += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(cells, SERVICES.len() * Job::ALL.len() * 10 * 6 * 4 * 2);
}

#[test]
fn a_setting_of_the_operator_decides_from_then_on() {
    let mut matrix = Matrix::default();
    let (services, jobs) = (one(ServiceCode::from_code("16").unwrap()), one(Job::CareManager));
    let viewer = Viewer { services: &services, jobs: &jobs };
    let standing = Standing { in_charge: true, insurer_joined: true, consent: Consent::Absent, emergency: false };
    let got = |matrix: &Matrix| judge(matrix, viewer, Item::Survey, standing, today());
    assert_eq!(got(&matrix), Err(Hidden::NotPermitted));
    matrix.set(ViewerClass::OtherCareManager, Item::Survey, Rule::Yes);
    assert_eq!(got(&matrix), Err(Hidden::NoConsent));
    matrix.set_consent(Item::Survey, false);
    assert_eq!(got(&matrix), Ok(Grant { extent: Extent::Whole, basis: Basis::Ordinary }));
}

fn some_of<T: Clone + Ord + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = BTreeSet<T>> {
    proptest::collection::btree_set(proptest::sample::select(all), 0..4)
}

fn any_standing() -> impl Strategy<Value = Standing> {
    let consents = proptest::sample::select(consents().map(|(consent, _)| consent).to_vec());
    let standing =
        |(in_charge, insurer_joined, emergency, consent)| Standing { in_charge, insurer_joined, consent, emergency };
    (any::<bool>(), any::<bool>(), any::<bool>(), consents).prop_map(standing)
}

fn codes() -> Vec<ServiceCode> {
    SERVICES.iter().filter_map(|service| ServiceCode::from_code(service.code)).collect()
}

proptest! {
    #[test]
    fn a_further_service_or_job_never_hides_what_was_shown(
        services in some_of(codes()),
        jobs in some_of(Job::ALL.to_vec()),
        (more_services, more_jobs) in (some_of(codes()), some_of(Job::ALL.to_vec())),
        item in proptest::sample::select(Item::ALL.to_vec()),
        standing in any_standing(),
    ) {
        let matrix = Matrix::default();
        let less = judge(&matrix, Viewer { services: &services, jobs: &jobs }, item, standing, today());
        let services = services.union(&more_services).copied().collect();
        let jobs = jobs.union(&more_jobs).copied().collect();
        let more = judge(&matrix, Viewer { services: &services, jobs: &jobs }, item, standing, today());
        if let Ok(shown) = less {
            prop_assert!(more.is_ok_and(|more| more.extent >= shown.extent && more.basis == shown.basis));
        }
    }

    #[test]
    fn an_emergency_hides_nothing_and_shows_only_what_consent_would(
        services in some_of(codes()),
        jobs in some_of(Job::ALL.to_vec()),
        item in proptest::sample::select(Item::ALL.to_vec()),
        standing in any_standing(),
    ) {
        let (matrix, viewer) = (Matrix::default(), Viewer { services: &services, jobs: &jobs });
        let got = |standing| judge(&matrix, viewer, item, standing, today());
        let agreed = got(Standing { consent: Consent::Until(today()), emergency: false, ..standing });
        let emergency = got(Standing { emergency: true, ..standing });
        prop_assert_eq!(emergency.map(|grant| grant.extent), agreed.map(|grant| grant.extent));
    }

    #[test]
    fn nobody_sees_anything_without_service_or_job(
        jobs in some_of(Job::ALL.to_vec()),
        item in proptest::sample::select(Item::ALL.to_vec()),
        standing in any_standing(),
    ) {
        let nothing = BTreeSet::new();
        let viewer = Viewer { services: &nothing, jobs: &jobs };
        prop_assert!(judge(&Matrix::default(), viewer, item, standing, today()).is_err());
    }
}
