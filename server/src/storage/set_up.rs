//! How far an office is with setting itself up.

use domain::account::AccountKind;
use uuid::Uuid;

use super::{StoreError, Tx, row::Stored, tx::on_engine};

/// Whether the office has an account of this kind that was not deleted.
pub async fn has_member(tx: &mut Tx, office_id: Uuid, kind: AccountKind) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM accounts WHERE office_id = $1 AND kind = $2 AND deleted_at IS NULL)";
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql).bind(office_id).bind(kind.raw()).fetch_one(conn).await)?)
}

/// Whether somebody of the office ever did `action`, whose group is the part before the point, with success. Looks from the
/// oldest record on: a first time is found at once.
pub async fn has_done(tx: &mut Tx, office_id: Uuid, group: &str, action: &str) -> Result<bool, StoreError> {
    let sql = tx.text(
        "SELECT EXISTS (SELECT 1 FROM audit INDEXED BY audit_by_group
             WHERE office_id = $1 AND substr(action, 1, instr(action, '.') - 1) = $2 AND action = $3 AND result = 'ok'
             ORDER BY at, seq LIMIT 1)",
        "SELECT EXISTS (SELECT 1 FROM audit
             WHERE office_id = $1 AND split_part(action, '.', 1) = $2 AND action = $3 AND result = 'ok'
             ORDER BY at, seq LIMIT 1)",
    );
    Ok(on_engine!(tx, conn => sqlx::query_scalar(sql)
        .bind(office_id)
        .bind(group)
        .bind(action)
        .fetch_one(conn).await)?)
}
