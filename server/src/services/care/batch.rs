//! 一括資格確認: taking a list, telling how far it is, and showing its results.
//!
//! A task of its own asks the platform, person by person; the lease in the database tells every instance whether it still
//! lives. What is done is stored as it goes: whatever ends the task, the rest can be asked for later.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        CareLeave, RequestInfo,
        care_batches::{
            BATCH_PAGE_ROWS, Batch, BatchLine, BatchPerson, BatchShow, BatchState, BatchSummary, CareBatches,
        },
    },
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    care::{AsOf, BatchRow, BatchStatus, CareLevel, Day, Hidden, Item},
    form::Field,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::CareService;
use crate::{
    services::{audit::Row, care_csv, long_runs::LEASE_SECONDS},
    storage::{
        Tx,
        care::batches::{self, BatchStep, StoredBatch},
    },
};

mod run;

/// Lists that one account may send in [`WINDOW_MINUTES`]: enough for work, too few to wear the platform out.
const LISTS: i64 = 10;
const WINDOW_MINUTES: i64 = 60;

/// Lists that E-14 names.
const RECENT: i64 = 10;

/// What is sealed: the file's name may be a person's.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Sheet {
    file_name: String,
    rows: Vec<SheetRow>,
}

/// One row and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SheetRow {
    row: BatchRow,
    answer: Option<Answer>,
}

/// What came of a row. Who it is and whether it may be shown is asked anew each time.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Answer {
    status: BatchStatus,
    charge: Option<Uuid>,
    level: Option<CareLevel>,
    until: Option<Day>,
}

impl Answer {
    /// A result about nobody in particular.
    const fn about_nobody(status: BatchStatus) -> Self {
        Self { status, charge: None, level: None, until: None }
    }
}

impl SheetRow {
    /// Whether the platform is still to be asked for it.
    fn is_open(&self) -> bool {
        self.answer.as_ref().is_none_or(|answer| answer.status.asked_again())
    }
}

impl Sheet {
    fn checked(&self) -> i64 {
        let done = self.rows.iter().filter(|row| row.answer.is_some()).count();
        i64::try_from(done).unwrap_or(i64::MAX)
    }
}

/// Where a sealed list belongs.
fn context(batch: Uuid) -> String {
    format!("care_batches/{batch}")
}

