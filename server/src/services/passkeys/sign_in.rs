//! signing in by a passkey.

use app::{
    error::{ApiError, CertificateProblem},
    screens::ScreenId,
    services::{
        RequestInfo,
        passkeys::PasskeyAnswer,
        sign_in::{Redeemed, Who},
    },
};
use domain::account::LoginId;
use serde_json::json;
use webauthn_rs::prelude::PublicKeyCredential;

use super::{PasskeyService, wrong};
use crate::{
    services::{
        audit::Row,
        sign_in::{certificate, usable},
    },
    storage::{
        Tx,
        accounts::{self, Account},
        guards::{self, Scope},
        offices,
        passkeys::{self, Purpose, StoredPasskey},
    },
};

impl PasskeyService {
    pub(super) async fn sign_in_with(
        &self,
        request: &RequestInfo,
        answer: PasskeyAnswer<'_>,
    ) -> Result<Redeemed, ApiError> {
        let core = &self.0.0;
        let challenge = self.take(request, answer.token, Purpose::SignIn, None).await?;
        let answer: PublicKeyCredential = serde_json::from_str(answer.credential).map_err(|_| wrong())?;
        let mut tx = core.db.write().await?;
        let Some((stored, account)) = owner(&mut tx, &answer).await? else {
            return self.refuse(tx, request, None, "unknown").await;
        };
        if let Err(refused) = self.judge(&mut tx, &answer, &challenge, &stored).await? {
            return self.refuse(tx, request, Some(&account), refused).await;
        }
        if let Some(refused) = self.barred(&mut tx, &account).await? {
            return self.refuse(tx, request, Some(&account), refused).await;
        }
        let office = offices::find(&mut tx, account.office_id).await?.ok_or(ApiError::Internal)?;
        if office.number != certificate(request)?.office_number {
            self.row(request, Some(&account)).result("wrong_office").write(&mut tx).await?;
            tx.commit().await?;
            return Err(ApiError::Certificate(CertificateProblem::WrongOffice));
        }
        self.row(request, Some(&account)).detail(json!({ "passkey": stored.id })).write(&mut tx).await?;
        let redeemed = self.0.let_in(&mut tx, request, &account).await?;
        tx.commit().await?;
        core.outgoing.wake();
        Ok(redeemed)
    }

    /// Why this account may not sign in now, whatever proves it. Told to the log and the audit trail only.
    async fn barred(&self, tx: &mut Tx, account: &Account) -> Result<Option<&'static str>, ApiError> {
        let now = self.0.0.ambient.now();
        if !usable(account, now) || Who::of(account.kind) == Who::Office {
            return Ok(Some("not_usable"));
        }
        let login_id = LoginId::parse(&account.login_id).map_err(|_| ApiError::Internal)?;
        let failures = guards::get(tx, Scope::LoginId, &login_id.key()).await?;
        Ok(failures.locked_at(now).then_some("locked"))
    }

    fn row(&self, request: &RequestInfo, account: Option<&Account>) -> Row {
        let row = Row::sign_in(self.0.0.ambient.now(), request, ScreenId::A4, "sign_in.passkey");
        match account {
            Some(account) => row.account(account),
            None => row,
        }
    }

    async fn refuse(
        &self,
        mut tx: Tx,
        request: &RequestInfo,
        account: Option<&Account>,
        result: &str,
    ) -> Result<Redeemed, ApiError> {
        self.row(request, account).result(result).write(&mut tx).await?;
        tx.commit().await?;
        Err(wrong())
    }
}

/// The passkey that answers, and the account that it names as its owner, if the two belong together.
async fn owner(tx: &mut Tx, answer: &PublicKeyCredential) -> Result<Option<(StoredPasskey, Account)>, ApiError> {
    let Some(stored) = passkeys::lock_by_credential(tx, answer.get_credential_id()).await? else { return Ok(None) };
    if answer.get_user_unique_id() != Some(stored.account_id.as_bytes()) {
        return Ok(None);
    }
    Ok(accounts::find(tx, stored.account_id).await?.map(|account| (stored, account)))
}
