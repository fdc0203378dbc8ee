//! `run`: the program itself.

use std::{io, path::Path, sync::Arc};

use reader_bridge::{
    bridge::{Bridge, Doors, Pairing},
    clock::Ambient,
    logging,
    reader::{lane::Patience, pcsc::PcscReaders},
    server::Server,
    settings::Store,
    window,
};
use tokio_util::sync::CancellationToken;

use super::Outcome;
use crate::Run;

pub(crate) fn run(dir: &Path, run: Run) -> Outcome {
    let store = Store::open(dir)?;
    logging::start(dir, run.verbose)?;
    // One thread is enough: what takes long runs on threads of its own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(run, store))
}

async fn serve(run: Run, store: Store) -> Outcome {
    let server = Server::bind(run.port).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => format!("ポート {} は他のソフトウェアが使用中です", run.port).into(),
        _ => Box::<dyn std::error::Error>::from(error),
    })?;
    let patience = Patience { reader: run.reader_wait, card: run.card_wait, operation: run.time_limit };
    let bridge = Bridge::new(Ambient::of_the_machine(), store, doors(run), Arc::new(PcscReaders), patience);
    window::say(&format!(
        "reader-bridge {} を起動しました: ws://127.0.0.1:{}/\n\
         カードを読み取る間、この画面を閉じないでください。終了するには Ctrl+C を押してください。\n",
        env!("CARGO_PKG_VERSION"),
        server.port()
    ));
    tracing::info!(server.port = server.port(), "started");
    let stop = CancellationToken::new();
    let ending = stop.clone().drop_guard();
    tokio::select! {
        () = server.run(bridge, stop) => {}
        outcome = asked_to_end() => outcome?,
    }
    drop(ending);
    tracing::info!("ended");
    Ok(())
}

fn doors(run: Run) -> Doors {
    if run.allow_origin.is_empty() {
        Doors::Pairing(Pairing::new(Box::new(window::Prompt::on_standard_input())))
    } else {
        Doors::Closed(run.allow_origin)
    }
}

#[cfg(unix)]
async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        outcome = tokio::signal::ctrl_c() => outcome,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
