//! `platform-stand`: stands in for a remote platform, with the demo's made-up people, on loopback only.
//!
//! It serves the contract of `platform/openapi.yaml` from an [`EmbeddedRegistry`] of its own. For tests it can be told to
//! be slow, to fail and to lie ([`orders`]). It is a program of its own so that nothing of this is in the product, and
//! it writes its answers by hand so that a mistake in the product's reading of the contract is not made twice.

mod contract;
mod fhir;
mod orders;

use std::{
    error::Error,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use clap::Parser;
use domain::{Timestamp, sign_in::SignInPolicy};
use server::{
    clock::{Ambient, Clock, SystemClock, SystemEntropy},
    delivery::{
        Outgoing,
        templates::{self, Templates},
    },
    demo::{data, people},
    platform::registry::EmbeddedRegistry,
    secret::Keys,
    services::{Core, Passwords, RelyingParty, passwords::Cost},
    storage::Db,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// A stand-in for a remote platform, with made-up people.
#[derive(Parser)]
struct Arguments {
    /// Where to listen on 127.0.0.1; 0: any free port. The first line of output says which.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// File with the bearer token that callers must show.
    #[arg(long)]
    token_file: PathBuf,
    /// Folder for the registry; made when missing, kept.
    #[arg(long, default_value = "target/platform-stand")]
    dir: PathBuf,
    /// The present in seconds since 1970, for tests whose time stands still.
    #[arg(long)]
    at: Option<i64>,
    /// Ends when standard input closes, so that it never outlives a test.
    #[arg(long)]
    leave_with_stdin: bool,
}

/// A present that does not pass.
struct Still(Timestamp);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let token = std::fs::read_to_string(&arguments.token_file)
        .map_err(|error| format!("--token-file {}: {error}", arguments.token_file.display()))?;
    let registry = EmbeddedRegistry(core(&arguments).await?);
    let router = contract::router(Arc::new(contract::Stand::new(registry, token.trim().to_owned())));
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port))).await?;
    println!("{}", listener.local_addr()?);
    let leave = if arguments.leave_with_stdin { stdin_closed() } else { CancellationToken::new() };
    tokio::select! {
        served = axum::serve(listener, router) => served?,
        () = leave.cancelled() => {}
    }
    Ok(())
}

/// Cancelled once standard input is closed. A thread of its own: such a read cannot be given up.
fn stdin_closed() -> CancellationToken {
    let closed = CancellationToken::new();
    let guard = closed.clone().drop_guard();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop(guard);
    });
    closed
}

/// A registry with the demo's people, in a database of its own.
async fn core(arguments: &Arguments) -> Result<Core, Box<dyn Error>> {
    std::fs::create_dir_all(&arguments.dir)?;
    let db = Db::connect(&format!("sqlite:{}", arguments.dir.join("registry.db").display())).await?;
    db.migrate().await?;
    let clock: Arc<dyn Clock> = match arguments.at {
        Some(seconds) => Arc::new(Still(Timestamp::from_seconds(seconds))),
        None => Arc::new(SystemClock::default()),
    };
    let ambient = Ambient { clock, entropy: Arc::new(SystemEntropy) };
    let keys = Arc::new(Keys::from_master(&ambient.bytes()));
    let templates = Arc::new(Templates::load(templates::Site::default(), None)?);
    let origin = "https://platform.example.jp";
    let core = Core {
        db,
        policy: SignInPolicy::default(),
        // Cheap: the only passwords here are made up.
        passwords: Passwords::new(Cost { memory_kib: 64, iterations: 1, lanes: 1, concurrent: 4 }, &ambient)?,
        outgoing: Outgoing::new(templates, Arc::clone(&keys), ambient.clone()),
        keys,
        ambient,
        relying_party: RelyingParty::new(origin, &[])?,
        sign_in_url: origin.into(),
        sign_in_origin: origin.into(),
        card_ca: None,
    };
    data::seed(&core).await?;
    people::seed(&core).await?;
    Ok(core)
}
