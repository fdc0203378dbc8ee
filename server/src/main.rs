//! Command line and wiring.

mod commands;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Parser, Subcommand};
use secrecy::SecretString;
use server::{
    clock::{Ambient, SystemClock, SystemEntropy},
    config::Config,
    demo::{
        info::DemoInfo,
        start::{self as demo, DemoOptions},
    },
    logging, services, start, storage,
};

/// Password hashing takes and gives back 19 MB at a time on many threads; the system's allocator keeps such blocks for each
/// of them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 介護保険資格確認等WEBサービス: an independent implementation.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the configured listeners until SIGINT or SIGTERM.
    Serve(Settings),
    /// Brings the database's schema up to date.
    Migrate {
        #[command(flatten)]
        settings: Settings,
        /// A role of PostgreSQL that `serve` will use: given what serving needs and no more.
        #[arg(long, value_name = "ROLE")]
        serve_as: Option<String>,
    },
    /// Checks configuration, files and database, and says what is wrong.
    Doctor(Settings),
    /// Takes 事業所 and 事業所ユーザ from a CSV file: all rows or none.
    ImportOffice {
        #[command(flatten)]
        settings: Settings,
        /// The file, UTF-8 with a header line.
        file: PathBuf,
    },
    /// Accounts of every office: IDs and states, locks, initial passwords.
    User {
        #[command(flatten)]
        settings: Settings,
        #[command(subcommand)]
        command: commands::user::UserCommand,
    },
    /// A new deployment: configuration with random keys, database, first office. Never overwrites.
    Bootstrap(commands::bootstrap::BootstrapArguments),
    /// Fills the embedded registry of insured persons from a JSON file: everything in it or nothing.
    ImportRegistry {
        #[command(flatten)]
        settings: Settings,
        /// The file, UTF-8.
        file: PathBuf,
    },
    /// Which service and job sees which item of care information.
    ViewMatrix {
        #[command(flatten)]
        settings: Settings,
        #[command(subcommand)]
        command: commands::view_matrix::ViewMatrixCommand,
    },
    /// What stands under お知らせ on the top page.
    News {
        #[command(flatten)]
        settings: Settings,
        #[command(subcommand)]
        command: commands::news::NewsCommand,
    },
    /// When the service will be away, announced on every page.
    Maintenance {
        #[command(flatten)]
        settings: Settings,
        #[command(subcommand)]
        command: commands::maintenance::MaintenanceCommand,
    },
    /// 災害時の閲覧: viewing without consent, with a reason, while a disaster lasts.
    Emergency {
        #[command(flatten)]
        settings: Settings,
        #[command(subcommand)]
        command: commands::emergency::EmergencyCommand,
    },
    /// Verifies the audit trail's hash chain and names the first broken row.
    VerifyAudit {
        #[command(flatten)]
        settings: Settings,
        /// What an earlier run printed (`1234:a1b2…`), kept elsewhere: shows also whether the trail was cut and its end moved.
        #[arg(long)]
        known: Option<String>,
    },
    /// A demo on loopback with made-up data.
    Demo(DemoArguments),
    /// Prints a running demo's addresses, certificates and accounts as JSON.
    DemoInfo {
        /// The demo's folder.
        #[arg(long, default_value = "target/demo")]
        dir: PathBuf,
    },
}

#[derive(clap::Args)]
struct Settings {
    /// Configuration file; its keys can be overridden by CARE_… variables.
    #[arg(long)]
    config: Option<PathBuf>,
}

