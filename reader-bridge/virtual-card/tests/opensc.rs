//! An independent judge: `OpenSC` recognises the card over a real PC/SC service and signs with it, openssl verifies.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

use getrandom::{SysRng, rand_core::UnwrapErr};
use time::OffsetDateTime;
use virtual_card::{
    apdu_log::ApduLog,
    authority::{Algorithm, Authority},
    card::Card,
    insertion::Insertion,
    pcsc_service::{PcscService, SOCKET_VARIABLE},
    person::{PEOPLE, Person},
    preset::Preset,
};

const PORT: u16 = 21_300;

fn now() -> OffsetDateTime {
    #[expect(clippy::disallowed_methods, reason = "openssl compares with the machine's clock")]
    OffsetDateTime::now_utc()
}

fn authority() -> (PathBuf, Authority) {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ca");
    let authority = Authority::open(&dir, now(), &mut UnwrapErr(SysRng)).unwrap();
    (dir, authority)
}

fn card(authority: &Authority, person: &Person, algorithm: Algorithm, preset: Preset) -> Card {
    Card::new(authority, person, algorithm, preset, now(), &mut UnwrapErr(SysRng)).unwrap()
}

/// `OpenSC`'s PKCS #11 module, in the folder of this machine's architecture.
fn pkcs11() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path());
    let mut modules = folders.map(|folder| folder.join("opensc-pkcs11.so"));
    modules.find(|module| module.exists()).expect("opensc-pkcs11 is installed")
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}: is the package installed?"))
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

#[test]
fn opensc_recognises_the_card_and_signs_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut service = PcscService::new(&dir.path().join("pcsc"), PORT).unwrap();
    service.start().unwrap();
    let (_, authority) = authority();
    let _card =
        Insertion::insert(card(&authority, &PEOPLE[0], Algorithm::Rsa, Preset::Normal), PORT, ApduLog::default());
    let tool = |name: &str| {
        let mut command = Command::new(name);
        command.env(SOCKET_VARIABLE, service.socket());
        command
    };
    let started = Instant::now();
    let listed = loop {
        let listed = text(&run(tool("pkcs15-tool").args(["--reader", "0", "--list-certificates", "--list-pins"])));
        if listed.contains("Tries left") || started.elapsed() > Duration::from_secs(10) {
            break listed;
        }
        thread::sleep(Duration::from_millis(100));
    };
    assert!(listed.contains("User Authentication Certificate") && listed.contains("Tries left     : 3"), "{listed}");

    let file = |name: &str| dir.path().join(name);
    fs::write(file("message"), "message").unwrap();
    let signed = run(tool("pkcs11-tool")
        .arg("--module")
        .arg(pkcs11())
        .args(["--token-label", "JPKI (User Authentication PIN)", "--login", "--pin", "1234"])
        .args(["--sign", "--id", "01", "-m", "SHA256-RSA-PKCS", "-i"])
        .arg(file("message"))
        .arg("-o")
        .arg(file("signature")));
    assert!(signed.status.success(), "{}", text(&signed));
    let read = run(tool("pkcs15-tool").args(["--reader", "0", "--read-certificate", "01"]));
    fs::write(file("certificate.pem"), &read.stdout).unwrap();
    let key = run(Command::new("openssl").args(["x509", "-noout", "-pubkey", "-in"]).arg(file("certificate.pem")));
    fs::write(file("public.pem"), &key.stdout).unwrap();
    let verified = run(Command::new("openssl")
        .args(["dgst", "-sha256", "-verify"])
        .arg(file("public.pem"))
        .arg("-signature")
        .arg(file("signature"))
        .arg(file("message")));
    assert!(text(&verified).contains("Verified OK"), "{}", text(&verified));
}

/// What openssl says of a card's certificate under the written CA and revocation list.
fn judged(person: &Person, algorithm: Algorithm, preset: Preset) -> String {
    let (ca, authority) = authority();
    let der = card(&authority, person, algorithm, preset).content().certificate.clone();
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), der).unwrap();
    let pem = run(Command::new("openssl").args(["x509", "-inform", "DER", "-in"]).arg(file.path()));
    fs::write(file.path(), &pem.stdout).unwrap();
    text(&run(Command::new("openssl")
        .args(["verify", "-crl_check", "-CAfile"])
        .arg(ca.join("ca.pem"))
        .arg("-CRLfile")
        .arg(ca.join("crl.pem"))
        .arg(file.path())))
}

#[test]
fn openssl_judges_the_certificates_as_meant() {
    for algorithm in [Algorithm::Rsa, Algorithm::P384] {
        assert!(judged(&PEOPLE[1], algorithm, Preset::Normal).contains(": OK"));
        assert!(judged(&PEOPLE[1], algorithm, Preset::ExpiredCertificate).contains("certificate has expired"));
        assert!(judged(&PEOPLE[3], algorithm, Preset::Normal).contains("certificate revoked"));
    }
}
