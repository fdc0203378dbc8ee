//! G-1: a link for whoever knows ID and contact, and the same answer for everybody else.

use app::{error::ApiError, screens::ScreenId, services::RequestInfo};
use domain::{
    account::{AccountKind, LoginId},
    contact::{Email, Phone},
    form::{Field, FieldErrors, Problem},
};
use secrecy::SecretString;

use super::{OwnPasswordService, certificate, usable};
use crate::{
    delivery::{Message, Recipient},
    secret::{token, token_hash},
    services::audit::Row,
    storage::{
        Tx,
        accounts::{self, Account},
        guards,
        offices::{self, Office},
        password_grants::{self, PasswordGrant},
    },
};

/// How long a link may be used, minutes.
const LINK_MINUTES: i64 = 30;

/// Links that one account is sent in an hour at most: nobody's mailbox is to be filled by a stranger.
const LINKS_PER_HOUR: i64 = 3;

/// What was typed into 「メールアドレスまたは携帯電話番号」.
fn contact(input: &str) -> Result<Recipient, Problem> {
    match (Email::parse(input), Phone::parse(input)) {
        (Ok(email), _) => Ok(Recipient::Mail(email)),
        (_, Ok(phone)) => Ok(Recipient::Sms(phone)),
        (Err(Problem::Missing), _) => Err(Problem::Missing),
        _ => Err(Problem::Malformed),
    }
}

fn is_registered(account: &Account, to: &Recipient) -> bool {
    match to {
        Recipient::Mail(email) => account.email.as_ref() == Some(email),
        Recipient::Sms(phone) => account.phone.as_ref() == Some(phone),
    }
}

impl OwnPasswordService {
    pub(super) async fn send_link(
        &self,
        request: &RequestInfo,
        login_id: &str,
        contact_typed: &str,
    ) -> Result<(), ApiError> {
        certificate(request)?;
        let mut errors = FieldErrors::default();
        let login_id = errors.take(Field::LoginId, LoginId::parse(login_id));
        let to = errors.take(Field::Contact, contact(contact_typed));
        let (Some(login_id), Some(to)) = (login_id, to) else { return Err(ApiError::Invalid(errors)) };

        let mut tx = self.core.db.write().await?;
        let now = self.core.ambient.now();
        let policy = &self.core.policy;
        let address = request.address.to_string();
        let since = now.plus_minutes(-policy.address_window_minutes);
        if guards::address_failures(&mut tx, &address, since).await? >= policy.address_failures {
            return Err(ApiError::TooManyRequests { seconds: policy.address_window_minutes * 60 });
        }
        let row = Row::new(now, request, ScreenId::G1, "password.forgotten");
        if let Some((account, office)) = self.fitting(&mut tx, request, &login_id, &to).await? {
            self.enqueue_link(&mut tx, &account, &office, to).await?;
            row.account(&account).write(&mut tx).await?;
        } else {
            guards::add_address_failure(&mut tx, &address, now).await?;
            row.result("refused").write(&mut tx).await?;
        }
        tx.commit().await?;
        self.core.outgoing.wake();
        Ok(())
    }

    /// The account, when the contact is its own, the certificate its office's, and it was not sent too many links.
    async fn fitting(
        &self,
        tx: &mut Tx,
        request: &RequestInfo,
        login_id: &LoginId,
        to: &Recipient,
    ) -> Result<Option<(Account, Office)>, ApiError> {
        let now = self.core.ambient.now();
        let Some(account) = accounts::find_by_login_id(tx, login_id).await? else { return Ok(None) };
        let office = offices::find(tx, account.office_id).await?.ok_or(ApiError::Internal)?;
        let sent = password_grants::count_since(tx, account.id, now.plus_minutes(-60)).await?;
        let fits = account.kind != AccountKind::Office
            && usable(&account, now)
            && is_registered(&account, to)
            && office.number == certificate(request)?.office_number
            && sent < LINKS_PER_HOUR;
        Ok(fits.then_some((account, office)))
    }

    async fn enqueue_link(
        &self,
        tx: &mut Tx,
        account: &Account,
        office: &Office,
        to: Recipient,
    ) -> Result<(), ApiError> {
        let now = self.core.ambient.now();
        let token = token(&self.core.ambient);
        let grant = PasswordGrant {
            id: self.core.ambient.id(),
            token_hash: token_hash(&token),
            account_id: account.id,
            certificate: None,
            created_at: now,
            expires_at: now.plus_minutes(LINK_MINUTES),
            used_at: None,
        };
        password_grants::insert(tx, &grant).await?;
        let path = app::routes::Route::NewPassword;
        let message = Message::PasswordLink {
            office_name: office.name.clone(),
            office_number: office.number.clone(),
            login_id: account.login_id.clone(),
            kind: account.kind,
            url: SecretString::from(format!("{}{path}?token={token}", self.core.sign_in_origin)),
            expires_at: grant.expires_at,
        };
        self.core.outgoing.enqueue(tx, to, &message).await?;
        Ok(())
    }
}
