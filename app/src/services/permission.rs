//! Permission as a handle: a service asks for the handle, and only the check hands it out.

use domain::account::{AccountKind, Right};
use uuid::Uuid;

use crate::{
    error::ApiError,
    routes::{Members, Records},
};

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

/// Leave to make accounts of one kind accounts of the other, in the actor's own office.
#[derive(Clone, Debug)]
pub struct ChangeKind(ManageMembers);

/// Leave to see and to undo deletions of accounts of one kind in the actor's own office.
#[derive(Clone, Debug)]
pub struct RestoreMembers(ManageMembers);

/// Leave to read audit records of the actor's own office. Cannot be made without the check.
#[derive(Clone, Debug)]
pub struct ReadRecords {
    actor: Actor,
    records: Records,
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

/// Leave to review 災害時の閲覧 of the actor's own office. Cannot be made without the check.
#[derive(Clone, Debug)]
pub struct ReviewEmergencies(Actor);

impl ReviewEmergencies {
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

    /// Leave to read `records`, the whole office's or at least one's own. Errors: [`ApiError::NotPermitted`].
    pub fn read(self, records: Records) -> Result<ReadRecords, ApiError> {
        self.require(Right::AuditRecords)?;
        Ok(ReadRecords { actor: self, records })
    }

    /// Leave to see care information. Errors: [`ApiError::NotPermitted`].
    pub fn care(self) -> Result<CareLeave, ApiError> {
        self.require(Right::CareInformation)?;
        Ok(CareLeave(self))
    }

    /// Leave to review 災害時の閲覧. Errors: [`ApiError::NotPermitted`].
    pub fn review_emergencies(self) -> Result<ReviewEmergencies, ApiError> {
        self.require(Right::OfficeAuditRecords)?;
        Ok(ReviewEmergencies(self))
    }

    /// Leave to manage terminals. Errors: [`ApiError::NotPermitted`].
    pub fn register_terminals(self) -> Result<RegisterTerminals, ApiError> {
        self.require(Right::RegisterTerminals)?;
        Ok(RegisterTerminals(self))
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

    /// Leave to change 管理者⇄一般. Errors: [`ApiError::NotPermitted`].
    pub fn change_kind(self) -> Result<ChangeKind, ApiError> {
        self.actor.require(Right::ChangeRights)?;
        Ok(ChangeKind(self))
    }

    /// Leave to see and undo deletions. Errors: [`ApiError::NotPermitted`].
    pub fn restore(&self) -> Result<RestoreMembers, ApiError> {
        self.actor.require(Right::RestoreMembers)?;
        Ok(RestoreMembers(self.clone()))
    }
}

impl ChangeKind {
    /// Whose kind may be changed.
    pub fn of(&self) -> &ManageMembers {
        &self.0
    }
}

impl RestoreMembers {
    /// Who may be restored.
    pub fn of(&self) -> &ManageMembers {
        &self.0
    }
}

impl ReadRecords {
    /// Who reads.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Which records.
    pub fn records(&self) -> Records {
        self.records
    }

    /// Only what the actor did itself may be read.
    pub fn own_only(&self) -> bool {
        !self.actor.kind.may(Right::OfficeAuditRecords)
    }
}

impl RegisterTerminals {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.0
    }
}
