//! Filling in audit rows: who, from where, did what to whom, with which result.

mod file;
mod trail;

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{Actor, RequestInfo},
};
use domain::{Timestamp, device::device_name};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::storage::{
    Tx,
    accounts::Account,
    audit::{Entry, append},
};

pub use trail::AuditTrailService;

/// A row for what the operator did on the command line.
pub(super) fn operator_entry(now: Timestamp, action: &str, detail: Value) -> Entry {
    Entry {
        at: now,
        request_id: "command-line".to_owned(),
        office_id: None,
        account_id: None,
        account_kind: None,
        login_id: String::new(),
        certificate: String::new(),
        address: String::new(),
        screen: String::new(),
        action: action.to_owned(),
        target: None,
        result: "ok".to_owned(),
        detail,
    }
}

/// One audit row under way.
pub(super) struct Row(Entry);

impl Row {
    /// A row for `action` on `screen`, result `ok`, nobody known yet.
    pub(super) fn new(now: Timestamp, request: &RequestInfo, screen: ScreenId, action: &str) -> Self {
        Self(Entry {
            at: now,
            request_id: request.request_id.clone(),
            office_id: None,
            account_id: None,
            account_kind: None,
            login_id: String::new(),
            certificate: request.certificate.as_ref().map(|c| c.fingerprint.clone()).unwrap_or_default(),
            address: request.address.to_string(),
            screen: screen.number().to_owned(),
            action: action.to_owned(),
            target: None,
            result: "ok".to_owned(),
            detail: json!({}),
        })
    }

    /// The same for a step of a sign-in, with the browser in words: P-1 shows it to the account's owner.
    pub(super) fn sign_in(now: Timestamp, request: &RequestInfo, screen: ScreenId, action: &str) -> Self {
        Self::new(now, request, screen, action).detail(json!({ "device": device_name(&request.user_agent) }))
    }

    /// The account that acts, before it has a session.
    pub(super) fn account(mut self, account: &Account) -> Self {
        self.0.office_id = Some(account.office_id);
        self.0.account_id = Some(account.id);
        self.0.account_kind = Some(account.kind);
        self.0.login_id.clone_from(&account.login_id);
        self
    }

    /// The signed-in account that acts.
    pub(super) fn actor(mut self, actor: &Actor) -> Self {
        self.0.office_id = Some(actor.office_id);
        self.0.account_id = Some(actor.account_id);
        self.0.account_kind = Some(actor.kind);
        self.0.login_id.clone_from(&actor.login_id);
        self
    }

    /// The account that is acted upon.
    pub(super) fn target(mut self, id: Uuid) -> Self {
        self.0.target = Some(id);
        self
    }

    /// Another result than `ok`.
    pub(super) fn result(mut self, result: &str) -> Self {
        result.clone_into(&mut self.0.result);
        self
    }

    /// Further facts; never a secret, never a name or address of a person.
    pub(super) fn detail(mut self, detail: Value) -> Self {
        match (&mut self.0.detail, detail) {
            (Value::Object(known), Value::Object(more)) => known.extend(more),
            (known, other) => *known = other,
        }
        self
    }

    /// Appends the row in the change's own transaction.
    pub(super) async fn write(self, tx: &mut Tx) -> Result<(), ApiError> {
        append(tx, &self.0).await?;
        Ok(())
    }
}
