//! How far an office is with setting itself up: the guide on C-1 and C-11.

use app::{
    error::ApiError,
    services::{
        Actor,
        set_up::{SetUp, SetUpProgress},
    },
};
use async_trait::async_trait;
use domain::account::{AccountKind, Right};

use super::Core;
use crate::storage::set_up::{has_done, has_member};

/// [`SetUp`] on our own database.
pub struct SetUpService(pub Core);

#[async_trait]
impl SetUp for SetUpService {
    async fn progress(&self, actor: &Actor) -> Result<SetUpProgress, ApiError> {
        // Who can register people or terminals is who sets up.
        actor.require(Right::ManageStaff)?;
        let mut tx = self.0.db.read().await?;
        let office = actor.office_id;
        Ok(SetUpProgress {
            administrator: has_member(&mut tx, office, AccountKind::Administrator).await?,
            staff: has_member(&mut tx, office, AccountKind::Staff).await?,
            terminal: has_done(&mut tx, office, "terminal", "terminal.register").await?,
            identified: has_done(&mut tx, office, "care", "care.identify").await?
                || has_done(&mut tx, office, "care", "care.take_charge").await?,
        })
    }
}
