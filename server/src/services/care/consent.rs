//! 同意: asked, given, withdrawn.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        CareLeave, RequestInfo,
        care::{ConsentEntry, ConsentSheet},
    },
};
use domain::care::{ConsentForm, Item};
use serde_json::json;
use uuid::Uuid;

use super::{CareService, head_of};
use crate::{
    services::audit::Row,
    storage::care::{self, StoredConsent, consent_ended},
};

fn entry(consent: StoredConsent) -> ConsentEntry {
    ConsentEntry {
        item: consent.item,
        given_at: consent.given_at,
        until: consent.until_day,
        proxy: consent.proxy_name.zip(consent.proxy_relation),
        withdrawn_at: consent.ended_at,
    }
}

impl CareService {
    pub(super) async fn consent_sheet(&self, leave: &CareLeave, id: Uuid) -> Result<ConsentSheet, ApiError> {
        let mut tx = self.core.db.read().await?;
        let charge = self.charge(&mut tx, leave, id).await?;
        let matrix = care::load_matrix(&mut tx).await?;
        let mut newest = care::newest_consents(&mut tx, id).await?;
        let items = matrix.consent_items().map(|item| (item, newest.remove(&item).map(entry))).collect();
        let emergencies = self.emergency_records(&mut tx, leave, charge.person_id).await?;
        Ok(ConsentSheet { person: head_of(id, &charge.person), items, today: self.today(), emergencies })
    }

    pub(super) async fn record_consent(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        id: Uuid,
        form: &ConsentForm,
    ) -> Result<(), ApiError> {
        let (now, by) = (self.core.ambient.now(), leave.actor().account_id);
        let mut tx = self.core.db.write().await?;
        let charge = self.charge(&mut tx, leave, id).await?;
        let matrix = care::load_matrix(&mut tx).await?;
        let given = form.validate(&matrix, self.today()).map_err(ApiError::Invalid)?;
        let (proxy_name, proxy_relation) = given.proxy.clone().unzip();
        for item in &given.items {
            care::end_consents(&mut tx, id, Some(*item), consent_ended::REPLACED, by, now).await?;
            let consent = StoredConsent {
                id: self.core.ambient.id(),
                charge_id: id,
                item: *item,
                until_day: given.until,
                proxy_name: proxy_name.clone(),
                proxy_relation,
                given_at: now,
                given_by: by,
                ended_at: None,
            };
            care::insert_consent(&mut tx, &consent).await?;
        }
        let items: Vec<&str> = given.items.iter().map(|item| item.code()).collect();
        let detail = json!({
            "items": items,
            "until": given.until.iso(),
            "signer": proxy_relation.map_or("person", |relation| relation.code()),
        });
        Row::new(now, request, ScreenId::E5, "care.consent")
            .actor(leave.actor())
            .target(charge.person_id)
            .detail(detail)
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn withdraw(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        id: Uuid,
        item: Option<Item>,
    ) -> Result<(), ApiError> {
        let (now, by) = (self.core.ambient.now(), leave.actor().account_id);
        let mut tx = self.core.db.write().await?;
        let charge = self.charge(&mut tx, leave, id).await?;
        let ended = care::end_consents(&mut tx, id, item, consent_ended::WITHDRAWN, by, now).await?;
        if ended == 0 {
            // Withdrawn already: pressing twice changes nothing.
            return Ok(());
        }
        Row::new(now, request, ScreenId::E5, "care.withdraw_consent")
            .actor(leave.actor())
            .target(charge.person_id)
            .detail(json!({ "item": item.map_or("all", Item::code), "ended": ended }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
