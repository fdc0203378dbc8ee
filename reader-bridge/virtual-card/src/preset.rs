//! Cards in the states that a reader must tell apart.

use std::time::Duration;

use clap::ValueEnum;

/// What is special about a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// Nothing.
    Normal,
    /// The PIN was wrong twice: one try is left; two for 照合番号B.
    WrongPinTwice,
    /// No tries left, for the PIN and for 照合番号B.
    Blocked,
    /// Certificate and card are past their last day.
    ExpiredCertificate,
    /// Knows none of the applications.
    NotAMyNumberCard,
    /// Takes its time for every command.
    Slow,
    /// Leaves the reader in the middle of the first long read, comes back after a while and then behaves.
    DiesInMidRead,
}

impl Preset {
    /// Tries left for the PIN at the start.
    pub(crate) const fn pin_tries(self) -> u8 {
        match self {
            Self::WrongPinTwice => 1,
            Self::Blocked => 0,
            _ => 3,
        }
    }

    /// Tries left for 照合番号B at the start.
    pub(crate) const fn number_b_tries(self) -> u8 {
        match self {
            Self::WrongPinTwice => 2,
            Self::Blocked => 0,
            _ => 10,
        }
    }

    /// How long each command takes.
    pub(crate) const fn delay(self) -> Duration {
        match self {
            Self::Slow => Duration::from_millis(700),
            _ => Duration::ZERO,
        }
    }
}
