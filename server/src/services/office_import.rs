//! Taking 事業所 and 事業所ユーザ from another system's CSV (電子請求受付システム): all rows or none.

use std::collections::HashSet;

use app::error::ApiError;
use domain::{
    account::{AccountKind, LoginId, is_office_login_id},
    contact::Email,
    office::OfficeNumber,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::{Core, audit::operator_entry, csv_lines::Lines, passwords, spreadsheet::BYTE_ORDER_MARK};
use crate::{
    delivery::{EnqueueError, Message, Recipient},
    storage::{
        StoreError, Tx,
        accounts::{self, Account},
        audit,
        offices::{self, Office},
        sessions::{self, EndReason},
    },
};

/// One row as it stands in the file. Passwords come in clear or as an Argon2id PHC string.
#[derive(Clone, Deserialize)]
pub struct ImportRow {
    /// 事業所番号.
    pub office_number: String,
    /// 事業所名.
    pub office_name: String,
    /// `KJ` and 12 digits.
    pub login_id: String,
    /// Where one-time codes go; may be empty.
    #[serde(default)]
    pub email: String,
    /// 8 to 16 letters and digits, or empty when `password_hash` is given.
    #[serde(default)]
    pub password: SecretString,
    /// PHC string, or empty.
    #[serde(default)]
    pub password_hash: SecretString,
    /// May be empty: then A-3 is skipped.
    #[serde(default)]
    pub security_code: SecretString,
    /// PHC string, or empty.
    #[serde(default)]
    pub security_code_hash: SecretString,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Not a CSV with the expected columns.
    #[error("line {line}: {message}")]
    Csv {
        /// Line in the file, from 1.
        line: u64,
        /// What the reader says.
        message: String,
    },
    /// Rows that break a rule: line and what is wrong.
    #[error("{}", .0.iter().map(|(line, what)| format!("line {line}: {what}")).collect::<Vec<_>>().join("\n"))]
    Rows(Vec<(u64, String)>),
    /// Storage failed; nothing was taken.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A notice could not be written; nothing was taken.
    #[error("an office could not be told of a change: {0}")]
    Notice(#[from] EnqueueError),
    /// Hashing failed; nothing was taken.
    #[error("a password could not be hashed")]
    Hash,
}

/// What a file brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Offices that were new.
    pub offices: usize,
    /// 事業所ユーザ that were new.
    pub created: usize,
    /// 事業所ユーザ that were there and got the file's values.
    pub updated: usize,
}

struct Checked {
    office: (OfficeNumber, String),
    login_id: LoginId,
    email: Option<Email>,
    password: SecretString,
    security_code: Option<SecretString>,
}

/// What of an account that was there is another after the file.
struct Changes {
    password: bool,
    security_code: bool,
    email: bool,
}

impl Changes {
    /// The words for it in a notice.
    fn names(&self) -> Vec<&'static str> {
        let all =
            [(self.password, "パスワード"), (self.security_code, "セキュリティコード"), (self.email, "メールアドレス")];
        all.into_iter().filter(|(changed, _)| *changed).map(|(_, name)| name).collect()
    }
}

/// Reads rows from CSV with a header line; a UTF-8 byte order mark is skipped. Errors: [`ImportError::Csv`].
pub fn read_csv(bytes: &[u8]) -> Result<Vec<(u64, ImportRow)>, ImportError> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let mut rows = Vec::new();
    let csv_error = |error: csv::Error| ImportError::Csv {
        line: error.position().map_or(1, |position| Lines::new(bytes).at(position)),
        message: error.to_string(),
    };
    let headers = reader.headers().map_err(csv_error)?.clone();
    let mut lines = Lines::new(bytes);
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let line = record.position().map_or(0, |position| lines.at(position));
        rows.push((line, record.deserialize(Some(&headers)).map_err(csv_error)?));
    }
    Ok(rows)
}

