//! The two lists of audit records, and their file.

use serde::{Deserialize, Serialize};

/// The two lists of audit records, as they stand in paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Records {
    /// 操作履歴, everything that was done: `/history`.
    Operations,
    /// 閲覧履歴, who looked at whose care information: `/viewings`.
    Viewings,
}

impl Records {
    /// The code that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Viewings => "viewings",
        }
    }

    pub(super) const fn base(self) -> &'static str {
        match self {
            Self::Operations => "/history",
            Self::Viewings => "/viewings",
        }
    }
}

/// What a form may fetch as a file: no page, so it is posted to and answers with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Download {
    /// F-3.
    Records,
    /// F-4.
    EmergencyUses,
}

impl Download {
    /// Where the form posts to.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Records => "/download/records",
            Self::EmergencyUses => "/download/emergency-uses",
        }
    }
}
