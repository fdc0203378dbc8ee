//! Writes down every command the card saw, so that a test can prove what was never asked for.
//!
//! **For tests only**: the lines hold PINs in the clear. One line a command: `> 00A4…`, then `< …9000`; `* reset` where the
//! reader powered or reset the card.

use std::{
    fmt::Write as _,
    fs::File,
    io::{self, Write},
    path::Path,
};

/// Where the lines go; nowhere unless a test wants them.
#[derive(Debug, Default)]
pub struct ApduLog(Option<File>);

impl ApduLog {
    /// Appends to `path`. Errors: the file cannot be opened.
    pub fn append_to(path: &Path) -> io::Result<Self> {
        File::options().create(true).append(true).open(path).map(|file| Self(Some(file)))
    }

    pub(crate) fn command(&mut self, bytes: &[u8]) {
        self.line('>', &hexadecimal(bytes));
    }

    pub(crate) fn answer(&mut self, bytes: &[u8]) {
        self.line('<', &hexadecimal(bytes));
    }

    pub(crate) fn reset(&mut self) {
        self.line('*', "reset");
    }

    fn line(&mut self, mark: char, text: &str) {
        if let Some(file) = &mut self.0 {
            // One write a line, so that two cards may share a file. A full disk must not stop the card.
            let _ = file.write_all(format!("{mark} {text}\n").as_bytes());
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}
