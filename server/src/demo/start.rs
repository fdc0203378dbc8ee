//! `server demo`: everything that a newcomer needs, on loopback, from nothing.

use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
};

use domain::sign_in::SignInPolicy;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::{
    data::{self, OFFICES, SeedError},
    info::{Addresses, DemoInfo},
    people,
    pki::{DemoPki, DemoPkiError},
};
use crate::{
    clock::{Ambient, Entropy, SystemClock, SystemEntropy},
    config::{
        Argon2, ClientCaFiles, Config, Listener, Log, LogFormat, Mail, MailSecurity, Origin, PlatformChoice, Sms, Tls,
        TlsVersion,
    },
    http::Demo,
    services::{Core, RelyingParty},
    start::{self, DemoDoor, StartError},
};

/// What can be chosen for a demo.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// Its folder: database, certificates, keys.
    pub dir: PathBuf,
    /// Another database than the folder's SQLite file.
    pub database_url: Option<SecretString>,
    /// Port of the plain-HTTP door.
    pub http_port: u16,
    /// Port of the public listener.
    pub public_port: u16,
    /// Port of the sign-in listener.
    pub sign_in_port: u16,
    /// Port of the mailbox's SMTP server.
    pub smtp_port: u16,
    /// Port of the mailbox's page and SMS gateway.
    pub mailbox_port: u16,
    /// The mailbox program (run by node).
    pub mailbox: PathBuf,
    /// Folder of the built browser files.
    pub site_dir: PathBuf,
    /// Folder with `ca.pem` and `crl.pem` of the virtual cards' CA; without it no card is accepted.
    pub card_ca: Option<PathBuf>,
    /// Port of reader-bridge.
    pub reader_port: u16,
    /// Log level.
    pub log_level: String,
}

/// Why the demo did not start.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum DemoError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("certificates: {0}")]
    Pki(#[from] DemoPkiError),
    #[error("demo data: {0}")]
    Seed(#[from] SeedError),
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("the mailbox ({}) did not start: {message}", program.display())]
    Mailbox { program: PathBuf, message: String },
    #[error("a demo address is not valid")]
    Address,
}

/// Account and token that the demo's SMS gateway expects.
const SMS_ACCOUNT: &str = "ACdemo";
const SMS_TOKEN: &str = "demo-token";

/// Runs the demo until Ctrl-C.
///
/// Errors: [`DemoError`].
pub async fn run(options: DemoOptions) -> Result<(), DemoError> {
    let clock = Arc::new(SystemClock::default());
    let ambient = Ambient { clock: Arc::clone(&clock) as _, entropy: Arc::new(SystemEntropy) };
    let options = DemoOptions { dir: own_folder(&options.dir)?, ..options };
    let offices: Vec<(&str, &str)> = OFFICES.iter().map(|office| (office.number, office.name)).collect();
    let pki = DemoPki::ensure(&options.dir.join("certificates"), &offices, ambient.now())?;
    let config = config(&options, &pki)?;
    crate::logging::start(&config.log);

    // Kept until the end: the mailbox leaves when its standard input closes.
    let _mailbox = start_mailbox(&options).await?;
    let core = start::open(&config, &ambient).await?;
    // The plain-HTTP door has a sign-in of its own.
    let plain = Origin::plain_localhost(options.http_port);
    let relying_party = RelyingParty::new(config.sign_in.origin.as_str(), &[plain.as_str()]);
    let core = Core { relying_party: relying_party.map_err(StartError::from)?, ..core };
    core.db.migrate().await.map_err(StartError::from)?;
    data::seed(&core).await?;
    people::seed(&core).await?;

    let addresses = Addresses {
        http: plain.as_str().to_owned(),
        https_public: config.public.origin.as_str().to_owned(),
        https_login: config.sign_in.origin.as_str().to_owned(),
        mailbox: format!("http://localhost:{}", options.mailbox_port),
    };
    let info = DemoInfo::new(&addresses, &pki, core.db.engine());
    write_info(&options.dir, &info)?;
    let door = DemoDoor {
        listen: loopback(options.http_port),
        demo: Demo { pki, clock, mailbox: addresses.mailbox.clone(), origin: addresses.http.clone() },
    };
    start::serve(config, core, Some(door), || greet(&info)).await?;
    Ok(())
}

/// The demo's folder, made when missing, with its whole path: `demo-info` must be of use from everywhere.
fn own_folder(dir: &Path) -> Result<PathBuf, DemoError> {
    let made = fs::create_dir_all(dir).and_then(|()| dir.canonicalize());
    made.map_err(|source| DemoError::File { path: dir.to_owned(), source })
}

const fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

