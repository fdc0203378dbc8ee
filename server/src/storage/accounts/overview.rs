//! Accounts of every office at once: for the operator's command line, and for nobody else.

use domain::{
    Timestamp,
    account::{AccountKind, AccountState, Standing},
};

use crate::storage::{StoreError, Tx, row::read_from_row, tx::on_engine};

/// What the operator sees of an account: no names, no addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// 事業所番号.
    pub office_number: String,
    /// ユーザID as registered.
    pub login_id: String,
    /// Its kind.
    pub kind: AccountKind,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Last sign-in.
    pub last_sign_in_at: Option<Timestamp>,
    /// `None`: it was deleted.
    pub state: Option<AccountState>,
}

struct Record {
    number: String,
    login_id: String,
    kind: AccountKind,
    created_at: Timestamp,
    last_sign_in_at: Option<Timestamp>,
    locked_at: Option<Timestamp>,
    suspended_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
    locked_until: Option<Timestamp>,
}

read_from_row!(Record {
    number,
    login_id,
    kind,
    created_at,
    last_sign_in_at,
    locked_at,
    suspended_at,
    expires_at,
    deleted_at,
    locked_until,
});

/// Every account, or those of one 事業所番号, by office and ID.
pub async fn overview(tx: &mut Tx, office_number: Option<&str>, now: Timestamp) -> Result<Vec<Overview>, StoreError> {
    let sql = "SELECT offices.number, login_id, kind, accounts.created_at, last_sign_in_at, locked_at, suspended_at,
             expires_at, deleted_at, locked_until
         FROM accounts JOIN offices ON offices.id = office_id
             LEFT JOIN guards ON scope = 'login_id' AND key = login_id_key
         WHERE $1 = '' OR offices.number = $1
         ORDER BY offices.number, login_id_key";
    let records: Vec<Record> = on_engine!(tx, conn => sqlx::query_as(sql)
        .bind(office_number.unwrap_or_default())
        .fetch_all(conn).await)?;
    let seen = |record: Record| {
        let standing = Standing {
            locked_at: record.locked_at,
            locked_until: record.locked_until,
            suspended_at: record.suspended_at,
            expires_at: record.expires_at,
            deleted_at: record.deleted_at,
            last_sign_in: record.last_sign_in_at,
        };
        Overview {
            office_number: record.number,
            login_id: record.login_id,
            kind: record.kind,
            registered_at: record.created_at,
            last_sign_in_at: record.last_sign_in_at,
            state: record.deleted_at.is_none().then(|| standing.state(now)),
        }
    };
    Ok(records.into_iter().map(seen).collect())
}
