//! The settings file: owner only, whole or not at all, one writer.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::SettingsError;

const SETTINGS: &str = "settings.json";
const DRAFT: &str = "settings.draft";
const LOCK: &str = "lock";

/// The right to write, held by one process; ends with it, however it ends.
pub struct Lock {
    dir: PathBuf,
    _file: File,
}

impl Lock {
    /// Makes `dir` if need be. Errors: [`SettingsError::InUse`].
    pub fn take(dir: &Path) -> Result<Self, SettingsError> {
        make_private_dir(dir)?;
        let file = private(OpenOptions::new().create(true).truncate(false).write(true)).open(dir.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { dir: dir.to_owned(), _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(SettingsError::InUse),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    pub(super) fn write(&self, text: &[u8]) -> io::Result<()> {
        let draft = self.dir.join(DRAFT);
        let mut file = private(OpenOptions::new().create(true).truncate(true).write(true)).open(&draft)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(draft, self.dir.join(SETTINGS))?;
        sync_dir(&self.dir)
    }

    /// Forgets everything.
    pub fn erase(&self) -> io::Result<()> {
        match fs::remove_file(self.dir.join(SETTINGS)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => sync_dir(&self.dir),
        }
    }
}

/// `None`: there is no file yet.
pub(super) fn read(dir: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(dir.join(SETTINGS)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn make_private_dir(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if let Some(parent) = dir.parent() {
        fs::create_dir_all(parent)?;
    }
    match fs::DirBuilder::new().mode(0o700).create(dir) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Windows gives a user's application folder to that user alone; new folders inherit it.
#[cfg(not(unix))]
fn make_private_dir(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &OpenOptions {
    options
}

/// Makes the renaming itself durable.
#[cfg(unix)]
fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
fn sync_dir(_: &Path) -> io::Result<()> {
    Ok(())
}
