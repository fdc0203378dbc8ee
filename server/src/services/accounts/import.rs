//! D-21: taking a file, judging its rows, and registering everybody in it or nobody.
//!
//! Passwords take seconds to hash, so a task of its own makes them while the page shows how far it is; the lease in the
//! database tells every instance whether that task still lives. Only then one transaction registers everybody. Whatever
//! ends the task before, nothing is registered, and the file waits to be tried again.

use std::collections::HashMap;

use app::{
    error::ApiError,
    services::{
        ManageMembers, RequestInfo,
        member_files::{IMPORT_PAGE_ROWS, Import, ImportRow, ImportState},
    },
};
use domain::{
    Timestamp,
    account::{LoginId, MemberProfile},
    form::{Field, FieldErrors, Problem},
};
use uuid::Uuid;

use super::{AccountsService, contact_rule, draft::with_problem};
use crate::{
    services::{
        long_runs::LEASE_SECONDS,
        member_csv::{self, CsvRow},
    },
    storage::{
        Tx, accounts,
        member_imports::{self, ImportStep, StoredImport},
    },
};

mod run;

/// Files that one account keeps without registering them.
const FILES_KEPT: i64 = 3;

/// Where a sealed file belongs.
fn context(import: Uuid) -> String {
    format!("member_imports/{import}")
}

/// Whether the task that makes the passwords counts as alive.
fn is_running(import: &StoredImport, now: Timestamp) -> bool {
    import.step == ImportStep::Running && import.lease_until.is_some_and(|until| now < until)
}

fn state(import: &StoredImport, now: Timestamp) -> ImportState {
    match import.step {
        ImportStep::Done => ImportState::Done,
        ImportStep::Checked => ImportState::Checked,
        ImportStep::Running if is_running(import, now) => {
            ImportState::Running { prepared: u32::try_from(import.prepared).unwrap_or(0) }
        }
        ImportStep::Running => ImportState::Interrupted,
    }
}

