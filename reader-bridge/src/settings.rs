//! What this program remembers, in the OS user's own configuration folder.
//!
//! One JSON file, readable by its owner only, replaced whole or not at all. The password of the ユーザ設定情報 is not in it:
//! after registration the terminal proves itself by its key, and what is not kept cannot leak.

mod file;

use std::{collections::BTreeSet, path::Path};

use protocol::{label::Label, reply::Stage};
use serde::{Deserialize, Serialize};

pub use self::file::Lock;
use crate::{passcode::StoredPasscode, terminal::TerminalKey};

/// The edition of the terms of use that a person must have accepted.
pub const TERMS_EDITION: u32 = 1;

/// All that is remembered. A missing field is a step of set-up still to be done.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The edition of the terms that was accepted.
    pub terms_edition: Option<u32>,
    /// User ID of the ユーザ設定情報 issued for this terminal.
    pub user_id: Option<Label>,
    /// The terminal's key; made at registration.
    pub terminal_key: Option<TerminalKey>,
    /// The passcode's hash, and the wrong attempts so far.
    pub passcode: Option<StoredPasscode>,
    /// The chosen reader.
    pub reader: Option<Label>,
    /// Origins that a person allowed.
    pub origins: BTreeSet<String>,
}

impl Settings {
    /// The next step of set-up; [`Stage::Locked`] when none is left.
    pub fn stage(&self) -> Stage {
        if self.terms_edition != Some(TERMS_EDITION) {
            Stage::Terms
        } else if self.user_id.is_none() || self.terminal_key.is_none() {
            Stage::Registration
        } else if self.passcode.is_none() {
            Stage::Passcode
        } else {
            Stage::Locked
        }
    }
}

/// The settings cannot be read or written. Says nothing about their contents.
#[derive(Debug)]
pub enum SettingsError {
    /// The operating system refused.
    Io(std::io::Error),
    /// The file is not what this program wrote, or a newer version wrote it.
    Unreadable,
    /// Another reader-bridge of this user runs.
    InUse,
}

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "設定ファイルを読み書きできません: {error}"),
            Self::Unreadable => f.write_str("設定ファイルが壊れているか、新しい版で作成されています"),
            Self::InUse => f.write_str("reader-bridge はすでに起動しています"),
        }
    }
}

impl std::error::Error for SettingsError {}

impl From<std::io::Error> for SettingsError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// The settings and their file, for the one process that may change them.
pub struct Store {
    settings: Settings,
    lock: Lock,
}

impl Store {
    /// Opens the settings in `dir`, which is made if need be. Errors: also while another process has them.
    pub fn open(dir: &Path) -> Result<Self, SettingsError> {
        let lock = Lock::take(dir)?;
        Ok(Self { settings: load(dir)?, lock })
    }

    /// As they are.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Changes them, on the disk first: what is answered as done has been done. Errors: nothing has changed.
    pub fn change(&mut self, change: impl FnOnce(&mut Settings)) -> Result<(), SettingsError> {
        let mut next = self.settings.clone();
        change(&mut next);
        let text = serde_json::to_vec_pretty(&next).map_err(|_| SettingsError::Unreadable)?;
        self.lock.write(&text)?;
        self.settings = next;
        Ok(())
    }
}

/// The settings as they are on the disk, for those who only look.
pub fn load(dir: &Path) -> Result<Settings, SettingsError> {
    match file::read(dir)? {
        Some(text) => serde_json::from_slice(&text).map_err(|_| SettingsError::Unreadable),
        None => Ok(Settings::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_is_there_after_a_restart_and_only_for_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("reader-bridge");
        let mut store = Store::open(&inner).unwrap();
        assert_eq!(store.settings().stage(), Stage::Terms);
        store.change(|settings| settings.terms_edition = Some(TERMS_EDITION)).unwrap();
        assert!(matches!(Store::open(&inner), Err(SettingsError::InUse)), "one process at a time");
        drop(store);
        assert_eq!(Store::open(&inner).unwrap().settings().stage(), Stage::Registration);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&inner), 0o700);
            assert_eq!(mode(&inner.join("settings.json")), 0o600);
        }
    }

    #[test]
    fn a_damaged_file_is_refused_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("settings.json"), "{\"terms").unwrap();
        assert!(matches!(Store::open(dir.path()), Err(SettingsError::Unreadable)));
        assert_eq!(std::fs::read_to_string(dir.path().join("settings.json")).unwrap(), "{\"terms");
    }
}
