//! The task that checks a list, row by row.

use app::{
    error::ApiError,
    services::{CareLeave, RequestInfo, care::CareSheet},
};
use domain::care::{BatchRow, BatchStatus, Content, Day, Hidden, Item, validity};
use uuid::Uuid;

use super::{Answer, CareService, Sheet, hidden_status};
use crate::{
    services::{
        care::view::Sight,
        long_runs::{LEASE_SECONDS, still_allowed},
    },
    storage::{
        Tx,
        care::{
            self,
            batches::{self, BatchStep, StoredBatch},
        },
    },
};

/// Rows between two signs of life.
const STEP: usize = 10;

/// One try to check the open rows of a list.
pub(super) struct Run {
    pub(super) service: CareService,
    pub(super) leave: CareLeave,
    pub(super) request: RequestInfo,
    pub(super) batch: Uuid,
    pub(super) lease: Uuid,
}

impl Run {
    /// Checks every open row, or notes that the rest is still to be done.
    pub(super) async fn finish(self) {
        if let Err(error) = self.check().await {
            tracing::warn!(batch.id = %self.batch, error.code = ?error, "a list ended early: it can go on later");
            if let Err(error) = self.give_up().await {
                // The lease says the same, a minute later.
                tracing::warn!(batch.id = %self.batch, error.code = ?error, "the end of a list could not be noted");
            }
        }
    }

    async fn check(&self) -> Result<(), ApiError> {
        let batch = self.locked(&mut self.service.core.db.write().await?).await?;
        let mut sheet = self.service.open_sheet(&batch)?;
        let open: Vec<usize> = (0..sheet.rows.len()).filter(|at| sheet.rows[*at].is_open()).collect();
        for places in open.chunks(STEP) {
            for at in places {
                let answer = self.answer(&sheet.rows[*at].row, batch.as_of).await?;
                sheet.rows[*at].answer = Some(answer);
            }
            self.store(&sheet, BatchStep::Running).await?;
        }
        self.store(&sheet, BatchStep::Done).await
    }

    /// What comes of one row. The person is looked at as on E-6: judged, and written down before anything is kept.
    async fn answer(&self, row: &BatchRow, as_of: Day) -> Result<Answer, ApiError> {
        let Ok(key) = row.key() else { return Ok(Answer::about_nobody(BatchStatus::Unreadable)) };
        let office = self.leave.actor().office_id;
        let mut tx = self.service.core.db.read().await?;
        let mut named = care::find_by_number(&mut tx, office, key.insured.as_str()).await?;
        drop(tx);
        named.retain(|charge| key.fits(&charge.person.insurer_number, charge.person.born_on));
        let charge = match named.as_slice() {
            [] => return Ok(Answer::about_nobody(BatchStatus::NotFound)),
            [charge] => charge.id,
            _ => return Ok(Answer::about_nobody(BatchStatus::Several)),
        };
        match self.service.look(&self.leave, &self.request, charge, &Sight::BATCH).await {
            Ok(sheet) => Ok(answer_of(charge, &sheet, as_of)),
            // The office's 担当 ended meanwhile.
            Err(ApiError::NotFound) => Ok(Answer::about_nobody(BatchStatus::NotFound)),
            Err(ApiError::PlatformUnavailable) => {
                Ok(Answer { charge: Some(charge), ..Answer::about_nobody(BatchStatus::Unanswered) })
            }
            Err(error) => Err(error),
        }
    }

    /// Keeps what is done so far, if this is still the list's run and whoever sent it may still ask.
    async fn store(&self, sheet: &Sheet, step: BatchStep) -> Result<(), ApiError> {
        let core = &self.service.core;
        let now = core.ambient.now();
        let mut tx = core.db.write().await?;
        let mut batch = self.locked(&mut tx).await?;
        still_allowed(&mut tx, self.leave.actor(), now).await?;
        batch.sealed = self.service.seal_sheet(batch.id, sheet)?;
        batch.checked = sheet.checked();
        batch.step = step;
        batch.updated_at = now;
        batch.lease_until = Some(now.plus_seconds(LEASE_SECONDS));
        if step == BatchStep::Done {
            (batch.lease, batch.lease_until) = (None, None);
        }
        batches::update(&mut tx, &batch).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The list, if this is still its run.
    async fn locked(&self, tx: &mut Tx) -> Result<StoredBatch, ApiError> {
        let actor = self.leave.actor();
        let batch = batches::lock(tx, actor.office_id, actor.account_id, self.batch).await?;
        let mine = |batch: &StoredBatch| batch.step == BatchStep::Running && batch.lease == Some(self.lease);
        batch.filter(mine).ok_or(ApiError::Conflict)
    }

    async fn give_up(&self) -> Result<(), ApiError> {
        let mut tx = self.service.core.db.write().await?;
        let mut batch = self.locked(&mut tx).await?;
        batch.lease_until = None;
        batches::update(&mut tx, &batch).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What the certificate says for the list's day.
fn answer_of(charge: Uuid, sheet: &CareSheet, as_of: Day) -> Answer {
    let shown = sheet.items.iter().find(|shown| shown.item == Item::InsuranceCard);
    let card = match shown.map(|shown| &shown.content) {
        Some(Ok(Some(Content::InsuranceCard(card)))) => Some(card),
        Some(Err(hidden)) => {
            let status = hidden_status(*hidden);
            // That a 市町村 takes no part is the platform's answer; what else hides the certificate is asked anew each time.
            let charge = (*hidden != Hidden::NotInCharge).then_some(charge);
            return Answer { charge, ..Answer::about_nobody(status) };
        }
        _ => None,
    };
    let lost = card.is_some_and(|card| card.lost_on.is_some_and(|lost| lost <= as_of));
    Answer {
        status: BatchStatus::of(validity(card, as_of)),
        charge: Some(charge),
        level: card.filter(|_| !lost).and_then(|card| card.level),
        until: card.filter(|_| !lost).and_then(|card| card.period).map(|period| period.to),
    }
}
