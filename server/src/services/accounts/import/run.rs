//! The task that makes the passwords of an import and then registers everybody.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{ManageMembers, RequestInfo},
};
use domain::Timestamp;
use futures::{StreamExt, TryStreamExt, stream};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{super::change::taken_or, AccountsService};
use crate::{
    services::{
        audit::Row,
        long_runs::{LEASE_SECONDS, still_allowed},
        passwords::initial_password,
    },
    storage::{
        Tx, accounts,
        member_imports::{self, ImportStep},
    },
};

/// Passwords between two signs of life.
const STEP: usize = 10;

/// An initial password with its hash.
struct Prepared {
    password: SecretString,
    hash: SecretString,
}

/// One try to register everybody in an import.
pub(super) struct Run {
    pub(super) service: AccountsService,
    pub(super) leave: ManageMembers,
    pub(super) request: RequestInfo,
    pub(super) import: Uuid,
    pub(super) lease: Uuid,
}

impl Run {
    /// Registers `count` people, or notes that nobody was registered.
    pub(super) async fn finish(self, count: usize) {
        if let Err(error) = self.register(count).await {
            tracing::warn!(import.id = %self.import, error.code = ?error, "an import ended early: nobody was registered");
            if let Err(error) = self.give_up().await {
                // The lease says the same, a minute later.
                tracing::warn!(import.id = %self.import, error.code = ?error, "the end of an import could not be noted");
            }
        }
    }

    async fn register(&self, count: usize) -> Result<(), ApiError> {
        let prepared = self.prepare(count).await?;
        let core = &self.service.0;
        let mut tx = core.db.write().await?;
        let mut import = self.locked(&mut tx).await?;
        // Whoever was suspended meanwhile registers nobody.
        still_allowed(&mut tx, self.leave.actor(), core.ambient.now()).await?;
        let people = self.service.everybody(&mut tx, &self.leave, &import).await?;
        let now = core.ambient.now();
        for ((profile, prepared), place) in people.iter().zip(prepared).zip(0_i64..) {
            // A microsecond apart, so that lists keep the file's order.
            let at = Timestamp::from_micros(now.micros() + place);
            let account = self.service.new_account(&self.leave, profile, prepared.hash, at);
            accounts::insert(&mut tx, &account).await.map_err(taken_or)?;
            Row::new(now, &self.request, ScreenId::D21, "account.register")
                .actor(self.leave.actor())
                .target(account.id)
                .detail(json!({ "kind": account.kind.code(), "login_id": account.login_id, "import": self.import }))
                .write(&mut tx)
                .await?;
            self.service.send_account_notice(&mut tx, &self.leave, &account, prepared.password).await?;
        }
        import.step = ImportStep::Done;
        import.sealed = None;
        import.prepared = import.row_count;
        import.lease = None;
        import.lease_until = None;
        import.updated_at = now;
        member_imports::update(&mut tx, &import).await?;
        tx.commit().await?;
        core.outgoing.wake();
        Ok(())
    }

    /// As many at a time as passwords may be hashed anyway; who signs in meanwhile gets every other turn.
    async fn prepare(&self, count: usize) -> Result<Vec<Prepared>, ApiError> {
        let core = &self.service.0;
        let mut all = Vec::with_capacity(count);
        while all.len() < count {
            let next = STEP.min(count - all.len());
            let making = stream::iter(0..next).map(|_| async {
                let password = initial_password(&core.ambient);
                let hash = core.passwords.hash(&core.ambient, password.clone()).await?;
                Ok::<_, ApiError>(Prepared { password, hash })
            });
            let made: Vec<Prepared> = making.buffered(core.passwords.concurrent()).try_collect().await?;
            all.extend(made);
            let until = core.ambient.now().plus_seconds(LEASE_SECONDS);
            let mut tx = core.db.write().await?;
            let prepared = i64::try_from(all.len()).unwrap_or(i64::MAX);
            if !member_imports::renew(&mut tx, self.lease, prepared, until).await? {
                return Err(ApiError::Conflict);
            }
            tx.commit().await?;
        }
        Ok(all)
    }

    /// The import, if this is still its task.
    async fn locked(&self, tx: &mut Tx) -> Result<member_imports::StoredImport, ApiError> {
        let import = member_imports::lock(tx, self.leave.actor().account_id, self.import).await?;
        let mine = |import: &member_imports::StoredImport| {
            import.step == ImportStep::Running && import.lease == Some(self.lease)
        };
        import.filter(mine).ok_or(ApiError::Conflict)
    }

    async fn give_up(&self) -> Result<(), ApiError> {
        let mut tx = self.service.0.db.write().await?;
        let mut import = self.locked(&mut tx).await?;
        import.lease_until = None;
        member_imports::update(&mut tx, &import).await?;
        tx.commit().await?;
        Ok(())
    }
}
