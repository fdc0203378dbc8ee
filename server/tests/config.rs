//! The operator's settings: defaults, layers, and what is said about mistakes.

use std::{collections::HashMap, fs, path::PathBuf};

use secrecy::ExposeSecret;
use server::config::{Argon2, Config, LogFormat, MailSecurity, Origin, PlatformChoice, TlsVersion};

mod config {
    pub mod remote;
}

use config::remote::{remote, times};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const HEX_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";

/// The shortest configuration that fits.
const LEAST: &str = r#"
site_dir = "site"
database.url = "sqlite:care.db"
public = { listen = "127.0.0.1:8080", origin = "https://care.example.jp" }
sign_in = { listen = "127.0.0.1:8443", origin = "https://care.example.jp:8443" }
tls = { certificate = "server.pem", key = "server.key" }
client_ca.certificates = ["ca.pem"]
keys.master = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
mail = { host = "mail.example.jp", from = "no-reply@care.example.jp" }
support.phone = "0120-000-000"
"#;

fn environment(variables: &[(&str, &str)]) -> HashMap<String, String> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn parse(variables: &[(&str, &str)]) -> Config {
    Config::parse(LEAST, environment(variables)).unwrap()
}

/// The problems of the shortest configuration with `variables` over it, one line each.
fn problems(variables: &[(&str, &str)]) -> Vec<String> {
    let error = Config::parse(LEAST, environment(variables)).unwrap_err();
    error.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_left_out_has_safe_defaults() {
    let config = parse(&[]);
    assert_eq!(config.tls.min_version, TlsVersion::V1_3);
    assert_eq!((config.mail.security, config.mail.port), (MailSecurity::StartTls, 587));
    assert_eq!((config.log.format, config.log.level.as_str()), (LogFormat::Json, "info"));
    assert_eq!(config.argon2, Argon2::default());
    assert_eq!(config.limits.code_minutes, 30);
    assert!(config.sms.is_none() && config.mail.credentials.is_none() && config.templates_dir.is_none());
    assert!(config.trusted_proxies.is_empty() && config.client_ca.crls.is_empty());
    assert!(config.cards.is_none() && config.previous_master_key.is_none());
    assert_eq!(config.reader_port, protocol::DEFAULT_PORT);
    assert!(matches!(config.platform, PlatformChoice::Embedded));
}

#[test]
fn the_example_fits_and_shows_the_defaults() {
    let example = include_str!("../config.example.toml");
    let key = tempfile::NamedTempFile::new().unwrap();
    fs::write(key.path(), KEY).unwrap();
    let variables = [("CARE_KEYS__MASTER_FILE", key.path().to_str().unwrap())];
    Config::parse(example, environment(&variables)).unwrap();

    // Every commented key, taken in: they fit too, and are the defaults where they stand for defaults.
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), "secret\n").unwrap();
    let is_prose = |line: &&str| line.starts_with("# ") && !line.contains(" = ") && !line.starts_with("# [");
    let all: String = example
        .lines()
        .filter(|l| !is_prose(l) && !l.contains("CARE_"))
        .fold(String::new(), |text, line| format!("{text}{}\n", line.strip_prefix("# ").unwrap_or(line)));
    let path = secret.path().to_str().unwrap();
    let all = all.replace("/etc/care/mail.password", path).replace("/etc/care/sms.password", path);
    let all = all.replace("/etc/care/platform.token", path);
    let all = all.replace("/etc/care/master.key.old", key.path().to_str().unwrap());
    let config = Config::parse(&all, environment(&variables)).unwrap();
    let least = parse(&[]);
    let without_codes =
        |config: &Config| format!("{:?}", config.limits).replace("code_minutes: 10", "code_minutes: 30");
    assert_eq!(without_codes(&config), without_codes(&least));
    let machine = Argon2 { concurrent: 2, ..least.argon2 };
    assert_eq!((config.argon2, &config.log, config.mail.port), (machine, &least.log, least.mail.port));
    assert_eq!(config.reader_port, least.reader_port);
    assert_eq!(config.cards.unwrap().crls, [PathBuf::from("/etc/care/cards/ca.crl")]);
    assert!(config.previous_master_key.is_some());
    assert_eq!(config.mail.credentials.unwrap().password.expose_secret(), "secret");
    assert_eq!(config.sms.unwrap().password.expose_secret(), "secret");
    let (shown, shortest) = (remote(config.platform), remote(parse(&REMOTE).platform));
    assert_eq!(shown.token.expose_secret(), "secret");
    assert_eq!(times(&shown), times(&shortest));
    assert_eq!(shown.max_response_kib, shortest.max_response_kib);
}

