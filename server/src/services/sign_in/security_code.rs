//! the security code of a 事業所ユーザ who has set one.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        RequestInfo,
        sign_in::{CodeChannel, Step, Who},
    },
};
use domain::{
    account::LoginId,
    form::{Field, Problem},
    password,
};

use super::SignInService;
use crate::{
    services::audit::Row,
    storage::{
        Tx,
        accounts::Account,
        guards::{self, Scope},
        sign_ins::{self, Attempt},
    },
};

impl SignInService {
    pub(super) async fn check_security_code(&self, request: &RequestInfo, code: &str) -> Result<Step, ApiError> {
        let code = domain::text::narrow(code);
        password::typed(&code).map_err(|problem| ApiError::field(Field::SecurityCode, problem))?;
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        drop(tx);
        // Sent twice (double click, back button): the step is behind us, and nothing is judged again.
        if attempt.step != Step::SecurityCode {
            return Ok(attempt.step);
        }
        let right = self.0.passwords.verify(account.security_code_hash.as_ref(), &code).await?;

        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        let login_id = LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?;
        let failures = guards::get(&mut tx, Scope::LoginId, &login_id.key()).await?;
        let now = self.0.ambient.now();
        if failures.locked_at(now) {
            return Err(ApiError::Locked { minutes: minutes_left(now, failures.locked_until) });
        }
        if !right {
            return self.refuse_security_code(tx, request, &login_id, &attempt, &account).await;
        }
        Row::sign_in(now, request, ScreenId::A3, "sign_in.security_code").account(&account).write(&mut tx).await?;
        let step = self.pass_to_code(&mut tx, &attempt, &account).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(step)
    }

    async fn refuse_security_code(
        &self,
        mut tx: Tx,
        request: &RequestInfo,
        login_id: &LoginId,
        attempt: &Attempt,
        account: &Account,
    ) -> Result<Step, ApiError> {
        let now = self.0.ambient.now();
        guards::add_address_failure(&mut tx, &request.address.to_string(), now).await?;
        let result = self.count_against(Who::Office, &mut tx, login_id, Some(account)).await?;
        let row = Row::sign_in(now, request, ScreenId::A3, "sign_in.security_code").account(account).result(result);
        row.write(&mut tx).await?;
        let after = guards::get(&mut tx, Scope::LoginId, &login_id.key()).await?;
        let locked = after.locked_at(now);
        if locked {
            sign_ins::end(&mut tx, attempt.id, now).await?;
        }
        tx.commit().await?;
        self.0.outgoing.wake();
        if locked {
            // Read anew: the lock was set after `now`, and 30 minutes and a moment would be announced as 31.
            return Err(ApiError::Locked { minutes: minutes_left(self.0.ambient.now(), after.locked_until) });
        }
        Err(ApiError::field(Field::SecurityCode, Problem::Wrong))
    }

    /// The first one-time code goes out at once; without a registered contact the next screen says so.
    async fn pass_to_code(&self, tx: &mut Tx, attempt: &Attempt, account: &Account) -> Result<Step, ApiError> {
        if account.email.is_none() {
            sign_ins::set_step(tx, attempt.id, Step::SendCode).await?;
            return Ok(Step::SendCode);
        }
        self.issue_code(tx, attempt, account, CodeChannel::Mail).await?;
        Ok(Step::Code)
    }
}

fn minutes_left(now: domain::Timestamp, until: Option<domain::Timestamp>) -> i64 {
    until.map_or(0, |until| (now.seconds_until(until) + 59) / 60)
}
