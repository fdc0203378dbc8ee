//! Command line of the virtual card. See the library for what it is.

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use getrandom::{SysRng, rand_core::UnwrapErr};
use time::OffsetDateTime;
use virtual_card::{
    apdu_log::ApduLog,
    authority::{Algorithm, Authority},
    card::Card,
    insertion::Insertion,
    pcsc_service::PcscService,
    person::{EXPIRY, PAST_EXPIRY, PEOPLE, person},
    preset::Preset,
};

/// A virtual My Number card, for tests and the demo only.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes ca.pem and crl.pem of the test CA, which is made if need be.
    Ca {
        /// The CA's folder.
        #[arg(long)]
        dir: PathBuf,
    },
    /// Prints the made-up people, their PIN and 照合番号B as JSON.
    People,
    /// Becomes a PC/SC service with two virtual readers; the first line says where.
    Pcscd {
        /// The service's folder.
        #[arg(long)]
        dir: PathBuf,
        /// Port of the first reader; the second has the next.
        #[arg(long, default_value_t = 35_963)]
        port: u16,
        /// As on a computer whose readers are unplugged.
        #[arg(long)]
        without_readers: bool,
    },
    /// Lays a card on a virtual reader until this program ends.
    Insert(Insert),
}

#[derive(clap::Args)]
struct Insert {
    /// The CA's folder.
    #[arg(long)]
    dir: PathBuf,
    /// The reader's port.
    #[arg(long, default_value_t = 35_963)]
    port: u16,
    /// Whose card.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=4))]
    person: u8,
    /// What is special about it.
    #[arg(long, value_enum, default_value_t = Preset::Normal)]
    preset: Preset,
    /// What it signs with.
    #[arg(long, value_enum, default_value_t = Algorithm::Rsa)]
    algorithm: Algorithm,
    /// Appends every command and answer, PINs included, to this file.
    #[arg(long)]
    apdu_log: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("virtual-card: {error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn run(command: Command) -> Result<(), Box<dyn Error>> {
    let now = OffsetDateTime::now_utc();
    match command {
        Command::Ca { dir } => Authority::open(&dir, now, &mut UnwrapErr(SysRng)).map(drop),
        Command::People => {
            println!("{}", people());
            Ok(())
        }
        Command::Pcscd { dir, port, without_readers } => {
            let service = PcscService::new(&dir, port)?;
            println!("{}", serde_json::json!({ "socket": service.socket(), "ports": [port, port + 1] }));
            Err(service.exec(!without_readers).into())
        }
        Command::Insert(insert) => lay(&insert, now),
    }
}

fn lay(insert: &Insert, now: OffsetDateTime) -> Result<(), Box<dyn Error>> {
    let mut rng = UnwrapErr(SysRng);
    let holder = person(insert.person).ok_or("no such person")?;
    let authority = Authority::open(&insert.dir, now, &mut rng)?;
    let card = Card::new(&authority, holder, insert.algorithm, insert.preset, now, &mut rng)?;
    drop(authority);
    let log = insert.apdu_log.as_deref().map(ApduLog::append_to).transpose()?.unwrap_or_default();
    Insertion::insert(card, insert.port, log).wait();
    Ok(())
}

fn people() -> serde_json::Value {
    let entry = |person: &virtual_card::person::Person| {
        serde_json::json!({
            "person": person.number,
            "name": person.name,
            "address": person.address,
            "birth_date": person.birth_date,
            "sex": person.sex,
            "pin": person.pin,
            "number_b": person.number_b(EXPIRY),
            "expired_number_b": person.number_b(PAST_EXPIRY),
            "revoked": person.revoked,
        })
    };
    PEOPLE.iter().map(entry).collect()
}
