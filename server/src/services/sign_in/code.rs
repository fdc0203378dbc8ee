//! B-1, B-2, B-11 and B-12: sending and redeeming one-time codes.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        RequestInfo,
        sign_in::{CodeChannel, Progress, Redeemed, Step, Who},
    },
};
use domain::{
    account::LoginId,
    contact::{Email, Phone},
    form::{Field, Problem},
    one_time_code,
};
use serde_json::json;

use super::{
    SignInService, certificate,
    own_code::{OwnWays, own_ways},
    password::password_screen,
};
use crate::{
    delivery::{Message, Recipient},
    secret::{token, token_hash},
    services::audit::Row,
    storage::{
        Tx,
        accounts::Account,
        guards::{self, Scope},
        password_grants::{self, PasswordGrant},
        sign_ins::{self, Attempt, Code},
    },
};

/// B-1 and B-2, or B-11 and B-12.
const fn code_screens(who: Who) -> (ScreenId, ScreenId) {
    match who {
        Who::Office => (ScreenId::B1, ScreenId::B2),
        Who::Member => (ScreenId::B11, ScreenId::B12),
    }
}

/// The way to send a code by, where a person has no other and nothing of their own to make one.
fn only_way(account: &Account, own: OwnWays) -> Option<CodeChannel> {
    match (&account.email, &account.phone) {
        _ if own.app || own.recovery_codes_left > 0 => None,
        (Some(_), None) => Some(CodeChannel::Mail),
        (None, Some(_)) => Some(CodeChannel::Sms),
        _ => None,
    }
}

/// Where a code goes that is sent this way; `None`: no such contact is registered. 事業所ユーザ get mail only.
fn contact(account: &Account, channel: CodeChannel) -> Option<Recipient> {
    match (channel, Who::of(account.kind)) {
        (CodeChannel::Mail, _) => account.email.clone().map(Recipient::Mail),
        (CodeChannel::Sms, Who::Member) => account.phone.clone().map(Recipient::Sms),
        (CodeChannel::Sms, Who::Office) | (CodeChannel::App | CodeChannel::Recovery, _) => None,
    }
}

impl SignInService {
    pub(super) fn progress_of(
        &self,
        attempt: &Attempt,
        account: &Account,
        newest: Option<&Code>,
        own: OwnWays,
    ) -> Progress {
        let now = self.0.ambient.now();
        let policy = &self.0.policy;
        let who = Who::of(account.kind);
        let resend_at = attempt.last_code_at.map(|at| at.plus_seconds(policy.resend_cooldown_seconds));
        // A 事業所ユーザ has one way only; sign-ins begun before ways were stored went by mail, too.
        let by_mail = who == Who::Office && account.email.is_some();
        Progress {
            who,
            step: attempt.step,
            email: account.email.as_ref().map(Email::masked),
            phone: account.phone.as_ref().filter(|_| who == Who::Member).map(Phone::masked),
            app: own.app,
            recovery_codes_left: own.recovery_codes_left,
            channel: attempt.channel.or(by_mail.then_some(CodeChannel::Mail)),
            resend_in: resend_at.map_or(0, |at| now.seconds_until(at)),
            resends_left: attempt.codes_sent < policy.codes_per_attempt,
            resent: attempt.codes_sent > 1,
            valid_for: newest.map_or(0, |code| now.seconds_until(code.expires_at)),
            tries_left: (policy.wrong_codes - attempt.wrong_codes).max(0),
        }
    }

    /// Makes a code, stores its keyed hash, queues its message and moves the sign-in to B-2 or B-12.
    pub(super) async fn issue_code(
        &self,
        tx: &mut Tx,
        attempt: &Attempt,
        account: &Account,
        channel: CodeChannel,
    ) -> Result<(), ApiError> {
        let to = contact(account, channel).ok_or(ApiError::NoContact)?;
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
        sign_ins::set_channel(tx, attempt.id, channel).await?;
        let code = digits.into();
        let message = match Who::of(account.kind) {
            Who::Office => Message::OfficeCode { code, minutes },
            Who::Member => Message::MemberCode { code, minutes },
        };
        self.0.outgoing.enqueue(tx, to, &message).await?;
        Ok(())
    }

