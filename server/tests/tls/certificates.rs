//! The strict check of client certificates.

use app::error::CertificateProblem::{Expired, Missing, Revoked, UnknownIssuer};
use domain::Timestamp;
use rcgen::ExtendedKeyUsagePurpose;
use server::{
    certificates::{ClientCa, ClientCaError, ClientCaStore, ClientCaWarning},
    secret::sha256_hex,
};

use super::authority::{Authority, NOW, OFFICE, Wanted};

const DAY_MINUTES: i64 = 24 * 60;

fn trusting(ca: &Authority) -> ClientCa {
    ClientCa::new(&[ca.certificate()], &[]).unwrap()
}

#[test]
fn a_good_certificate_names_its_office() {
    let ca = Authority::new("CA");
    let certificate = ca.issue(&Wanted::default());
    let found = trusting(&ca).check(std::slice::from_ref(&certificate), NOW).unwrap();
    assert_eq!(found.office_number, OFFICE);
    assert_eq!(found.fingerprint, sha256_hex(&certificate));
    assert_eq!(found.ends, NOW.plus_minutes(30 * DAY_MINUTES));
}

#[test]
fn no_certificate_is_missing() {
    assert_eq!(trusting(&Authority::new("CA")).check(&[], NOW), Err(Missing));
}

#[test]
fn a_certificate_counts_from_its_first_to_its_last_second() {
    let ca = Authority::new("CA");
    let chain = [ca.issue(&Wanted::default())];
    let ca = trusting(&ca);
    let (begins, ends) = (NOW.plus_minutes(-DAY_MINUTES), NOW.plus_minutes(30 * DAY_MINUTES));
    assert_eq!(ca.check(&chain, begins.plus_seconds(-1)), Err(Expired));
    assert!(ca.check(&chain, begins).is_ok());
    assert!(ca.check(&chain, ends).is_ok());
    assert_eq!(ca.check(&chain, ends.plus_seconds(1)), Err(Expired));
}

#[test]
fn a_foreign_ca_of_the_same_name_is_unknown() {
    let foreign = Authority::new("CA").issue(&Wanted::default());
    assert_eq!(trusting(&Authority::new("CA")).check(&[foreign], NOW), Err(UnknownIssuer));
}

#[test]
fn of_several_problems_the_origin_is_told_first_then_revocation() {
    let (ca, other) = (Authority::new("CA"), Authority::new("Other"));
    let past = Wanted { from_day: -60, to_day: -30, ..Wanted::default() };
    let strict = ClientCa::new(&[ca.certificate()], &[ca.crl(-1, 1, &[7])]).unwrap();
    assert_eq!(strict.check(&[other.issue(&past)], NOW), Err(UnknownIssuer));
    assert_eq!(strict.check(&[ca.issue(&past)], NOW), Err(Revoked));
    let numberless = Wanted { number: None, serial: 8, ..past };
    assert_eq!(strict.check(&[ca.issue(&numberless)], NOW), Err(UnknownIssuer));
}

#[test]
fn what_is_no_client_certificate_of_an_office_is_unknown() {
    let ca = Authority::new("CA");
    let strict = trusting(&ca);
    let check = |wanted: Wanted| strict.check(&[ca.issue(&wanted)], NOW);
    let server = Wanted { usage: ExtendedKeyUsagePurpose::ServerAuth, ..Wanted::default() };
    assert_eq!(check(server), Err(UnknownIssuer));
    assert_eq!(check(Wanted { number: None, ..Wanted::default() }), Err(UnknownIssuer));
    assert_eq!(check(Wanted { number: Some("23721014"), ..Wanted::default() }), Err(UnknownIssuer));
    assert_eq!(strict.check(&[ca.certificate()], NOW), Err(UnknownIssuer));
    assert_eq!(strict.check(&[vec![0x30, 0x03, 1, 2, 3].into()], NOW), Err(UnknownIssuer));
    assert_eq!(strict.check(&[vec![].into()], NOW), Err(UnknownIssuer));
}

#[test]
fn a_changed_byte_anywhere_is_never_accepted() {
    let ca = Authority::new("CA");
    let (strict, good) = (trusting(&ca), ca.issue(&Wanted::default()));
    for position in 0..good.len() {
        let mut changed = good.to_vec();
        changed[position] ^= 1;
        assert!(strict.check(&[changed.into()], NOW).is_err(), "byte {position}");
    }
}

#[test]
fn intermediate_cas_are_followed() {
    let root = Authority::new("Root");
    let issuing = root.intermediate("Issuing");
    let own = issuing.issue(&Wanted::default());
    let strict = trusting(&root);
    assert!(strict.check(&[own.clone(), issuing.certificate()], NOW).is_ok());
    assert_eq!(strict.check(&[own], NOW), Err(UnknownIssuer));
}

#[test]
fn an_intermediate_ca_that_is_configured_has_its_own_list() {
    let root = Authority::new("Root");
    let issuing = root.intermediate("Issuing");
    let chain = [issuing.issue(&Wanted::default()), issuing.certificate()];
    let roots = [root.certificate(), issuing.certificate()];
    let strict = ClientCa::new(&roots, &[issuing.crl(-1, 1, &[7])]).unwrap();
    assert_eq!(strict.check(&chain, NOW), Err(Revoked));
}

