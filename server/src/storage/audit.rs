//! The audit trail: append-only rows, each chained to the one before by a hash.
//!
//! A row's hash is SHA-256 over the previous row's hash and the row itself, its number included. The head remembers
//! number and hash of the last row. So a changed, deleted, inserted or moved row breaks the chain where it stands, and
//! a cut tail does not reach the head. The database also refuses to update or delete audit rows.

use domain::{Timestamp, account::AccountKind};
use uuid::Uuid;

use super::{StoreError, Tx, tx::on_engine};

mod anchor;
mod chain;
mod list;
mod verify;

pub use anchor::{Anchor, check_anchor, end};
use chain::{Head, Row};
pub use list::{Scope, find, newest, page};
pub use verify::{Flaw, Verified, VerifyError, verify};

/// What happened. Holds no secret and no personal data of insured persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The request, as in the log and on error screens.
    pub request_id: String,
    /// In which office, if known.
    pub office_id: Option<Uuid>,
    /// Who, if known.
    pub account_id: Option<Uuid>,
    /// As what, if known.
    pub account_kind: Option<AccountKind>,
    /// ユーザID as registered; empty when unknown: what was typed may be a password.
    pub login_id: String,
    /// Fingerprint of the client certificate; empty without one.
    pub certificate: String,
    /// IP address.
    pub address: String,
    /// Number of the screen, such as `D-3`.
    pub screen: String,
    /// What was done, such as `account.register`.
    pub action: String,
    /// The account that it was done to.
    pub target: Option<Uuid>,
    /// `ok`, or why not.
    pub result: String,
    /// Further facts.
    pub detail: serde_json::Value,
}

/// Appends a row when `tx` commits.
///
/// At the very end, because the trail has one head that only one transaction can hold. Were it taken earlier, every
/// other change would wait for the rest of this one, and two that also lock another row could wait for each other.
pub async fn append(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    tx.audit.push(entry.clone());
    Ok(())
}

/// Appends what was collected. Called by the commit only.
pub(super) async fn write_pending(tx: &mut Tx) -> Result<(), StoreError> {
    let entries = std::mem::take(&mut tx.audit);
    if entries.is_empty() {
        return Ok(());
    }
    let mut head = lock_head(tx).await?;
    for entry in entries {
        let row = Row::new(head.seq + 1, entry);
        head = head.next(&row);
        insert(tx, &row, &head.hash).await?;
    }
    let sql = "UPDATE audit_head SET seq = $1, hash = $2";
    on_engine!(tx, conn => sqlx::query(sql).bind(head.seq).bind(&head.hash).execute(conn).await.map(drop))?;
    Ok(())
}

macro_rules! select_head {
    ($rest:literal) => {
        concat!("SELECT seq, hash FROM audit_head", $rest)
    };
}
use select_head;

/// The chain's end; other appends wait until this transaction ends.
async fn lock_head(tx: &mut Tx) -> Result<Head, StoreError> {
    let sql = tx.text(select_head!(""), select_head!(" FOR UPDATE"));
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).fetch_one(conn).await)?)
}

async fn insert(tx: &mut Tx, row: &Row, hash: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (seq, at, request_id, office_id, account_id, account_kind, login_id, certificate,
             address, screen, action, target, result, detail, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(row.seq)
        .bind(row.at)
        .bind(&row.request_id)
        .bind(row.office_id)
        .bind(row.account_id)
        .bind(&row.account_kind)
        .bind(&row.login_id)
        .bind(&row.certificate)
        .bind(&row.address)
        .bind(&row.screen)
        .bind(&row.action)
        .bind(row.target)
        .bind(&row.result)
        .bind(&row.detail)
        .bind(hash)
        .execute(conn).await.map(drop))?;
    Ok(())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT seq, at, request_id, office_id, account_id, account_kind, login_id, certificate, address, screen,
                 action, target, result, detail, hash FROM audit ",
            $rest
        )
    };
}
use select;

/// The newest sign-ins of an account and what failed of them, the newest first: sign-ins by the step that completed
/// them, failures by the step that failed.
pub async fn recent_sign_ins(tx: &mut Tx, account_id: Uuid, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let sql = select!(
        "WHERE account_id = $1 AND action LIKE 'sign_in.%' AND action <> 'sign_in.send_code'
         AND (result <> 'ok' OR action IN ('sign_in.code', 'sign_in.passkey')) ORDER BY seq DESC LIMIT $2"
    );
    let rows: Vec<Row> = on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(account_id)
        .bind(i64::from(limit))
        .fetch_all(conn).await)?;
    rows.into_iter().map(Row::into_entry).collect()
}
