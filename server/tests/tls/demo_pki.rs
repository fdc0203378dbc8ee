//! The demo's certificates.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use domain::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use server::{
    certificates::ClientCaStore,
    demo::pki::{
        DemoCertificateKind::{Expired, Foreign, Revoked, Valid},
        DemoPki, DemoPkiError,
    },
};

use super::authority::NOW;

const OFFICES: [(&str, &str); 2] = [("2372101440", "デモ通所介護"), ("1370100002", "デモ訪問介護")];
const DAY_MINUTES: i64 = 24 * 60;

fn ensure(folder: &Path, now: Timestamp) -> DemoPki {
    DemoPki::ensure(folder, &OFFICES, now).unwrap()
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let file = |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    fs::read_dir(folder).unwrap().map(|entry| file(entry.unwrap())).collect()
}

#[test]
fn every_certificate_is_judged_as_its_kind_says() {
    let folder = tempfile::tempdir().unwrap();
    let pki = ensure(folder.path(), NOW);
    let store = ClientCaStore::load(vec![pki.ca], vec![pki.crl], NOW).unwrap();
    let kinds: Vec<_> = pki.certificates.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [Valid, Valid, Expired, Revoked, Foreign]);
    for wanted in &pki.certificates {
        let certificate = CertificateDer::from_pem_file(&wanted.certificate).unwrap();
        let found = store.current().check(&[certificate], NOW);
        assert_eq!(found.as_ref().err().copied(), wanted.kind.problem(), "{wanted:?}");
        if let Ok(found) = found {
            assert_eq!(found.office_number, wanted.office_number);
        }
    }
}

#[test]
fn they_are_kept_until_they_are_about_to_end_or_something_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    ensure(folder.path(), NOW);
    let first = contents(folder.path());

    ensure(folder.path(), NOW.plus_minutes(357 * DAY_MINUTES));
    assert!(contents(folder.path()) == first);

    ensure(folder.path(), NOW.plus_minutes(359 * DAY_MINUTES));
    let second = contents(folder.path());
    assert!(second.keys().eq(first.keys()) && second.iter().all(|(name, bytes)| first[name] != *bytes));

    for lost in first.keys() {
        fs::remove_file(folder.path().join(lost)).unwrap();
        ensure(folder.path(), NOW.plus_minutes(359 * DAY_MINUTES));
        assert!(contents(folder.path()).keys().eq(first.keys()), "{lost}");
    }
}

#[test]
fn only_the_owner_can_read_them() {
    let folder = tempfile::tempdir().unwrap();
    let pki = folder.path().join("certificates");
    fs::create_dir(&pki).unwrap();
    fs::set_permissions(&pki, fs::Permissions::from_mode(0o755)).unwrap();
    ensure(&pki, NOW);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&pki), 0o700);
    for name in contents(&pki).keys() {
        assert_eq!(mode(&pki.join(name)), 0o600, "{name}");
    }
}

#[test]
fn no_key_of_a_ca_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    ensure(folder.path(), NOW);
    let keys: Vec<_> = contents(folder.path()).into_keys().filter(|name| name.contains(".key")).collect();
    assert_eq!(keys, ["1370100002.key", "2372101440.key", "expired.key", "foreign.key", "revoked.key", "server.key"]);
}

#[test]
fn openssl_reads_the_bundles_without_its_legacy_provider() {
    let folder = tempfile::tempdir().unwrap();
    for certificate in ensure(folder.path(), NOW).certificates {
        let mut openssl = Command::new("openssl");
        openssl.args(["pkcs12", "-passin", "pass:demo", "-noout", "-info", "-in"]).arg(&certificate.p12);
        let Ok(output) = openssl.output() else {
            eprintln!("skipped: openssl is not installed");
            return;
        };
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && text.contains("AES-256-CBC"), "{text}");
    }
}

#[test]
fn a_wrong_office_number_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = DemoPki::ensure(folder.path(), &[("../../etc", "x")], NOW).unwrap_err();
    assert!(matches!(error, DemoPkiError::OfficeNumber { .. }));
    assert!(contents(folder.path()).is_empty());
}