    /// there is nothing to choose on B-11 when one contact is all there is, so the code goes out with the right
    /// password. Answers whether it did.
    pub(super) async fn send_the_only_way(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        attempt: &Attempt,
        account: &Account,
    ) -> Result<bool, ApiError> {
        let own = own_ways(&self.0, tx, account.id).await?;
        let Some(channel) = only_way(account, own) else { return Ok(false) };
        self.issue_code(tx, attempt, account, channel).await?;
        let screen = password_screen(Who::of(account.kind));
        self.code_sent_row(tx, request, account, screen, (channel, 1)).await?;
        Ok(true)
    }

    pub(super) async fn send_first_code(&self, request: &RequestInfo, channel: CodeChannel) -> Result<Who, ApiError> {
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        let who = Who::of(account.kind);
        match attempt.step {
            Step::SecurityCode => return Err(ApiError::SignInOver),
            // Reload or back button: the code is on its way already.
            Step::Code if attempt.channel.is_none_or(|chosen| chosen == channel) => return Ok(who),
            Step::Code | Step::SendCode if matches!(channel, CodeChannel::App | CodeChannel::Recovery) => {
                self.take_own_way(&mut tx, &attempt, &account, channel).await?;
                tx.commit().await?;
                return Ok(who);
            }
            // Another way was chosen after all: one more code, under the limits of sending again.
            Step::Code if attempt.codes_sent > 0 => self.may_resend(&attempt, &account)?,
            Step::Code | Step::SendCode => {}
        }
        self.issue_code(&mut tx, &attempt, &account, channel).await?;
        let (first, again) = code_screens(who);
        let screen = if attempt.codes_sent == 0 { first } else { again };
        self.code_sent_row(&mut tx, request, &account, screen, (channel, attempt.codes_sent + 1)).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(who)
    }

    fn may_resend(&self, attempt: &Attempt, account: &Account) -> Result<(), ApiError> {
        let progress = self.progress_of(attempt, account, None, OwnWays::default());
        if !progress.resends_left {
            return Err(ApiError::ResendLimit);
        }
        match progress.resend_in {
            0 => Ok(()),
            seconds => Err(ApiError::ResendTooSoon { seconds }),
        }
    }

    pub(super) async fn send_another_code(&self, request: &RequestInfo) -> Result<Who, ApiError> {
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        if attempt.step != Step::Code {
            return Err(ApiError::SignInOver);
        }
        self.may_resend(&attempt, &account)?;
        let channel = attempt.channel.unwrap_or(CodeChannel::Mail);
        self.issue_code(&mut tx, &attempt, &account, channel).await?;
        let who = Who::of(account.kind);
        let sent = (channel, attempt.codes_sent + 1);
        self.code_sent_row(&mut tx, request, &account, code_screens(who).1, sent).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(who)
    }

    async fn code_sent_row(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        account: &Account,
        screen: ScreenId,
        (channel, count): (CodeChannel, i64),
    ) -> Result<(), ApiError> {
        let row = Row::new(self.0.ambient.now(), request, screen, "sign_in.send_code").account(account);
        row.detail(json!({ "channel": channel.code(), "count": count })).write(tx).await
    }

    /// Leave to set the first password of one's own, for this browser and a while.
    pub(super) async fn leave_for_first_password(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        account: &Account,
    ) -> Result<String, ApiError> {
        let now = self.0.ambient.now();
        let token = token(&self.0.ambient);
        let grant = PasswordGrant {
            id: self.0.ambient.id(),
            token_hash: token_hash(&token),
            account_id: account.id,
            certificate: Some(certificate(request)?.fingerprint.clone()),
            created_at: now,
            expires_at: now.plus_minutes(self.0.policy.attempt_minutes),
            used_at: None,
        };
        password_grants::insert(tx, &grant).await?;
        Ok(token)
    }

