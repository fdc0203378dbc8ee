//! The log file. Field names are dotted; no field holds personal data or a secret.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Mutex,
};

use tracing::Level;

/// Above this size a log is set aside at the next start; the one set aside before is dropped.
const LARGEST: u64 = 1024 * 1024;

/// Where it is.
pub fn path(dir: &Path) -> PathBuf {
    dir.join("reader-bridge.log")
}

/// Starts logging into `dir`.
pub fn start(dir: &Path, verbose: bool) -> io::Result<()> {
    let path = path(dir);
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LARGEST) {
        fs::rename(&path, path.with_extension("log.1"))?;
    }
    let file = File::options().create(true).append(true).open(path)?;
    let level = if verbose { Level::DEBUG } else { Level::INFO };
    let builder = tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_target(false);
    builder.with_writer(Mutex::new(file)).try_init().map_err(io::Error::other)
}
