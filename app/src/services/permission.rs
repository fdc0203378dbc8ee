//! Permission as a handle: a service asks for the handle, and only the check hands it out.

use domain::account::{AccountKind, Right};
use uuid::Uuid;

use crate::{error::ApiError, routes::Members};

/// The account behind a request whose session, certificate and office were found in order.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account.
    pub account_id: Uuid,
    /// ユーザID as registered.
    pub login_id: String,
    /// Its kind.
    pub kind: AccountKind,
    /// Its office: everything it may touch belongs to this one.
    pub office_id: Uuid,
    /// 事業所番号.
    pub office_number: String,
    /// 事業所名.
    pub office_name: String,
    /// The open session.
    pub session_id: Uuid,
}

/// Leave to manage accounts of one kind in the actor's own office. Cannot be made without the check.
#[derive(Clone, Debug)]
pub struct ManageMembers {
    actor: Actor,
    members: Members,
}

/// Leave to see care information of the people whom the actor's own office is in charge of. Cannot be made without the
/// check; which items are shown is decided for each person (`domain::care::judge`).
#[derive(Clone, Debug)]
pub struct CareLeave(Actor);

impl CareLeave {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.0
    }
}

/// Leave to manage the terminals of the actor's own office. Cannot be made without the check.
#[derive(Clone, Debug)]
pub struct RegisterTerminals(Actor);

impl Actor {
    /// Errors: [`ApiError::NotPermitted`] when accounts of this kind lack `right`.
    pub fn require(&self, right: Right) -> Result<(), ApiError> {
        if self.kind.may(right) { Ok(()) } else { Err(ApiError::NotPermitted) }
    }

    /// Leave to manage `members`. Errors: [`ApiError::NotPermitted`].
    pub fn manage(self, members: Members) -> Result<ManageMembers, ApiError> {
        self.require(match members {
            Members::Administrators => Right::ManageAdministrators,
            Members::Staff => Right::ManageStaff,
        })?;
        Ok(ManageMembers { actor: self, members })
    }

    /// Leave to see care information. Errors: [`ApiError::NotPermitted`].
    pub fn care(self) -> Result<CareLeave, ApiError> {
        self.require(Right::CareInformation)?;
        Ok(CareLeave(self))
    }

    /// Leave to manage terminals. Errors: [`ApiError::NotPermitted`].
    pub fn register_terminals(self) -> Result<RegisterTerminals, ApiError> {
        self.require(Right::RegisterTerminals)?;
        Ok(RegisterTerminals(self))
    }
}

impl ManageMembers {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Which kind of account.
    pub fn members(&self) -> Members {
        self.members
    }
}

impl RegisterTerminals {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.0
    }
}
