//! The list of the people whom an office is in charge of.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{
        CareLeave, RequestInfo,
        care::{PeopleFilter, PeoplePage, PeopleQuery, PeopleSort},
    },
};
use domain::care::{Consent, Item, Standing, Viewer, judge};
use serde_json::json;

use super::CareService;
use crate::{
    services::audit::Row,
    storage::{accounts, care},
};

impl CareService {
    pub(super) async fn people(&self, leave: &CareLeave, query: &PeopleQuery) -> Result<PeoplePage, ApiError> {
        let (actor, today) = (leave.actor(), self.today());
        let mut tx = self.core.db.read().await?;
        let account = accounts::find(&mut tx, actor.account_id).await?.ok_or(ApiError::SessionTimedOut)?;
        let matrix = care::load_matrix(&mut tx).await?;
        let viewer = Viewer { services: &account.services, jobs: &account.jobs };
        let standing = Standing { in_charge: true, insurer_joined: true, consent: Consent::Absent, emergency: false };
        if judge(&matrix, viewer, Item::InsuranceCard, standing, today).is_ok() {
            return Ok(care::list(&mut tx, actor.office_id, actor.account_id, query, today).await?);
        }
        // Level and last day come from the certificate: neither shown, nor to be learned from order and filters.
        let blind = without_certificate(query);
        let mut page = care::list(&mut tx, actor.office_id, actor.account_id, &blind, today).await?;
        for row in &mut page.rows {
            (row.level, row.until, row.validity) = (None, None, None);
        }
        Ok(page)
    }
}

impl CareService {
    /// One row for the page: that people's levels and last days were looked over, and how many people's. What was searched
    /// for may be a name and is not kept.
    pub(super) async fn write_down_list(
        &self,
        leave: &CareLeave,
        request: &RequestInfo,
        page: &PeoplePage,
    ) -> Result<(), ApiError> {
        if page.rows.is_empty() {
            return Ok(());
        }
        let mut tx = self.core.db.write().await?;
        Row::new(self.core.ambient.now(), request, ScreenId::E1, "care.list")
            .actor(leave.actor())
            .detail(json!({ "people": page.rows.len(), "page": page.page, "purpose": "list" }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

fn without_certificate(query: &PeopleQuery) -> PeopleQuery {
    PeopleQuery {
        filter: query.filter.filter(|filter| matches!(filter, PeopleFilter::NoConsent | PeopleFilter::Changed)),
        sort: match query.sort {
            PeopleSort::Level | PeopleSort::Until => PeopleSort::Name,
            other => other,
        },
        ..query.clone()
    }
}
