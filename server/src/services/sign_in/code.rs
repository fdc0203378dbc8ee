//! B-1 and B-2: sending and redeeming one-time codes.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        RequestInfo,
        sign_in::{Progress, StartedSession, Step},
    },
};
use domain::{
    account::LoginId,
    form::{Field, Problem},
    one_time_code,
};
use serde_json::json;

use super::SignInService;
use crate::{
    delivery::{Message, Recipient},
    services::audit::Row,
    storage::{
        Tx,
        accounts::Account,
        guards::{self, Scope},
        sign_ins::{self, Attempt, Code},
    },
};

impl SignInService {
    pub(super) fn progress_of(&self, attempt: &Attempt, account: &Account, newest: Option<&Code>) -> Progress {
        let now = self.0.ambient.now();
        let policy = &self.0.policy;
        let resend_at = attempt.last_code_at.map(|at| at.plus_seconds(policy.resend_cooldown_seconds));
        Progress {
            step: attempt.step,
            sent_to: account.email.as_ref().map(domain::contact::Email::masked),
            resend_in: resend_at.map_or(0, |at| now.seconds_until(at)),
            resends_left: attempt.codes_sent < policy.codes_per_attempt,
            resent: attempt.codes_sent > 1,
            valid_for: newest.map_or(0, |code| now.seconds_until(code.expires_at)),
            tries_left: (policy.wrong_codes - attempt.wrong_codes).max(0),
        }
    }

    /// Makes a code, stores its keyed hash, queues its message and moves the sign-in to B-2.
    pub(super) async fn issue_code(&self, tx: &mut Tx, attempt: &Attempt, account: &Account) -> Result<(), ApiError> {
        let email = account.email.clone().ok_or(ApiError::NoContact)?;
        let now = self.0.ambient.now();
        let minutes = self.0.policy.code_minutes;
        let digits = self.0.ambient.six_digits();
        let code = Code {
            id: self.0.ambient.id(),
            attempt_id: attempt.id,
            code_hash: self.0.keys.code_hash(attempt.id.as_bytes(), &digits),
            created_at: now,
            expires_at: now.plus_minutes(minutes),
            used_at: None,
        };
        sign_ins::insert_code(tx, &code).await?;
        sign_ins::count_code_sent(tx, attempt.id, now).await?;
        sign_ins::set_step(tx, attempt.id, Step::Code).await?;
        let message = Message::OfficeCode { code: digits.into(), minutes };
        self.0.outgoing.enqueue(tx, Recipient::Mail(email), &message).await?;
        Ok(())
    }

    pub(super) async fn send_first_code(&self, request: &RequestInfo) -> Result<(), ApiError> {
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        match attempt.step {
            Step::SecurityCode => return Err(ApiError::SignInOver),
            // Reload or back button: the code is on its way already.
            Step::Code => return Ok(()),
            Step::SendCode => {}
        }
        self.issue_code(&mut tx, &attempt, &account).await?;
        self.code_sent_row(&mut tx, request, &account, ScreenId::B1, 1).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }

    pub(super) async fn send_another_code(&self, request: &RequestInfo) -> Result<(), ApiError> {
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        if attempt.step != Step::Code {
            return Err(ApiError::SignInOver);
        }
        let progress = self.progress_of(&attempt, &account, None);
        if !progress.resends_left {
            return Err(ApiError::ResendLimit);
        }
        if progress.resend_in > 0 {
            return Err(ApiError::ResendTooSoon { seconds: progress.resend_in });
        }
        self.issue_code(&mut tx, &attempt, &account).await?;
        self.code_sent_row(&mut tx, request, &account, ScreenId::B2, attempt.codes_sent + 1).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }

    async fn code_sent_row(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        account: &Account,
        screen: ScreenId,
        count: i64,
    ) -> Result<(), ApiError> {
        let row = Row::new(self.0.ambient.now(), request, screen, "sign_in.send_code").account(account);
        row.detail(json!({ "channel": "mail", "count": count })).write(tx).await
    }

    /// Exactly one of any number of concurrent calls with one code gets the session: the sign-in's row is locked, the
    /// code is marked used by a conditional update, and the sign-in ends with it.
    pub(super) async fn redeem(&self, request: &RequestInfo, typed: &str) -> Result<StartedSession, ApiError> {
        let digits = one_time_code::parse(typed).map_err(|p| ApiError::field(Field::OneTimeCode, p))?;
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        if attempt.step != Step::Code || attempt.wrong_codes >= self.0.policy.wrong_codes {
            return Err(ApiError::SignInOver);
        }
        let now = self.0.ambient.now();
        let hash = self.0.keys.code_hash(attempt.id.as_bytes(), &digits);
        let Some(code) = sign_ins::find_code(&mut tx, attempt.id, &hash).await? else {
            return self.count_wrong_code(tx, request, &attempt, &account).await;
        };
        let refused = |problem, result| Some((ApiError::field(Field::OneTimeCode, problem), result));
        let refusal = if code.used_at.is_some() {
            refused(Problem::Used, "used")
        } else if now >= code.expires_at {
            refused(Problem::Expired, "expired")
        } else if sign_ins::redeem_code(&mut tx, code.id, now).await? {
            None
        } else {
            refused(Problem::Used, "used")
        };
        let row = Row::new(now, request, ScreenId::B2, "sign_in.code").account(&account);
        if let Some((error, result)) = refusal {
            row.result(result).write(&mut tx).await?;
            tx.commit().await?;
            return Err(error);
        }
        row.write(&mut tx).await?;
        let login_id = LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?;
        guards::clear(&mut tx, Scope::LoginId, &login_id.key()).await?;
        sign_ins::end(&mut tx, attempt.id, now).await?;
        let started = self.start_session(&mut tx, request, &account).await?;
        tx.commit().await?;
        Ok(started)
    }

    async fn count_wrong_code(
        &self,
        mut tx: Tx,
        request: &RequestInfo,
        attempt: &Attempt,
        account: &Account,
    ) -> Result<StartedSession, ApiError> {
        let now = self.0.ambient.now();
        let wrong = sign_ins::count_wrong_code(&mut tx, attempt.id).await?;
        let left = self.0.policy.wrong_codes - wrong;
        let row = Row::new(now, request, ScreenId::B2, "sign_in.code").account(account);
        if left <= 0 {
            sign_ins::end(&mut tx, attempt.id, now).await?;
            row.result("refused_and_ended").write(&mut tx).await?;
        } else {
            row.result("refused").write(&mut tx).await?;
        }
        tx.commit().await?;
        if left <= 0 { Err(ApiError::SignInOver) } else { Err(ApiError::WrongCode { left }) }
    }
}
