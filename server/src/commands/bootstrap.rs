//! `server bootstrap`: from nothing to a configured, migrated deployment with its first office. Never overwrites.

use std::{
    collections::HashMap,
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use server::{
    clock::Ambient,
    config::Config,
    services::office_import::{self, ImportRow, Imported},
    start, storage,
};

mod settings;

use settings::{example_with, key_text};

/// Where the deployment lives and what only its operator can know.
#[derive(clap::Args)]
pub(crate) struct BootstrapArguments {
    /// Folder for care.toml and master.key; made when missing.
    #[arg(long, default_value = "/etc/care")]
    dir: PathBuf,
    /// `sqlite:…` or `postgres://…`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "sqlite:/var/lib/care/care.db")]
    database_url: String,
    /// Address of the top page, such as `https://care.example.jp`.
    #[arg(long)]
    origin: String,
    /// Address of the listener that asks for client certificates; usually the same with a port.
    #[arg(long)]
    sign_in_origin: String,
    /// The mail server's host name.
    #[arg(long)]
    mail_host: String,
    /// The sender of mails.
    #[arg(long)]
    mail_from: String,
    /// The help desk's phone number.
    #[arg(long)]
    support_phone: String,
    /// Folder of the built browser files.
    #[arg(long, default_value = "/opt/care/site")]
    site_dir: PathBuf,
    /// The first offices, as `import-office` takes them.
    #[arg(long, conflicts_with_all = ["office_number", "office_name", "login_id", "email", "password_file"])]
    offices: Option<PathBuf>,
    /// Instead of a file: the first office's 事業所番号.
    #[arg(long, required_unless_present = "offices")]
    office_number: Option<String>,
    /// Its 事業所名.
    #[arg(long, required_unless_present = "offices")]
    office_name: Option<String>,
    /// ユーザID of its 事業所ユーザ: `KJ` and 12 digits.
    #[arg(long, required_unless_present = "offices")]
    login_id: Option<String>,
    /// Where its one-time codes go.
    #[arg(long, required_unless_present = "offices")]
    email: Option<String>,
    /// File with its password: a command line can be read by others.
    #[arg(long, required_unless_present = "offices")]
    password_file: Option<PathBuf>,
}

type Failure = Box<dyn std::error::Error>;

pub(crate) async fn run(arguments: &BootstrapArguments, ambient: &Ambient) -> Result<(), Failure> {
    let offices = first_offices(arguments)?;
    fs::create_dir_all(&arguments.dir).map_err(|error| at(&arguments.dir, &error))?;
    let dir = arguments.dir.canonicalize().map_err(|error| at(&arguments.dir, &error))?;
    let (settings, key) = (dir.join("care.toml"), dir.join("master.key"));
    if let Some(there) = [&settings, &key].into_iter().find(|file| file.exists()) {
        return Err(format!("{} is there already; nothing was changed. Choose another --dir", there.display()).into());
    }
    let text = example_with(arguments, &dir);
    write_new(&key, &key_text(ambient))?;
    let done = match write_new(&settings, &text) {
        Ok(()) => fill(&text, &offices, ambient).await,
        Err(error) => Err(error),
    };
    match done {
        Ok((config, imported)) => {
            println!("{}", next_steps(&config, &settings, &key, imported));
            Ok(())
        }
        Err(error) => {
            // Both are ours and of no use to anybody; the next try shall not stumble over them.
            let _ = (fs::remove_file(&settings), fs::remove_file(&key));
            Err(error)
        }
    }
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// The offices, read and with the form that the import asks for, before anything is written.
fn first_offices(arguments: &BootstrapArguments) -> Result<Vec<(u64, ImportRow)>, Failure> {
    if let Some(file) = &arguments.offices {
        let bytes = fs::read(file).map_err(|error| at(file, &error))?;
        let rows = office_import::read_csv(&bytes)?;
        return if rows.is_empty() { Err(format!("{} names no office", file.display()).into()) } else { Ok(rows) };
    }
    let file = arguments.password_file.as_deref().ok_or("give --offices or --password-file")?;
    let password = fs::read_to_string(file).map_err(|error| at(file, &error))?;
    let row = ImportRow {
        office_number: arguments.office_number.clone().unwrap_or_default(),
        office_name: arguments.office_name.clone().unwrap_or_default(),
        login_id: arguments.login_id.clone().unwrap_or_default(),
        email: arguments.email.clone().unwrap_or_default(),
        password: password.trim().into(),
        password_hash: String::new().into(),
        security_code: String::new().into(),
        security_code_hash: String::new().into(),
    };
    Ok(vec![(1, row)])
}

/// A file that only its owner can read. Errors: it is there already, or cannot be written.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = open.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    Ok(written.map_err(|error| at(path, &error))?)
}

/// Migrates the database and takes the offices, if it has none yet.
async fn fill(settings: &str, offices: &[(u64, ImportRow)], ambient: &Ambient) -> Result<(Config, Imported), Failure> {
    // Only what stands in the file counts, so that `serve` finds the same database.
    let config = Config::parse(settings, HashMap::new())?;
    let core = start::open(&config, ambient).await?;
    core.db.migrate().await?;
    if storage::offices::count(&mut core.db.read().await?).await? > 0 {
        return Err("the database has offices already: this is no new deployment; nothing was changed".into());
    }
    let imported = office_import::import(&core, offices).await?;
    core.db.close().await;
    Ok((config, imported))
}

/// What the operator has to do now.
fn next_steps(config: &Config, settings: &Path, key: &Path, imported: Imported) -> String {
    let (settings, key) = (settings.display(), key.display());
    let mut text = format!(
        "{settings} and {key} are written, the database is migrated, {} office(s) and {} account(s) are taken.\n\n\
         Keep a copy of {key} in a safe place: without it nothing that is sealed can be read again.\n\nNext:\n",
        imported.offices, imported.created
    );
    let mut steps: Vec<String> =
        config.missing_files().iter().map(|missing| format!("mend {}: {}", missing.key, missing.message)).collect();
    steps.push(format!("look through {settings}: listeners, mail sign-in, SMS"));
    steps.push(format!("server doctor --config {settings}"));
    steps.push(format!("server serve --config {settings}"));
    text.extend((1..).zip(steps).map(|(number, step)| format!("  {number}. {step}\n")));
    text
}
