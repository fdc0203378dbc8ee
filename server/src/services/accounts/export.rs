//! D-1, D-11: a list given out as a file.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{ManageMembers, RequestInfo, accounts::ListQuery},
};
use domain::{Timestamp, account::LoginId, sign_in::Failures};
use serde_json::json;

use super::{AccountsService, may_list, profile_of};
use crate::{
    services::{
        audit::Row,
        member_csv::{self, ListedRow},
    },
    storage::{accounts, guards, member_exports},
};

/// Files that one account gets in [`WINDOW_MINUTES`]: enough for work, too few to wear the service out.
const FILES: i64 = 10;
const WINDOW_MINUTES: i64 = 15;

impl AccountsService {
    pub(super) async fn list_as_file(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        query: &ListQuery,
    ) -> Result<Vec<u8>, ApiError> {
        may_list(leave, query)?;
        let now = self.0.ambient.now();
        let rows = self.listed_rows(leave, query, now).await?;
        let actor = leave.actor();
        let mut tx = self.0.db.write().await?;
        if member_exports::count_since(&mut tx, actor.account_id, now.plus_minutes(-WINDOW_MINUTES)).await? >= FILES {
            return Err(ApiError::TooManyRequests { seconds: WINDOW_MINUTES * 60 });
        }
        member_exports::insert(&mut tx, actor.account_id, now).await?;
        // What was searched for may be a name: that something was is enough.
        let whole =
            ListQuery { sort: query.sort, descending: query.descending, page: query.page, ..Default::default() };
        let kind = leave.members().kind();
        Row::new(now, request, ScreenId::D21, "account.export")
            .actor(actor)
            .detail(json!({ "kind": kind.code(), "rows": rows.len(), "filtered": *query != whole }))
            .write(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(member_csv::list(rows.into_iter()))
    }

    async fn listed_rows(
        &self,
        leave: &ManageMembers,
        query: &ListQuery,
        now: Timestamp,
    ) -> Result<Vec<ListedRow>, ApiError> {
        let (office, kind) = (leave.actor().office_id, leave.members().kind());
        let mut tx = self.0.db.read().await?;
        let ids = accounts::matching(&mut tx, office, kind, query, now).await?;
        let locked = guards::locked(&mut tx, office, now).await?;
        let lock = Failures { locked_until: Some(now.plus_minutes(1)), ..Failures::default() };
        let found = accounts::find_some(&mut tx, office, &ids).await?;
        let rows = found.iter().map(|account| {
            let profile = profile_of(account)?;
            let failures = if locked.contains(&LoginId::key(&profile.login_id)) { lock } else { Failures::default() };
            Ok(ListedRow {
                form: profile.to_form(),
                registered_at: account.created_at,
                last_sign_in: account.last_sign_in_at,
                state: account.standing(&failures).state(now),
            })
        });
        rows.collect()
    }
}