#[test]
fn two_generations_of_a_ca_each_use_their_own_list() {
    let (old, new) = (Authority::new("CA"), Authority::new("CA"));
    let crls = [old.crl(-1, 1, &[7]), new.crl(-1, 1, &[])];
    let strict = ClientCa::new(&[old.certificate(), new.certificate()], &crls).unwrap();
    assert_eq!(strict.check(&[old.issue(&Wanted::default())], NOW), Err(Revoked));
    assert!(strict.check(&[new.issue(&Wanted::default())], NOW).is_ok());
}

#[test]
fn of_several_lists_the_newest_counts() {
    let ca = Authority::new("CA");
    let chain = [ca.issue(&Wanted::default())];
    let (older, newer) = (ca.crl(-10, -3, &[]), ca.crl(-2, 5, &[7]));
    for crls in [[older.clone(), newer.clone()], [newer, older]] {
        assert_eq!(ClientCa::new(&[ca.certificate()], &crls).unwrap().check(&chain, NOW), Err(Revoked));
    }
}

#[test]
fn an_overdue_list_stays_in_force_and_is_warned_of() {
    let ca = Authority::new("CA");
    let strict = ClientCa::new(&[ca.certificate()], &[ca.crl(-10, -3, &[7])]).unwrap();
    assert_eq!(strict.check(&[ca.issue(&Wanted::default())], NOW), Err(Revoked));
    assert!(strict.check(&[ca.issue(&Wanted { serial: 8, ..Wanted::default() })], NOW).is_ok());
    let overdue = ClientCaWarning::CrlOverdue { ca: "CN=CA".to_owned(), due: "2025/02/04 00:00".to_owned() };
    assert_eq!(strict.warnings(NOW), [overdue]);
}

#[test]
fn warnings_name_a_missing_list_and_an_ended_ca() {
    let strict = trusting(&Authority::new("CA"));
    assert_eq!(strict.warnings(NOW), [ClientCaWarning::NoCrl { ca: "CN=CA".to_owned() }]);
    let late = strict.warnings(NOW.plus_minutes(1_001 * DAY_MINUTES));
    assert!(late.contains(&ClientCaWarning::CaEnded { ca: "CN=CA".to_owned(), ended: "2027/11/04 00:00".to_owned() }));
}

#[test]
fn unusable_files_are_refused() {
    let (ca, other) = (Authority::new("CA"), Authority::new("CA"));
    let own = [ca.certificate()];
    assert!(matches!(ClientCa::new(&[], &[]), Err(ClientCaError::NoCertificate)));
    let crl_of_other = [other.crl(-1, 1, &[])];
    assert!(matches!(ClientCa::new(&own, &crl_of_other), Err(ClientCaError::CrlOfAnotherIssuer)));
    let leaf = [ca.issue(&Wanted::default())];
    assert!(matches!(ClientCa::new(&leaf, &[]), Err(ClientCaError::NotACa(_))));
    assert!(matches!(ClientCa::new(&own, &[vec![0x30, 0].into()]), Err(ClientCaError::BadCrl(_))));
    assert!(matches!(ClientCa::from_pem(b"no PEM at all", b""), Err(ClientCaError::NoCertificate)));
}

#[test]
fn a_new_list_applies_after_a_reload_and_a_broken_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let (ca_file, crl_file) = (folder.path().join("ca.pem"), folder.path().join("ca.crl"));
    let ca = Authority::new("CA");
    let chain = [ca.issue(&Wanted::default())];
    std::fs::write(&ca_file, ca.pem()).unwrap();
    std::fs::write(&crl_file, ca.crl_with_pem(-2, 5, &[]).1).unwrap();
    let store = ClientCaStore::load(vec![ca_file], vec![crl_file.clone()], NOW).unwrap();
    assert!(store.current().check(&chain, NOW).is_ok());

    // As DER, the other form in which CAs publish lists.
    std::fs::write(&crl_file, ca.crl(-1, 6, &[7])).unwrap();
    assert!(store.current().check(&chain, NOW).is_ok());
    store.reload(NOW).unwrap();
    assert_eq!(store.current().check(&chain, NOW), Err(Revoked));

    for broken in ["", "-----BEGIN X509 CRL-----\nbroken"] {
        std::fs::write(&crl_file, broken).unwrap();
        let error = store.reload(NOW).unwrap_err();
        assert!(error.to_string().contains("ca.crl"), "{error}");
        assert_eq!(store.current().check(&chain, NOW), Err(Revoked));
    }
}

#[test]
fn times_that_no_certificate_knows_are_refused_quietly() {
    let ca = Authority::new("CA");
    let chain = [ca.issue(&Wanted::default())];
    for micros in [i64::MIN, 0, i64::MAX] {
        assert_eq!(trusting(&ca).check(&chain, Timestamp::from_micros(micros)), Err(Expired));
    }
}
