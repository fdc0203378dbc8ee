//! 端末: PCs with a card reader, and their accounts at the platform.

use domain::{Timestamp, terminal::Verdict};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

/// One registration. The password is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Which one.
    pub id: Uuid,
    /// Whose.
    pub office_id: Uuid,
    /// 端末固有ID, grouped.
    pub terminal_id: String,
    /// What the office calls it; may be empty.
    pub name: String,
    /// オンライン資格確認ユーザID.
    pub platform_user: String,
    /// Its password, sealed.
    pub platform_password: Vec<u8>,
    /// Names the key that sealed it.
    pub password_key: String,
    /// DER of `SubjectPublicKeyInfo`, once a reading brought it.
    pub public_key: Option<Vec<u8>>,
    /// 認証結果.
    pub verdict: Verdict,
    /// When the platform was asked last.
    pub verified_at: Timestamp,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Its latest reading that was taken.
    pub last_reading_at: Option<Timestamp>,
    /// From then on nothing of it is taken.
    pub revoked_at: Option<Timestamp>,
}

impl Stored for Verdict {
    type Raw = String;

    fn raw(&self) -> String {
        self.code().to_owned()
    }

    fn from_raw(raw: String) -> Option<Self> {
        Self::from_code(&raw)
    }
}

read_from_row!(Terminal {
    id,
    office_id,
    terminal_id,
    name,
    platform_user,
    platform_password,
    password_key,
    public_key,
    verdict,
    verified_at,
    registered_at,
    last_reading_at,
    revoked_at,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, office_id, terminal_id, name, platform_user, platform_password, password_key, public_key,
                 verdict, verified_at, registered_at, last_reading_at, revoked_at FROM terminals ",
            $rest
        )
    };
}

/// Adds one. Errors: `TerminalTaken` when the office has registered this 端末固有ID.
pub async fn insert(tx: &mut Tx, terminal: &Terminal) -> Result<(), StoreError> {
    let sql = "INSERT INTO terminals (id, office_id, terminal_id, name, platform_user, platform_password, password_key,
             public_key, verdict, verified_at, registered_at, last_reading_at, revoked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(terminal.id)
        .bind(terminal.office_id)
        .bind(&terminal.terminal_id)
        .bind(&terminal.name)
        .bind(&terminal.platform_user)
        .bind(&terminal.platform_password)
        .bind(&terminal.password_key)
        .bind(&terminal.public_key)
        .bind(terminal.verdict.raw())
        .bind(terminal.verified_at.raw())
        .bind(terminal.registered_at.raw())
        .bind(terminal.last_reading_at.raw())
        .bind(terminal.revoked_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// The office's terminals that are not revoked, the newest first.
pub async fn list(tx: &mut Tx, office_id: Uuid) -> Result<Vec<Terminal>, StoreError> {
    let sql = select!("WHERE office_id = $1 AND revoked_at IS NULL ORDER BY registered_at DESC, id DESC");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(office_id).fetch_all(conn).await)?)
}

/// One of the office's terminals that is not revoked.
pub async fn find(tx: &mut Tx, office_id: Uuid, id: Uuid) -> Result<Option<Terminal>, StoreError> {
    let sql = select!("WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL");
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(office_id).bind(id).fetch_optional(conn).await)?)
}

/// The same, to be changed or to be sure of: until this transaction ends, nobody else changes it.
pub async fn lock(tx: &mut Tx, office_id: Uuid, id: Uuid) -> Result<Option<Terminal>, StoreError> {
    let sql = tx.text(
        select!("WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL"),
        select!("WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL FOR UPDATE"),
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(office_id).bind(id).fetch_optional(conn).await)?)
}

/// The office's registrations of this 端末固有ID, the one in force first; locked as by [`lock`].
pub async fn lock_by_terminal_id(
    tx: &mut Tx,
    office_id: Uuid,
    terminal_id: &str,
) -> Result<Option<Terminal>, StoreError> {
    let sql = tx.text(
        select!(
            "WHERE office_id = $1 AND terminal_id = $2
             ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, revoked_at DESC LIMIT 1"
        ),
        select!(
            "WHERE office_id = $1 AND terminal_id = $2
             ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, revoked_at DESC LIMIT 1 FOR UPDATE"
        ),
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(office_id).bind(terminal_id).fetch_optional(conn).await)?)
}

/// Stores everything of it that can change.
pub async fn update(tx: &mut Tx, terminal: &Terminal) -> Result<(), StoreError> {
    let sql = "UPDATE terminals SET name = $2, platform_user = $3, platform_password = $4, password_key = $5,
             public_key = $6, verdict = $7, verified_at = $8, last_reading_at = $9, revoked_at = $10
         WHERE id = $1";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(terminal.id)
        .bind(&terminal.name)
        .bind(&terminal.platform_user)
        .bind(&terminal.platform_password)
        .bind(&terminal.password_key)
        .bind(&terminal.public_key)
        .bind(terminal.verdict.raw())
        .bind(terminal.verified_at.raw())
        .bind(terminal.last_reading_at.raw())
        .bind(terminal.revoked_at.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Terminals in force whose password was sealed with another key than `key`, at most `at_most`; locked as by [`lock`].
pub async fn sealed_otherwise(tx: &mut Tx, key: &str, at_most: u32) -> Result<Vec<Terminal>, StoreError> {
    let sql = tx.text(
        select!("WHERE revoked_at IS NULL AND password_key <> $1 ORDER BY id LIMIT $2"),
        select!("WHERE revoked_at IS NULL AND password_key <> $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED"),
    );
    Ok(on_engine!(tx, conn => sqlx::query_as(sql).bind(key).bind(i64::from(at_most)).fetch_all(conn).await)?)
}