/// Takes every row or, with an error that names each faulty line, none.
pub async fn import(core: &Core, rows: &[(u64, ImportRow)]) -> Result<Imported, ImportError> {
    let checked = check_all(core, rows).await?;
    let mut tx = core.db.write().await?;
    let mut done = Imported::default();
    for row in checked {
        let office = office_of(core, &mut tx, &row, &mut done).await?;
        take_account(core, &mut tx, &office, row, &mut done).await?;
    }
    let detail = json!({ "offices": done.offices, "created": done.created, "updated": done.updated });
    audit::append(&mut tx, &operator_entry(core.ambient.now(), "operator.import_office", detail)).await?;
    tx.commit().await?;
    core.outgoing.wake();
    Ok(done)
}

async fn check_all(core: &Core, rows: &[(u64, ImportRow)]) -> Result<Vec<Checked>, ImportError> {
    let mut faults = Vec::new();
    let mut good = Vec::new();
    let mut seen = HashSet::new();
    for (line, row) in rows {
        match check(row) {
            Ok((office, login_id, email)) => {
                if !seen.insert(login_id.key()) {
                    faults.push((*line, "login_id stands in the file twice".to_owned()));
                }
                good.push((row, office, login_id, email));
            }
            Err(what) => faults.push((*line, what)),
        }
    }
    if !faults.is_empty() {
        return Err(ImportError::Rows(faults));
    }
    let mut checked = Vec::new();
    for (row, number, login_id, email) in good {
        let mut tx = core.db.read().await?;
        let known = accounts::find_by_login_id(&mut tx, &login_id).await?;
        drop(tx);
        let (old_password, old_code) = match &known {
            Some(account) => (Some(&account.password_hash), account.security_code_hash.as_ref()),
            None => (None, None),
        };
        let password = hashed(core, &row.password, &row.password_hash, old_password).await;
        let password = password.map_err(|_| ImportError::Hash)?;
        let security_code = hashed(core, &row.security_code, &row.security_code_hash, old_code).await;
        let security_code = security_code.map_err(|_| ImportError::Hash)?;
        let Some(password) = password else { return Err(ImportError::Hash) };
        checked.push(Checked { office: (number, row.office_name.clone()), login_id, email, password, security_code });
    }
    Ok(checked)
}

fn check(row: &ImportRow) -> Result<(OfficeNumber, LoginId, Option<Email>), String> {
    let number = OfficeNumber::parse(&row.office_number).map_err(|p| format!("office_number: {p:?}"))?;
    if row.office_name.is_empty() {
        return Err("office_name: Missing".to_owned());
    }
    let login_id = LoginId::parse(&row.login_id).map_err(|p| format!("login_id: {p:?}"))?;
    if !is_office_login_id(&login_id) {
        return Err("login_id: must be KJ and 12 digits".to_owned());
    }
    let email = match row.email.as_str() {
        "" => None,
        text => Some(Email::parse(text).map_err(|p| format!("email: {p:?}"))?),
    };
    one_of("password", &row.password, &row.password_hash, true)?;
    one_of("security_code", &row.security_code, &row.security_code_hash, false)?;
    let clear = row.password.expose_secret();
    // The rule of 電子請求受付システム.
    let fits = (8..=16).contains(&clear.len()) && clear.chars().all(|c| c.is_ascii_alphanumeric());
    if !clear.is_empty() && !fits {
        return Err("password: must be 8 to 16 letters and digits".to_owned());
    }
    Ok((number, login_id, email))
}

fn one_of(name: &str, clear: &SecretString, hash: &SecretString, required: bool) -> Result<(), String> {
    let (clear, hash) = (clear.expose_secret(), hash.expose_secret());
    match (clear.is_empty(), hash.is_empty()) {
        (false, false) => Err(format!("{name}: give the clear text or the hash, not both")),
        (true, true) if required => Err(format!("{name}: Missing")),
        (true, false) if !passwords::is_hash(hash) => {
            Err(format!("{name}_hash: must be an argon2id PHC string of at least OWASP's cost"))
        }
        _ => Ok(()),
    }
}

