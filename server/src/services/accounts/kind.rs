//! D-9 権限変更: 管理者ユーザ and 一般ユーザ change sides.

use app::{
    error::ApiError,
    screens::ScreenId,
    services::{ChangeKind, RequestInfo, accounts::Confirmed},
};
use domain::form::{Field, Problem};
use serde_json::json;
use uuid::Uuid;

use super::{AccountsService, change::last_and_unsaid, contact_rule};
use crate::{
    delivery::Message,
    services::{audit::Row, notices::tell},
    storage::{accounts, sessions::EndReason},
};

impl AccountsService {
    pub(super) async fn move_to_other(
        &self,
        leave: &ChangeKind,
        request: &RequestInfo,
        id: Uuid,
        confirmed: Confirmed<'_>,
    ) -> Result<(), ApiError> {
        let (from, actor) = (leave.of().members(), leave.of().actor());
        let to = from.other();
        let mut tx = self.0.db.write().await?;
        let now = self.0.ambient.now();
        let Some(account) = accounts::find_in_office(&mut tx, actor.office_id, from.kind(), id, false).await? else {
            // Pressed twice: it is what was wanted already.
            let moved = accounts::find_in_office(&mut tx, actor.office_id, to.kind(), id, false).await?;
            let once = moved.is_some_and(|account| account.version == confirmed.seen + 1);
            return if once { Ok(()) } else { Err(ApiError::NotFound) };
        };
        if account.version != confirmed.seen {
            return Err(ApiError::Conflict);
        }
        if !contact_rule(to).is_met(account.email.as_ref(), account.phone.as_ref()) {
            return Err(ApiError::field(Field::Email, Problem::Missing));
        }
        let unsaid = last_and_unsaid(&mut tx, &account, confirmed.warned, now).await?;
        if unsaid || !accounts::set_kind(&mut tx, &account, to.kind()).await? {
            return Err(ApiError::Conflict);
        }
        let ended = self.end_use(&mut tx, &account, Some(EndReason::RightsChanged), now).await?;
        let (old, new) = (from.kind(), to.kind());
        Row::new(now, request, ScreenId::D9, "account.change_kind")
            .actor(actor)
            .target(id)
            .detail(json!({ "from": old.code(), "to": new.code(), "sessions_ended": ended }))
            .write(&mut tx)
            .await?;
        let what = format!("権限({}から{}へ)", old.name(), new.name());
        let message = Message::AccountChanged { what, when: now, by: actor.kind.name().to_owned() };
        tell(&self.0, &mut tx, &account, &message).await?;
        tx.commit().await?;
        self.0.outgoing.wake();
        Ok(())
    }
}
