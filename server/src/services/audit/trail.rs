//! F-1, F-2, F-3: an office's records, read and written out.

use app::{
    error::ApiError,
    routes::Records,
    screens::ScreenId,
    services::{
        ReadRecords, RequestInfo,
        audit::{AuditTrail, EXPORT_ROWS, RecordDetail, RecordPage, RecordQuery},
    },
};
use async_trait::async_trait;
use domain::{
    form::{Field, Problem},
    time::{parse_day, slashed},
};
use serde_json::json;

use super::{Row, file};
use crate::{
    services::Core,
    storage::audit::{self, Scope},
};

/// [`AuditTrail`] on our own database.
pub struct AuditTrailService(pub Core);

/// The group of actions that look at care information: every one of them is written before anything is shown.
const CARE: &str = "care";

/// What the handle opens.
fn scope(leave: &ReadRecords) -> Scope {
    Scope {
        office_id: leave.actor().office_id,
        own: leave.own_only().then(|| leave.actor().account_id),
        group: (leave.records() == Records::Viewings).then_some(CARE),
    }
}

#[async_trait]
impl AuditTrail for AuditTrailService {
    async fn records(&self, leave: &ReadRecords, query: &RecordQuery) -> Result<RecordPage, ApiError> {
        let mut tx = self.0.db.read().await?;
        Ok(audit::page(&mut tx, scope(leave), query).await?)
    }

    async fn record(&self, leave: &ReadRecords, request: &RequestInfo, seq: i64) -> Result<RecordDetail, ApiError> {
        let mut tx = self.0.db.read().await?;
        let record = audit::find(&mut tx, scope(leave), seq).await?.ok_or(ApiError::NotFound)?;
        let present = request.certificate.as_ref().map(|certificate| certificate.fingerprint.as_str());
        let same_device = present.is_ok_and(|present| present == record.certificate);
        Ok(RecordDetail { record, same_device })
    }

    async fn export(
        &self,
        leave: &ReadRecords,
        request: &RequestInfo,
        query: &RecordQuery,
    ) -> Result<Vec<u8>, ApiError> {
        let mut tx = self.0.db.read().await?;
        let records = audit::newest(&mut tx, scope(leave), query, EXPORT_ROWS + 1).await?;
        drop(tx);
        if records.len() > EXPORT_ROWS as usize {
            return Err(ApiError::field(Field::Period, Problem::TooLong));
        }
        let day = |typed: &str| parse_day(typed).map(slashed);
        let detail = json!({
            "records": leave.records().code(), "rows": records.len(), "from": day(&query.from), "to": day(&query.to),
        });
        let mut tx = self.0.db.write().await?;
        Row::new(self.0.ambient.now(), request, ScreenId::F3, "audit.export")
            .actor(leave.actor())
            .detail(detail)
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(file::csv(leave.records(), &records))
    }
}
