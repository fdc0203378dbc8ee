//! Planned maintenance: announced on every page from a week before.

use domain::Timestamp;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::error::ApiError;

/// When the service will be away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenancePlan {
    /// From then on.
    pub from: Timestamp,
    /// Until then.
    pub to: Timestamp,
    /// What else the operator wants to say; empty: nothing.
    pub text: String,
}

/// What is planned.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait Maintenance: Send + Sync {
    /// The plan that is to be announced now, if there is one.
    async fn announced(&self) -> Result<Option<MaintenancePlan>, ApiError>;
}
