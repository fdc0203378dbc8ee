//! How long the audit trail takes to verify, and a page of its lists to read.
//!
//! `cargo run --release -p server --example audit_bench -- --rows 1000000 [--database postgres://…/empty]`
//!
//! Fills an empty database (a temporary SQLite file unless another is named), then prints one line for each measurement and
//! fails when a bar of the specification is missed: a million rows verified in 10 s, every page within 10 ms at p99.

use std::time::{Duration, Instant};

use app::services::audit::{Cursor, Outcome, Place, RecordQuery};
use clap::Parser;
use domain::{Timestamp, account::AccountKind};
use serde_json::json;
use server::storage::{
    Db,
    audit::{Entry, Scope, append, page, verify},
};
use uuid::Uuid;

#[derive(Parser)]
struct Arguments {
    /// Rows in the trail.
    #[arg(long, default_value_t = 1_000_000)]
    rows: i64,
    /// An empty database to fill; a temporary SQLite file when not given.
    #[arg(long)]
    database: Option<String>,
    /// Pages read for each measurement.
    #[arg(long, default_value_t = 500)]
    pages: i64,
}

type Failure = Box<dyn std::error::Error>;

/// Rows written in one transaction.
const BATCH: i64 = 5_000;
/// Every so many-th row belongs to the office that is measured; the rest to a hundred others.
const OWN: i64 = 2;
const START: Timestamp = Timestamp::from_seconds(1_700_000_000);
const VERIFY_BAR: Duration = Duration::from_secs(10);
const PAGE_BAR: Duration = Duration::from_millis(10);

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let file = || format!("sqlite:{}", folder.path().join("audit.db").display());
    let db = Db::connect(&arguments.database.unwrap_or_else(file)).await?;
    db.migrate().await?;
    let begun = now();
    fill(&db, arguments.rows).await?;
    println!(
        "{:<44} {:>10.1} s",
        format!("{} rows written ({})", arguments.rows, db.engine()),
        begun.elapsed().as_secs_f64()
    );
    let begun = now();
    let verified = verify(&db).await?;
    let took = begun.elapsed();
    println!("{:<44} {:>10.2} s", format!("{} rows verified", verified.rows), took.as_secs_f64());
    let mut missed = took.as_secs_f64() * 1e6 > VERIFY_BAR.as_secs_f64() * f64::from(u32::try_from(verified.rows)?);
    for (name, scope, query) in lists() {
        let p99 = pages(&db, name, scope, &query, arguments.rows, arguments.pages).await?;
        missed |= p99 > PAGE_BAR;
    }
    if missed { Err("a bar was missed".into()) } else { Ok(()) }
}

fn now() -> Instant {
    Instant::now()
}

fn office(number: i64) -> Uuid {
    Uuid::from_u128(u128::from(number.unsigned_abs()) + 1)
}

fn account(number: i64) -> Uuid {
    Uuid::from_u128((1 << 100) + u128::from(number.unsigned_abs()))
}

async fn fill(db: &Db, rows: i64) -> Result<(), Failure> {
    let mut written = 0;
    while written < rows {
        let mut tx = db.write().await?;
        let until = rows.min(written + BATCH);
        for number in written..until {
            append(&mut tx, &entry(number)).await?;
        }
        tx.commit().await?;
        written = until;
    }
    Ok(())
}

/// Mostly signing in and viewing; a change now and then; one in fifty refused.
fn entry(number: i64) -> Entry {
    const ACTIONS: [(&str, &str); 4] =
        [("sign_in.password", "A-4"), ("sign_in.code", "B-12"), ("care.view", "E-6"), ("session.end", "A-9")];
    let own = number % OWN == 0;
    let (action, screen) = match number {
        number if number % 1_000 < OWN => ("account.change", "D-8"),
        number => ACTIONS[usize::try_from(number / OWN % 4).unwrap_or(0)],
    };
    let who = number / OWN % 40;
    Entry {
        at: START.plus_seconds(number),
        request_id: format!("{number:012X}"),
        office_id: Some(office(if own { 0 } else { 1 + number % 100 })),
        account_id: Some(account(if own { who } else { 1_000 + number % 4_000 })),
        account_kind: Some(AccountKind::Staff),
        login_id: format!("NursingStaff{who:04}"),
        certificate: "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90".to_owned(),
        address: "192.0.2.17".to_owned(),
        screen: screen.to_owned(),
        action: action.to_owned(),
        target: (action == "care.view").then(|| account(number % 200)),
        result: if number / OWN % 50 == 7 { "refused" } else { "ok" }.to_owned(),
        detail: json!({ "item": "eligibility", "purpose": "care_plan" }),
    }
}

fn lists() -> Vec<(&'static str, Scope, RecordQuery)> {
    let whole = Scope { office_id: office(0), own: None, group: None };
    let own = Scope { own: Some(account(3)), ..whole };
    let care = Scope { group: Some("care"), ..whole };
    let all = RecordQuery::default;
    vec![
        ("F-1 whole office", whole, all()),
        ("F-1 own only", own, all()),
        ("F-1 a rare group", whole, RecordQuery { group: "account".to_owned(), ..all() }),
        ("F-1 a group that never occurs", whole, RecordQuery { group: "terminal".to_owned(), ..all() }),
        ("F-1 refused", whole, RecordQuery { outcome: Some(Outcome::Refused), ..all() }),
        (
            "F-1 refused in a group",
            whole,
            RecordQuery { group: "care".to_owned(), outcome: Some(Outcome::Refused), ..all() },
        ),
        ("F-1 a period", whole, RecordQuery { from: "2023-11-15".to_owned(), to: "2023-11-16".to_owned(), ..all() }),
        ("F-2 whole office", care, all()),
        ("F-2 one person", care, RecordQuery { target: Some(account(12)), ..all() }),
        ("F-1 another, small office", Scope { office_id: office(7), ..whole }, all()),
    ]
}

/// Reads pages from all over the trail; answers the 99th percentile.
async fn pages(
    db: &Db,
    name: &str,
    scope: Scope,
    query: &RecordQuery,
    rows: i64,
    count: i64,
) -> Result<Duration, Failure> {
    let mut times = Vec::new();
    for number in 0..count {
        // Spread by a step that shares no factor with the trail's length.
        let seq = (number * 7_919_993) % rows;
        let place = Place { at: START.plus_seconds(seq), seq };
        let cursor = match number % 3 {
            0 => None,
            1 => Some(Cursor::Older(place)),
            _ => Some(Cursor::Newer(place)),
        };
        let query = RecordQuery { cursor, ..query.clone() };
        let begun = now();
        let mut tx = db.read().await?;
        page(&mut tx, scope, &query).await?;
        drop(tx);
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{name:<44} p50 {:>7.2} ms   p99 {:>7.2} ms", milliseconds(at(50)), milliseconds(at(99)));
    Ok(at(99))
}