/// The hash to store: the given one, or one of the clear text; the `old` one when the clear text has not changed.
async fn hashed(
    core: &Core,
    clear: &SecretString,
    hash: &SecretString,
    old: Option<&SecretString>,
) -> Result<Option<SecretString>, ApiError> {
    if !hash.expose_secret().is_empty() {
        return Ok(Some(hash.clone()));
    }
    if clear.expose_secret().is_empty() {
        return Ok(None);
    }
    if old.is_some() && core.passwords.verify(old, clear.expose_secret()).await? {
        return Ok(old.cloned());
    }
    core.passwords.hash(&core.ambient, clear.clone()).await.map(Some)
}

fn same(one: Option<&SecretString>, other: Option<&SecretString>) -> bool {
    one.map(ExposeSecret::expose_secret) == other.map(ExposeSecret::expose_secret)
}

async fn office_of(core: &Core, tx: &mut Tx, row: &Checked, done: &mut Imported) -> Result<Office, StoreError> {
    let (number, name) = &row.office;
    if let Some(office) = offices::find_by_number(tx, number.as_str()).await? {
        if office.name != *name {
            offices::rename(tx, office.id, name).await?;
        }
        return Ok(office);
    }
    let office = Office {
        id: core.ambient.id(),
        number: number.to_string(),
        name: name.clone(),
        created_at: core.ambient.now(),
    };
    offices::insert(tx, &office).await?;
    done.offices += 1;
    Ok(office)
}

/// To the address after the change and, when that is another one, to the one before, as for other accounts: whoever hands
/// in the file cannot keep an office from hearing of it (ASVS 6.3.7). No value is named.
async fn send_notices(
    core: &Core,
    tx: &mut Tx,
    changes: &Changes,
    before: &Account,
    email: Option<Email>,
) -> Result<(), EnqueueError> {
    let what = changes.names();
    if what.is_empty() {
        return Ok(());
    }
    let when = core.ambient.now();
    let by = || "サービスの運営者".to_owned();
    if let Some(to) = email {
        let message = Message::AccountChanged { what: what.join("、"), when, by: by() };
        core.outgoing.enqueue(tx, Recipient::Mail(to), &message).await?;
    }
    if let Some(old) = before.email.clone().filter(|_| changes.email) {
        let message = Message::ContactChanged { when, by: by() };
        core.outgoing.enqueue(tx, Recipient::Mail(old), &message).await?;
    }
    Ok(())
}

async fn take_account(
    core: &Core,
    tx: &mut Tx,
    office: &Office,
    row: Checked,
    done: &mut Imported,
) -> Result<(), ImportError> {
    let now = core.ambient.now();
    if let Some(account) = accounts::find_by_login_id(tx, &row.login_id).await? {
        if account.kind != AccountKind::Office || account.office_id != office.id {
            return Err(StoreError::LoginIdTaken.into());
        }
        let (password, code) = (&row.password, row.security_code.as_ref());
        accounts::update_imported(tx, account.id, password, code, row.email.as_ref(), now).await?;
        let changes = Changes {
            password: !same(Some(password), Some(&account.password_hash)),
            security_code: !same(code, account.security_code_hash.as_ref()),
            email: row.email != account.email,
        };
        if changes.password || changes.security_code {
            sessions::end_all(tx, account.id, None, EndReason::PasswordChanged, now).await?;
        }
        send_notices(core, tx, &changes, &account, row.email).await?;
        done.updated += 1;
        return Ok(());
    }
    let account = Account {
        id: core.ambient.id(),
        office_id: office.id,
        kind: AccountKind::Office,
        login_id: row.login_id.to_string(),
        name: None,
        services: std::collections::BTreeSet::new(),
        jobs: std::collections::BTreeSet::new(),
        email: row.email,
        phone: None,
        created_at: now,
        changed_at: now,
        last_sign_in_at: None,
        locked_at: None,
        suspended_at: None,
        expires_at: None,
        deleted_at: None,
        version: 1,
        password_hash: row.password,
        password_initial: false,
        password_expires_at: None,
        security_code_hash: row.security_code,
    };
    accounts::insert(tx, &account).await?;
    done.created += 1;
    Ok(())
}