fn config(options: &DemoOptions, pki: &DemoPki) -> Result<Config, DemoError> {
    let origin = |port: u16| Origin::https(&format!("https://localhost:{port}")).map_err(|_| DemoError::Address);
    let sqlite = || SecretString::from(format!("sqlite:{}", options.dir.join("demo.db").display()));
    Ok(Config {
        database_url: options.database_url.clone().unwrap_or_else(sqlite),
        public: Listener { listen: loopback(options.public_port), origin: origin(options.public_port)? },
        sign_in: Listener { listen: loopback(options.sign_in_port), origin: origin(options.sign_in_port)? },
        tls: Tls {
            certificate: pki.server_certificate.clone(),
            key: pki.server_key.clone(),
            min_version: TlsVersion::V1_3,
        },
        client_ca: ClientCaFiles { certificates: vec![pki.ca.clone()], crls: vec![pki.crl.clone()] },
        cards: options.card_ca.as_ref().map(|folder| ClientCaFiles {
            certificates: vec![folder.join("ca.pem")],
            crls: vec![folder.join("crl.pem")],
        }),
        master_key: master_key(&options.dir)?,
        previous_master_key: None,
        platform: PlatformChoice::Embedded,
        reader_port: options.reader_port,
        mail: Mail {
            host: "127.0.0.1".to_owned(),
            port: options.smtp_port,
            security: MailSecurity::None,
            credentials: None,
            from: "no-reply@kaigo.example.jp".parse().map_err(|_| DemoError::Address)?,
            timeout_seconds: 10,
        },
        sms: Some(Sms {
            url: format!("http://127.0.0.1:{}", options.mailbox_port).parse().map_err(|_| DemoError::Address)?,
            account: SMS_ACCOUNT.to_owned(),
            password: SMS_TOKEN.into(),
            from: "+815000000000".to_owned(),
            timeout_seconds: 10,
        }),
        support_phone: "0120-000-000（デモ）".to_owned(),
        limits: SignInPolicy::default(),
        argon2: Argon2::default(),
        trusted_proxies: Vec::new(),
        log: Log { format: LogFormat::Text, level: options.log_level.clone() },
        site_dir: options.site_dir.clone(),
        templates_dir: None,
        maintenance_file: Some(options.dir.join("maintenance")),
    })
}

/// The demo's master key: made once, readable by its owner only.
fn master_key(dir: &Path) -> Result<SecretBox<[u8; 32]>, DemoError> {
    let path = dir.join("master.key");
    let file = |source| DemoError::File { path: path.clone(), source };
    if !path.exists() {
        let mut key = [0; 32];
        SystemEntropy.fill(&mut key);
        fs::write(&path, key).map_err(file)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(file)?;
    }
    let bytes = SecretBox::new(Box::new(fs::read(&path).map_err(file)?));
    let key: [u8; 32] =
        bytes.expose_secret().as_slice().try_into().map_err(|_| file(io::ErrorKind::InvalidData.into()))?;
    Ok(SecretBox::new(Box::new(key)))
}

/// Starts the mailbox and waits until it says that it listens.
async fn start_mailbox(options: &DemoOptions) -> Result<Child, DemoError> {
    let failed = |message: String| DemoError::Mailbox { program: options.mailbox.clone(), message };
    let mut child = Command::new("node")
        .arg(&options.mailbox)
        .args(["--smtp", &options.smtp_port.to_string(), "--http", &options.mailbox_port.to_string()])
        .args(["--sms-account", SMS_ACCOUNT, "--sms-token", SMS_TOKEN])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        // Ctrl-C in the terminal is for the server, whose last messages still need the mailbox.
        .process_group(0)
        .spawn()
        .map_err(|error| failed(format!("node cannot be run: {error}")))?;
    let out = child.stdout.take().ok_or_else(|| failed("no output".to_owned()))?;
    let mut lines = BufReader::new(out).lines();
    match lines.next_line().await {
        Ok(Some(_)) => Ok(child),
        _ => Err(failed("it ended before it was ready (is its port taken? `npm ci` in end2end done?)".to_owned())),
    }
}

fn write_info(dir: &Path, info: &DemoInfo) -> Result<(), DemoError> {
    let path = DemoInfo::path(dir);
    let text = serde_json::to_string_pretty(info).unwrap_or_default();
    fs::write(&path, text).map_err(|source| DemoError::File { path, source })
}

/// What a newcomer sees in the terminal.
fn greet(info: &DemoInfo) {
    let mut text = format!(
        "\n  介護保険資格確認等WEBサービス（デモ環境・すべて架空のデータ）\n\n\
         \x20 かんたんに試す        {}\n  公開（TLS）           {}\n  ログイン（TLS・証明書）{}\n  届いたメールを読む    {}\n\n",
        info.http, info.https_public, info.https_login, info.mailbox.page
    );
    text.extend(info.office_users.iter().map(|user| {
        let code = user.security_code.unwrap_or("なし");
        let (id, password, office) = (user.login_id, user.password, user.office_name);
        format!("  事業所ユーザ {id}  パスワード {password}  セキュリティコード {code}  （{office}）\n")
    }));
    text.push_str("\n  クライアント証明書（.p12、パスワード demo）\n");
    text.extend(
        info.client_certificates
            .valid
            .iter()
            .map(|certificate| format!("    {}  {}\n", certificate.office_number, certificate.p12.display())),
    );
    text.push_str("\n  Ctrl-C で終了します。\n");
    println!("{text}");
}
