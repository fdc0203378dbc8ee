//! `make bench`: the bars of speed that are measured on the server alone. Never part of `make test`.
//!
//! Prints one line a figure and ends with an error when a bar is missed. Ratios are measured side by side in one run.

mod list;
mod names;
mod people;
mod report;
mod sign_in;
mod stage;
mod start;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;
use report::Report;
use tempfile::TempDir;

/// As in the server: hashes take and give back large blocks.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the server.
#[derive(Parser)]
struct Arguments {
    /// What to measure; everything when left out.
    parts: Vec<Part>,
    /// The server program, built as it is shipped.
    #[arg(long, default_value = "target/release/server")]
    server: PathBuf,
    /// Folder of the built browser files.
    #[arg(long, default_value = "target/site")]
    site_dir: PathBuf,
    /// A PostgreSQL server without a database; without it only SQLite is measured.
    #[arg(long, env = "TEST_POSTGRES_URL")]
    postgres: Option<String>,
    /// Accounts, and people, in the large lists.
    #[arg(long, default_value_t = 100_000)]
    users: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    SignIn,
    Answers,
    List,
    People,
    Start,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let asked = |part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    // A second call changes nothing; certificates are the measurement's own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut report = Report::default();
    if asked(Part::Start) {
        start::measure(&mut report, &arguments.server, &arguments.site_dir).await;
    }
    if asked(Part::SignIn) {
        sign_in::throughput(&mut report, &arguments.site_dir).await;
    }
    if asked(Part::Answers) {
        sign_in::equal_answers(&mut report, &arguments.site_dir).await;
    }
    if asked(Part::List) {
        for database in databases(&arguments).await {
            list::measure(&mut report, &database.url, arguments.users).await;
        }
    }
    if asked(Part::People) {
        for database in databases(&arguments).await {
            people::measure(&mut report, &database.url, arguments.users).await;
        }
    }
    if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// An empty database, and the folder that goes with it.
struct Database {
    url: String,
    _folder: Option<TempDir>,
}

/// One of each engine that is there.
async fn databases(arguments: &Arguments) -> Vec<Database> {
    let folder = tempfile::tempdir().expect("a folder for the database");
    let url = format!("sqlite:{}", folder.path().join("list.db").display());
    let mut all = vec![Database { url, _folder: Some(folder) }];
    if let Some(server) = &arguments.postgres {
        all.push(Database { url: stage::new_postgres(server).await, _folder: None });
    }
    all
}