/// The shortest settings of a remote platform.
const REMOTE: [(&str, &str); 3] = [
    ("CARE_PLATFORM__KIND", "http"),
    ("CARE_PLATFORM__URL", "https://platform.example.jp/r4"),
    ("CARE_PLATFORM__TOKEN", "marker-6f1d"),
];

#[test]
fn the_environment_goes_over_the_file_and_database_url_over_both() {
    let config = parse(&[
        ("CARE_CONFIG", "/not/a/setting"),
        ("CARE_MAIL__HOST", "localhost"),
        ("CARE_MAIL__SECURITY", "none"),
        ("CARE_TRUSTED_PROXIES", "10.0.0.1, ::1"),
        ("CARE_CLIENT_CA__CRLS", "a.crl,b.crl"),
        ("CARE_LIMITS__CODE_MINUTES", "10"),
        ("CARE_KEYS__MASTER", HEX_KEY),
        ("CARE_DATABASE__URL", "sqlite:other.db"),
        ("DATABASE_URL", "postgres://care@db/care?sslmode=verify-full"),
        ("UNRELATED", "x"),
    ]);
    assert_eq!(
        (config.mail.host.as_str(), config.mail.security, config.mail.port),
        ("localhost", MailSecurity::None, 25)
    );
    assert_eq!(config.trusted_proxies, ["10.0.0.1".parse::<std::net::IpAddr>().unwrap(), "::1".parse().unwrap()]);
    assert_eq!(config.client_ca.crls, [PathBuf::from("a.crl"), PathBuf::from("b.crl")]);
    assert_eq!(config.limits.code_minutes, 10);
    assert_eq!(config.master_key.expose_secret(), parse(&[]).master_key.expose_secret());
    assert_eq!(config.database_url.expose_secret(), "postgres://care@db/care?sslmode=verify-full");
}

#[test]
fn a_secret_file_goes_over_a_lower_layers_secret() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "postgres://care:pw@db/care?sslmode=verify-full\n").unwrap();
    let path = file.path().to_str().unwrap();
    for variables in [
        vec![("DATABASE_URL_FILE", path)],
        vec![("CARE_DATABASE__URL_FILE", path)],
        vec![("DATABASE_URL_FILE", path), ("CARE_DATABASE__URL", "sqlite:other.db")],
    ] {
        assert_eq!(
            parse(&variables).database_url.expose_secret(),
            "postgres://care:pw@db/care?sslmode=verify-full",
            "{variables:?}"
        );
    }
    let over_file = [("CARE_DATABASE__URL_FILE", "/nowhere"), ("DATABASE_URL", "sqlite:care.db")];
    assert_eq!(parse(&over_file).database_url.expose_secret(), "sqlite:care.db");
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    insta::assert_snapshot!(Config::parse("", HashMap::new()).unwrap_err(), @r#"
    the configuration does not fit:
      database.url: missing; expected a URL that begins with sqlite: or postgres://, here or in a file that database.url_file names
      public.listen: missing; expected an IP address and port such as 0.0.0.0:443
      public.origin: missing; expected an https address without a path such as https://care.example.jp
      sign_in.listen: missing; expected an IP address and port such as 0.0.0.0:443
      sign_in.origin: missing; expected an https address without a path such as https://care.example.jp
      tls.certificate: missing; expected the server certificate's PEM file
      tls.key: missing; expected the server key's PEM file
      client_ca.certificates: missing; expected the certificate files of the CA that issues client certificates
      keys.master: missing; expected 32 random bytes as base64 or hexadecimal digits, here or in a file that keys.master_file names
      mail.host: missing; expected the mail server's host name
      mail.from: missing; expected a mail address such as 資格確認 <no-reply@care.example.jp>
      support.phone: missing; expected the help desk's telephone number
      site_dir: missing; expected the folder with the built browser files
    "#);
}

