//! SIGHUP: the operator replaced a certificate, a key, a CA or a revocation list.

use std::{io, sync::Arc};

use tokio::signal::unix::{SignalKind, signal};

use super::TlsDoor;
use crate::{certificates::ClientCaStore, clock::Ambient};

/// Re-reads the CAs of clients and cards and then both doors' files at every SIGHUP, for ever. What cannot be read stays as it was and
/// is logged.
///
/// Errors: the operating system gives no signals.
pub async fn reload_on_hangup(
    ambient: Ambient,
    authorities: Vec<Arc<ClientCaStore>>,
    doors: Vec<Arc<TlsDoor>>,
) -> io::Result<()> {
    let mut hangups = signal(SignalKind::hangup())?;
    while hangups.recv().await.is_some() {
        // The doors tell browsers the names of the CAs, so the CAs come first.
        for authority in &authorities {
            if let Err(error) = authority.reload(ambient.now()) {
                tracing::error!(%error, "a CA was not reloaded; the old one stays in force");
            }
        }
        for door in &doors {
            if let Err(error) = door.reload() {
                tracing::error!(%error, "a TLS certificate was not reloaded; the old one stays in use");
            }
        }
        tracing::info!("certificates were read again");
    }
    Ok(())
}
