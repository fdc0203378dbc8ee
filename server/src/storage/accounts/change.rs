//! Adding and changing accounts.

use domain::{
    Timestamp,
    account::{AccountKind, LoginId, MemberProfile, PersonName},
    contact::{Email, Phone},
};
use secrecy::SecretString;
use uuid::Uuid;

use super::{Account, ListKeys, choices};
use crate::storage::{StoreError, Tx, row::Stored, tx::on_engine};

/// Adds an account.
///
/// Errors: `LoginIdTaken` (deleted accounts keep theirs), `Corrupt` (the ユーザID is none).
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    let login_id = LoginId::parse(&account.login_id).map_err(|_| StoreError::Corrupt("login_id"))?;
    let keys = ListKeys::of_account(account, &login_id);
    let name = account.name.as_ref();
    let sql = "INSERT INTO accounts (id, office_id, kind, login_id, login_id_key, family_name, given_name,
             family_kana, given_kana, email, phone, search_text, service_sort, job_sort, password_hash,
             password_initial, password_expires_at, security_code_hash, created_at, changed_at, last_sign_in_at,
             suspended_at, expires_at, deleted_at, version, locked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
             $23, $24, $25, $26)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(account.id)
        .bind(account.office_id)
        .bind(account.kind.raw())
        .bind(&account.login_id)
        .bind(login_id.key())
        .bind(name.map(|name| &name.family))
        .bind(name.map(|name| &name.given))
        .bind(name.map(|name| &name.family_kana))
        .bind(name.map(|name| &name.given_kana))
        .bind(account.email.as_ref().map(Email::as_str))
        .bind(account.phone.as_ref().map(Phone::as_str))
        .bind(&keys.search_text)
        .bind(keys.service_sort)
        .bind(keys.job_sort)
        .bind(account.password_hash.raw())
        .bind(account.password_initial)
        .bind(account.password_expires_at.raw())
        .bind(account.security_code_hash.raw())
        .bind(account.created_at.raw())
        .bind(account.changed_at.raw())
        .bind(account.last_sign_in_at.raw())
        .bind(account.suspended_at.raw())
        .bind(account.expires_at.raw())
        .bind(account.deleted_at.raw())
        .bind(account.version)
        .bind(account.locked_at.raw())
        .execute(conn).await.map(drop))?;
    choices::replace(tx, account.id, &account.services, &account.jobs).await
}

/// Gives a member of this office what its form says. `false`: there is no such account, or it is no longer at
/// `expected_version`, or it was deleted; nothing is changed then.
///
/// Errors: `LoginIdTaken`.
pub async fn update_profile(
    tx: &mut Tx,
    office_id: Uuid,
    id: Uuid,
    expected_version: i64,
    profile: &MemberProfile,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let keys = ListKeys::of_profile(profile);
    let PersonName { family, given, family_kana, given_kana } = &profile.name;
    let sql = "UPDATE accounts SET login_id = $4, login_id_key = $5, family_name = $6, given_name = $7,
             family_kana = $8, given_kana = $9, email = $10, phone = $11, search_text = $12, service_sort = $13,
             job_sort = $14, changed_at = $15, version = version + 1
         WHERE id = $1 AND office_id = $2 AND version = $3 AND deleted_at IS NULL AND kind <> 'office'";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(office_id)
        .bind(expected_version)
        .bind(profile.login_id.as_str())
        .bind(profile.login_id.key())
        .bind(family)
        .bind(given)
        .bind(family_kana)
        .bind(given_kana)
        .bind(profile.email.as_ref().map(Email::as_str))
        .bind(profile.phone.as_ref().map(Phone::as_str))
        .bind(&keys.search_text)
        .bind(keys.service_sort)
        .bind(keys.job_sort)
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if done == 0 {
        return Ok(false);
    }
    choices::replace(tx, id, &profile.services, &profile.jobs).await?;
    Ok(true)
}

/// Gives a 事業所ユーザ what a repeated import says.
pub async fn update_imported(
    tx: &mut Tx,
    id: Uuid,
    password_hash: &SecretString,
    security_code_hash: Option<&SecretString>,
    email: Option<&Email>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE accounts SET password_hash = $2, security_code_hash = $3, email = $4, changed_at = $5,
             version = version + 1
         WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(password_hash.raw())
        .bind(security_code_hash.map(Stored::raw))
        .bind(email.map(Email::as_str))
        .bind(now.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Deletes an account of this office and kind; `false` when there is none or it was deleted before.
pub async fn mark_deleted(
    tx: &mut Tx,
    office_id: Uuid,
    kind: AccountKind,
    id: Uuid,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE accounts SET deleted_at = $4, version = version + 1
         WHERE id = $1 AND office_id = $2 AND kind = $3 AND deleted_at IS NULL";
    let done = on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(office_id)
        .bind(kind.raw())
        .bind(now.raw())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Notes a sign-in.
pub async fn set_last_sign_in(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE accounts SET last_sign_in_at = $2 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql).bind(id).bind(now.raw()).execute(conn).await.map(drop))?;
    Ok(())
}

/// Gives the account another password. `initial`: given out by the service, worthless from `expires_at` on.
pub async fn set_password(
    tx: &mut Tx,
    id: Uuid,
    hash: &SecretString,
    initial: bool,
    expires_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE accounts SET password_hash = $2, password_initial = $3, password_expires_at = $4 WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(id)
        .bind(hash.raw())
        .bind(initial)
        .bind(expires_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}