#[test]
fn every_mistake_names_its_key_and_what_is_expected() {
    let mistakes = [
        ("CARE_PUBLIC__LISTEN", "localhost"),
        ("CARE_PUBLIC__ORIGIN", "http://care.example.jp"),
        ("CARE_SIGN_IN__ORIGIN", "https://care.example.jp/login"),
        ("CARE_TLS__MIN_VERSION", "1.1"),
        ("CARE_MAIL__PORT", "70000"),
        ("CARE_MAIL__SECURITY", "ssl"),
        ("CARE_MAIL__FROM", "nobody"),
        ("CARE_MAIL__USERNAME", "care"),
        ("CARE_MAIL__HOTS", "x"),
        ("CARE_SMS__URL", "http://sms.example.jp"),
        ("CARE_SUPPORT__PHONE", " "),
        ("CARE_LIMITS__CODE_MINUTES", "0"),
        ("CARE_LIMITS__IDLE_MINUTES", "half an hour"),
        ("CARE_ARGON2__MEMORY_KIB", "1024"),
        ("CARE_TRUSTED_PROXIES", "10.0.0.1,proxy"),
        ("CARE_LOG__FORMAT", "xml"),
        ("CARE_LOG__LEVEL", "loud=very"),
    ];
    insta::assert_snapshot!(problems(&mistakes).join("\n"), @r#"
    public.listen (CARE_PUBLIC__LISTEN): expected an IP address and port such as 0.0.0.0:443, got "localhost"
    public.origin (CARE_PUBLIC__ORIGIN): expected an https address without a path such as https://care.example.jp, got "http://care.example.jp"
    sign_in.origin (CARE_SIGN_IN__ORIGIN): expected an https address without a path such as https://care.example.jp, got "https://care.example.jp/login"
    tls.min_version (CARE_TLS__MIN_VERSION): expected 1.3 or 1.2, got "1.1"
    mail.security (CARE_MAIL__SECURITY): expected starttls, tls or none, got "ssl"
    mail.port (CARE_MAIL__PORT): expected a port number from 1 to 65535, got "70000"
    mail.username: expected mail.username and mail.password, or neither
    mail.from (CARE_MAIL__FROM): expected a mail address such as 資格確認 <no-reply@care.example.jp>, got "nobody"
    sms.url (CARE_SMS__URL): expected an https address (http only for localhost), got "http://sms.example.jp"
    sms.account: missing; expected the account's name
    sms.password: missing; expected a password that is not empty, here or in a file that sms.password_file names
    sms.from: missing; expected the sender's number or name
    support.phone (CARE_SUPPORT__PHONE): expected the help desk's telephone number, got " "
    limits.code_minutes (CARE_LIMITS__CODE_MINUTES): expected minutes from 1 to 60, got "0"
    limits.idle_minutes (CARE_LIMITS__IDLE_MINUTES): expected minutes from 1 to 1440, got "half an hour"
    argon2.memory_kib (CARE_ARGON2__MEMORY_KIB): expected KiB from 19456 to 4194304, got "1024"
    trusted_proxies (CARE_TRUSTED_PROXIES): expected an IP address, got "proxy"
    log.format (CARE_LOG__FORMAT): expected json or text, got "xml"
    log.level (CARE_LOG__LEVEL): expected a level such as info, or a tracing filter, got "loud=very"
    mail.hots (CARE_MAIL__HOTS): unknown key
    "#);
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let contradictions = [
        ("CARE_SIGN_IN__LISTEN", "127.0.0.1:8080"),
        ("CARE_SIGN_IN__ORIGIN", "https://CARE.example.jp:443/"),
        ("CARE_MAIL__SECURITY", "none"),
        ("CARE_LIMITS__ATTEMPT_MINUTES", "20"),
        ("CARE_LIMITS__SESSION_MINUTES", "20"),
    ];
    insta::assert_snapshot!(problems(&contradictions).join("\n"), @r#"
    sign_in.listen: expected another address than public.listen (127.0.0.1:8080)
    sign_in.origin: expected another origin than public.origin (https://care.example.jp)
    mail.security: expected starttls or tls: none is only for localhost, not for mail.example.jp
    limits.attempt_minutes: expected at least limits.code_minutes (30)
    limits.session_minutes: expected at least limits.idle_minutes (30)
    "#);
}

#[test]
fn secrets_appear_neither_in_problems_nor_in_debug() {
    let secret = "marker-6f1d";
    let wrong = problems(&[("DATABASE_URL", secret), ("CARE_KEYS__MASTER", secret), ("CARE_MAIL__PASSWORD", secret)]);
    insta::assert_snapshot!(wrong.join("\n"), @r#"
    database.url (DATABASE_URL): expected a URL that begins with sqlite: or postgres://
    keys.master (CARE_KEYS__MASTER): expected 32 random bytes as base64 or hexadecimal digits
    mail.username: expected mail.username and mail.password, or neither
    "#);
    let not_toml =
        Config::parse(&format!("a = 1\n[keys]\nmaster = {secret}\n"), HashMap::new()).unwrap_err().to_string();
    insta::assert_snapshot!(not_toml, @r#"
    the configuration does not fit:
      configuration file: expected TOML: TOML parse error at line 3, column 10; string values must be quoted, expected literal string
    "#);
    let good = parse(&[
        ("DATABASE_URL", "postgres://care:marker-6f1d@db/care?sslmode=verify-full"),
        ("CARE_MAIL__USERNAME", "care"),
        ("CARE_MAIL__PASSWORD", secret),
    ]);
    let shown = format!("{good:?}");
    assert!([wrong.join("\n"), not_toml, shown].iter().all(|text| !text.contains(secret)));
}

#[test]
fn a_secret_and_its_file_in_one_layer_are_refused() {
    let both = [("CARE_KEYS__MASTER", KEY), ("CARE_KEYS__MASTER_FILE", "/nowhere")];
    assert_eq!(problems(&both), ["keys.master: expected either this or keys.master_file, got both"]);
    let lost = [("CARE_KEYS__MASTER_FILE", "/nowhere")];
    let no_file =
        "keys.master_file (CARE_KEYS__MASTER_FILE): cannot read /nowhere: No such file or directory (os error 2)";
    assert_eq!(problems(&lost), [no_file]);
}

#[test]
fn a_list_is_no_secret_and_a_text_no_list() {
    let toml =
        LEAST.replace("url = \"sqlite:care.db\"", "url = [\"sqlite:care.db\"]").replace("\"site\"", "[\"site\"]");
    insta::assert_snapshot!(Config::parse(&toml, HashMap::new()).unwrap_err(), @r#"
    the configuration does not fit:
      database.url: expected a URL that begins with sqlite: or postgres://
      site_dir: expected the folder with the built browser files, got a list
    "#);
    assert_eq!(
        parse(&[("CARE_CLIENT_CA__CERTIFICATES", "one.pem")]).client_ca.certificates,
        [PathBuf::from("one.pem")]
    );
}

#[test]
fn a_placeholder_is_no_master_key() {
    for key in ["", "changeme", &"00".repeat(32), &"g".repeat(64), &KEY[..40]] {
        let toml = LEAST.replace(KEY, key);
        let error = Config::parse(&toml, HashMap::new()).unwrap_err().to_string();
        assert!(error.ends_with("keys.master: expected 32 random bytes as base64 or hexadecimal digits"), "{error}");
    }
}

#[test]
fn what_is_allowed_but_unwise_is_warned_of() {
    let unwise = parse(&[("CARE_TLS__MIN_VERSION", "1.2")]);
    insta::assert_snapshot!(unwise.warnings().join("\n"), @r#"
    limits.code_minutes: one-time codes are valid for 30 minutes; 10 or fewer are recommended
    tls.min_version: TLS 1.2 is accepted; 1.3 is recommended
    client_ca.crls: none given, so revoked client certificates are not recognised
    "#);
    let wise = parse(&[("CARE_LIMITS__CODE_MINUTES", "10"), ("CARE_CLIENT_CA__CRLS", "ca.crl")]);
    assert!(wise.warnings().is_empty());
}

#[test]
fn origins_are_written_as_browsers_write_them() {
    assert_eq!(Origin::https("https://Care.Example.jp:443/").unwrap().as_str(), "https://care.example.jp");
    let origin = Origin::https("https://localhost:8443").unwrap();
    assert_eq!((origin.as_str(), origin.host()), ("https://localhost:8443", "localhost"));
    assert_eq!(Origin::plain_localhost(8080).as_str(), "http://localhost:8080");
    for wrong in ["care.example.jp", "https://", "https://u@a", "https://a?b", "https://a#b", "https://a/b", "wss://a"]
    {
        assert!(Origin::https(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn files_that_are_not_there_are_all_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("care.toml");
    let inside = |name: &str| folder.path().join(name).display().to_string();
    let text = LEAST.replace("\"server.", &format!("\"{}", inside("server.")));
    fs::write(&file, text.replace("\"ca.pem", &format!("\"{}", inside("ca.pem")))).unwrap();
    fs::write(folder.path().join("server.pem"), "").unwrap();
    let error = Config::load(Some(&file)).unwrap_err().to_string();
    let expected = [
        "the configuration does not fit:".to_owned(),
        format!("  tls.key: expected a file, found none at {}", inside("server.key")),
        "  site_dir: expected a folder, found none at site".to_owned(),
        format!("  client_ca.certificates: expected a file, found none at {}", inside("ca.pem")),
    ];
    assert_eq!(error.lines().collect::<Vec<_>>(), expected);
    let nowhere = Config::load(Some(&folder.path().join("nowhere.toml"))).unwrap_err().to_string();
    assert!(nowhere.contains("nowhere.toml: cannot read the configuration file: No such file"), "{nowhere}");
}