    /// The sign-in has succeeded: a session, or a password of one's own first.
    pub(in crate::services) async fn let_in(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        account: &Account,
    ) -> Result<Redeemed, ApiError> {
        let login_id = LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?;
        guards::clear(tx, Scope::LoginId, &login_id.key()).await?;
        if account.password_initial && Who::of(account.kind) == Who::Member {
            return Ok(Redeemed::NewPassword { token: self.leave_for_first_password(tx, request, account).await? });
        }
        Ok(Redeemed::Session(self.start_session(tx, request, account).await?))
    }

    /// Exactly one of any number of concurrent calls with one code gets the session: the sign-in's row is locked, the
    /// code is marked used by a conditional update, and the sign-in ends with it.
    pub(super) async fn redeem(&self, request: &RequestInfo, typed: &str) -> Result<Redeemed, ApiError> {
        let digits = one_time_code::parse(typed).map_err(|p| ApiError::field(Field::OneTimeCode, p))?;
        let mut tx = self.0.db.write().await?;
        let (attempt, account) = self.attempt(&mut tx, request).await?;
        if attempt.step != Step::Code || attempt.wrong_codes >= self.0.policy.wrong_codes {
            return Err(ApiError::SignInOver);
        }
        if attempt.channel == Some(CodeChannel::App) {
            return self.redeem_app_code(tx, request, &attempt, &account, &digits).await;
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
        match refusal {
            Some((error, result)) => self.refuse_code(tx, request, &attempt, &account, result, error).await,
            None => self.accept_code(tx, request, &attempt, &account).await,
        }
    }

    fn code_row(&self, request: &RequestInfo, attempt: &Attempt, account: &Account) -> Row {
        let screen = code_screens(Who::of(account.kind)).1;
        let channel = attempt.channel.unwrap_or(CodeChannel::Mail);
        let row = Row::sign_in(self.0.ambient.now(), request, screen, "sign_in.code").account(account);
        row.detail(json!({ "channel": channel.code() }))
    }

    /// The right code: the sign-in ends with it.
    pub(super) async fn accept_code(
        &self,
        mut tx: Tx,
        request: &RequestInfo,
        attempt: &Attempt,
        account: &Account,
    ) -> Result<Redeemed, ApiError> {
        self.code_row(request, attempt, account).write(&mut tx).await?;
        sign_ins::end(&mut tx, attempt.id, self.0.ambient.now()).await?;
        let redeemed = self.let_in(&mut tx, request, account).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(redeemed)
    }

    /// A code that was right once: no guess, so nothing is counted.
    pub(super) async fn refuse_code(
        &self,
        mut tx: Tx,
        request: &RequestInfo,
        attempt: &Attempt,
        account: &Account,
        result: &str,
        error: ApiError,
    ) -> Result<Redeemed, ApiError> {
        self.code_row(request, attempt, account).result(result).write(&mut tx).await?;
        tx.commit().await?;
        Err(error)
    }

    pub(super) async fn count_wrong_code(
        &self,
        mut tx: Tx,
        request: &RequestInfo,
        attempt: &Attempt,
        account: &Account,
    ) -> Result<Redeemed, ApiError> {
        let now = self.0.ambient.now();
        let wrong = sign_ins::count_wrong_code(&mut tx, attempt.id).await?;
        let left = self.0.policy.wrong_codes - wrong;
        let row = self.code_row(request, attempt, account);
        if left <= 0 {
            sign_ins::end(&mut tx, attempt.id, now).await?;
            // Or whoever has certificate and password could guess on in one sign-in after another.
            let login_id = LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?;
            self.count_against(Who::of(account.kind), &mut tx, &login_id, Some(account)).await?;
            row.result("refused_and_ended").write(&mut tx).await?;
        } else {
            row.result("refused").write(&mut tx).await?;
        }
        tx.commit().await?;
        self.0.outgoing.wake();
        if left <= 0 { Err(ApiError::SignInOver) } else { Err(ApiError::WrongCode { left }) }
    }
}