fn is_running(batch: &StoredBatch, now: Timestamp) -> bool {
    batch.step == BatchStep::Running && batch.lease_until.is_some_and(|until| now < until)
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn state(batch: &StoredBatch, now: Timestamp) -> BatchState {
    let checked = count(batch.checked);
    match batch.step {
        BatchStep::Done => BatchState::Done,
        BatchStep::Running if is_running(batch, now) => BatchState::Running { checked },
        BatchStep::Running => BatchState::Interrupted { checked },
    }
}

/// What a row says when its person may not be seen.
const fn hidden_status(hidden: Hidden) -> BatchStatus {
    match hidden {
        Hidden::NotInCharge => BatchStatus::NotFound,
        Hidden::NotJoined => BatchStatus::NotJoined,
        Hidden::NotPermitted | Hidden::NoConsent | Hidden::Expired => BatchStatus::NotPermitted,
    }
}

impl CareService {
    fn seal_sheet(&self, id: Uuid, sheet: &Sheet) -> Result<Vec<u8>, ApiError> {
        let plain = serde_json::to_vec(sheet).map_err(|_| ApiError::Internal)?;
        Ok(self.core.keys.seal(&self.core.ambient, context(id).as_bytes(), &plain))
    }

    fn open_sheet(&self, batch: &StoredBatch) -> Result<Sheet, ApiError> {
        let plain = self.core.keys.open(context(batch.id).as_bytes(), &batch.sealed).map_err(|error| {
            tracing::error!(error.message = %error, "a list cannot be opened");
            ApiError::Internal
        })?;
        serde_json::from_slice(&plain).map_err(|_| ApiError::Internal)
    }

    fn summary(&self, batch: &StoredBatch, sheet: &Sheet) -> BatchSummary {
        BatchSummary {
            id: batch.id,
            file_name: sheet.file_name.clone(),
            sent_at: batch.created_at,
            as_of: batch.as_of,
            total: count(batch.row_count),
            state: state(batch, self.core.ambient.now()),
        }
    }

    async fn batch(&self, tx: &mut Tx, leave: &CareLeave, id: Uuid) -> Result<StoredBatch, ApiError> {
        let actor = leave.actor();
        batches::find(tx, actor.office_id, actor.account_id, id).await?.ok_or(ApiError::NotFound)
    }

    /// Makes a run the list's own and starts it once `tx` is committed.
    async fn start_run(
        &self,
        mut tx: Tx,
        leave: &CareLeave,
        request: &RequestInfo,
        mut batch: StoredBatch,
    ) -> Result<(), ApiError> {
        let (lease, now) = (self.core.ambient.id(), self.core.ambient.now());
        batch.step = BatchStep::Running;
        batch.lease = Some(lease);
        batch.lease_until = Some(now.plus_seconds(LEASE_SECONDS));
        batch.updated_at = now;
        batches::update(&mut tx, &batch).await?;
        tx.commit().await?;
        let run =
            run::Run { service: self.clone(), leave: leave.clone(), request: request.clone(), batch: batch.id, lease };
        tokio::spawn(run.finish());
        Ok(())
    }

    /// One row as this account may see it now: 担当, right and consent may have ended since it was checked.
    async fn line(&self, tx: &mut Tx, leave: &CareLeave, row: &SheetRow) -> Result<BatchLine, ApiError> {
        let mut line = BatchLine {
            line: row.row.line,
            insured_number: row.row.insured_number.clone(),
            status: row.answer.as_ref().map_or(BatchStatus::Unanswered, |answer| answer.status),
            errors: row.row.key().err().unwrap_or_default(),
            person: None,
        };
        let Some((answer, charge)) = row.answer.as_ref().and_then(|answer| Some((answer, answer.charge?))) else {
            return Ok(line);
        };
        let grounds = match self.grounds(tx, leave, charge).await {
            Ok(grounds) => grounds,
            Err(ApiError::NotFound) => {
                line.status = BatchStatus::NotFound;
                return Ok(line);
            }
            Err(error) => return Err(error),
        };
        let known = &grounds.charge.person;
        known.insured_number.clone_into(&mut line.insured_number);
        let mut person = BatchPerson { charge, name: known.name.full(), level: answer.level, until: answer.until };
        if let Err(hidden) = grounds.judge(Item::InsuranceCard, true, self.today()) {
            line.status = hidden_status(hidden);
            (person.level, person.until) = (None, None);
        }
        line.person = Some(person);
        Ok(line)
    }

    async fn lines(&self, leave: &CareLeave, rows: &[SheetRow]) -> Result<Vec<BatchLine>, ApiError> {
        let mut tx = self.core.db.read().await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            lines.push(self.line(&mut tx, leave, row).await?);
        }
        Ok(lines)
    }

    /// One row of the trail: how many people's results were looked over. Who they are stands in the rows of the check.
    async fn note_batch(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        action: &str,
        people: usize,
        page: u32,
    ) -> Result<(), ApiError> {
        let mut tx = self.core.db.write().await?;
        Row::new(self.core.ambient.now(), request, ScreenId::E14, action)
            .actor(leave.actor())
            .detail(json!({ "people": people, "page": page, "purpose": "batch" }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl CareBatches for CareService {
    fn template(&self) -> Vec<u8> {
        care_csv::template()
    }

    async fn upload(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        as_of: AsOf,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<Uuid, ApiError> {
        let rows = care_csv::read(bytes).map_err(|problem| ApiError::field(Field::PeopleFile, problem))?;
        let (id, now, actor) = (self.core.ambient.id(), self.core.ambient.now(), leave.actor());
        let rows = rows.into_iter().map(|row| SheetRow { row, answer: None }).collect();
        let sheet = Sheet { file_name: care_csv::kept_name(file_name), rows };
        let batch = StoredBatch {
            id,
            account_id: actor.account_id,
            office_id: actor.office_id,
            as_of: as_of.day(self.today()),
            row_count: i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX),
            sealed: self.seal_sheet(id, &sheet)?,
            step: BatchStep::Running,
            checked: 0,
            lease: None,
            lease_until: None,
            created_at: now,
            updated_at: now,
        };
        let mut tx = self.core.db.write().await?;
        if batches::count_since(&mut tx, actor.account_id, now.plus_minutes(-WINDOW_MINUTES)).await? >= LISTS {
            return Err(ApiError::TooManyRequests { seconds: WINDOW_MINUTES * 60 });
        }
        batches::insert(&mut tx, &batch).await?;
        Row::new(now, request, ScreenId::E14, "care.begin_batch")
            .actor(actor)
            .detail(json!({ "rows": batch.row_count, "as_of": batch.as_of.slashed(), "purpose": "batch" }))
            .write(&mut tx)
            .await?;
        self.start_run(tx, leave, request, batch).await?;
        Ok(id)
    }

    async fn recent(&self, leave: &CareLeave) -> Result<Vec<BatchSummary>, ApiError> {
        let actor = leave.actor();
        let mut tx = self.core.db.read().await?;
        let lists = batches::recent(&mut tx, actor.office_id, actor.account_id, RECENT).await?;
        lists.iter().map(|batch| Ok(self.summary(batch, &self.open_sheet(batch)?))).collect()
    }

    async fn result(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        id: Uuid,
        page: u32,
        show: BatchShow,
    ) -> Result<Batch, ApiError> {
        let batch = self.batch(&mut self.core.db.read().await?, leave, id).await?;
        let sheet = self.open_sheet(&batch)?;
        let summary = self.summary(&batch, &sheet);
        if matches!(summary.state, BatchState::Running { .. }) {
            return Ok(Batch { summary, counts: Vec::new(), rows: Vec::new(), shown: 0, page: 1 });
        }
        let mut lines = self.lines(leave, &sheet.rows).await?;
        let counts = BatchStatus::ALL.iter().map(|status| {
            (*status, u32::try_from(lines.iter().filter(|line| line.status == *status).count()).unwrap_or(u32::MAX))
        });
        let counts = counts.filter(|(_, count)| *count > 0).collect();
        lines.retain(|line| show == BatchShow::All || !line.status.in_order());
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let page = page.clamp(1, shown.div_ceil(BATCH_PAGE_ROWS).max(1));
        let size = BATCH_PAGE_ROWS as usize;
        let rows: Vec<BatchLine> = lines.into_iter().skip((page as usize - 1) * size).take(size).collect();
        let people = rows.iter().filter(|line| line.person.is_some()).count();
        if people > 0 {
            // Nothing is shown that was not written down.
            self.note_batch(leave, request, "care.list", people, page).await?;
        }
        Ok(Batch { summary, counts, rows, shown, page })
    }

    async fn go_on(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid) -> Result<(), ApiError> {
        let (actor, now) = (leave.actor(), self.core.ambient.now());
        let mut tx = self.core.db.write().await?;
        let batch = batches::lock(&mut tx, actor.office_id, actor.account_id, id).await?.ok_or(ApiError::NotFound)?;
        let open = self.open_sheet(&batch)?.rows.iter().filter(|row| row.is_open()).count();
        if is_running(&batch, now) || (batch.step == BatchStep::Done && open == 0) {
            return Ok(());
        }
        Row::new(now, request, ScreenId::E14, "care.continue_batch")
            .actor(actor)
            .detail(json!({ "rows": open, "as_of": batch.as_of.slashed(), "purpose": "batch" }))
            .write(&mut tx)
            .await?;
        self.start_run(tx, leave, request, batch).await
    }

    async fn export(&self, leave: &CareLeave, request: &RequestInfo, id: Uuid) -> Result<Vec<u8>, ApiError> {
        let batch = self.batch(&mut self.core.db.read().await?, leave, id).await?;
        if batch.step != BatchStep::Done {
            return Err(ApiError::NotFound);
        }
        let lines = self.lines(leave, &self.open_sheet(&batch)?.rows).await?;
        let people = lines.iter().filter(|line| line.person.is_some()).count();
        self.note_batch(leave, request, "care.export_batch", people, 1).await?;
        Ok(care_csv::results(&lines, batch.as_of))
    }
}
