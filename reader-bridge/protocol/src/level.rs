//! API levels: which messages both sides understand.
//!
//! A level adds methods, events or optional fields and takes nothing away; a message that cannot be kept raises the
//! *minimum* instead. So two sides agree on the lower of their levels, unless that is below what one still speaks.

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// The number of one state of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(pub u16);

/// The levels one side speaks, as `hello` carries them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    /// The newest level this side speaks.
    pub level: Level,
    /// The oldest level this side still speaks.
    pub minimum: Level,
}

/// What this build speaks.
pub const LEVELS: Levels = Levels { level: Level(1), minimum: Level(1) };

/// Why two sides cannot talk; each case names the one that must be updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// reader-bridge is older than the page's minimum.
    BridgeTooOld,
    /// The page is older than reader-bridge's minimum: an old tab, to be reloaded.
    PageTooOld,
    /// The page names a minimum above its own level.
    Nonsense,
}

impl From<Mismatch> for Failure {
    fn from(mismatch: Mismatch) -> Self {
        match mismatch {
            Mismatch::BridgeTooOld => Self::BridgeTooOld,
            Mismatch::PageTooOld => Self::PageTooOld,
            Mismatch::Nonsense => Self::InvalidParams,
        }
    }
}

/// The level both sides will speak: the lower of the two newest.
pub fn negotiate(bridge: Levels, page: Levels) -> Result<Level, Mismatch> {
    if page.minimum > page.level {
        return Err(Mismatch::Nonsense);
    }
    let agreed = bridge.level.min(page.level);
    if agreed < page.minimum {
        Err(Mismatch::BridgeTooOld)
    } else if agreed < bridge.minimum {
        Err(Mismatch::PageTooOld)
    } else {
        Ok(agreed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn levels(minimum: u16, level: u16) -> Levels {
        Levels { level: Level(level), minimum: Level(minimum) }
    }

    #[test]
    fn the_lower_level_is_spoken() {
        assert_eq!(negotiate(levels(1, 3), levels(2, 5)), Ok(Level(3)));
        assert_eq!(negotiate(levels(1, 5), levels(1, 2)), Ok(Level(2)));
        assert_eq!(negotiate(LEVELS, LEVELS), Ok(LEVELS.level));
    }

    #[test]
    fn the_side_to_update_is_named() {
        assert_eq!(negotiate(levels(1, 3), levels(4, 5)), Err(Mismatch::BridgeTooOld));
        assert_eq!(negotiate(levels(4, 5), levels(1, 3)), Err(Mismatch::PageTooOld));
        assert_eq!(negotiate(levels(1, 1), levels(2, 1)), Err(Mismatch::Nonsense));
    }
}