impl AccountsService {
    pub(super) async fn keep_import(
        &self,
        leave: &ManageMembers,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<Uuid, ApiError> {
        let rows = member_csv::read(bytes).map_err(|problem| ApiError::field(Field::File, problem))?;
        let plain = serde_json::to_vec(&rows).map_err(|_| ApiError::Internal)?;
        let (id, now, actor) = (self.0.ambient.id(), self.0.ambient.now(), leave.actor());
        let import = StoredImport {
            id,
            account_id: actor.account_id,
            office_id: actor.office_id,
            members: leave.members().kind(),
            file_name: file_name.to_owned(),
            row_count: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            sealed: Some(self.0.keys.seal(&self.0.ambient, context(id).as_bytes(), &plain)),
            step: ImportStep::Checked,
            prepared: 0,
            lease: None,
            lease_until: None,
            created_at: now,
            updated_at: now,
        };
        let mut tx = self.0.db.write().await?;
        member_imports::insert(&mut tx, &import).await?;
        member_imports::forget_older(&mut tx, actor.account_id, FILES_KEPT).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub(super) async fn judged_import(
        &self,
        leave: &ManageMembers,
        id: Uuid,
        page: u32,
        faulty: bool,
    ) -> Result<Import, ApiError> {
        let mut tx = self.0.db.read().await?;
        let found = member_imports::find(&mut tx, leave.actor().account_id, id).await?;
        let stored = own(leave, found)?;
        let state = state(&stored, self.0.ambient.now());
        let mut shown = Vec::new();
        if matches!(state, ImportState::Checked | ImportState::Interrupted) {
            let rows = self.rows_of(&stored)?;
            let judged = self.judge_rows(&mut tx, leave, &rows).await?;
            let row = |(row, judged): (CsvRow, Result<_, FieldErrors>)| ImportRow {
                line: row.line,
                name: format!("{} {}", row.form.family_name, row.form.given_name),
                login_id: row.form.login_id,
                errors: judged.err().unwrap_or_default(),
            };
            shown = rows.into_iter().zip(judged).map(row).collect::<Vec<_>>();
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let wrong = count(shown.iter().filter(|row| !row.errors.is_empty()).count());
        shown.retain(|row| !faulty || !row.errors.is_empty());
        let pages = count(shown.len()).div_ceil(IMPORT_PAGE_ROWS).max(1);
        let page = page.clamp(1, pages);
        let size = IMPORT_PAGE_ROWS as usize;
        Ok(Import {
            id,
            file_name: stored.file_name,
            sent_at: stored.created_at,
            state,
            total: u32::try_from(stored.row_count).unwrap_or(u32::MAX),
            faulty: wrong,
            rows: shown.into_iter().skip((page as usize - 1) * size).take(size).collect(),
            page,
        })
    }

    /// The rows of a file that is not registered yet.
    fn rows_of(&self, import: &StoredImport) -> Result<Vec<CsvRow>, ApiError> {
        let sealed = import.sealed.as_ref().ok_or(ApiError::Internal)?;
        let plain = self.0.keys.open(context(import.id).as_bytes(), sealed).map_err(|error| {
            tracing::error!(error.message = %error, "an import cannot be opened");
            ApiError::Internal
        })?;
        serde_json::from_slice(&plain).map_err(|_| ApiError::Internal)
    }

    /// Every row by the form's own rules, and by what else stands in the file and in the database.
    async fn judge_rows(
        &self,
        tx: &mut Tx,
        leave: &ManageMembers,
        rows: &[CsvRow],
    ) -> Result<Vec<Result<MemberProfile, FieldErrors>>, ApiError> {
        let key = |row: &CsvRow| LoginId::parse(&row.form.login_id).ok().map(|id| id.key());
        let keys: Vec<Option<String>> = rows.iter().map(key).collect();
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for key in keys.iter().flatten() {
            *counts.entry(key).or_default() += 1;
        }
        let asked: Vec<String> = counts.keys().map(|&key| key.to_owned()).collect();
        let taken = accounts::login_ids_taken(tx, &asked).await?;
        let judge = |(row, key): (&CsvRow, &Option<String>)| {
            let mut judged = row.form.validate(contact_rule(leave.members()));
            let key = key.as_deref().unwrap_or_default();
            if counts.get(key).is_some_and(|count| *count > 1) {
                judged = Err(with_problem(judged, Field::LoginId, Problem::Repeated));
            }
            if taken.contains(key) {
                judged = Err(with_problem(judged, Field::LoginId, Problem::Taken));
            }
            if row.ragged {
                judged = Err(with_problem(judged, Field::File, Problem::Malformed));
            }
            judged
        };
        Ok(rows.iter().zip(&keys).map(judge).collect())
    }

    /// The people in a file, when every row is right. Errors: `Conflict`.
    async fn everybody(
        &self,
        tx: &mut Tx,
        leave: &ManageMembers,
        import: &StoredImport,
    ) -> Result<Vec<MemberProfile>, ApiError> {
        let rows = self.rows_of(import)?;
        let judged = self.judge_rows(tx, leave, &rows).await?;
        judged.into_iter().collect::<Result<_, _>>().map_err(|_| ApiError::Conflict)
    }

    pub(super) async fn begin_import(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        id: Uuid,
    ) -> Result<(), ApiError> {
        let mut tx = self.0.db.write().await?;
        let mut import = own(leave, member_imports::lock(&mut tx, leave.actor().account_id, id).await?)?;
        let now = self.0.ambient.now();
        if import.step == ImportStep::Done || is_running(&import, now) {
            return Ok(());
        }
        let people = self.everybody(&mut tx, leave, &import).await?;
        let lease = self.0.ambient.id();
        import.step = ImportStep::Running;
        import.prepared = 0;
        import.lease = Some(lease);
        import.lease_until = Some(now.plus_seconds(LEASE_SECONDS));
        import.updated_at = now;
        member_imports::update(&mut tx, &import).await?;
        tx.commit().await?;
        let run = run::Run { service: self.clone(), leave: leave.clone(), request: request.clone(), import: id, lease };
        tokio::spawn(run.finish(people.len()));
        Ok(())
    }
}

/// The import, if it is of the kind that `leave` is for, and of the office that the actor acts in.
fn own(leave: &ManageMembers, import: Option<StoredImport>) -> Result<StoredImport, ApiError> {
    let (office, kind) = (leave.actor().office_id, leave.members().kind());
    import.filter(|import| import.office_id == office && import.members == kind).ok_or(ApiError::NotFound)
}
