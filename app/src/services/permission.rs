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
    /// Whether the person proved who they are within the last minutes.
    pub confirmed: bool,
}

/// Leave to change what the actor signs in with. Cannot be made without the check, which a session that was left open
/// does not pass.
#[derive(Clone, Debug)]
pub struct OwnCredentials {
    actor: Actor,
}

/// Leave to manage accounts of one kind in the actor's own office. Cannot be made without the check.
#[derive(Clone, Debug)]
pub struct ManageMembers {
    actor: Actor,
    members: Members,
}

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

    /// Leave to change what one signs in with. Errors: [`ApiError::NotPermitted`], [`ApiError::NotConfirmed`].
    pub fn credentials(self) -> Result<OwnCredentials, ApiError> {
        self.require(Right::OwnPassword)?;
        if self.confirmed { Ok(OwnCredentials { actor: self }) } else { Err(ApiError::NotConfirmed) }
    }
}

impl OwnCredentials {
    /// Who acts, on their own account.
    pub fn actor(&self) -> &Actor {
        &self.actor
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
