//! B-11 and B-12: codes that are not sent, but come from the person's own authenticator app or recovery codes.

use app::{
    error::ApiError,
    services::{
        RequestInfo,
        sign_in::{CodeChannel, Redeemed, Step, Who},
    },
};
use domain::{
    form::{Field, Problem},
    recovery_code,
};
use uuid::Uuid;

use super::SignInService;
use crate::{
    services::{
        Core,
        authenticators::{matching_step, recovery_codes_left, redeem_recovery_code},
    },
    storage::{
        Tx,
        accounts::Account,
        authenticators::{self, Redeemed as Code},
        sign_ins::{self, Attempt},
    },
};

/// Which ways of its own an account has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OwnWays {
    pub(super) app: bool,
    pub(super) recovery_codes_left: i64,
}

/// The account's own ways.
pub(super) async fn own_ways(core: &Core, tx: &mut Tx, account_id: Uuid) -> Result<OwnWays, ApiError> {
    let app = authenticators::find(tx, account_id).await?.is_some_and(|app| app.confirmed_at.is_some());
    Ok(OwnWays { app, recovery_codes_left: recovery_codes_left(core, tx, account_id).await? })
}

impl SignInService {
    /// Moves the sign-in to B-12 without sending anything. Errors: `NoContact` (the account has no such way).
    pub(super) async fn take_own_way(
        &self,
        tx: &mut Tx,
        attempt: &Attempt,
        account: &Account,
        channel: CodeChannel,
    ) -> Result<(), ApiError> {
        let own = own_ways(&self.0, tx, account.id).await?;
        let exists = if channel == CodeChannel::App { own.app } else { own.recovery_codes_left > 0 };
        if Who::of(account.kind) == Who::Office || !exists {
            return Err(ApiError::NoContact);
        }
        sign_ins::set_channel(tx, attempt.id, channel).await?;
        sign_ins::set_step(tx, attempt.id, Step::Code).await?;
        Ok(())
    }

    /// The app's code: each time step once, however many requests arrive together.
    pub(super) async fn redeem_app_code(
        &self,
        mut tx: Tx,
        request: &RequestInfo,
        attempt: &Attempt,
        account: &Account,
        digits: &str,
    ) -> Result<Redeemed, ApiError> {
        let app = authenticators::find(&mut tx, account.id).await?.filter(|app| app.confirmed_at.is_some());
        let Some(app) = app else { return Err(ApiError::SignInOver) };
        let Some(step) = matching_step(&self.0, &app, digits)? else {
            return self.count_wrong_code(tx, request, attempt, account).await;
        };
        if authenticators::use_step(&mut tx, account.id, step).await? {
            return self.accept_code(tx, request, attempt, account).await;
        }
        let used = ApiError::field(Field::AppCode, Problem::Used);
        self.refuse_code(tx, request, attempt, account, "used", used).await
    }

    pub(super) async fn redeem_recovery(&self, request: &RequestInfo, typed: &str) -> Result<Redeemed, ApiError> {
        let code = recovery_code::parse(typed).map_err(|problem| ApiError::field(Field::RecoveryCode, problem))?;
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        let at_it = attempt.step == Step::Code && attempt.channel == Some(CodeChannel::Recovery);
        if !at_it || attempt.wrong_codes >= self.0.policy.wrong_codes {
            return Err(ApiError::SignInOver);
        }
        match redeem_recovery_code(&self.0, &mut tx, account.id, &code).await? {
            Code::Now => self.accept_code(tx, request, &attempt, &account).await,
            Code::Before => {
                let used = ApiError::field(Field::RecoveryCode, Problem::Used);
                self.refuse_code(tx, request, &attempt, &account, "used", used).await
            }
            Code::Unknown => self.count_wrong_code(tx, request, &attempt, &account).await,
        }
    }
}
