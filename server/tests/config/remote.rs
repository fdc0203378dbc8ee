//! What is on other machines: platform, mail, SMS, database.

use server::config::{PlatformChoice, RemotePlatform};

use crate::{REMOTE, parse, problems};

pub(crate) fn remote(platform: PlatformChoice) -> RemotePlatform {
    match platform {
        PlatformChoice::Http(remote) => remote,
        PlatformChoice::Embedded => panic!("embedded"),
    }
}

pub(crate) fn times(remote: &RemotePlatform) -> [u64; 3] {
    [remote.connect_timeout_seconds, remote.attempt_timeout_seconds, remote.timeout_seconds]
}

#[test]
fn a_remote_platform_needs_address_and_token() {
    let config = parse(&REMOTE);
    assert!(!format!("{config:?}").contains("marker-6f1d"));
    assert_eq!(times(&remote(config.platform)), [3, 5, 12]);
    insta::assert_snapshot!(problems(&REMOTE[..1]).join("\n"), @r#"
    platform.url: missing; expected an https address (http only for localhost) without a query
    platform.token: missing; expected a token of visible ASCII characters, here or in a file that platform.token_file names
    "#);
    let wrong = [
        ("CARE_PLATFORM__KIND", "http"),
        ("CARE_PLATFORM__URL", "http://platform.example.jp/r4"),
        ("CARE_PLATFORM__TOKEN", "marker 6f1d"),
        ("CARE_PLATFORM__CONNECT_TIMEOUT_SECONDS", "20"),
        ("CARE_PLATFORM__ATTEMPT_TIMEOUT_SECONDS", "15"),
        ("CARE_PLATFORM__MAX_RESPONSE_KIB", "0"),
        ("CARE_PLATFORM__RETRIES", "1"),
    ];
    insta::assert_snapshot!(problems(&wrong).join("\n"), @r#"
    platform.url (CARE_PLATFORM__URL): expected an https address (http only for localhost) without a query, got "http://platform.example.jp/r4"
    platform.token (CARE_PLATFORM__TOKEN): expected a token of visible ASCII characters
    platform.max_response_kib (CARE_PLATFORM__MAX_RESPONSE_KIB): expected KiB from 16 to 65536, got "0"
    platform.attempt_timeout_seconds: expected at least platform.connect_timeout_seconds (20)
    platform.timeout_seconds: expected at least platform.attempt_timeout_seconds (15)
    platform.retries (CARE_PLATFORM__RETRIES): unknown key
    "#);
    let query = [REMOTE[0], ("CARE_PLATFORM__URL", "https://platform.example.jp/?x=1"), REMOTE[2]];
    assert_eq!(problems(&query).len(), 1);
}

#[test]
fn a_platforms_settings_without_its_kind_are_no_silent_default() {
    assert_eq!(problems(&REMOTE[1..]), ["platform.kind: expected http: there are settings of a remote platform"]);
    let kind = problems(&[("CARE_PLATFORM__KIND", "fhir")]);
    assert_eq!(kind, [r#"platform.kind (CARE_PLATFORM__KIND): expected embedded or http, got "fhir""#]);
}

#[test]
fn plain_mail_and_sms_are_for_this_machine_only() {
    for host in ["localhost", "127.0.0.1", "127.3.2.1", "::1", "[::1]"] {
        parse(&[("CARE_MAIL__SECURITY", "none"), ("CARE_MAIL__HOST", host)]);
    }
    for host in ["mail", "localhost.example.jp", "10.0.0.1", "0.0.0.0"] {
        let refused = format!("mail.security: expected starttls or tls: none is only for localhost, not for {host}");
        assert_eq!(problems(&[("CARE_MAIL__SECURITY", "none"), ("CARE_MAIL__HOST", host)]), [refused]);
    }
    let sms = [("CARE_SMS__ACCOUNT", "a"), ("CARE_SMS__PASSWORD", "p"), ("CARE_SMS__FROM", "f")];
    for url in ["https://sms.example.jp/x", "http://127.0.0.1:9/x", "http://[::1]:9/x"] {
        assert_eq!(parse(&[&sms[..], &[("CARE_SMS__URL", url)]].concat()).sms.unwrap().url.as_str(), url);
    }
}

#[test]
fn a_database_on_another_machine_is_reached_by_verified_tls_only() {
    let refused = "database.url: expected sslmode=verify-full (and sslrootcert=… for a CA of your own) for a database on \
                   another machine; database.allow_unverified = true allows less";
    let remote = ["db", "10.0.0.1", "localhost.example.jp"].map(|host| format!("postgres://care:pw@{host}/care"));
    for url in &remote {
        for mode in ["", "?sslmode=disable", "?sslmode=prefer", "?sslmode=require", "?ssl-mode=require"] {
            assert_eq!(problems(&[("DATABASE_URL", &format!("{url}{mode}"))]), [refused], "{url}{mode}");
        }
        for mode in ["verify-full", "verify-ca"] {
            assert_eq!(parse(&[("DATABASE_URL", &format!("{url}?sslmode={mode}"))]).warnings().len(), 2);
        }
        let allowed = parse(&[("DATABASE_URL", url), ("CARE_DATABASE__ALLOW_UNVERIFIED", "true")]);
        assert_eq!(allowed.warnings()[1], "database.allow_unverified: the database's certificate is not verified");
    }
    // What the address says first is not where it leads.
    assert_eq!(problems(&[("DATABASE_URL", "postgres://care@localhost/care?host=db")]), [refused]);
    let here = ["localhost", "127.0.0.1:5433", "[::1]", "%2Frun%2Fpostgresql"];
    for url in here.map(|host| format!("postgres://care@{host}/care")) {
        parse(&[("DATABASE_URL", &url)]);
    }
    parse(&[("DATABASE_URL", "postgres:///care?host=/run/postgresql")]);
}