#[derive(clap::Args)]
struct DemoArguments {
    /// The demo's folder.
    #[arg(long, default_value = "target/demo")]
    dir: PathBuf,
    /// Another database than the folder's SQLite file.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Port of the plain-HTTP door.
    #[arg(long, default_value_t = 8080)]
    http_port: u16,
    /// Port of the public listener.
    #[arg(long, default_value_t = 8443)]
    public_port: u16,
    /// Port of the listener that asks for client certificates.
    #[arg(long, default_value_t = 8444)]
    sign_in_port: u16,
    /// Port of the mailbox's SMTP server.
    #[arg(long, default_value_t = 8025)]
    smtp_port: u16,
    /// Port of the mailbox's page and SMS gateway.
    #[arg(long, default_value_t = 8026)]
    mailbox_port: u16,
    /// The mailbox program.
    #[arg(long, default_value = "end2end/mailbox/index.js")]
    mailbox: PathBuf,
    /// Folder of the built browser files.
    #[arg(long, default_value = "target/site")]
    site_dir: PathBuf,
    /// Folder with ca.pem and crl.pem of the virtual cards' CA (`virtual-card ca`).
    #[arg(long)]
    card_ca: Option<PathBuf>,
    /// Port of reader-bridge.
    #[arg(long, default_value_t = protocol::DEFAULT_PORT)]
    reader_port: u16,
    /// Log level.
    #[arg(long, default_value = "warn")]
    log_level: String,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(run(arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error.as_ref()),
    }
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

fn ambient() -> Ambient {
    Ambient { clock: Arc::new(SystemClock::default()), entropy: Arc::new(SystemEntropy) }
}

/// Configuration, logging and everything the services need, with the schema checked.
async fn open(settings: &Settings) -> Result<(Config, services::Core), Failure> {
    let config = Config::load(settings.config.as_deref())?;
    logging::start(&config.log);
    let core = start::open(&config, &ambient()).await?;
    core.db.check_schema().await?;
    Ok((config, core))
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(settings) => {
            let (config, core) = open(&settings).await?;
            start::serve(config, core, None, || tracing::info!("ready")).await?;
        }
        Command::Migrate { settings, serve_as } => {
            let config = Config::load(settings.config.as_deref())?;
            logging::start(&config.log);
            let db = start::open(&config, &ambient()).await?.db;
            db.migrate().await?;
            println!("the schema is up to date");
            if let Some(role) = serve_as {
                db.grant_serving(&role).await?;
                println!("{role} may serve");
            }
        }
        Command::Doctor(settings) => {
            let (config, core) = open(&settings).await?;
            config.warnings().iter().for_each(|warning| println!("warning: {warning}"));
            check_platform(&config, &core).await?;
            println!("configuration and {} database are in order", core.db.engine());
        }
        Command::ImportOffice { settings, file } => import(&settings, &file).await?,
        Command::User { settings, command } => commands::user::run(&open(&settings).await?.1, command).await?,
        Command::Bootstrap(arguments) => commands::bootstrap::run(&arguments, &ambient()).await?,
        Command::ImportRegistry { settings, file } => import_registry(&settings, &file).await?,
        Command::ViewMatrix { settings, command } => {
            commands::view_matrix::run(&open(&settings).await?.1, command).await?;
        }
        Command::News { settings, command } => commands::news::run(&open(&settings).await?.1, command).await?,
        Command::Maintenance { settings, command } => {
            commands::maintenance::run(&open(&settings).await?.1, command).await?;
        }
        Command::Emergency { settings, command } => {
            commands::emergency::run(&open(&settings).await?.1, command).await?;
        }
        Command::VerifyAudit { settings, known } => {
            verify_audit(&open(&settings).await?.1.db, known.as_deref()).await?;
        }
        Command::Demo(arguments) => demo::run(options(arguments)).await?,
        Command::DemoInfo { dir } => {
            let path = DemoInfo::path(&dir);
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error} (is the demo running? `make run`)", path.display()))?;
            println!("{text}");
        }
    }
    Ok(())
}

/// Asks a remote platform for its name card. Errors: it is away, refuses the token, or is none.
async fn check_platform(config: &Config, core: &services::Core) -> Result<(), Failure> {
    let Some(remote) = start::remote_platform(config, &core.ambient)? else { return Ok(()) };
    remote.check().await.map_err(|error| format!("platform.url: {error}; the log lines above say why"))?;
    println!("the remote platform answers");
    Ok(())
}

async fn verify_audit(db: &storage::Db, known: Option<&str>) -> Result<(), Failure> {
    let verified = storage::audit::verify(db).await?;
    if let Some(known) = known {
        let anchor = storage::audit::Anchor::parse(known).ok_or("--known: write it as an earlier run printed it")?;
        storage::audit::check_anchor(db, &anchor).await?;
    }
    println!("{} audit rows: the chain is unbroken", verified.rows);
    if let Some(end) = storage::audit::end(db).await? {
        println!("keep this elsewhere and give it to the next run: --known {end}");
    }
    Ok(())
}

async fn import(settings: &Settings, file: &std::path::Path) -> Result<(), Failure> {
    let (_, core) = open(settings).await?;
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let rows = services::office_import::read_csv(&bytes)?;
    let done = services::office_import::import(&core, &rows).await?;
    println!("{} new offices, {} new accounts, {} updated accounts", done.offices, done.created, done.updated);
    Ok(())
}

async fn import_registry(settings: &Settings, file: &std::path::Path) -> Result<(), Failure> {
    let (_, core) = open(settings).await?;
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let done = services::care::import::import(&core, &services::care::import::read_json(&bytes)?).await?;
    println!("{} insurers, {} people, {} terminal accounts", done.insurers, done.people, done.terminals);
    Ok(())
}

fn options(arguments: DemoArguments) -> DemoOptions {
    DemoOptions {
        dir: arguments.dir,
        database_url: arguments.database_url.map(SecretString::from),
        http_port: arguments.http_port,
        public_port: arguments.public_port,
        sign_in_port: arguments.sign_in_port,
        smtp_port: arguments.smtp_port,
        mailbox_port: arguments.mailbox_port,
        mailbox: arguments.mailbox,
        site_dir: arguments.site_dir,
        card_ca: arguments.card_ca,
        reader_port: arguments.reader_port,
        log_level: arguments.log_level,
    }
}
